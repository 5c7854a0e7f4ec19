"""What everybody may read: editions, the lottery and its files, results, the communiqué."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.ground.people.http import Request
from monarca.kit import formats, paging, trilingual
from monarca.programmes.youthlab import policy, queries
from monarca.programmes.youthlab.forms import answering, calendar, showing
from monarca.programmes.youthlab.models import Edition
from monarca.programmes.youthlab.states import Rounds, Sent, Text, Work
from monarca.programmes.youthlab.views.common import edition_for, reader, show

FILES = {
    "pool.csv": (queries.pool_file, "text/csv; charset=utf-8"),
    "rules.toml": (queries.rules_file, "application/toml; charset=utf-8"),
    "table.json": (queries.table_file, "application/json"),
}


def listing(request: Request) -> HttpResponse:
    """Every edition, the newest first."""
    rows = queries.public()
    if user := reader(request):
        rows = rows & queries.visible_to(user, at=request.at)
    page = paging.screen(rows, request.GET.get("page"))
    context = {
        "page": page,
        "head": [_("Edition"), _("Applications open"), _("Status")],
        "rows": showing.edition_rows(page.rows, at=request.at),
    }
    return show(request, "list", context)


def edition(request: Request, code: str) -> HttpResponse:
    """One edition: what it is, how people are chosen, when they meet, what came of it."""
    found = edition_for(request, code)
    text = queries.communique_of(found)
    rounds = list(queries.rounds_of(found))
    context = {
        **about(request, found),
        "themes": found.themes.order_by("number"),
        "quota_head": showing.quota_head(),
        "quotas": showing.quota_rows(queries.quotas_of(found)),
        "sessions": showing.session_rows(queries.sessions_of(found), found.time_zone),
        "rounds": showing.round_rows(rounds, found.time_zone, at=request.at),
        "has_lottery": queries.lotteries_of(found).exists(),
        "has_results": any(queries.phase_of(each, at=request.at) == "closed" for each in rounds),
        "has_text": text is not None and text.status == Text.ADOPTED,
    }
    return show(request, "edition", context)


def about(request: Request, found: Edition) -> dict[str, Any]:
    """What every page of an edition knows: where it stands, and the reader's own part in it."""
    user, at = reader(request), request.at
    mine = queries.own(user, at=at).filter(edition=found).first() if user else None
    seat = queries.seat_of(mine) if mine else None
    return {
        "edition": found,
        "session_head": showing.session_head(),
        "round_head": showing.round_head(),
        "trail": trail(found),
        "phase": queries.phase(found, at=at),
        "stage": showing.stage_of(found, at=at),
        "closes": formats.deadline(found.closes_at, found.time_zone, at),
        "opens": formats.deadline(found.opens_at, found.time_zone, at),
        "mine": mine if mine and mine.status != Sent.WITHDRAWN else None,
        "seat": seat,
        "may_apply": user is None or policy.may_apply(user, found, at=at),
        "is_delegate": bool(user and policy.may_read(user, found, at=at)),
        "votes_open": _votes_open(request, found),
    }


def _votes_open(request: Request, found: Edition) -> int:
    """The number of the round of votes in which the reader may vote now; 0 for none."""
    user = reader(request)
    held = queries.open_round(found, Rounds.VOTE, at=request.at) if user else None
    if user is None or held is None or not policy.may_vote(user, held, at=request.at):
        return 0
    return int(held.number)


def lottery(request: Request, code: str) -> HttpResponse:
    """Rules, commitment, everybody's chance by kinds of people, the draw and how to check it."""
    found = edition_for(request, code)
    rows = queries.lotteries_of(found).exclude(status=Work.STOPPED)
    context = {
        **about(request, found),
        "lotteries": [showing.lottery_of(each) for each in rows],
        "level_head": showing.level_head(),
    }
    return show(request, "lottery", context)


def check_file(request: Request, code: str, number: int, name: str) -> HttpResponse:
    """A file with which anybody repeats the draw: numbers instead of people."""
    found = edition_for(request, code)
    row = get_object_or_404(queries.lotteries_of(found), number=number, status=Work.DRAWN)
    if name not in FILES:
        raise Http404
    write, kind = FILES[name]
    response = HttpResponse(write(row), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{code}-{number}-{name}"'
    return response


def results(request: Request, code: str) -> HttpResponse:
    """What the votes of every closed round say."""
    found = edition_for(request, code)
    rounds = []
    for held in queries.rounds_of(found).filter(kind=Rounds.VOTE, closes_at__lte=request.at):
        told = queries.findings_of(held)
        shown = showing.findings(told, queries.statements_of(held)) if told else None
        rounds.append({"row": held, "found": shown})
    context = {**about(request, found), "results": rounds, "head": showing.vote_head()}
    return show(request, "results", context)


def communique(request: Request, code: str) -> HttpResponse:
    """The adopted text in three languages side by side, with both governments' answers."""
    found = edition_for(request, code)
    row = queries.communique_of(found)
    if row is None or row.status != Text.ADOPTED:
        raise Http404
    text = answering.text_of(row, reader(request), at=request.at)
    return show(request, "communique", {**about(request, found), "text": text})


def sessions(request: Request, code: str) -> HttpResponse:
    """The sessions as a calendar file; where they are is for delegates and who keeps them."""
    found, user = edition_for(request, code), reader(request)
    places = bool(user and policy.may_read(user, found, at=request.at))
    rows = queries.sessions_of(found)
    words = calendar.calendar_of(found, rows, places=places, at=request.at)
    response = HttpResponse(words, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.ics"'
    response["Cache-Control"] = "private, no-store" if places else "no-cache"
    return response


def trail(found: Edition) -> list[tuple[str, str]]:
    return [
        (_("Youth Lab"), reverse("youthlab:list")),
        (trilingual.say(found.name).text, reverse("youthlab:edition", args=[found.code])),
    ]
