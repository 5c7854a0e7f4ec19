"""The public pages of a call: the list, one call, and all its questions on one page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_cookie

from monarca.engines.documents.writing import docx
from monarca.grants.calls import forms, queries
from monarca.ground.people.http import Request

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@vary_on_cookie
def every(request: Request) -> HttpResponse:
    """Every call the public may read: what is open, what is coming, what is over."""
    calls = forms.window(queries.announced(), at=request.at)
    return render(request, "calls/list.html", {"calls": calls})


@vary_on_cookie
def detail(request: Request, code: str) -> HttpResponse:
    call = get_object_or_404(queries.announced().select_related("rate"), code=code)
    definition = queries.definition_of(call)
    context = {
        "call": call,
        "definition": definition,
        "shown": forms.Shown.of(call, at=request.at),
        "total": forms.weight(definition),
        "rate_words": forms.rate_words(call),
    }
    return render(request, "calls/detail.html", context)


@vary_on_cookie
def questions(request: Request, code: str) -> HttpResponse:
    call = get_object_or_404(queries.announced(), code=code)
    sections = forms.asked(queries.definition_of(call))
    return render(request, "calls/questions.html", {"call": call, "sections": sections})


@vary_on_cookie
def paper(_request: Request, code: str) -> HttpResponse:
    """The same questions as a Word file, to fill in without a connection."""
    call = get_object_or_404(queries.announced(), code=code)
    body = docx.write(forms.blank_form(call, queries.definition_of(call)), at=call.opens_at)
    answer = HttpResponse(body, content_type=WORD)
    answer.headers["Content-Disposition"] = f'attachment; filename="{call.code}.docx"'
    return answer
