"""Sessions, rounds and the statements people vote on, at the desk."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from monarca.ground.people.http import Request
from monarca.kit import reasons, trilingual
from monarca.kit.guard import Refused
from monarca.kit.parts import Entry, Pick, Spoken
from monarca.programmes.youthlab import actions, queries
from monarca.programmes.youthlab.forms import asking
from monarca.programmes.youthlab.forms.boxes import moment, spread
from monarca.programmes.youthlab.http import typed, words_survive
from monarca.programmes.youthlab.models import Proposal, Round
from monarca.programmes.youthlab.states import Rounds, Shared
from monarca.programmes.youthlab.views.common import refused, show, status_of
from monarca.programmes.youthlab.views.desk import kept_for, session_of, trail_in

SPARE = 5
MOST = 200


@words_survive
def convene(request: Request, code: str, number: int) -> HttpResponse:
    """A session: a new one (0), or one that changes."""
    row = kept_for(request, code)
    known = session_of(row, number)
    zone = row.time_zone
    initial: dict[str, Any] = {}
    if known:
        initial = {**spread("title", known.title), **spread("agenda", known.agenda)}
        initial |= {"place": known.place, **moment("starts", known.starts_at, zone)}
        initial |= moment("ends", known.ends_at, zone)
    form = asking.Convening(typed(request), zone=zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        meeting = actions.Meeting(
            form.text("title"),
            form.text("agenda"),
            form.cleaned_data["place"],
            form.instant("starts", zone),
            form.instant("ends", zone),
        )
        try:
            actions.convene(row, meeting, number=number, by=request.user, at=request.at)
            return redirect("youthlab:keep", code)
        except Refused as no:
            refused(form, no)
    context = {"form": form, "title": _("A session"), "trail": trail_in(row), "button": _("Save")}
    return show(request, "form", context, status=status_of(request))


@words_survive
def hold(request: Request, code: str, number: int) -> HttpResponse:
    """A round: a new one (0), or one that has not begun."""
    row = kept_for(request, code)
    known = get_object_or_404(queries.rounds_of(row), number=number) if number else None
    zone = row.time_zone
    initial: dict[str, Any] = {}
    if known:
        initial = {**spread("title", known.title), "kind": known.kind, "is_wide": known.is_wide}
        initial |= moment("opens", known.opens_at, zone) | moment("closes", known.closes_at, zone)
    form = asking.Holding(typed(request), zone=zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        schedule = actions.Schedule(
            given["kind"],
            form.text("title"),
            form.instant("opens", zone),
            form.instant("closes", zone),
            given["is_wide"],
        )
        try:
            made = actions.hold(row, schedule, number=number, by=request.user, at=request.at)
        except Refused as no:
            refused(form, no)
        else:
            if made.kind == Rounds.VOTE:
                return redirect("youthlab:statements", code, made.number)
            return redirect("youthlab:keep", code)
    context = {"form": form, "title": _("A round"), "trail": trail_in(row), "button": _("Save")}
    return show(request, "form", context, status=status_of(request))


@words_survive
def statements(request: Request, code: str, number: int) -> HttpResponse:
    """What people will agree or disagree with: a row each, in three languages."""
    row = kept_for(request, code)
    held = get_object_or_404(queries.rounds_of(row), number=number, kind=Rounds.VOTE)
    rows = queries.proposals_visible_to(request.user, row, at=request.at)
    proposals = {str(each.number): each for each in rows.filter(status=Shared.SHARED)}
    sent, error = typed(request), ""
    if request.method == "POST" and sent is not None:
        try:
            texts = _texts(sent, proposals)
            actions.set_statements(held, texts, by=request.user, at=request.at)
            return redirect("youthlab:keep", code)
        except Refused as no:
            error = reasons.sentence(no.reason)
    values = sent if sent is not None else _known(held)
    context = {
        "edition": row,
        "held": held,
        "trail": trail_in(row),
        "errors": [("main", error)] if error else [],
        "head": [_("Number"), "Español", "English", "Français", _("From the proposal")],
        "rows": _boxes(values, proposals),
        "is_open": queries.phase_of(held, at=request.at) == "coming",
    }
    return show(request, "statements", context, status=422 if error else 200)


def _known(held: Round) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in queries.statements_of(held):
        found |= {f"s{each.number}.{code}": words for code, words in each.text.items()}
        if each.proposal:
            found[f"s{each.number}.from"] = str(each.proposal.number)
    return found


def _texts(
    sent: Mapping[str, Any], proposals: Mapping[str, Proposal]
) -> list[tuple[dict[str, str], Proposal | None]]:
    """Every row in which something was written."""
    found: list[tuple[dict[str, str], Proposal | None]] = []
    for number in range(1, MOST + 1):
        text = {
            code: words
            for code in trilingual.LANGUAGES
            if (words := str(sent.get(f"s{number}.{code}") or "").strip()[:1000])
        }
        if text:
            found.append((text, proposals.get(str(sent.get(f"s{number}.from") or ""))))
    return found


def _boxes(values: Mapping[str, Any], proposals: Mapping[str, Proposal]) -> list[list[Any]]:
    numbers = [
        int(name[1:].partition(".")[0]) for name in values if name.startswith("s") and "." in name
    ]
    last = min(MOST, max(numbers, default=0) + SPARE)
    options = [
        ("", "–"),
        *((key, Spoken(f"{key}. {each.title}", each.language)) for key, each in proposals.items()),
    ]
    rows: list[list[Any]] = []
    for number in range(1, last + 1):
        boxes: list[Any] = [
            Entry(
                f"s{number}.{code}",
                _("Statement %(number)s in %(language)s") % {"number": number, "language": code},
                str(values.get(f"s{number}.{code}") or ""),
                figure=False,
            )
            for code in trilingual.LANGUAGES
        ]
        label = _("Statement %(number)s: from the proposal") % {"number": number}
        chosen = str(values.get(f"s{number}.from") or "")
        rows.append([str(number), *boxes, Pick(f"s{number}.from", label, options, chosen)])
    return rows
