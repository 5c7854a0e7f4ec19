"""The public pages of a call: the list, one call, and all its questions on one page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_cookie

from monarca.grants.calls import forms, queries
from monarca.ground.people.http import Request


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
