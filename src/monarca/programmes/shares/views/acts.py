"""The acts on a division; each is a form on its page, and a refusal is said where it stood."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monarca.ground.people.http import Request
from monarca.kit import reasons
from monarca.kit.guard import Refused
from monarca.programmes.shares import actions, forms
from monarca.programmes.shares.models import Allocation
from monarca.programmes.shares.states import What
from monarca.programmes.shares.views.desk import load, page


def _done(
    request: Request, allocation: Allocation, form: Any, place: str, act: Callable[[], Allocation]
) -> HttpResponse:
    """Do it and go where it leads; what was refused stays typed, with the sentence beside it."""
    form.place = place
    if form.is_valid():
        try:
            made = act()
        except actions.AlreadyFollowed as no:
            messages.warning(request, reasons.sentence(no.reason))
            return redirect("shares:file", no.values["reference"])
        except Refused as no:
            form.add_error(None, reasons.sentence(no.reason))
        else:
            messages.success(request, _("Done."))
            return redirect("shares:file", made.reference)
    return page(request, allocation, wrong=form, status=422)


@login_required
@require_POST
def propose(request: Request, ref: str) -> HttpResponse:
    allocation = load(request, ref)
    form = forms.Proposing(request.POST, among=list(allocation.rules))

    def act() -> Allocation:
        given = form.cleaned_data
        by, at = request.user, request.at
        return actions.propose(allocation, given["rule"], why=given["why"], by=by, at=at)

    return _done(request, allocation, form, "propose", act)


@login_required
@require_POST
def send_back(request: Request, ref: str) -> HttpResponse:
    allocation = load(request, ref)
    form = forms.Why(request.POST)

    def act() -> Allocation:
        why = form.cleaned_data["why"]
        return actions.send_back(allocation, why=why, by=request.user, at=request.at)

    return _done(request, allocation, form, "decide", act)


@login_required
@require_POST
def publish(request: Request, ref: str) -> HttpResponse:
    allocation = load(request, ref)
    actions.publish(allocation, by=request.user, at=request.at)
    messages.success(request, _("The division stands before the public."))
    return redirect("shares:file", ref)


@login_required
@require_POST
def withdraw(request: Request, ref: str) -> HttpResponse:
    allocation = load(request, ref)
    form = forms.Why(request.POST, auto_id="withdraw_%s")

    def act() -> Allocation:
        why = form.cleaned_data["why"]
        return actions.withdraw(allocation, why=why, by=request.user, at=request.at)

    return _done(request, allocation, form, "withdraw", act)


@login_required
@require_POST
def follow(request: Request, ref: str) -> HttpResponse:
    allocation = load(request, ref)
    form = forms.Supply(request.POST, is_money=allocation.what == What.ENVELOPE)

    def act() -> Allocation:
        supply = form.cleaned_data["supply"]
        return actions.follow(allocation, supply, by=request.user, at=request.at)

    return _done(request, allocation, form, "follow", act)
