"""Pledges of countries, and beneath them what funded projects achieved: never one sum.

The list of pledges is `programmes/climate`'s own, through its own gate; the sums are this room's,
through the gate of public records.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import ngettext
from django.views.decorators.vary import vary_on_cookie

from monarca.ground.people.http import Request
from monarca.kit import formats, paging
from monarca.portal.climate import forms, queries
from monarca.programmes.climate import forms as telling
from monarca.programmes.climate import queries as pledges
from monarca.programmes.climate.states import Country, Sector, Tags

SIZE = 60


@vary_on_cookie
def overview(request: Request) -> HttpResponse:
    """Every public pledge with its progress at a glance, and the sums of public projects."""
    wanted = _wanted(request)
    rows = pledges.narrowed(pledges.visible_to(None, at=request.at), wanted)
    page = paging.screen(rows, request.GET.get("page"), SIZE, whole=True)
    many = ngettext("%(n)s pledge", "%(n)s pledges", page.total)
    asked = {"country": wanted.country, "sector": wanted.sector, "tag": wanted.tag}
    context = {
        "filters": telling.filters(wanted),
        "is_narrowed": wanted != pledges.Wanted(),
        "head": telling.glance_head(),
        "rows": telling.glance_rows(pledges.glances(page.rows)),
        "page": page,
        "found": many % {"n": formats.number(page.total)},
        "query": urlencode(asked),
        "achieved_head": forms.achieved_head(),
        "achieved": forms.achieved_rows(queries.achieved(at=request.at)),
    }
    return render(request, "climate/overview.html", context)


def _wanted(request: Request) -> pledges.Wanted:
    """What was asked for, where there is such a thing; anything else asks for everything."""
    known = {"country": Country.values, "sector": Sector.values, "tag": Tags.values}
    given = {name: request.GET.get(name, "") for name in known}
    return pledges.Wanted(**{name: given[name] * (given[name] in known[name]) for name in known})
