"""The rule kinds of an IATI ruleset: each says where a case is broken, and whether strictly.

A case is a dictionary of the official `standard.json`, described in the specification beside it
(IATI Rulesets, `SPEC`, JavaScript edition). A kind yields `Broken` places; none means kept. Text
that is no date or number is passed over: the schema has already named it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import product
from re import compile as pattern
from re import search
from typing import Any

from monarca.engines.publishing.iati_paths import Element, Match, all_matches, holds, matches

Case = Mapping[str, Any]
Dated = tuple[date | None, Match]
NUMBER = pattern(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})")
DAY = pattern(r"\s*(\d{4}-\d{2}-\d{2})")


class UnknownKind(Exception):
    """A ruleset asks for a kind of rule that its specification does not have."""


@dataclass(frozen=True, slots=True)
class Broken:
    """Where a case is broken; `is_stricter` where the official engine looks away."""

    where: Match
    is_stricter: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What rules know beside the document: the instant, and who is registered.

    `publishers` are the organisation ids of the IATI Registry. None means that the register is
    not at hand; then an id is believed whose first part is that of an approved agency.
    """

    at: datetime
    prefixes: frozenset[str]
    publishers: frozenset[str] | None = None
    group: str = field(default="")


Kind = Callable[[Element, Case, Around], Iterator[Broken]]


def found(element: Element, case: Case, around: Around) -> tuple[Match, ...]:
    return all_matches(element, case.get("paths", ()), group=around.group)


