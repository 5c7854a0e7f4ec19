"""The desk of who prepares divisions: terms, claimants, the rules side by side."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.engines import apportionment
from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.ground.people.states import SEES_ALL
from monarca.kit import formats, paging, reasons, trilingual
from monarca.kit.guard import Refused
from monarca.kit.parts import Link, Status, Tone
from monarca.programmes.shares import actions, forms, policy, queries
from monarca.programmes.shares.models import Allocation
from monarca.programmes.shares.states import SHOWN, What
from monarca.programmes.shares.states import Status as States
from monarca.programmes.shares.views.public import csv_file, figures

AT_ONCE = 200
TONES: dict[States, Tone] = {
    States.DRAFT: "plain",
    States.PROPOSED: "info",
    States.PUBLISHED: "ok",
    States.WITHDRAWN: "warn",
}
EXAMPLE = "id,name,claim,weight,floor,cap,minimum,population,received,risk,owed,excluded\r\n"


@login_required
def every(request: Request) -> HttpResponse:
    if not people.held(request.user, at=request.at) & SEES_ALL:
        raise PermissionDenied
    screen = paging.screen(queries.kept_by(request.user, at=request.at), request.GET.get("page"))
    head = [
        pgettext("column", "Division"),
        pgettext("column", "What"),
        pgettext("column", "How much"),
        pgettext("column", "Status"),
        pgettext("column", "Begun"),
    ]
    rows = [_row(each) for each in screen.rows]
    context = {"screen": screen, "head": head, "rows": rows, "may": _missions(request).exists()}
    return render(request, "shares/desk.html", context)


def _row(each: Allocation) -> list[Any]:
    title = trilingual.say(each.title).text
    note = _("Round %(round)s") % {"round": each.round} if each.round > 1 else ""
    return [
        Link(title, reverse("shares:file", args=[each.reference]), note),
        each.get_what_display(),
        forms.Shown(each, (), ()).quantity(each.supply),
        standing(each),
        formats.day(each.made_at.date(), style="medium"),
    ]


def standing(each: Allocation) -> Status:
    """The status in words, with its tone."""
    status = States(each.status)
    return Status(str(status.label), TONES[status])


def _missions(request: Request) -> Any:
    roles = frozenset({"coordinator", "manager"})
    return people.missions_of(request.user, at=request.at, roles=roles)


@login_required
def begin(request: Request) -> HttpResponse:
    mission = _missions(request).first()
    if mission is None:
        raise PermissionDenied
    start = {"rules": SHOWN, "buffer": 0, "target": 200_000, "doses": 2, "by": "claim"}
    form = forms.PlanForm(request.POST or None, initial={**start, "unit": "1"})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin(mission, form.plan(), by=request.user, at=request.at)
            return redirect("shares:fill", made.reference)
        except Refused as no:
            form.add_error(None, reasons.sentence(no.reason))
    status = 422 if request.method == "POST" else 200
    return render(request, "shares/terms.html", {"form": form}, status=status)


def load(request: Request, ref: str) -> Allocation:
    """A division of one's missions, else 404."""
    return get_object_or_404(queries.kept_by(request.user, at=request.at), reference=ref)


@login_required
def one(request: Request, ref: str) -> HttpResponse:
    return page(request, load(request, ref))


def page(
    request: Request, allocation: Allocation, *, wrong: Any = None, status: int = 200
) -> HttpResponse:
    """The whole file; `wrong` is a form that was refused, and stays as it was typed."""
    rows = list(queries.claimants_of(allocation))
    tolds, refusals = _answers(allocation, rows)
    screen = paging.screen(
        queries.claimants_of(allocation), request.GET.get("page"), AT_ONCE, whole=True
    )
    shown = forms.Shown(allocation, screen.rows, tolds)
    context = {
        "allocation": allocation,
        "shown": shown if rows else None,
        "page": screen,
        "refusals": refusals,
        "remarks": queries.remarks_of(allocation),
        "figures": figures(shown, claimants=len(rows)),
        "status_of": standing(allocation),
        "wrong": wrong,
        **_forms(request, allocation, tolds, wrong),
    }
    return render(request, "shares/file.html", context, status=status)


