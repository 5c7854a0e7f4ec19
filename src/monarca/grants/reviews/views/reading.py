"""The reviewer's page: first one's interests, then the application beside the scorecard."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.reviews import actions, forms, queries
from monarca.grants.reviews.forms.scoring import saved
from monarca.grants.reviews.forms.showing import key_of
from monarca.grants.reviews.models import Assessment, Assignment
from monarca.grants.reviews.states import Conflict, Status
from monarca.grants.reviews.views.managing import attempt
from monarca.ground.people.http import Request
from monarca.kit import formats, trilingual


def load(request: Request, ref: str) -> Assignment:
    """One's own live review of a file that one may see."""
    rows = applications.visible_to(request.user, at=request.at).select_related("call__mission")
    found = get_object_or_404(rows, reference=ref)
    assignment = queries.own(request.user, found)
    if assignment is None:
        raise Http404
    assignment.application = found
    return assignment


@login_required
def review(request: Request, ref: str) -> HttpResponse:
    assignment = load(request, ref)
    if queries.declared_by(request.user, assignment.application) is None:
        return redirect("reviews:interest", ref)
    sheet = applications.sheet_of(assignment.application)
    assessment = queries.assessments_of(assignment.application).get(assignment.pk)
    form = forms.Scorecard(
        request.POST or None,
        application=assignment.application,
        definition=sheet.definition,
        initial=saved(assessment),
    )
    if request.method == "POST" and save(request, assignment, assessment, form):
        return redirect(reverse("reviews:review", args=[ref]) + "#scorecard")
    fresh = queries.assessments_of(assignment.application).get(assignment.pk)
    context = shown(assignment, fresh, sheet)
    status = 422 if form.errors else 200
    form.drawn()
    return render(request, "reviews/review.html", {"form": form, **context}, status=status)


def save(
    request: Request,
    assignment: Assignment,
    assessment: Assessment | None,
    form: forms.Scorecard,
) -> bool:
    """Keep every part that is whole; true when nothing was wrong."""
    right = form.is_valid()
    given: dict[str, Any] = {"by": request.user, "at": request.at}
    actions.score(assignment, **given, scores=form.scores(), **form.reading())
    statement = form.statement()
    if statement and attempt(form, actions.state, assignment, **given, **statement):
        form.without_statement()
    for row in assessment.statements.all() if assessment else ():
        if key_of(row) == request.POST.get("strike"):
            actions.strike(row, **given)
    return right and not form.errors


def shown(
    assignment: Assignment, assessment: Assessment | None, sheet: applications.Sheet
) -> dict[str, Any]:
    """What the page prints beside the form."""
    file, definition = sheet.application, sheet.definition
    zone = file.call.time_zone
    total, missing = len(definition["criteria"]), queries.missing_from(assignment)
    lacking = [code for code in missing if code != "ge_code"]
    return {
        "file": file,
        "assignment": assignment,
        "is_complete": assignment.status == Status.COMPLETE,
        "declared": queries.declared_by(assignment.reviewer, file),
        "sections": forms.reading_of(sheet),
        "statements": forms.statement_rows(assessment, definition),
        "proposal": forms.proposal_of(assessment, definition),
        "proposal_head": [_("Criterion"), _("Found")],
        "saved": formats.clock(assessment.saved_at, zone) if assessment else "",
        "progress": _("%(done)s of %(total)s criteria")
        % {"done": total - len(lacking), "total": total},
        "may_complete": not missing,
        "trail": [(_("Desk"), reverse("home:desk")), (_("Reviews"), reverse("reviews:list"))],
    }


@login_required
def interest(request: Request, ref: str) -> HttpResponse:
    rows = queries.of_mission(request.user, at=request.at)
    found = get_object_or_404(rows, reference=ref)
    form = forms.Declaring(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "at": request.at, **form.cleaned_data}
        if attempt(form, actions.declare, found, **given):
            return after_declaring(request, found, form.cleaned_data["level"])
    context = {
        "file": found,
        "form": form,
        "declared": queries.declared_by(request.user, found),
        "trail": [(_("Reviews"), reverse("reviews:list"))],
    }
    status = 422 if form.errors else 200
    return render(request, "reviews/interest.html", context, status=status)


def after_declaring(request: Request, found: Application, level: str) -> HttpResponse:
    """An actual interest closes the file at once; otherwise one's review, or the file's reviews."""
    if level == Conflict.ACTUAL:
        return redirect("reviews:closed")
    if queries.own(request.user, found):
        return redirect("reviews:review", found.reference)
    return redirect("reviews:interest", found.reference)


@login_required
def complete(request: Request, ref: str) -> HttpResponse:
    assignment = load(request, ref)
    form = forms.Advising(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "at": request.at, **form.cleaned_data}
        if attempt(form, actions.recommend, assignment, **given):
            return redirect("reviews:review", ref)
    missing = queries.missing_from(assignment)
    back = reverse("reviews:review", args=[ref])
    context = {
        "file": assignment.application,
        "form": form,
        "missing": _named(assignment.application, missing),
        "back": back,
        "trail": [(_("Reviews"), reverse("reviews:list")), (ref, back)],
    }
    status = 422 if form.errors else 200
    return render(request, "reviews/complete.html", context, status=status)


def _named(found: Application, missing: tuple[str, ...]) -> list[str]:
    """What is missing, in words."""
    criteria = calls.definition(found.form_id)["criteria"]
    labels = {each["code"]: trilingual.say(each["label"]).text for each in criteria}
    return [labels.get(code, _("The gender equality code and its reason")) for code in missing]
