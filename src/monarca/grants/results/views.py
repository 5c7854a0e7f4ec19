"""The doors to results: a list a step, one file, an indicator's targets and values, a marker."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.reports.models import Report
from monarca.grants.results import actions, forms, policy, queries
from monarca.grants.results.models import Indicator
from monarca.grants.results.states import DERIVED, MARKERS
from monarca.ground.people.http import Request
from monarca.kit import paging, reasons
from monarca.kit.guard import Refused


def _agreement(request: Request, ref: str) -> Agreement:
    """A signed agreement this person sees as staff of its mission; others find nothing."""
    rows = queries.of_staff(request.user, at=request.at)
    return get_object_or_404(rows, application__reference=ref)


def _indicator(request: Request, ref: str, number: int) -> Indicator:
    agreement = _agreement(request, ref)
    rows = queries.visible_to(request.user, at=request.at).filter(agreement=agreement)
    return get_object_or_404(rows, number=number)


def _report(indicator: Indicator, number: int) -> Report:
    return get_object_or_404(queries.received(indicator.agreement), number=number)


def _keep(request: Request, agreement: Agreement) -> None:
    """The pages to type in are for those who may; who only reads is told so."""
    if not policy.may_keep(request.user, agreement, at=request.at):
        raise PermissionDenied


def _done(request: Request, form: Any, act: Callable[..., object], said: str, **named: Any) -> bool:
    """Do what the posted form asks; a refusal becomes a sentence on it, and nothing is lost."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(by=request.user, at=request.at, **named, **form.given())
    except Refused as no:
        form.add_error(None, reasons.sentence(no.reason))
        return False
    messages.success(request, said)
    return True


@login_required
def listing(request: Request) -> HttpResponse:
    """One list a step, each an inbox, and all agreements with how far their results are."""
    if not agreements.working_at(request.user, at=request.at):
        raise PermissionDenied
    view = request.GET.get("view", "")
    view = view if view in forms.VIEWS else forms.VIEWS[-1]
    page, rows = _rows(request, view)
    context = {
        "tabs": forms.tabs(),
        "here": forms.VIEWS.index(view),
        "head": forms.list_head(view),
        "numbers": "" if view in {"record", "verify"} else "2,3,4",
        "rows": rows,
        "page": page,
        "found": forms.found(view, page.total),
        "query": f"view={view}",
    }
    return render(request, "results/list.html", context)


def _rows(request: Request, view: str) -> tuple[paging.Screen[Any], list[list[Any]]]:
    user, at, asked = request.user, request.at, request.GET.get("page")
    reports = {"record": queries.to_record, "verify": queries.to_verify}
    if view in reports:
        told = paging.screen(reports[view](user, at=at), asked)
        return told, forms.report_rows(told.rows)
    rows = queries.counted(user, at=at)
    waiting = {"plan": queries.to_plan, "score": queries.to_score}
    if view in waiting:
        rows = rows.filter(pk__in=waiting[view](user, at=at).order_by().values("pk"))
    page = paging.screen(rows, asked)
    return page, forms.agreement_rows(page.rows)


@login_required
def file(request: Request, ref: str) -> HttpResponse:
    """One file's indicators with targets and values by group, and its markers with reasons."""
    agreement = _agreement(request, ref)
    zone = agreement.application.call.time_zone
    marks = queries.markers_of([agreement])[agreement.pk]
    keeps = policy.may_keep(request.user, agreement, at=request.at)
    context = {
        "agreement": agreement,
        "file": agreement.application,
        "indicators": _shown(request, agreement),
        "chart_head": forms.chart_head(),
        "marks": forms.marks(agreement, marks),
        "other_markers": forms.other_markers(agreement, marks),
        "history": forms.history(queries.history_of(agreement), zone),
        "history_head": forms.history_head(),
        "may_keep": keeps,
        "may_plan": keeps and agreement.status in queries.IN_FORCE,
        "may_override": policy.may_override(request.user, agreement, at=request.at),
    }
    return render(request, "results/file.html", context)


