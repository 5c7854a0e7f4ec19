"""The doors to payments: a list a step, one payment, one file's account, the statement."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.payments import actions, forms, policy, queries
from monarca.grants.payments.models import PaymentRequest
from monarca.grants.payments.states import LIVE, Status
from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.kit import paging, reasons
from monarca.kit.guard import Refused, require


def _agreement(request: Request, ref: str) -> Agreement:
    """An agreement this person sees as staff of its mission; others find nothing."""
    missions = people.missions_of(request.user, at=request.at)
    rows = agreements.visible_to(request.user, at=request.at).select_related("application__call")
    rows = rows.filter(application__call__mission__in=missions.order_by().values("pk"))
    return get_object_or_404(rows, application__reference=ref)


def _part(request: Request, ref: str, number: int) -> Instalment:
    rows = agreements.instalments_of(_agreement(request, ref))
    return get_object_or_404(rows.select_related("agreement__application__call"), number=number)


def _live(request: Request, ref: str, number: int) -> PaymentRequest:
    """The request that is on its way for this instalment."""
    found = queries.live_of(_part(request, ref, number))
    if found is None:
        raise Http404
    return found


@login_required
def mine(request: Request, ref: str) -> HttpResponse:
    """The recipient's statement of account."""
    seen = agreements.visible_to(request.user, at=request.at)
    agreement = get_object_or_404(seen, application__reference=ref)
    statement = queries.statement_of(agreement)
    context = {"agreement": agreement, "account": forms.account(statement), "statement": statement}
    return render(request, "payments/mine.html", context)


@login_required
def desk(request: Request) -> HttpResponse:
    """One list a step, each the inbox of those who may take it."""
    require(agreements.working_at(request.user, at=request.at))
    view = request.GET.get("view") or "request"
    view = view if view in forms.VIEWS else "request"
    asked = request.GET.get("page")
    if view == "request":
        ready = queries.to_request(request.user, at=request.at)
        parts = paging.screen(ready, asked, whole=True)
        shown, page, pages, total = forms.to_ask(parts.rows), parts.page, parts.pages, parts.total
    else:
        rows = paging.screen(queries.step(view, request.user, at=request.at), asked)
        shown, page, pages, total = forms.on_their_way(rows.rows), rows.page, rows.pages, rows.total
    context = {
        "rows": shown,
        "page": page,
        "pages": pages,
        "found": forms.found(total),
        "head": forms.list_head(),
        "tabs": forms.tabs(),
        "here": forms.VIEWS.index(view),
        "query": f"view={view}",
    }
    return render(request, "payments/list.html", context)


@login_required
def file(request: Request, ref: str) -> HttpResponse:
    return _file(request, _agreement(request, ref), forms.Recover())


def _file(
    request: Request, agreement: Agreement, form: forms.Recover, status: int = 200
) -> HttpResponse:
    """One file's money: its parts, its statement, its ledger, and what ends it."""
    zone = agreement.application.call.time_zone
    closure = queries.closure_of(agreement)
    may_record = policy.may_record(request.user, agreement, at=request.at)
    context = {
        "agreement": agreement,
        "parts": forms.parts_table(agreement, queries.parts_of(agreement)),
        "account": forms.account(queries.statement_of(agreement)),
        "ledger": forms.ledger_table(agreement, zone),
        "recoveries": queries.recoveries_of(agreement),
        "closure": closure,
        "hindrances": [] if closure else forms.hindrances(agreement),
        "may_close": not closure and policy.may_cancel(request.user, agreement, at=request.at),
        "may_recover": may_record and queries.paid_cents(agreement) > 0,
        "form": form,
    }
    return render(request, "payments/file.html", context, status=status)


@login_required
@require_POST
def recover(request: Request, ref: str) -> HttpResponse:
    agreement = _agreement(request, ref)
    form = forms.Recover(request.POST)
    if form.is_valid():
        try:
            actions.recover(agreement, by=request.user, at=request.at, **form.cleaned_data)
        except Refused as no:
            late = isinstance(no, actions.NotArrivedYet)
            form.add_error("received_on" if late else "cents", reasons.sentence(no.reason))
        else:
            messages.success(request, _("The money that came back was recorded."))
            return redirect("payments:file", ref)
    return _file(request, agreement, form, status=422)


@login_required
def close(request: Request, ref: str) -> HttpResponse:
    """What closing means, before it is done: it cannot be undone."""
    agreement = _agreement(request, ref)
    if request.method == "POST":
        actions.close(agreement, by=request.user, at=request.at)
        messages.success(request, _("The agreement’s money is closed."))
        return redirect("payments:file", ref)
    require(policy.may_cancel(request.user, agreement, at=request.at))
    account = forms.account(queries.statement_of(agreement))
    context = {"agreement": agreement, "account": account}
    context["hindrances"] = forms.hindrances(agreement)
    return render(request, "payments/close.html", context)


