"""What the applicant sees of screening: a question to answer, the result, a way to withdraw."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Status as Filed
from monarca.grants.screening import actions, forms, policy, queries
from monarca.grants.screening.states import Status
from monarca.grants.screening.views.file import attempt
from monarca.ground.people.http import Request


def load(request: Request, ref: str) -> Application:
    rows = applications.owned_by(request.user, at=request.at)
    return get_object_or_404(rows, reference=ref)


@login_required
def clarification(request: Request, ref: str) -> HttpResponse:
    file = load(request, ref)
    every = list(queries.clarifications_of(file))
    screening = queries.of(file)
    live = next((one for one in every if one.answered_at is None), None)
    live = None if queries.is_settled(screening) else live
    form = forms.Answering(request.POST or None)
    if request.method == "POST" and live is None:
        form.add_error(None, _("No question waits for an answer. Nothing was sent."))
    elif request.method == "POST" and live is not None and form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, actions.answer, live, by=request.user, at=request.at, words=words):
            return redirect("screening:clarification", ref)
    may = policy.may_answer(request.user, file, at=request.at)
    given = {"live": live, "every": [one for one in every if one is not live], "may": may}
    return page(request, "clarification", file, form=form, **given)


@login_required
def requirements(request: Request, ref: str) -> HttpResponse:
    file = load(request, ref)
    screening = queries.of(file)
    settled = screening if queries.is_settled(screening) else None
    rows = []
    if settled:
        sheet = applications.sheet_of(file)
        rows = forms.requirement_rows(forms.findings_of(queries.checks_of(settled), sheet))
    context = {
        "screening": settled,
        "is_eligible": settled is not None and settled.status == Status.ELIGIBLE,
        "head": [_("Rule"), _("Result"), _("Why")],
        "rows": rows,
    }
    return page(request, "requirements", file, **context)


@login_required
def withdrawal(request: Request, ref: str) -> HttpResponse:
    file = load(request, ref)
    form = forms.Noting(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, actions.withdraw, file, by=request.user, at=request.at, words=words):
            return redirect("screening:withdrawal", ref)
    context = {
        "done": queries.withdrawal_of(file),
        "is_open": file.call.is_open(request.at),
        "is_sent": file.status == Filed.SUBMITTED,
        "has_moved_on": queries.is_settled(queries.of(file)),
        "may": policy.may_withdraw(request.user, file, at=request.at),
    }
    return page(request, "withdrawal", file, form=form, **context)


def page(request: Request, name: str, file: Application, **more: Any) -> HttpResponse:
    here = reverse("applications:detail", args=[file.reference])
    context = {"file": file, "trail": [(file.reference, here)], "back": here, **more}
    status = 422 if "form" in more and more["form"].errors else 200
    return render(request, f"screening/{name}.html", context, status=status)