def _shown(request: Request, agreement: Agreement) -> list[Any]:
    """Every indicator, with what may be done with it for each received report."""
    reports = list(queries.received(agreement))
    standing = forms.standing_of(agreement)
    shown = []
    for outcome in queries.outcomes_of([agreement])[agreement.pk]:
        one = outcome.indicator
        one.agreement = agreement
        steps = forms.steps_of(one, reports, standing.get(one.pk, {}), request.user.pk)
        shown.append(forms.shown(outcome, steps))
    return shown


def _page(
    request: Request, template: str, agreement: Agreement, form: Form, **more: Any
) -> HttpResponse:
    """A page with one form: 422 when something has to be corrected."""
    file = agreement.application
    context = {"agreement": agreement, "file": file, "form": form, **more}
    status = 422 if form.errors else 200
    return render(request, f"results/{template}.html", context, status=status)


@login_required
def add(request: Request, ref: str) -> HttpResponse:
    """What may be measured; and once it was chosen, from where to where and by when."""
    agreement = _agreement(request, ref)
    _keep(request, agreement)
    if "code" not in request.GET:
        context = {"agreement": agreement, "file": agreement.application}
        return render(request, "results/add.html", {**context, "offers": forms.offers(agreement)})
    code = request.GET["code"]
    known = queries.proposal(agreement.application, code) if code else None
    if code and known is None:
        raise Http404
    form = forms.planning(known, agreement.activities_end_on, request.POST or None)
    act = partial(actions.plan, agreement, code=code)
    if _done(request, form, act, _("The indicator was added.")):
        return redirect("results:file", ref)
    return _page(request, "plan", agreement, form, known=known, **forms.target_grid(form))


@login_required
def targets(request: Request, ref: str, number: int) -> HttpResponse:
    indicator = _indicator(request, ref, number)
    _keep(request, indicator.agreement)
    form = forms.Targeting(request.POST or None, initial=forms.standing(indicator))
    act = partial(actions.set_targets, indicator)
    if _done(request, form, act, _("The targets were changed.")):
        return redirect("results:file", ref)
    more = {"indicator": indicator, **forms.target_grid(form)}
    return _page(request, "plan", indicator.agreement, form, **more)


@login_required
def values(request: Request, ref: str, number: int, report: int) -> HttpResponse:
    """Record what one report says of one indicator, or correct what was recorded."""
    indicator = _indicator(request, ref, number)
    _keep(request, indicator.agreement)
    told = _report(indicator, report)
    known = queries.live_of(indicator, told)
    form = forms.measuring(indicator, told, known, request.POST or None, at=request.at)
    act = partial(actions.correct if known else actions.record, indicator, report=told)
    if _done(request, form, act, _("The values were recorded.")):
        return redirect("results:file", ref)
    more = {"indicator": indicator, "report": told, "known": known}
    more |= forms.value_grid(form, indicator)
    return _page(request, "values", indicator.agreement, form, **more)


@login_required
@require_POST
def verify(request: Request, ref: str, number: int, report: int) -> HttpResponse:
    indicator = _indicator(request, ref, number)
    told = _report(indicator, report)
    actions.verify(indicator, by=request.user, at=request.at, report=told)
    messages.success(request, _("The values were verified."))
    return redirect("results:file", ref)


@login_required
@require_POST
def score(request: Request, ref: str) -> HttpResponse:
    agreement = _agreement(request, ref)
    actions.score(agreement, by=request.user, at=request.at)
    messages.success(request, _("The markers were derived from the evidence."))
    return redirect("results:file", ref)


@login_required
def marker(request: Request, ref: str, marker: str) -> HttpResponse:
    """Set one marker by hand, beside what the evidence gives."""
    agreement = _agreement(request, ref)
    if marker not in MARKERS:
        raise Http404
    if not policy.may_override(request.user, agreement, at=request.at):
        raise PermissionDenied
    row = queries.marker(agreement, marker)
    form = forms.scoring(agreement, marker, row, request.POST or None)
    act = partial(actions.override, agreement, marker=marker)
    if _done(request, form, act, _("The marker was set.")):
        return redirect("results:file", ref)
    mark = forms.marks(agreement, [row])[0] if row else None
    more = {"name": MARKERS[marker], "mark": mark, "is_derivable": marker in DERIVED}
    return _page(request, "marker", agreement, form, **more)
