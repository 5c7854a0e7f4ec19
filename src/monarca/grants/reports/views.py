"""The doors to reports: the recipient writes and sends, the embassy reads and answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.grants.agreements import queries as agreements
from monarca.grants.applications import forms as applying
from monarca.grants.reports import actions, forms, policy, queries
from monarca.grants.reports.models import Report
from monarca.grants.reports.states import OPEN
from monarca.ground.files import http as files
from monarca.ground.files import queries as kept
from monarca.ground.files.actions import FileRefused
from monarca.ground.people.http import Request
from monarca.kit import paging, reasons
from monarca.kit.guard import Refused, require


def _report(request: Request, ref: str, number: int) -> Report:
    rows = queries.visible_to(request.user, at=request.at)
    return get_object_or_404(rows, application__reference=ref, number=number)


def _held(request: Request, ref: str, number: int) -> Report:
    """A report at the desk: of a mission this person serves; a recipient finds nothing here."""
    rows = queries.of_staff(request.user, at=request.at)
    return get_object_or_404(rows, application__reference=ref, number=number)


def _writable(request: Request, ref: str, number: int) -> Report:
    """A report this person writes in; whoever may only read it finds no such page.

    Raises `AlreadySent`, answered with 409, when it was sent from another window.
    """
    report = _report(request, ref, number)
    if not policy.is_writer(request.user, report, at=request.at):
        raise Http404
    if report.status not in OPEN:
        raise actions.AlreadySent(number=report.number)
    return report


@login_required
def mine(request: Request, ref: str) -> HttpResponse:
    """Every report of one application, for its own people."""
    seen = agreements.visible_to(request.user, at=request.at)
    agreement = get_object_or_404(seen, application__reference=ref)
    rows = queries.visible_to(request.user, at=request.at).filter(agreement=agreement)
    shown = forms.listed(rows, at=request.at, staff=False)
    context = {"agreement": agreement, "rows": shown, "head": forms.list_head()}
    return render(request, "reports/mine.html", context)


@login_required
def report(request: Request, ref: str, number: int) -> HttpResponse:
    """What is left to do while it is open; what was sent afterwards."""
    found = _report(request, ref, number)
    context = {"report": found, "status": forms.said(found, at=request.at)}
    if policy.may_write(request.user, found, at=request.at):
        left = len(queries.problems_of(found))
        return render(
            request, "reports/tasks.html", {**context, "tasks": forms.tasks(found), "left": left}
        )
    if not found.submitted_at:
        return render(request, "reports/waiting.html", context)
    return render(request, "reports/sent.html", {**context, "told": forms.told(found)})


@login_required
def part(request: Request, ref: str, number: int, part: str) -> HttpResponse:
    """One part to write: anything typed is kept, and what cannot be read is said."""
    if part not in forms.ORDER:
        raise Http404
    found = _writable(request, ref, number)
    if request.method != "POST":
        return _page(request, found, part, checking="check" in request.GET)
    sent = applying.posted(request.POST)
    language = get_language() or "es"
    if part == "expenses":
        rows = forms.read_rows(found, sent, language=language)
        actions.save_expenses(found, rows, by=request.user, at=request.at)
    else:
        typed = forms.read(part, found, sent, language=language)
        actions.save_story(found, by=request.user, at=request.at, language=language[:2], **typed)
    return _onward(request, found, part)


def _onward(request: Request, report: Report, part: str) -> HttpResponse:
    """The next part; the same again when something cannot be read or more rows are wanted."""
    if forms.faults(report, part, all_of_them=False):
        return _page(request, report, part, status=422)
    ref = report.application.reference
    if "more" in request.POST:
        return redirect("reports:part", ref, report.number, part)
    onward = forms.after(part)
    if onward == "check":
        return redirect("reports:check", ref, report.number)
    return redirect("reports:part", ref, report.number, onward)


def _page(
    request: Request, report: Report, part: str, *, checking: bool = False, status: int = 200
) -> HttpResponse:
    wrong = forms.faults(report, part, all_of_them=checking)
    context: dict[str, Any] = {
        "report": report,
        "part": queries.PARTS[part],
        "errors": forms.summary(wrong, report),
        "currency": report.application.call.local_currency,
        **DRAWN[part](report, wrong),
    }
    return render(request, f"reports/{part}.html", context, status=status)


DRAWN: dict[str, Any] = {
    "narrative": lambda report, wrong: {"fields": forms.narrative_fields(report, wrong)},
    "figures": lambda report, wrong: {
        "people": forms.people_table(report, wrong),
        "measures": forms.measure_groups(report, wrong),
    },
    "expenses": lambda report, wrong: {
        "table": forms.expense_table(report, wrong),
        "receipts": queries.receipts_of(report),
    },
    "budget": lambda report, wrong: {
        "plan": forms.plan_table(report),
        "lines": forms.budget_lines(report, wrong),
        "interest": forms.interest(report, wrong),
    },
}


@login_required
def check(request: Request, ref: str, number: int) -> HttpResponse:
    """Everything once more, what is missing, and the representative's certification."""
    found = _writable(request, ref, number)
    form = forms.Certify(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.submit(
                found, by=request.user, at=request.at, name=given["name"], title=given["title"]
            )
        except actions.NotComplete as no:
            form.add_error(None, reasons.sentence(no.reason))
        else:
            messages.success(request, _("Your report was sent to the embassy."))
            return redirect("reports:report", ref, number)
    context = {"report": found, "form": form, "told": forms.told(found)}
    context["missing"] = forms.missing(found)
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/check.html", context, status=status)


@login_required
@require_POST
def receipts(request: Request, ref: str, number: int) -> HttpResponse:
    """Add photos or papers; what is refused is said, and the others are kept."""
    found = _writable(request, ref, number)
    for each in request.FILES.getlist("receipts"):
        try:
            data = each.read(kept.LIMIT + 1)
            actions.attach(found, data, each.name or "", by=request.user, at=request.at)
        except (FileRefused, actions.TooManyReceipts) as no:
            said = {"name": each.name, "why": reasons.sentence(no.reason)}
            messages.error(request, _("%(name)s: %(why)s") % said)
    return redirect("reports:part", ref, number, "expenses")


@login_required
def receipt(request: Request, ref: str, number: int, receipt: int) -> FileResponse:
    """A paper: its writers' always, everybody else's who sees the report once that was sent."""
    found = _report(request, ref, number)
    if not (found.submitted_at or policy.is_writer(request.user, found, at=request.at)):
        raise Http404
    row = get_object_or_404(queries.receipts_of(found), number=receipt)
    return files.send(row.file)


@login_required
@require_POST
def remove(request: Request, ref: str, number: int, receipt: int) -> HttpResponse:
    found = _writable(request, ref, number)
    row = get_object_or_404(queries.receipts_of(found), number=receipt)
    actions.detach(row, by=request.user, at=request.at)
    return redirect("reports:part", ref, number, "expenses")


VIEWS = ("read", "overdue", "all")


@login_required
def desk(request: Request) -> HttpResponse:
    """Reports to read, reports that are late, and all of them."""
    require(agreements.working_at(request.user, at=request.at))
    view = request.GET.get("view") or "read"
    view = view if view in VIEWS else "read"
    choose = {"read": queries.to_read, "overdue": queries.overdue, "all": queries.of_staff}
    screen = paging.screen(choose[view](request.user, at=request.at), request.GET.get("page"))
    rows = forms.listed(screen.rows, at=request.at, staff=True)
    context = {
        "screen": screen,
        "rows": rows,
        "head": forms.list_head(),
        "tabs": forms.tabs(),
        "here": VIEWS.index(view),
        "query": f"view={view}",
        "found": forms.found(screen.total),
    }
    return render(request, "reports/list.html", context)


ASKED_AT = {actions.FinalAlreadyAsked: "kind", actions.PeriodOutOfOrder: "due_on"}
"""At which box a refusal is said; the others stand above the form."""


@login_required
def file(request: Request, ref: str) -> HttpResponse:
    """The reports of one file, and the form to ask for one."""
    held = agreements.of_staff(request.user, at=request.at)
    agreement = get_object_or_404(held, application__reference=ref)
    may = policy.may_request(request.user, agreement.application, at=request.at)
    form = forms.Ask(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.request(agreement, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as no:
            form.add_error(ASKED_AT.get(type(no)), reasons.sentence(no.reason))
        else:
            messages.success(request, _("The report was asked for, and the organization told."))
            return redirect("reports:file", ref)
    rows = queries.visible_to(request.user, at=request.at).filter(agreement=agreement)
    context = {"agreement": agreement, "form": form, "may": may, "head": forms.list_head()}
    context["rows"] = forms.listed(rows, at=request.at, staff=True)
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/file.html", context, status=status)


@login_required
def read(request: Request, ref: str, number: int) -> HttpResponse:
    return _reading(request, _held(request, ref, number), forms.Return())


def _reading(
    request: Request, report: Report, form: forms.Return, status: int = 200
) -> HttpResponse:
    """The report with its plan beside it; nothing of a draft that was never sent."""
    context = {
        "report": report,
        "form": form,
        "status": forms.said(report, at=request.at),
        "told": forms.told(report) if report.submitted_at else None,
        "may": policy.may_read(request.user, report.application, at=request.at)
        and report.status == "submitted",
    }
    return render(request, "reports/read.html", context, status=status)


@login_required
@require_POST
def accept(request: Request, ref: str, number: int) -> HttpResponse:
    found = _held(request, ref, number)
    actions.accept(found, by=request.user, at=request.at)
    messages.success(request, _("The report was accepted."))
    return redirect("reports:read", ref, number)


@login_required
@require_POST
def return_(request: Request, ref: str, number: int) -> HttpResponse:
    found = _held(request, ref, number)
    form = forms.Return(request.POST)
    if form.is_valid():
        try:
            actions.return_(found, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as no:
            form.add_error("due_on", reasons.sentence(no.reason))
        else:
            messages.success(request, _("The report was returned."))
            return redirect("reports:read", ref, number)
    return _reading(request, found, form, status=422)
