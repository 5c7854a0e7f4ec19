"""The straight path from a base year to what was pledged, and where measured points stand to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from monarca.engines.reasons import Reason, Value

LEAST_POINTS = 2
HUNDRED = Fraction(100)


class Untellable(ValueError):
    """No path or no gap can be told of these figures; `reason` says why."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)


class Verdict(StrEnum):
    """What became of a pledge once its target year was measured."""

    MET = "met"
    BEYOND = "beyond"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Pledge:
    """What was pledged for a year: `low` to `high`, the same twice where it is one figure.

    Per cent below the base year where `is_share`, else values of the series' own unit.
    `base_value` is the one the pledge names, None where only the series can tell it.
    """

    base_year: int
    target_year: int
    low: Fraction
    high: Fraction
    is_share: bool
    base_value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One measured value; the total of a year is dated on its last day."""

    on: date
    value: Fraction


@dataclass(frozen=True, slots=True)
class Course:
    """The two straight lines from `base` to the `near` and the `far` end of what was pledged.

    The near end asks for less change. `falls` where the pledge is to come down.
    """

    base_year: int
    target_year: int
    base: Fraction
    near: Fraction
    far: Fraction

    @property
    def falls(self) -> bool:
        return self.near < self.base

    @property
    def is_range(self) -> bool:
        return self.near != self.far

    def path(self, at: Fraction) -> tuple[Fraction, Fraction]:
        """Where the two lines stand at a moment, counted in years; level after the target year."""
        gone = Fraction(at - self.base_year, self.target_year - self.base_year)
        part = min(gone, Fraction(1))
        return self.base + (self.near - self.base) * part, self.base + (self.far - self.base) * part


@dataclass(frozen=True, slots=True)
class Spot:
    """A measured point beside the path of its moment.

    `gap` is above zero where the point falls short of the nearer line, below zero where it is
    ahead of the farther one, and zero between them. `share` is the gap as a part of the whole
    change that was pledged, to the same line's end.
    """

    point: Point
    near: Fraction
    far: Fraction
    gap: Fraction
    share: Fraction


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the last measurement stands, what is needed from it on, and whether it is over.

    `done` and `due` are parts of the change to the near end: reached, and asked by the path.
    `pace` and `needed` are yearly changes towards the target, in units; below zero: away from it.
    `needed` is (to the near end, to the far end), None once the target year was measured.
    """

    last: Spot
    done: Fraction
    due: Fraction
    pace: Fraction
    needed: tuple[Fraction, Fraction] | None
    verdict: Verdict | None
    judged: Spot | None


def moment(on: date) -> Fraction:
    """A day as a moment in years: the last day of 2019 is 2019, the first 2018 + 1/365."""
    if on == _end(on.year):
        return Fraction(on.year)
    days = _end(on.year).timetuple().tm_yday
    return on.year - 1 + Fraction(on.timetuple().tm_yday, days)


def _end(year: int) -> date:
    return date(year, 12, 31)


def check(pledge: Pledge) -> None:
    """Raises `Untellable` where the pledge contradicts itself, whatever is measured."""
    if pledge.base_year >= pledge.target_year:
        years = {"base": str(pledge.base_year), "target": str(pledge.target_year)}
        raise Untellable("trajectory.base_after_target", **years)
    if pledge.low > pledge.high:
        raise Untellable("trajectory.range_upside_down")
    if pledge.is_share and pledge.low <= 0:
        raise Untellable("trajectory.nothing_pledged")
    if pledge.base_value is not None:
        _ends(pledge, pledge.base_value)


def course_of(pledge: Pledge, points: Iterable[Point]) -> Course:
    """The path from the base value, the pledge's own or else the one measured in the base year.

    Raises `Untellable`.
    """
    check(pledge)
    base = _base(pledge, points)
    near, far = _ends(pledge, base)
    return Course(pledge.base_year, pledge.target_year, base, near, far)


def _base(pledge: Pledge, points: Iterable[Point]) -> Fraction:
    if pledge.base_value is not None:
        return pledge.base_value
    then = _end(pledge.base_year)
    for point in points:
        if point.on == then:
            return point.value
    raise Untellable("trajectory.no_base_value", year=pledge.base_year)


def _ends(pledge: Pledge, base: Fraction) -> tuple[Fraction, Fraction]:
    """(near, far): the end that asks for less change, and the one that asks for more."""
    if pledge.is_share:
        if base <= 0:
            raise Untellable("trajectory.base_not_positive")
        return base * (1 - pledge.low / HUNDRED), base * (1 - pledge.high / HUNDRED)
    if base > pledge.high:
        return pledge.high, pledge.low
    if base < pledge.low:
        return pledge.low, pledge.high
    raise Untellable("trajectory.base_within_target")


def ordered(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points by day. Raises `Untellable` for two of one day."""
    found = sorted(points, key=lambda point: point.on)
    for before, point in pairwise(found):
        if before.on == point.on:
            raise Untellable("trajectory.day_twice", day_on=point.on.isoformat())
    return tuple(found)


def spots(course: Course, points: Iterable[Point]) -> tuple[Spot, ...]:
    """Every measured point since the base year, beside the path."""
    found = ordered(points)
    return tuple(_spot(course, each) for each in found if each.on >= _end(course.base_year))


def _spot(course: Course, point: Point) -> Spot:
    near, far = course.path(moment(point.on))
    short = point.value - near if course.falls else near - point.value
    over = point.value - far if course.falls else far - point.value
    if short > 0:
        return Spot(point, near, far, short, short / abs(course.near - course.base))
    if over < 0:
        return Spot(point, near, far, over, over / abs(course.far - course.base))
    return Spot(point, near, far, Fraction(0), Fraction(0))


def outlook(course: Course, points: Sequence[Point]) -> Outlook:
    """Where the series stands at its last point. Raises `Untellable`."""
    found = ordered(points)
    if len(found) < LEAST_POINTS:
        raise Untellable("trajectory.too_few_points", count=len(found))
    since = [each for each in found if each.on > _end(course.base_year)]
    if not since:
        raise Untellable("trajectory.none_since_base", year=course.base_year)
    last = _spot(course, since[-1])
    after = next((each for each in since if each.on >= _end(course.target_year)), None)
    judged = _spot(course, after) if after else None
    moved, whole = _change(course, last.point), course.near - course.base
    years = moment(last.point.on) - course.base_year
    return Outlook(
        last=last,
        done=moved / abs(whole),
        due=(last.near - course.base) / whole,
        pace=moved / years,
        needed=None if judged else _needed(course, last.point),
        verdict=_verdict(judged) if judged else None,
        judged=judged,
    )


def _change(course: Course, point: Point) -> Fraction:
    """How far the point is from the base in the direction that was pledged."""
    return course.base - point.value if course.falls else point.value - course.base


def _needed(course: Course, last: Point) -> tuple[Fraction, Fraction]:
    left = course.target_year - moment(last.on)
    moved = _change(course, last)
    near, far = abs(course.near - course.base), abs(course.far - course.base)
    return max(near - moved, Fraction(0)) / left, max(far - moved, Fraction(0)) / left


def _verdict(judged: Spot) -> Verdict:
    if judged.gap > 0:
        return Verdict.MISSED
    return Verdict.BEYOND if judged.gap < 0 else Verdict.MET
