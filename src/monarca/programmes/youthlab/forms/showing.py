"""A Youth Lab as data for pages: rows ready to print; tables count no fewer than five people."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from monarca.engines.reasons import Reason
from monarca.kit import formats, reasons, trilingual
from monarca.kit.parts import Bar, Link, Noted, Stacked, Status, Tone
from monarca.programmes.youthlab import queries
from monarca.programmes.youthlab.models import (
    Candidacy,
    Edition,
    Lottery,
    Quota,
    Round,
    Seat,
    Session,
    Statement,
)
from monarca.programmes.youthlab.queries import Level, Standing
from monarca.programmes.youthlab.states import FEWEST, Place, Rounds, Work, named, said

TOGETHER = gettext_lazy("Several quotas together set it.")
"""Where the reason is not one for all, or would count fewer than five people."""

FILES = ("pool.csv", "rules.toml", "table.json")

TONES: Mapping[str, Tone] = {
    Work.WAITING: "info",
    Work.RUNNING: "info",
    Work.READY: "warn",
    Work.DRAWN: "ok",
    Work.IMPOSSIBLE: "bad",
    Work.STOPPED: "plain",
}


def share(value: float) -> str:
    return formats.percent(Decimal(str(value)), places=2)


def in_words(code: str, values: Mapping[str, Any]) -> str:
    """A reason of the engine with our words for its codes."""
    plain = dict(values)
    if "feature" in plain and "value" in plain:
        plain["value"] = said(str(plain["feature"]), str(plain["value"]))
    if "feature" in plain:
        plain["feature"] = named(str(plain["feature"]))
    return reasons.sentence(Reason(code, plain))


def count(people: int | None) -> str:
    """A count of people in a public table: one under five is not told there."""
    if people is None:
        return _("not told")
    return formats.number(people)


def quota_rows(quotas: Iterable[Quota]) -> list[list[Any]]:
    return [
        [
            Noted(said(each.feature, each.value), named(each.feature)),
            formats.number(each.least),
            formats.number(each.most),
        ]
        for each in quotas
    ]


def quota_head() -> list[str]:
    return [_("Answer"), _("At least"), _("At most")]


def standing_rows(rows: Iterable[Standing], *, drawn: bool) -> list[list[Any]]:
    """Each answer: its quota, the people of the pool, their chances, the panel."""
    found = []
    for each in rows:
        row = [
            Noted(said(each.feature, each.value), named(each.feature)),
            _limits(each.least, each.most),
            count(each.people),
            _span(each.low, each.high),
        ]
        found.append([*row, count(each.drawn)] if drawn else row)
    return found


def standing_head(*, drawn: bool) -> list[str]:
    head = [_("Answer"), _("Seats"), _("People in the pool"), _("Their chance")]
    return [*head, _("On the panel")] if drawn else head


def _limits(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    one, other = share(low), share(high)
    return one if one == other else f"{one} – {other}"


def level_rows(levels: Iterable[Level]) -> list[list[Any]]:
    """Chances from the smallest up, each with its people and the reason."""
    rows = list(levels)
    top = max((Decimal(str(each.most)) for each in rows), default=Decimal(1))
    found = []
    for each in rows:
        why = in_words(each.reason.code, each.reason.values) if each.reason else ""
        words = why or TOGETHER
        bar = Bar(Decimal(str(each.most)), top)
        found.append([_span(each.chance, each.most), bar, formats.number(each.people), words])
    return found


def level_head() -> list[str]:
    return [_("Chance"), "", _("People"), _("Why")]


def lottery_of(lottery: Lottery, *, for_keepers: bool = False) -> dict[str, Any]:
    """One lottery for the page that everybody may read; keepers are told small numbers, too."""
    hidden = frozenset() if for_keepers else queries.hidden_in(lottery)
    drawn = lottery.status == Work.DRAWN
    committed = drawn or lottery.status == Work.READY
    return {
        "row": lottery,
        "status": str(Work(lottery.status).label),
        "tone": TONES[lottery.status],
        "is_first": lottery.number == 1,
        "is_drawn": drawn,
        "is_committed": committed,
        "is_working": lottery.status in {Work.WAITING, Work.RUNNING},
        "is_impossible": lottery.status == Work.IMPOSSIBLE,
        "people": formats.number(len(lottery.pool)) if len(lottery.pool) >= FEWEST else "–",
        "levels": level_rows(queries.levels(lottery)) if committed else [],
        "standings": standing_rows(queries.standings(lottery), drawn=drawn) if committed else [],
        "standing_head": standing_head(drawn=drawn),
        "least": share(float(lottery.found.get("least", 0))),
        "ceiling": share(float(lottery.found.get("ceiling", 0))),
        "members": queries.members_of(lottery) if drawn else [],
        "tickets": formats.number(len(lottery.tickets)),
        "files": FILES,
        **relaxed(lottery.found, hidden),
    }


def relaxed(
    found: Mapping[str, Any], hidden: frozenset[tuple[str, str]] = frozenset()
) -> dict[str, Any]:
    """Why no panel keeps the quotas, and the smallest set of quotas to relax, in words.

    `hidden`: answers of which nobody is told how many people gave them.
    """
    clash = [
        _("%(answer)s (%(feature)s): from %(least)s to %(most)s")
        % {"answer": said(f, v), "feature": named(f), "least": least, "most": most}
        for f, v, least, most in found.get("clash", ())
    ]
    return {
        "why": in_words(found["code"], found["values"]) if "code" in found else "",
        "changes": [_change(each, hidden) for each in found.get("changes", ())],
        "short": [
            in_words(code, values)
            for code, values in found.get("short", ())
            if queries.tells(values, hidden)
        ],
        "clash": clash,
    }


def _change(each: Mapping[str, Any], hidden: frozenset[tuple[str, str]]) -> str:
    """One quota that gives way; by how much is not told where it would count a few people."""
    words: dict[str, Any] = {
        "answer": said(each["feature"], each["value"]),
        "feature": named(each["feature"]),
        "least": each["least"],
        "most": each["most"],
    }
    if (each["feature"], each["value"]) in hidden:
        sentence = _("%(answer)s (%(feature)s): other limits than %(least)s to %(most)s seats.")
        return sentence % words
    return _(
        "%(answer)s (%(feature)s): instead of %(least)s to %(most)s seats, %(from)s to %(to)s."
    ) % {**words, "from": each["instead_least"], "to": each["instead_most"]}


def edition_rows(rows: Iterable[Edition], *, at: datetime, desk: bool = False) -> list[list[Any]]:
    place = "youthlab:keep" if desk else "youthlab:edition"
    return [
        [
            Link(trilingual.say(each.name).text, reverse(place, args=[each.code]), each.code),
            formats.day(each.opens_at.date()),
            stage_of(each, at=at),
        ]
        for each in rows
    ]


def stage_of(edition: Edition, *, at: datetime) -> Status:
    """Where an edition stands, in words."""
    if edition.status == "draft":
        return Status(_("In preparation"))
    if edition.status == "concluded":
        return Status(_("Concluded"), "ok")
    words = {
        "coming": _("Applications open soon"),
        "open": _("Applications are open"),
        "closed": _("Under way"),
    }
    return Status(words[queries.phase(edition, at=at)], "info")


def session_rows(rows: Iterable[Session], zone: str) -> list[list[Any]]:
    return [
        [
            trilingual.say(each.title).text,
            formats.instant(each.starts_at, zone),
            formats.clock(each.ends_at, zone),
            trilingual.say(each.agenda).text,
        ]
        for each in rows
    ]


def session_head() -> list[str]:
    return [
        pgettext("column", "Session"),
        pgettext("column", "Begins"),
        pgettext("column", "Ends"),
        pgettext("column", "Agenda"),
    ]


def round_head() -> list[str]:
    return [
        pgettext("column", "Round"),
        pgettext("column", "Opens"),
        pgettext("column", "Closes"),
        pgettext("column", "Status"),
    ]


def round_rows(rows: Iterable[Round], zone: str, *, at: datetime) -> list[list[Any]]:
    words = {
        "coming": Status(pgettext("round", "Not open yet")),
        "open": Status(pgettext("round", "Open"), "ok"),
        "closed": Status(pgettext("round", "Closed"), "plain"),
    }
    return [
        [
            Noted(trilingual.say(each.title).text, str(Rounds(each.kind).label)),
            formats.instant(each.opens_at, zone),
            formats.instant(each.closes_at, zone),
            words[queries.phase_of(each, at=at)],
        ]
        for each in rows
    ]


def candidacy_rows(rows: Iterable[Candidacy], zone: str) -> list[list[Any]]:
    """Applications at the desk: reference and status, nothing of what people say of themselves."""
    return [
        [
            Link(
                each.reference,
                reverse("youthlab:check-one", args=[each.edition.code, each.reference]),
            ),
            str(each.sent_words.get("name", "")),
            formats.instant(each.sent_at, zone) if each.sent_at else "",
            ruled(each),
        ]
        for each in rows
    ]


def ruled(candidacy: Candidacy) -> Status:
    ruling = getattr(candidacy, "ruling", None)
    if ruling is None:
        return Status(_("Waits for a check"), "warn")
    if ruling.is_eligible:
        return Status(_("Takes part"), "ok")
    return Status(str(ruling.get_reason_display()), "bad")


def seat_rows(rows: Iterable[Seat]) -> list[list[Any]]:
    return [
        [
            Noted(each.candidacy.person.get_short_name(), each.candidacy.number),
            formats.number(each.lottery.number),
            str(Place(each.status).label),
        ]
        for each in rows
    ]


def findings(
    found: Mapping[str, Any], statements: Iterable[Statement], *, top: int = 5
) -> dict[str, Any]:
    """What the votes say: the most agreed and the most divided first, then groups where real."""
    texts = {each.number: each.text for each in statements}
    divided = [
        number for number in found["divided"] if found["statements"][str(number)]["division"] > 0
    ]
    return {
        "people": found["people"],
        "votes": found["votes"],
        "agreed": [_voted(found, texts, each) for each in found["agreed"][:top]],
        "divided": [_voted(found, texts, each) for each in divided[:top]],
        "all": [_voted(found, texts, each) for each in sorted(texts)],
        "reason": in_words(*found["reason"]),
        "groups": [_grouped(each, texts) for each in found["groups"]],
        "unplaced": found["unplaced"],
    }


def vote_head() -> list[str]:
    return [
        _("Statement"),
        _("Votes"),
        pgettext("vote", "Agree"),
        pgettext("vote", "Disagree"),
        pgettext("vote", "Pass"),
    ]


def _voted(found: Mapping[str, Any], texts: Mapping[int, Any], number: int) -> list[Any]:
    one = found["statements"][str(number)]
    seen = max(1, one["agree"] + one["disagree"] + one["passed"])
    bar = Stacked([(one["agree"], "ok"), (one["passed"], "soft"), (one["disagree"], "wing")], seen)
    text = trilingual.say(texts.get(number)).text
    figures = [formats.number(one[name]) for name in ("agree", "disagree", "passed")]
    return [Noted(text, in_words(*one["reason"])), bar, *figures]


def _grouped(group: Mapping[str, Any], texts: Mapping[int, Any]) -> dict[str, Any]:
    people = group["people"]
    said_of_it = ngettext("%(n)s person", "%(n)s people", people) % {"n": formats.number(people)}
    return {
        "letter": group["letter"],
        "people": said_of_it,
        "typical": [
            (trilingual.say(texts.get(number)).text, in_words(code, values))
            for number, code, values in group["typical"]
        ],
    }
