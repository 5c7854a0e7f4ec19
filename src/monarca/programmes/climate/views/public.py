"""One pledge as everybody reads it, and its series as files; a pledge one may not see is 404."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.vary import vary_on_cookie

from monarca.engines import trajectories
from monarca.ground.people.http import Request
from monarca.ground.people.models import User
from monarca.kit import trilingual
from monarca.programmes.climate import forms, policy, queries
from monarca.programmes.climate.models import Pledge, Series


@vary_on_cookie
def pledge(request: Request, ref: str) -> HttpResponse:
    """What was pledged, how it stands, every figure with its source, and what stood before."""
    rows = queries.visible_to(request.user, at=request.at).select_related("mission")
    found = get_object_or_404(rows, reference=ref)
    return render(request, "climate/pledge.html", told(found, request.user, at=request.at))


def told(pledge: Pledge, user: User, *, at: datetime) -> dict[str, Any]:
    """Everything that both pages of a pledge say."""
    lines = queries.series_of(pledge)
    revisions = queries.revisions_of(lines)
    glance = lines[0].glance if lines else queries.glance(pledge, ())
    keeps = user.is_authenticated and policy.may_keep(user, pledge, at=at)
    terms = list(queries.terms_of(pledge)) if keeps or pledge.terms.count() > 1 else []
    return {
        "pledge": pledge,
        "name": trilingual.say(pledge.name),
        "text": pledge.commitment.text if pledge.commitment else {},
        "status": forms.stand_status(glance),
        "facts": forms.pledge_facts(pledge),
        "parts": [forms.series_parts(line, revisions[line.series.pk]) for line in lines],
        "terms_head": [
            pgettext("column", "From"),
            pgettext("column", "What was pledged"),
            pgettext("column", "Base year"),
            pgettext("column", "Why"),
        ],
        "terms": forms.terms_rows(terms, pledge.mission.time_zone),
        "may_keep": keeps,
        "trail": [(_("Climate"), reverse("climate-portal:overview"))],
    }


@vary_on_cookie
def download(request: Request, ref: str, number: int) -> HttpResponse:
    """The values that stand in a series, each with the upload it comes from and its source."""
    rows = queries.visible_to(request.user, at=request.at).order_by().values("pk")
    series = get_object_or_404(Series, pledge__in=rows, pledge__reference=ref, number=number)
    sources = {one.number: one.source for one in series.revisions.order_by("number")}
    values = [
        (one.on, one.value, one.revision, sources[one.revision])
        for one in queries.kept_of(series)
        if one.value is not None
    ]
    data = trajectories.written(values, unit=series.unit)
    name = f"{ref}-{number}.csv"
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
