"""Piles, assignments, and the reviews of one file side by side."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.reviews import actions, forms, policy, queries
from monarca.grants.reviews.models import Assignment
from monarca.grants.reviews.states import HINDRANCES
from monarca.grants.screening import queries as screening
from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.ground.people.states import Roles
from monarca.kit import formats, paging, reasons
from monarca.kit.guard import Refused

LANGUAGES = {"es": "Español", "en": "English", "fr": "Français"}


TABS = (
    ("mine", Roles.REVIEWER, gettext_lazy("My reviews")),
    ("assign", Roles.MANAGER, gettext_lazy("To assign")),
    ("going", Roles.MANAGER, gettext_lazy("Being read")),
)
LISTS: dict[str, Any] = {
    "mine": (lambda: (_("File"), _("Status"), _("Given"), _("Due")), forms.mine_row),
    "assign": (lambda: (_("File"), _("Organization"), _("Arrived")), forms.assign_row),
    "going": (lambda: (_("File"), _("Reviews"), _("Due")), forms.going_row),
}


@login_required
def listing(request: Request) -> HttpResponse:
    held = set(people.roles_of(request.user, at=request.at).values_list("role", flat=True))
    views = [view for view, role, _title in TABS if role in held]
    if not views:
        raise PermissionDenied
    asked = request.GET.get("view", "")
    view = asked if asked in views else views[0]
    page = paging.screen(_rows(request, view), request.GET.get("page"))
    head, row = LISTS[view]
    count = {"n": formats.number(page.total)}
    context = {
        "tabs": [(str(title), f"?view={v}") for v, _role, title in TABS if v in views],
        "here": views.index(view),
        "head": [str(text) for text in head()],
        "rows": [row(each) for each in page.rows],
        "page": page,
        "found": ngettext("%(n)s file", "%(n)s files", page.total) % count,
        "query": f"view={view}",
        "plans": list(queries.calls_to_plan(request.user, at=request.at))
        if view == "assign"
        else [],
    }
    return render(request, "reviews/list.html", context)


def _plans(request: Request) -> list[Call]:
    return list(queries.calls_to_plan(request.user, at=request.at))


def _rows(request: Request, view: str) -> Any:
    if view == "mine":
        return queries.to_read(request.user, at=request.at)
    rows = queries.to_assign if view == "assign" else queries.going
    return rows(request.user, at=request.at).select_related("applicant")


@login_required
def closed(request: Request) -> HttpResponse:
    """The last page of a person who takes no part in a file; it names none."""
    return render(request, "reviews/closed.html")


@login_required
def file(request: Request, ref: str) -> HttpResponse:
    found = load(request, ref)
    may = policy.may_assign(request.user, found, at=request.at)
    form = assigning(request, found) if may else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and assign(request, found, form):
            return redirect("reviews:file", ref)
    status = 422 if form is not None and form.errors else 200
    return render(request, "reviews/file.html", shown(request, found, form), status=status)


def load(request: Request, ref: str) -> Application:
    return get_object_or_404(queries.readable(request.user, at=request.at), reference=ref)


def assigning(request: Request, found: Application) -> forms.Assigning:
    every = queries.candidates(found, at=request.at)
    options = [(one, note_of(one)) for one in every if not one.hindrance]
    return forms.Assigning(request.POST or None, options=options, today=request.at.date())


def note_of(one: queries.Candidate) -> str:
    """Load, language and what was declared, in one line."""
    load = ngettext("%(n)s unfinished review", "%(n)s unfinished reviews", one.load)
    said = [load % {"n": one.load}, LANGUAGES.get(one.user.language, one.user.language)]
    if one.declared == "potential":
        said.append(_("declared a potential conflict of interest"))
    return " · ".join(said)


def assign(request: Request, found: Application, form: forms.Assigning) -> bool:
    reviewer = people.person_of(form.cleaned_data["reviewer"])
    if reviewer is None:
        raise Http404
    given = {"reviewer": reviewer, "due_on": form.cleaned_data["due_on"]}
    return attempt(form, actions.assign, found, by=request.user, at=request.at, **given)


def shown(request: Request, found: Application, form: BaseForm | None) -> dict[str, Any]:
    """Everything the page of a file's reviews prints."""
    blind = queries.is_blind(request.user, found)
    sheet = applications.sheet_of(found)
    sides = forms.sides_of(
        queries.numbered(found),
        queries.assessments_of(found),
        sheet,
        blind_but=request.user.pk if blind else None,
        names=people.is_staff(request.user, at=request.at) and form is not None,
    )
    hindered = [c for c in queries.candidates(found, at=request.at) if c.hindrance] if form else []
    return {
        "file": found,
        "form": form,
        "is_eligible": screening.eligible().filter(application=found).exists(),
        "hindered": [(str(c.user), HINDRANCES[c.hindrance]) for c in hindered],
        "declared": list(queries.declarations_of(found)) if form else [],
        "is_blind": blind,
        "sides": sides,
        "plot_head": [_("Criterion"), _("Weight"), _("Points"), _("Mean"), _("Spread")],
        "plot": forms.criteria_rows(sides, sheet.definition),
        "ge_differ": forms.ge_differ(sides),
        "is_mine": queries.own(request.user, found) is not None,
        "trail": [(_("Desk"), reverse("home:desk")), (_("Reviews"), reverse("reviews:list"))],
    }


@login_required
@require_POST
def give_back(request: Request, ref: str, number: int) -> HttpResponse:
    actions.return_(numbered(load(request, ref), number), by=request.user, at=request.at)
    return redirect("reviews:file", ref)


@login_required
def remove(request: Request, ref: str, number: int) -> HttpResponse:
    found = load(request, ref)
    assignment = numbered(found, number)
    if request.method == "POST":
        actions.recuse(assignment, by=request.user, at=request.at)
        return redirect("reviews:file", ref)
    if not policy.may_assign(request.user, found, at=request.at):
        raise PermissionDenied
    back = reverse("reviews:file", args=[ref])
    context = {"file": found, "assignment": assignment, "back": back, "trail": [(ref, back)]}
    return render(request, "reviews/remove.html", context)


def numbered(found: Application, number: int) -> Assignment:
    row = dict(queries.numbered(found)).get(number)
    if row is None:
        raise Http404
    return row


def attempt(form: BaseForm, act: Any, *subjects: Any, **given: Any) -> bool:
    """Do it, or say on the form why not."""
    try:
        act(*subjects, **given)
    except Refused as refused:
        form.add_error(None, reasons.sentence(refused.reason))
        return False
    return True
