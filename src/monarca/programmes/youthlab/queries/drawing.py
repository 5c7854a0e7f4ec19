"""Questions about a lottery: what it is drawn from, what anybody may check, one's own chance."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from monarca.engines import sortition
from monarca.engines.reasons import Reason
from monarca.ground.people.models import User
from monarca.programmes.youthlab.models import Candidacy, Edition, Lottery, Quota, Seat
from monarca.programmes.youthlab.queries import seeing
from monarca.programmes.youthlab.states import FEWEST, HELD, UNDER_WAY, Place, Work


class Level(NamedTuple):
    """People who share one chance and the reason for it; never fewer than five."""

    chance: float
    most: float
    people: int
    reason: Reason | None


class Standing(NamedTuple):
    """One answer: what its quota asks, how many gave it, their chances, how many were drawn."""

    feature: str
    value: str
    least: int
    most: int
    people: int | None
    low: float | None
    high: float | None
    drawn: int | None


def quotas_of(edition: Edition) -> QuerySet[Quota]:
    return Quota.objects.filter(edition=edition).order_by("pk")


def lotteries_of(edition: Edition) -> QuerySet[Lottery]:
    """Every lottery of an edition, the panel's first; big columns are read when asked for."""
    return Lottery.objects.filter(edition=edition).order_by("number")


def under_way(edition: Edition) -> Lottery | None:
    return lotteries_of(edition).filter(status__in=UNDER_WAY).first()


def frozen_with(candidacy: Candidacy) -> QuerySet[Lottery]:
    """The lotteries under way or drawn whose pool holds this person: it cannot be undone."""
    rows = lotteries_of(candidacy.edition).filter(status__in=[*UNDER_WAY, Work.DRAWN])
    return rows.filter(pool__has_key=candidacy.number)


def first_drawn(edition: Edition) -> Lottery | None:
    """The lottery that drew the panel itself."""
    return lotteries_of(edition).filter(status=Work.DRAWN).first()


def to_work(*, at: datetime) -> QuerySet[Lottery]:
    """Lotteries to be worked out: waiting, or left behind by somebody whose lease ran out."""
    left = Q(status=Work.RUNNING, lease_until__lte=at)
    return Lottery.objects.filter(Q(status=Work.WAITING) | left).order_by("asked_at", "pk")


def seats_of(edition: Edition) -> QuerySet[Seat]:
    rows = Seat.objects.filter(edition=edition).select_related("candidacy", "lottery")
    return rows.order_by("lottery__number", "candidacy__number")


def empty_seats(edition: Edition) -> int:
    """Seats that were drawn once and that nobody holds or is offered now."""
    if first_drawn(edition) is None:
        return 0
    return int(edition.seats) - seats_of(edition).filter(status__in=HELD).count()


def task_of(lottery: Lottery) -> sortition.Task:
    """The pool and the rules as the engine reads them, and `monarca draw` from our files."""
    rules = [sortition.Quota(*each) for each in lottery.rules]
    features = dict.fromkeys(quota.feature for quota in rules)
    people = (
        sortition.Person(number, {name: said.get(name, "") for name in features})
        for number, said in sorted(lottery.pool.items())
    )
    return sortition.Task(tuple(people), tuple(rules), lottery.seats)


def pool_file(lottery: Lottery) -> str:
    """POOL.csv: numbers instead of people, and the answers that quotas are about."""
    task, text = task_of(lottery), io.StringIO()
    features = list(dict.fromkeys(quota.feature for quota in task.quotas))
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["id", *features])
    rows.writerows([each.id, *(each.answers[name] for name in features)] for each in task.people)
    return text.getvalue()


def rules_file(lottery: Lottery) -> str:
    """RULES.toml: a table for each answer with its quota."""
    tables = (
        f"[{json.dumps(feature)}.{json.dumps(value)}]\nmin = {least}\nmax = {most}\n"
        for feature, value, least, most in lottery.rules
    )
    return "\n".join(tables)


def table_file(lottery: Lottery) -> str:
    """The table of tickets that was committed to, as `monarca draw --check` reads it."""
    drawn = lottery.status == Work.DRAWN
    data = {
        "format": sortition.FORMAT,
        "task": lottery.task_sha256,
        "commitment": lottery.commitment,
        "seed": lottery.seed if drawn else None,
        "ticket": lottery.ticket if drawn else None,
        "members": members_of(lottery) if drawn else None,
        "chances": lottery.chances,
        "tickets": lottery.tickets,
    }
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


def table_of(lottery: Lottery) -> sortition.Table:
    tickets = tuple(tuple(each) for each in lottery.tickets)
    return sortition.Table(lottery.task_sha256, tickets, lottery.chances)


def members_of(lottery: Lottery) -> list[str]:
    """The numbers that were drawn."""
    return list(lottery.tickets[lottery.ticket - 1]) if lottery.ticket else []


def chance_of(lottery: Lottery, candidacy: Candidacy) -> tuple[float, Reason | None] | None:
    """This person's own chance and why it is what it is; None who is not in the pool.

    A reason that would count fewer than five others is not told.
    """
    for kind in lottery.kinds:
        if candidacy.number in kind["numbers"]:
            told = tells(kind["values"], hidden_in(lottery))
            why = Reason(kind["code"], kind["values"]) if told else None
            return float(kind["chance"]), why
    return None