def atleast_one(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    if not found(element, case, around):
        yield Broken(Match("", element))


def no_more_than_one(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    several = found(element, case, around)
    if len(several) > 1:
        yield Broken(several[1])


def only_one_of(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    """None where an excluded one is present, else exactly one."""
    own = found(element, case, around)
    excluded = all_matches(element, case["excluded"], group=around.group)
    if len(own) != (0 if excluded else 1):
        yield Broken(own[0] if own else Match("", element))


def dependent(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    present = [matches(element, path, group=around.group) for path in case["paths"]]
    if any(present) and not all(present):
        yield Broken(next(one[0] for one in present if one))


def one_or_all(element: Element, case: Case, _: Around) -> Iterator[Broken]:
    """Without the one, all must have it; the first ten that lack it are named."""
    if holds(element, case["one"]):
        return
    missing = {
        "lang": ".//narrative[not(@xml:lang)]",
        "currency": "(.//value | .//loan-status | .//forecast)[not(@currency)]",
        "sector": "transaction[not(sector)]",
    }
    expression = missing.get(case["all"], f"*[not({case['all']})]")
    for place, match in enumerate(matches(element, expression)):
        yield Broken(match)
        if place >= 9:
            return


def total(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    yield from _total(element, case, around, Decimal("0.0001"))


def strict_sum(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    yield from _total(element, case, around, Decimal(0))


def _total(element: Element, case: Case, around: Around, slack: Decimal) -> Iterator[Broken]:
    several = found(element, case, around)
    numbers = [number_of(match.text) for match in several]
    if not numbers or None in numbers:
        return
    whole = sum((number for number in numbers if number is not None), Decimal(0))
    if abs(whole - Decimal(str(case["sum"]))) > slack:
        yield Broken(several[0])


def within(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    for match in found(element, case, around):
        number = number_of(match.text)
        low, high = case.get("min"), case.get("max")
        if number is None:
            continue
        below = low is not None and number < Decimal(str(low))
        if below or (high is not None and number > Decimal(str(high))):
            yield Broken(match)


def if_then(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    group = around.group
    if holds(element, case["if"], group=group) and not holds(element, case["then"], group=group):
        hits = found(element, case, around)
        yield Broken(hits[0] if hits else Match("", element))


def evaluates_to_true(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    if not holds(element, case["eval"], group=around.group):
        yield Broken(Match("", element))


def unique(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    seen: set[str] = set()
    for match in found(element, case, around):
        if match.text in seen:
            yield Broken(match)
        seen.add(match.text)


def no_spaces(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    for match in found(element, case, around):
        if match.text != match.text.strip():
            yield Broken(match)


def regex_matches(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    for match in found(element, case, around):
        if match.text and search(case["regex"], match.text) is None:
            yield Broken(match)


def regex_no_matches(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    for match in found(element, case, around):
        if search(case["regex"], match.text) is not None:
            yield Broken(match)


def starts_with(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    separator = case.get("separator", "")
    prefix = case.get("prefix", [case.get("start", "")])
    if prefix == ["ORG-ID-PREFIX"]:
        starts = _agencies(around.prefixes, is_lenient=around.publishers is None)
    else:
        starts = tuple(match.text for match in all_matches(element, prefix) if match.text)
    allowed = tuple(f"{start}{separator}" for start in starts) if separator else starts
    for match in found(element, case, around):
        if not match.text.strip().startswith(allowed):
            yield Broken(match)


def date_now(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    for match in matches(element, case["date"], group=around.group):
        moment = instant_of(match.text)
        if moment is not None and moment > around.at:
            yield Broken(match)


def date_order(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    """No `less` after any `more`; the official engine looks at the first of each only."""
    earlier = _days(element, case["less"], around)
    later = _days(element, case["more"], around)
    for (place, less), (other, more) in product(enumerate(earlier), enumerate(later)):
        if less[0] is not None and more[0] is not None and less[0] > more[0]:
            yield Broken(less[1], is_stricter=(place, other) != (0, 0))


def _days(element: Element, expression: str, around: Around) -> Sequence[Dated]:
    if expression == "NOW":
        return [(around.at.astimezone(UTC).date(), Match("", element))]
    several = matches(element, expression, group=around.group)
    return [(day_of(match.text), match) for match in several]


def time_limit(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    """At most a year from `start` to `end`."""
    for start in matches(element, case["start"], group=around.group):
        first = day_of(start.text)
        for end in matches(element, case["end"], group=around.group):
            last = day_of(end.text)
            if first is not None and last is not None and last > _a_year_after(first):
                yield Broken(end)


def between_dates(element: Element, case: Case, around: Around) -> Iterator[Broken]:
    """Each `date` from `start` to `end`, both included."""
    starts = [day_of(match.text) for match in matches(element, case["start"])]
    ends = [day_of(match.text) for match in matches(element, case["end"])]
    if not starts or not ends or starts[0] is None or ends[0] is None:
        return
    for place, match in enumerate(matches(element, case["date"], group=around.group)):
        day = day_of(match.text)
        if day is not None and not starts[0] <= day <= ends[0]:
            yield Broken(match, is_stricter=place > 0)


def day_of(text: str) -> date | None:
    """The day an xsd:date or xsd:dateTime begins with; None where there is none."""
    hit = DAY.match(text)
    try:
        return date.fromisoformat(hit.group(1)) if hit else None
    except ValueError:
        return None


def instant_of(text: str) -> datetime | None:
    """An xsd:dateTime, read as UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def number_of(text: str) -> Decimal | None:
    """A plain decimal of sane length; None for anything else, such as 1e9 or INF."""
    return Decimal(text.strip()) if NUMBER.fullmatch(text.strip()) else None


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date.max if day.year == date.max.year else date(day.year + 1, 2, 28)


@cache
def _agencies(prefixes: frozenset[str], *, is_lenient: bool) -> tuple[str, ...]:
    countries = {f"{prefix.split('-')[0]}-" for prefix in prefixes} if is_lenient else set()
    return tuple(sorted(prefixes | countries))


@cache
def kind_of(name: str) -> Kind:
    """The rule kind of that name, written `atleast_one` or `atLeastOne`. Raises UnknownKind."""
    plain = name.replace("_", "").lower()
    try:
        return next(kind for known, kind in KINDS.items() if known.replace("_", "") == plain)
    except StopIteration:
        raise UnknownKind(name) from None


KINDS: Mapping[str, Kind] = {
    "atleast_one": atleast_one,
    "no_more_than_one": no_more_than_one,
    "only_one_of": only_one_of,
    "dependent": dependent,
    "one_or_all": one_or_all,
    "sum": total,
    "strict_sum": strict_sum,
    "range": within,
    "if_then": if_then,
    "evaluates_to_true": evaluates_to_true,
    "unique": unique,
    "no_spaces": no_spaces,
    "regex_matches": regex_matches,
    "regex_no_matches": regex_no_matches,
    "startswith": starts_with,
    "date_now": date_now,
    "date_order": date_order,
    "time_limit": time_limit,
    "between_dates": between_dates,
}
"""Every kind of the specification; `loop` is no kind of its own but repeats others."""
