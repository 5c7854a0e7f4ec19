"""What everybody reads without signing in: the projects, one project, the open data."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.vary import vary_on_cookie

from monarca.grants.disclosure import queries
from monarca.grants.disclosure.forms import telling
from monarca.grants.disclosure.states import Further, Kind
from monarca.ground.codelists import queries as codelists
from monarca.ground.people.http import Request
from monarca.kit import formats, paging, trilingual

SIZE = 25


@vary_on_cookie
def projects(request: Request) -> HttpResponse:
    """Every public project: where, how much, for which priority; narrowed by a plain form."""
    wanted, names = _wanted(request), codelists.labels("priority")
    public = queries.published(at=request.at)
    rows = queries.narrowed(public, wanted)
    page = paging.screen(rows, request.GET.get("page"), SIZE)
    totals, states = queries.by_priority(rows), queries.by_state(rows)
    kept = {"year": wanted.year, "priority": wanted.priority}
    context = {
        "filters": _filters(wanted, names, queries.years(at=request.at)),
        "figures": telling.list_figures(page.total, sum(totals.values()), len(states)),
        "states": states,
        "map_href": f"?{urlencode(kept)}&state=",
        "bar_head": [_("Priority"), "", _("Amount")],
        "bars": telling.priority_rows(totals, names),
        "head": telling.list_head(),
        "rows": telling.project_rows(queries.told_of(page.rows, at=request.at), names),
        "page": page,
        "found": _found(page.total),
        "query": urlencode({**kept, "state": wanted.state}),
        "is_narrowed": wanted != queries.Filter(),
        "batches": telling.batch_rows(queries.batches(at=request.at)),
    }
    return render(request, "disclosure/projects.html", context)


def _wanted(request: Request) -> queries.Filter:
    """What was asked for, where it exists; anything else asks for everything."""
    given = {name: request.GET.get(name, "")[:20] for name in ("year", "state", "priority")}
    known = codelists.state_names()
    given["state"] = given["state"] if given["state"] in known else ""
    return queries.Filter(**given)


def _found(total: int) -> str:
    words = ngettext("%(n)s project", "%(n)s projects", total)
    return words % {"n": formats.number(total)}


def _filters(
    wanted: queries.Filter, names: Mapping[str, Mapping[str, str]], years: list[str]
) -> list[tuple[Any, ...]]:
    places = sorted(codelists.state_names().items(), key=lambda pair: pair[1])
    top = [(code, text) for code, text in names.items() if "-" not in code]
    priorities = [(code, trilingual.say(text).text) for code, text in top]
    return [
        ("year", _("Fiscal year"), wanted.year, [("", _("All")), *((one, one) for one in years)]),
        ("priority", _("Priority"), wanted.priority, [("", _("All")), *priorities]),
        ("state", _("State"), wanted.state, [("", _("All")), *places]),
    ]


@vary_on_cookie
def project(request: Request, ref: str) -> HttpResponse:
    """One public record; whatever is not public has the same answer as what never was."""
    found = queries.project(ref, at=request.at)
    if found is None:
        raise Http404
    record, names = found.record, codelists.labels("priority")
    context = {
        "project": found,
        "record": record,
        "summary": trilingual.say(record.summary),
        "expected": trilingual.say(record.expected_results),
        "tag": telling.status_tag(record),
        "kicker": telling.kicker(found, names),
        "figures": telling.figures_of(record),
        "facts": telling.facts_of(found, names),
        "result_head": telling.result_head(),
        "results": telling.measured(record),
        "group_head": [_("Group"), "", _("Total")],
        "money_head": [_("Day"), _("What"), _("Amount")],
        "money": telling.money_rows(record),
    }
    return render(request, "disclosure/project.html", context)


@vary_on_cookie
def open_data(request: Request) -> HttpResponse:
    """What each public file is, what it holds now, and how to see that it arrived whole."""
    files = [
        (
            telling.described(kind),
            telling.address_of(file),
            telling.file_facts(file, queries.last_export(kind)),
        )
        for kind in (*Kind, *Further)
        if (file := queries.kept(kind, at=request.at)) and file.is_valid
    ]
    return render(request, "disclosure/open-data.html", {"files": files})
