"""What arrived by mail: the list, one arrival beside what was read in it, its files."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.engines import questions
from monarca.engines.documents import stored
from monarca.engines.states import MoveRefused
from monarca.grants.applications import actions, forms, queries
from monarca.grants.applications.models import Intake
from monarca.grants.applications.queries import Sheet
from monarca.grants.applications.states import IntakeStatus
from monarca.ground.files import http
from monarca.ground.partners.models import Organisation
from monarca.ground.people.http import Request
from monarca.kit import formats, paging

VIEWS = ("wait", "unread", "confirmed", "aside")
NEW = "new"


@login_required
def listing(request: Request) -> HttpResponse:
    """What waits, what could not be read, what was confirmed, what was set aside."""
    if not queries.may_open_the_mail(request.user, at=request.at):
        raise Http404
    view = request.GET.get("view", VIEWS[0])
    here = VIEWS.index(view) if view in VIEWS else 0
    page = paging.screen(_rows(request, VIEWS[here]), request.GET.get("page"))
    total = {"n": formats.number(page.total)}
    context = {
        "tabs": [
            (_("To confirm"), "?view=wait"),
            (_("Could not be read"), "?view=unread"),
            (_("Confirmed"), "?view=confirmed"),
            (_("Set aside"), "?view=aside"),
        ],
        "here": here,
        "view": VIEWS[here],
        "page": page,
        "rows": forms.rows_of(page.rows),
        "head": [_("What arrived"), _("Organization"), _("Arrived"), _("Where it stands")],
        "found": ngettext("%(n)s arrival", "%(n)s arrivals", page.total) % total,
        "query": f"view={VIEWS[here]}",
    }
    return render(request, "applications/arrivals.html", context)


def _rows(request: Request, view: str) -> QuerySet[Intake]:
    if view == "wait":
        rows = queries.to_confirm(request.user, at=request.at)
    elif view == "unread":
        rows = queries.unreadable(request.user, at=request.at)
    else:
        status = IntakeStatus.CONFIRMED if view == "confirmed" else IntakeStatus.REFUSED
        rows = queries.intakes_of(request.user, at=request.at).filter(status=status)
    return rows.select_related("call", "application").defer("read", "corrected", "marks")


@login_required
def detail(request: Request, key: str) -> HttpResponse:
    """Document and reading side by side; POST keeps what was typed, and confirms when asked."""
    intake = load(request, key)
    if request.method == "POST":
        return save(request, intake)
    return shown(request, intake)


def load(request: Request, key: str) -> Intake:
    """The arrival, for those who screen at its mission; 404 for everybody else."""
    code, _dash, digest = key.rpartition("-")
    rows = queries.intakes_of(request.user, at=request.at).select_related(
        "call__rate", "call__mission", "application"
    )
    found = (
        rows.filter(call__code=code, sha256__startswith=digest)
        if len(digest) == 20
        else rows.none()
    )
    intake = found.first()
    if intake is None:
        raise Http404
    return intake


def save(request: Request, intake: Intake) -> HttpResponse:
    """Whatever was typed is kept first; then one more row, or the confirmation."""
    sent = forms.posted(request.POST)
    sheet = forms.sheet_of(intake, queries.answers_read(intake), queries.budget_read(intake))
    answers, errors = forms.read_answers(sheet.definition, sent, language=request.LANGUAGE_CODE)
    typed = forms.sheet_of(intake, answers, queries.budget_read(intake))
    budget = forms.read_rows(sent, typed)
    try:
        actions.correct(intake, by=request.user, at=request.at, answers=answers, budget=budget)
    except actions.AlreadyDone:
        return redirect("applications:intake", intake.key)
    if request.POST.get("go") == "confirm":
        errors |= _unread(budget)
        return shown(request, intake, errors) if errors else confirm(request, intake)
    return redirect(reverse("applications:intake", args=[intake.key]) + _stays(request))


def _unread(budget: list[dict[str, Any]]) -> dict[str, str]:
    """Cells of the budget that hold something that is no number."""
    said = _("Line %(line)s of the budget: “%(typed)s” could not be read.")
    return {
        f"line-r{at}-{name.removesuffix('_cents')}": said % {"line": at, "typed": raw}
        for at, row in enumerate(budget, 1)
        for name, value in row.items()
        if (raw := questions.raw_of(value)) is not None
    }


def _stays(request: Request) -> str:
    """Where the person was: at the field to which a row was added, or at the top."""
    if add := request.POST.get("add"):
        return "?add=lines#lines" if add == "1" else f"?add={add}#{add}"
    if again := request.POST.get("again"):
        return f"#{again}"
    removed = [name for name in request.POST if name.endswith("-remove")]
    if removed:
        return "#lines" if removed[0].startswith("line-") else f"#{removed[0].split('-')[0]}"
    return "?kept"


def confirm(request: Request, intake: Intake) -> HttpResponse:
    """Make the application, for a new group or for one that is known here."""
    try:
        made = actions.confirm(
            intake,
            by=request.user,
            at=request.at,
            answers=queries.answers_read(intake),
            budget=queries.budget_read(intake),
            organisation=_organisation(request, intake),
        )
    except MoveRefused:
        return redirect("applications:intake", intake.key)
    messages.info(request, _("Confirmed: it is now application %(ref)s.") % {"ref": made.reference})
    return redirect("applications:intake-list")


def _organisation(request: Request, intake: Intake) -> Organisation | None:
    chosen = request.POST.get("organisation", NEW)
    answers = queries.answers_read(intake)
    known = queries.known_groups(intake, answers, request.user, at=request.at)
    return next((one.applicant for one in known if one.reference == chosen), None)


def shown(request: Request, intake: Intake, errors: dict[str, str] | None = None) -> HttpResponse:
    """The arrival's page; 422 with what must be put right before it can be confirmed."""
    errors = errors or {}
    answers = queries.answers_read(intake)
    sheet = forms.sheet_of(intake, answers, queries.budget_read(intake))
    papers = forms.papers_of(queries.parts_of(intake))
    context = {
        "intake": intake,
        "papers": papers,
        "waits": intake.status == IntakeStatus.READ,
        "facts": forms.facts_of(intake),
        "faults": forms.faults_of(intake, sheet),
        "unplaced": stored.unplaced(intake.read),
        "alike": forms.rows_of(queries.alike_of(intake, request.user, at=request.at)),
        "alike_head": [_("What arrived"), _("Organization"), _("Arrived"), _("Where it stands")],
        "trail": [
            (_("Desk"), reverse("home:desk")),
            (_("Arrived by mail"), reverse("applications:intake-list")),
        ],
    }
    if context["waits"]:
        context |= asked(request, intake, sheet, papers, errors)
    status = 422 if errors else 200
    return render(request, "applications/arrival.html", context, status=status)


