"""The envelopes of one's missions, and the ledger of one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from monarca.ground.envelopes import forms, queries
from monarca.ground.people.http import Request
from monarca.kit import paging


@login_required
def every(request: Request) -> HttpResponse:
    rows = queries.visible_to(request.user, at=request.at)
    return render(request, "envelopes/list.html", {"table": forms.table(rows)})


@login_required
def ledger(request: Request, mission: str, year: str) -> HttpResponse:
    """One year's envelope, movement by movement."""
    seen = queries.visible_to(request.user, at=request.at)
    envelope = get_object_or_404(seen, mission__code=mission, fiscal_year=year)
    screen = paging.screen(queries.ledger(envelope), request.GET.get("page"))
    context = {
        "envelope": envelope,
        "figures": forms.figures(envelope),
        "screen": screen,
        "table": forms.movements(screen.rows, envelope.mission.time_zone),
    }
    return render(request, "envelopes/ledger.html", context)