def _answers(allocation: Allocation, rows: list[Any]) -> tuple[list[Any], list[str]]:
    """What each rule gives, or the sentence of why one has no answer."""
    if allocation.published_at:
        return list(queries.published(allocation, rows)), []
    tolds: list[Any] = []
    refusals: list[str] = []
    for rule in allocation.rules if rows else ():
        try:
            tolds += queries.compared(allocation, rows, (rule,))
        except apportionment.Refused as no:
            said = {"rule": forms.named(rule), "why": reasons.sentence(no.reason)}
            refusals.append("{rule}: {why}".format(**said))
    return tolds, refusals


def _forms(
    request: Request, allocation: Allocation, tolds: list[Any], wrong: Any
) -> dict[str, Any]:
    """The forms of the acts that are open to this person now."""
    user, at = request.user, request.at
    prepares = policy.may_prepare(user, allocation, at=at)
    decides = policy.may_decide(user, allocation, at=at)
    is_draft, is_proposed = (
        allocation.status == States.DRAFT,
        allocation.status == States.PROPOSED,
    )
    offered: dict[str, Any] = {"may_change": prepares and is_draft}
    if prepares and is_draft and tolds:
        offered["propose"] = forms.Proposing(among=[told.rule for told in tolds])
    if decides and is_proposed:
        offered["decide"] = forms.Why()
    if policy.may_withdraw(user, allocation, at=at) and allocation.status != States.WITHDRAWN:
        offered["withdraw"] = forms.Why(auto_id="withdraw_%s")
    after = queries.next_of(allocation)
    offered["after"] = after
    if prepares and allocation.status == States.PUBLISHED and after is None:
        offered["follow"] = forms.Supply(is_money=allocation.what == What.ENVELOPE)
    if wrong is not None:
        offered[wrong.place] = wrong
    return offered


@login_required
def change(request: Request, ref: str) -> HttpResponse:
    allocation = load(request, ref)
    if not policy.may_prepare(request.user, allocation, at=request.at):
        raise PermissionDenied
    form = forms.PlanForm(request.POST or None, initial=forms.PlanForm.start(allocation))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(allocation, form.plan(), by=request.user, at=request.at)
            return redirect("shares:file", ref)
        except Refused as no:
            form.add_error(None, reasons.sentence(no.reason))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "allocation": allocation}
    return render(request, "shares/terms.html", context, status=status)


@login_required
def fill(request: Request, ref: str) -> HttpResponse:
    """The claimants: a file or the table in a box; every fault with its line and column."""
    allocation = load(request, ref)
    if not policy.may_prepare(request.user, allocation, at=request.at):
        raise PermissionDenied
    is_money = allocation.what == What.ENVELOPE
    rows = queries.claimants_of(allocation)
    start = forms.as_csv(rows, is_money=is_money) if rows.exists() else EXAMPLE
    form = forms.Filling(request.POST or None, request.FILES or None, initial={"table": start})
    flaws: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        lines, found = forms.read(form.data_read(), is_money=is_money)
        flaws = [told(flaw) for flaw in found]
        if not flaws and _filled(request, allocation, lines, form):
            messages.success(request, _("The claimants were written down."))
            return redirect("shares:file", ref)
    context = {"form": form, "allocation": allocation, "flaws": flaws, "is_money": is_money}
    status = 422 if request.method == "POST" else 200
    return render(request, "shares/claimants.html", context, status=status)


def _filled(request: Request, allocation: Allocation, lines: Any, form: forms.Filling) -> bool:
    try:
        actions.fill(allocation, lines, by=request.user, at=request.at)
    except Refused as no:
        form.add_error(None, reasons.sentence(no.reason))
        return False
    return True


def told(flaw: Any) -> dict[str, Any]:
    """A fault with its place in words."""
    return {"line": flaw.line, "column": flaw.column, "why": reasons.sentence(flaw.reason)}


@login_required
def table(request: Request, ref: str) -> HttpResponse:
    """The claimants as they stand, to mend in a spreadsheet and bring back."""
    allocation = load(request, ref)
    rows = queries.claimants_of(allocation)
    text = forms.as_csv(rows, is_money=allocation.what == What.ENVELOPE)
    return csv_file(text, f"{allocation.reference}.csv")
