"""How sure the ranking of a call is: the raw mean, and a second opinion beside it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.engines.scoring import Ranking, Unfit
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions import forms, queries
from monarca.grants.decisions.queries import ranking
from monarca.grants.decisions.queries.ranking import Opinions
from monarca.ground.people.http import Request
from monarca.kit import paging, reasons


@login_required
def detail(request: Request, code: str) -> HttpResponse:
    """For whoever may see the committee's list of the call; `?fund=N` moves the line."""
    rows = queries.calls_before_committee(request.user, at=request.at)
    call = get_object_or_404(rows, code=code)
    typed = request.GET.get("fund", "").strip()
    fund = forms.fund_of(typed)
    is_wrong = bool(typed) and fund is None
    listed = reverse("decisions:list") + f"?call={code}"
    context = {
        "call": call,
        "is_wrong": is_wrong,
        "trail": [(_("Desk"), reverse("home:desk")), (_("Decisions"), listed)],
        **_told(request, call, fund, typed),
    }
    return render(request, "decisions/ranking.html", context, status=422 if is_wrong else 200)


def _told(request: Request, call: Call, fund: int | None, typed: str) -> dict[str, Any]:
    """What the reviews of this call tell this person; a refusal where they tell nothing."""
    user, at = request.user, request.at
    rows = ranking.ranked_files(user, call, at=at)
    given = ranking.read_by_number(user, rows, at=at)
    named = {review.application for review in given}
    files = {file.reference: file for file in rows if file.reference in named}
    places = ranking.usual_places(user, call, files.values(), at=at)
    line = places.fund if fund is None else fund
    try:
        found = ranking.opinions(given, fund=line)
    except Unfit as problem:
        return {"nothing": reasons.sentence(problem.reason)}
    box = typed or ("" if line is None else str(line))
    return {
        "filters": [("fund", _("Files above the line"), box)],
        "line": forms.line_said(places, fund),
        "query": f"fund={typed}" if typed else "",
        **_screen(found, files, request.GET.get("page")),
        **_words(found),
    }


def _screen(found: Opinions, files: Mapping[str, Application], asked: str | None) -> dict[str, Any]:
    """One screen of the ranked files: their table and their drawing."""
    standings = found.raw.standings
    page, pages = paging.within(len(standings), asked)
    listed = standings[(page - 1) * paging.SIZE : page * paging.SIZE]
    shown = {row.application: files[row.application] for row in listed}
    head = forms.ranking_head(found)
    return {
        "page": page,
        "pages": pages,
        "found": forms.files_said(len(standings)),
        "head": head,
        "rows": forms.ranking_rows(found, shown),
        "numbers": list(range(1, len(head) - bool(standings[0].side))),
        "marked": forms.marked(found, shown),
        "chart": forms.chart_rows(found.second, shown),
        "chart_head": [_("File"), _("Score"), ""],
    }


def _words(found: Opinions) -> dict[str, Any]:
    """Everything that is said around the table."""
    first = found.second
    return {
        "band": forms.band_said(first),
        "agreement": reasons.sentence(found.agreement.reason),
        "refusals": [reasons.sentence(reason) for reason in _refusals(first)],
        "is_calibrated": first.way == "calibrated",
        "scale": [str(end) for end in forms.scale_of(first)],
        "readers": forms.reader_rows(first.reviewers),
        "readers_head": [_("Reader"), _("Files read"), _("Scores")],
    }


def _refusals(ranking: Ranking) -> list[Any]:
    return [*([ranking.refusal] if ranking.refusal else []), *ranking.notes]