@login_required
def part(request: Request, ref: str, number: int) -> HttpResponse:
    return _page(request, _part(request, ref, number))


def _page(
    request: Request, part: Instalment, bound: django_forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """One payment: what it waits for, who took which step, and this person's next step."""
    file = part.agreement.application
    found = next(each for each in queries.parts_of(part.agreement) if each.instalment.pk == part.pk)
    live = found.request if found.request and found.request.status in LIVE else None
    hindrance = (
        queries.hindrance_of(live, at=request.at)
        if live
        else queries.hindrance(part, at=request.at)
    )
    context = {
        "part": part,
        "found": found,
        "status": forms.status_of(found.request, cancelled=found.cancellation is not None),
        "condition": forms.condition(part),
        "steps": forms.steps(found.request, file.call.time_zone) if found.request else (),
        "hindrance": hindrance,
        "may": _may(request, part, found.request, cancelled=found.cancellation is not None),
        "paid": bound if isinstance(bound, forms.Paid) else forms.Paid(),
        "words": bound if isinstance(bound, forms.Words) else forms.Words(),
        "bound": bound,
    }
    return render(request, "payments/part.html", context, status=status)


def _may(
    request: Request, part: Instalment, asked: PaymentRequest | None, *, cancelled: bool
) -> dict[str, bool]:
    """This person's next step, and why it is somebody else's."""
    user, at, agreement = request.user, request.at, part.agreement
    status = asked.status if asked else ""
    fresh = status in {"", Status.REFUSED} and not cancelled
    certifier = status == Status.REQUESTED and policy.may_cancel(user, agreement, at=at)
    payer = policy.may_record(user, agreement, at=at)
    certify = certifier and asked is not None and policy.may_certify(user, asked, at=at)
    release = status == Status.CERTIFIED and asked is not None
    release = release and asked is not None and policy.may_release(user, asked, at=at)
    return {
        "request": fresh and policy.may_request(user, agreement, at=at),
        "cancel": fresh and policy.may_cancel(user, agreement, at=at),
        "certify": certify,
        "another_certifies": certifier and not certify,
        "release": release,
        "another_releases": status == Status.CERTIFIED and payer and not release,
        "record": status == Status.RELEASED and payer,
        "refuse": status in {Status.REQUESTED, Status.CERTIFIED}
        and asked is not None
        and policy.may_refuse(user, asked, at=at),
    }


def _step(
    request: Request, ref: str, number: int, act: Callable[..., Any], said: str
) -> HttpResponse:
    """Take one step and go back to the payment; a refusal is said there."""
    act(_live(request, ref, number), by=request.user, at=request.at)
    messages.success(request, said)
    return redirect("payments:part", ref, number)


@login_required
@require_POST
def ask(request: Request, ref: str, number: int) -> HttpResponse:
    actions.request(_part(request, ref, number), by=request.user, at=request.at)
    messages.success(request, _("The payment was requested."))
    return redirect("payments:part", ref, number)


@login_required
@require_POST
def certify(request: Request, ref: str, number: int) -> HttpResponse:
    return _step(request, ref, number, actions.certify, _("The payment was certified."))


@login_required
@require_POST
def release(request: Request, ref: str, number: int) -> HttpResponse:
    return _step(request, ref, number, actions.release, _("The payment was released."))


@login_required
@require_POST
def record_paid(request: Request, ref: str, number: int) -> HttpResponse:
    live = _live(request, ref, number)
    form = forms.Paid(request.POST)
    if form.is_valid():
        day = form.cleaned_data["paid_on"]
        try:
            actions.record_paid(live, by=request.user, at=request.at, paid_on=day)
        except Refused as no:
            form.add_error("paid_on", reasons.sentence(no.reason))
        else:
            messages.success(request, _("The payment was recorded, and the organization told."))
            return redirect("payments:part", ref, number)
    return _page(request, live.instalment, form, status=422)


@login_required
@require_POST
def refuse(request: Request, ref: str, number: int) -> HttpResponse:
    live = _live(request, ref, number)
    form = forms.Words(request.POST)
    if not form.is_valid():
        return _page(request, live.instalment, form, status=422)
    words = form.cleaned_data["words"]
    actions.refuse(live, by=request.user, at=request.at, words=words)
    messages.success(request, _("The payment was refused."))
    return redirect("payments:part", ref, number)


@login_required
@require_POST
def cancel(request: Request, ref: str, number: int) -> HttpResponse:
    part = _part(request, ref, number)
    form = forms.Words(request.POST)
    if not form.is_valid():
        return _page(request, part, form, status=422)
    words = form.cleaned_data["words"]
    actions.cancel(part, by=request.user, at=request.at, words=words)
    messages.success(request, _("The payment was cancelled."))
    return redirect("payments:part", ref, number)