def levels(lottery: Lottery) -> tuple[Level, ...]:
    """Everybody's chance from the smallest up, people together who share it.

    Where fewer than five do, they are joined with their neighbours, as often as needed. The reason
    is told where all of them share it.
    """
    groups: dict[float, list[dict[str, Any]]] = {}
    for kind in lottery.kinds:
        groups.setdefault(round(float(kind["chance"]), 4), []).append(kind)
    hidden = hidden_in(lottery)
    return tuple(_joined([_level(groups[chance], hidden) for chance in sorted(groups)]))


def hidden_in(lottery: Lottery) -> frozenset[tuple[str, str]]:
    """Answers of which nobody is told how many people of the pool gave them."""
    found = set()
    for feature in {feature for feature, *_rest in lottery.rules}:
        counts = masked(_counted(lottery, feature, lottery.pool))
        found |= {(feature, value) for value, people in counts.items() if people is None}
    return frozenset(found)


def tells(code_values: Mapping[str, Any], hidden: frozenset[tuple[str, str]]) -> bool:
    """May a reason be told, or does it count people of whom no number is told?"""
    answer = (str(code_values.get("feature", "")), str(code_values.get("value", "")))
    return "people" not in code_values or answer not in hidden


def _level(kinds: list[dict[str, Any]], hidden: frozenset[tuple[str, str]]) -> Level:
    chances = [float(each["chance"]) for each in kinds]
    reasons = {json.dumps([each["code"], each["values"]]) for each in kinds}
    told = len(reasons) == 1 and tells(kinds[0]["values"], hidden)
    shared = Reason(kinds[0]["code"], kinds[0]["values"]) if told else None
    return Level(min(chances), max(chances), sum(each["people"] for each in kinds), shared)


def _joined(found: list[Level]) -> list[Level]:
    """Neighbours join until five people or more stand in every level."""
    kept: list[Level] = []
    for level in found:
        if kept and kept[-1].people < FEWEST:
            kept[-1] = _both(kept[-1], level)
        else:
            kept.append(level)
    if len(kept) > 1 and kept[-1].people < FEWEST:
        last = kept.pop()
        kept[-1] = _both(kept[-1], last)
    return kept


def _both(low: Level, high: Level) -> Level:
    return Level(low.chance, high.most, low.people + high.people, None)


def masked(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts of people without those under five, nor any from which such a one could be told.

    Where exactly one is left out, its value would be the rest of the whole: the next smallest is
    left out as well.
    """
    small = {key for key, count in counts.items() if 0 < count < FEWEST}
    if len(small) == 1:
        others = sorted((n, key) for key, n in counts.items() if key not in small and n)
        small |= {key for _, key in others[:1]}
    return {key: None if key in small else count for key, count in counts.items()}


def standings(lottery: Lottery) -> tuple[Standing, ...]:
    """Each answer with its quota: by kinds of people, never by names."""
    held = _chances_by_answer(lottery)
    members = set(members_of(lottery)) if lottery.status == Work.DRAWN else set()
    rules = {(feature, value): (least, most) for feature, value, least, most in lottery.rules}
    found = []
    for feature in dict.fromkeys(feature for feature, _ in rules):
        counts = masked(_counted(lottery, feature, lottery.pool))
        seated = masked(_counted(lottery, feature, members))
        for value in [value for name, value in rules if name == feature]:
            people = counts.get(value, 0)
            span = held.get((feature, value)) if people else None
            low, high = span or (None, None)
            drawn = seated.get(value, 0) if members else None
            least, most = rules[feature, value]
            found.append(Standing(feature, value, least, most, people, low, high, drawn))
    return tuple(found)


def _counted(lottery: Lottery, feature: str, numbers: Iterable[str]) -> Counter[str]:
    return Counter(lottery.pool[number].get(feature, "") for number in numbers)


def _chances_by_answer(lottery: Lottery) -> dict[tuple[str, str], tuple[float, float]]:
    spans: dict[tuple[str, str], tuple[float, float]] = {}
    for number, chance in lottery.chances.items():
        for answer in lottery.pool[number].items():
            low, high = spans.get(answer, (chance, chance))
            spans[answer] = (min(low, chance), max(high, chance))
    return spans


def to_draw(user: User, *, at: datetime) -> QuerySet[Lottery]:
    """Lotteries whose seed is known by now, and those that nobody could work out."""
    editions = seeing.run_by(user, at=at).order_by().values("pk")
    waits = Q(status=Work.READY, seed_at__lte=at)
    rows = Lottery.objects.filter(waits, edition__in=editions)
    return rows.order_by("seed_at", "pk")


def staying(edition: Edition) -> list[str]:
    rows = seats_of(edition).filter(status__in=HELD)
    return list(rows.values_list("candidacy__number", flat=True))


def gone(edition: Edition) -> list[str]:
    """Who declined a seat, or took the application back since: nobody who fills a seat."""
    rows = seats_of(edition).filter(status=Place.DECLINED)
    return list(rows.values_list("candidacy__number", flat=True))
