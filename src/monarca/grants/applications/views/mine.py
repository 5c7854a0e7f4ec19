"""Beginning an application, and its own page: the task list, or what became of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from monarca.grants.applications import actions, forms, queries
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.ground.people.http import Request
from monarca.kit import formats


@login_required
def start(request: Request, code: str) -> HttpResponse:
    """Choose an organisation and a language; a closed call says so."""
    call = get_object_or_404(calls.announced(), code=code)
    if not call.is_open(request.at):
        return closed(request, call)
    given = request.POST if request.method == "POST" else None
    form = forms.Beginning(
        given, user=request.user, at=request.at, initial={"language": request.LANGUAGE_CODE}
    )
    if given is not None and form.is_valid():
        return begin(request, call, form)
    context = {
        "call": call,
        "form": form,
        "wrong": form.is_bound,
        "drafts": queries.drafts_of(request.user, call, at=request.at),
        "deadline": formats.deadline(call.closes_at, call.time_zone, request.at),
    }
    return render(request, "applications/start.html", context, status=422 if form.is_bound else 200)


def begin(request: Request, call: Call, form: forms.Beginning) -> HttpResponse:
    made = actions.start(
        call,
        by=request.user,
        at=request.at,
        organisation=form.chosen,
        legal_name=form.new_name,
        language=form.cleaned_data["language"],
    )
    return redirect("applications:detail", made.reference)


def closed(request: Request, call: Call) -> HttpResponse:
    context = {
        "call": call,
        "is_coming": request.at < call.opens_at,
        "opens": formats.deadline(call.opens_at, call.time_zone, request.at),
        "deadline": formats.deadline(call.closes_at, call.time_zone, request.at),
    }
    return render(request, "applications/closed.html", context, status=409)


@login_required
def detail(request: Request, ref: str) -> HttpResponse:
    """The task list of a draft; after that, where the application is in plain words."""
    rows = queries.owned_by(request.user, at=request.at)
    sheet = queries.sheet_of(get_object_or_404(rows, reference=ref))
    page = forms.page_of(sheet, user=request.user, at=request.at)
    if page.is_draft:
        context = {"page": page, "tasks": forms.tasks_of(sheet)}
        return render(request, "applications/tasks.html", context)
    made = queries.last_submission(sheet.application)
    return render(request, "applications/sent.html", {"page": page, "made": made})
