"""The ledger of rates, and the form with which finance enters one by hand."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from monarca.ground.people.http import Request
from monarca.ground.rates import actions, forms, policy, queries
from monarca.kit import paging, reasons
from monarca.kit.guard import Refused

AT = {actions.RateFromTomorrow: "on", actions.RateKnown: "source"}
"""At which box a refusal is said; the others are about the figure."""


@login_required
def ledger(request: Request) -> HttpResponse:
    """Every rate, the newest first; finance may add one with its source."""
    if not policy.may_read(request.user, at=request.at):
        raise PermissionDenied
    form = forms.Enter(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.enter(
                given.pop("currency"), given.pop("cad"), by=request.user, at=request.at, **given
            )
        except Refused as no:
            form.add_error(AT.get(type(no), "cad"), reasons.sentence(no.reason))
        else:
            messages.success(request, _("The rate was entered."))
            return redirect("rates:list")
    screen = paging.screen(queries.newest(), request.GET.get("page"), size=30)
    context = {"form": form, "screen": screen, "table": forms.table(screen.rows)}
    context["may"] = policy.may_enter(request.user, at=request.at)
    status = 422 if request.method == "POST" else 200
    return render(request, "rates/list.html", context, status=status)
