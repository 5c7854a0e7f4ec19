"""The envelopes of one's missions, and the ledger of one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from monarca.ground.envelopes import actions, forms, policy, queries
from monarca.ground.envelopes.models import Envelope
from monarca.ground.people.http import Request
from monarca.kit import paging, reasons
from monarca.kit.guard import Refused, require


@login_required
def every(request: Request) -> HttpResponse:
    require(policy.may_read(request.user, at=request.at))
    rows = queries.visible_to(request.user, at=request.at)
    told = queries.told_to(request.user, at=request.at)
    return render(request, "envelopes/list.html", {"table": forms.table(rows, told)})


@login_required
def ledger(request: Request, mission: str, year: str) -> HttpResponse:
    """One year's envelope, movement by movement; a manager of the mission changes its size."""
    seen = queries.visible_to(request.user, at=request.at)
    envelope = get_object_or_404(seen, mission__code=mission, fiscal_year=year)
    form = forms.Size(request.POST or None, initial={"cents": envelope.cents})
    if request.method == "POST" and form.is_valid() and _resized(request, envelope, form):
        return redirect("envelopes:ledger", mission, year)
    told = queries.told_to(request.user, at=request.at)
    screen = paging.screen(queries.ledger(envelope, told), request.GET.get("page"))
    context = {
        "envelope": envelope,
        "form": form,
        "may": policy.may_set(request.user, envelope.mission, at=request.at),
        "figures": forms.figures(envelope, told),
        "screen": screen,
        "table": forms.movements(screen.rows, envelope.mission.time_zone),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "envelopes/ledger.html", context, status=status)


def _resized(request: Request, envelope: Envelope, form: forms.Size) -> bool:
    """Change the size; a refusal is said at the box, and what was typed stays in it.

    Its figure is told to those who may read every movement that it counts.
    """
    cents = form.cleaned_data["cents"]
    mission, year = envelope.mission, envelope.fiscal_year
    try:
        actions.set_size(mission, year, cents, by=request.user, at=request.at)
    except Refused as no:
        told = queries.told_to(request.user, at=request.at)
        whole = queries.balance(envelope, told) == queries.balance(envelope)
        plain = _("Never less than what is promised already.")
        form.add_error("cents", reasons.sentence(no.reason) if whole else plain)
        return False
    messages.success(request, _("The size of the envelope was changed."))
    return True
