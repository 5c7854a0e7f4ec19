"""What happens to an agreement after it was sent: signatures, amendments, a pause, an early end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.grants.agreements import actions, forms, policy, queries
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import Party, Status
from monarca.grants.agreements.views.file import attempt, load, page, refuse
from monarca.ground.envelopes.actions import EnvelopeIsSpent
from monarca.ground.people.http import Request
from monarca.kit.guard import Refused, require


@login_required
def signature(request: Request, ref: str, party: str) -> HttpResponse:
    """Record who signed for one party."""
    agreement = load(request, ref)
    if party not in Party.values:
        raise Http404
    require(policy.may_record(request.user, agreement, party, at=request.at))
    today = queries.local_day(agreement.application, request.at)
    start: dict[str, Any] = {"signed_on": today}
    if party == Party.RECIPIENT:
        place = queries.document_of(agreement).signatures[-1]
        start |= {"name": place.name, "title": place.title}
    else:
        start |= {"name": request.user.name}
    form = forms.Signing(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = {"by": request.user, "at": request.at, "party": party, **form.cleaned_data}
        if attempt(form, actions.record_signature, agreement, **given):
            messages.success(request, _signed(agreement))
            return redirect("agreements:file", ref)
    side = str(Party(party).label)
    return page(request, "signature", agreement.application, form, agreement=agreement, side=side)


def _signed(agreement: Agreement) -> str:
    """What follows from the signature that was just recorded."""
    if agreement.status == Status.ACTIVE:
        return _("The signature is recorded. Both have signed: the agreement is in force.")
    return _("The signature is recorded. The other party has still to sign.")


@login_required
def amend(request: Request, ref: str) -> HttpResponse:
    agreement = load(request, ref)
    require(policy.may_sign(request.user, agreement, at=request.at))
    start = {"amount": agreement.amount_cents, "ends_on": agreement.ends_on}
    form = forms.Amending(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid() and _amend(request, form, agreement):
        messages.success(request, _("The amendment is recorded."))
        return redirect("agreements:file", ref)
    paid = queries.paid_cents(agreement)
    return page(request, "amend", agreement.application, form, agreement=agreement, paid=paid)


def _amend(request: Request, form: forms.Amending, agreement: Agreement) -> bool:
    """The refusal of the envelope is said without its figures: they may count other files."""
    given = dict(form.cleaned_data)
    given |= {"by": request.user, "at": request.at, "amount_cents": given.pop("amount")}
    try:
        actions.amend(agreement, **given)
    except EnvelopeIsSpent:
        form.add_error("amount", _("This amount does not fit into what is left of the envelope."))
    except Refused as refusal:
        refuse(form, refusal)
    return not form.errors


@login_required
def suspend(request: Request, ref: str) -> HttpResponse:
    return _end(request, ref, actions.suspend, "suspend", _("The agreement is suspended."))


@login_required
def terminate(request: Request, ref: str) -> HttpResponse:
    return _end(request, ref, actions.terminate, "terminate", _("The agreement has ended."))


def _end(request: Request, ref: str, act: Any, name: str, said: str) -> HttpResponse:
    agreement = load(request, ref)
    require(policy.may_sign(request.user, agreement, at=request.at))
    form = forms.Ending(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, act, agreement, by=request.user, at=request.at, reason=reason):
            messages.success(request, said)
            return redirect("agreements:file", ref)
    held = queries.committed_cents(agreement) - queries.paid_cents(agreement)
    return page(request, name, agreement.application, form, agreement=agreement, held=held)


@login_required
@require_POST
def resume(request: Request, ref: str) -> HttpResponse:
    actions.resume(load(request, ref), by=request.user, at=request.at)
    messages.success(request, _("The agreement is active again."))
    return redirect("agreements:file", ref)