def asked(
    request: Request,
    intake: Intake,
    sheet: Sheet,
    papers: list[forms.Paper],
    errors: dict[str, str],
) -> dict[str, Any]:
    """The part of the page that a person fills."""
    add = request.GET.get("add", "")
    main = next((one for one in papers if one.blocks), None)
    parts = forms.parts_of(intake, sheet, main, errors=errors, add=add)
    known = queries.known_groups(intake, sheet.answers, request.user, at=request.at)
    return {
        "page": {"application": sheet.application},
        "parts": parts,
        "looks": [field for part in parts for field in part.looks],
        "table": forms.table_of(sheet, add=3 if add == "lines" else 0),
        "rules": forms.rules_of(intake, sheet),
        "errors": summary(sheet, errors),
        "known": forms.groups_of(known),
        "chosen": request.POST.get("organisation", NEW),
        "kept": "kept" in request.GET,
    }


def summary(sheet: Sheet, errors: dict[str, str]) -> list[tuple[str, str]]:
    """Each sentence with the label of its question; those of the budget name their line."""
    lines = {name: said for name, said in errors.items() if name.startswith("line-")}
    asked = {name: said for name, said in errors.items() if name not in lines}
    return [*forms.titled(sheet.definition, asked), *forms.lined(lines)]


@login_required
def aside(request: Request, key: str) -> HttpResponse:
    """Set aside what is no application, with a reason."""
    intake = load(request, key)
    form = forms.SettingAside(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.refuse(intake, by=request.user, at=request.at, **form.cleaned_data)
        except MoveRefused:
            return redirect("applications:intake", key)
        messages.info(request, _("It was set aside. It can still be read, and its files are kept."))
        return redirect("applications:intake-list")
    context = {
        "intake": intake,
        "form": form,
        "back": reverse("applications:intake", args=[key]),
        "trail": [(_("Arrived by mail"), reverse("applications:intake-list"))],
    }
    return render(request, "applications/aside.html", context, status=422 if form.errors else 200)


@login_required
def file(request: Request, key: str, digest: str) -> FileResponse:
    """One file as it came; one that was set apart as dangerous is never sent."""
    intake = load(request, key)
    part = queries.parts_of(intake).filter(file__sha256__startswith=digest).first()
    if part is None or len(digest) < 8:
        raise Http404
    return http.send(part.file)
