"""What was measured, revision by revision, and how each pledge stands to its straight path."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet

from monarca.engines import trajectories
from monarca.engines.reasons import Reason
from monarca.engines.trajectories import Course, Outlook, Point, Untellable, Verdict
from monarca.programmes.climate.models import ONE, Figures, Measured, Pledge, Revision, Series
from monarca.programmes.climate.states import Measure, Stand

OF_VERDICT = {
    Verdict.MET: Stand.MET,
    Verdict.BEYOND: Stand.MET,
    Verdict.MISSED: Stand.MISSED,
}


class Row(NamedTuple):
    """One value as one revision has it."""

    group: int
    revision: int
    is_whole: bool
    on: date
    value_e6: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One day's value that stands, None where it is measured no more, and those before it.

    `earlier` are (value, revision), the latest first.
    """

    on: date
    value: Fraction | None
    revision: int
    earlier: tuple[tuple[Fraction, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One series with what stands in it, every day there was, and how the pledge stands by it."""

    series: Series
    kept: tuple[Kept, ...]
    glance: "Glance"

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(Point(one.on, one.value) for one in self.kept if one.value is not None)


@dataclass(frozen=True, slots=True)
class Glance:
    """How a pledge stands by its series; `why` says what is lacking where it cannot be told."""

    pledge: Pledge
    count: int = 0
    course: Course | None = None
    seen: Outlook | None = None
    why: Reason | None = None

    @property
    def stand(self) -> Stand:
        return standing(self.seen) if self.seen else Stand.UNTOLD


def standing(seen: Outlook) -> Stand:
    """Met or missed once the target year was measured; until then beside the path."""
    if seen.verdict:
        return OF_VERDICT[seen.verdict]
    gap = seen.last.gap
    return Stand.BEHIND if gap > 0 else Stand.AHEAD if gap < 0 else Stand.ON


def exact(value_e6: int) -> Fraction:
    """Millionths as the value they stand for."""
    return Fraction(value_e6, ONE)


def pledge_of(figures: Figures) -> trajectories.Pledge:
    """The figures as the engine reads them."""
    known = figures.base_value_e6
    return trajectories.Pledge(
        base_year=figures.base_year,
        target_year=figures.target_year,
        low=exact(figures.low_e6),
        high=exact(figures.high_e6),
        is_share=figures.measure == Measure.BELOW,
        base_value=None if known is None else exact(known),
    )


def glance(pledge: Pledge, points: Sequence[Point]) -> Glance:
    """How the pledge stands by these points."""
    course, given = None, pledge_of(pledge)
    try:
        course = trajectories.course_of(given, points)
        seen = trajectories.outlook(course, points)
    except Untellable as no:
        return Glance(pledge, len(points), course, why=no.reason)
    return Glance(pledge, len(points), course, seen)


def glances(pledges: Iterable[Pledge]) -> tuple[Glance, ...]:
    """How each pledge stands by its first series, in one query for all of them."""
    several = list(pledges)
    rows = Measured.objects.filter(
        revision__series__pledge__in=[one.pk for one in several], revision__series__number=1
    )
    found = {key: _standing(given) for key, given in _grouped(rows, "revision__series__pledge")}
    return tuple(glance(one, found.get(one.pk, ())) for one in several)


def _grouped(rows: QuerySet[Measured], column: str) -> Iterator[tuple[int, list[Row]]]:
    """The values of each group, in the order in which its revisions came."""
    columns = (column, "revision__number", "revision__is_whole", "on", "value_e6")
    found = rows.order_by(column, "revision__number", "on").values_list(*columns)
    for key, group in groupby(map(Row._make, found), key=lambda row: row.group):
        yield key, list(group)


def _standing(rows: Iterable[Row]) -> tuple[Point, ...]:
    """What stands: the latest revision that names a day, or that leaves out what it replaces."""
    values: dict[date, int] = {}
    for _number, group in groupby(rows, key=lambda row: row.revision):
        given = list(group)
        if given[0].is_whole:
            values.clear()
        values.update((row.on, row.value_e6) for row in given)
    return tuple(Point(on, exact(values[on])) for on in sorted(values))


def series_of(pledge: Pledge) -> tuple[Line, ...]:
    """Every series of a pledge with all its history, in two queries."""
    several = list(Series.objects.filter(pledge=pledge).order_by("number"))
    rows = Measured.objects.filter(revision__series__in=[one.pk for one in several])
    histories = dict(_grouped(rows, "revision__series"))
    return tuple(_line(pledge, one, histories.get(one.pk, [])) for one in several)


def kept_of(series: Series) -> tuple[Kept, ...]:
    """Every day of one series: what stands, and what stood before."""
    rows = Measured.objects.filter(revision__series=series)
    return _kept(next((found for _key, found in _grouped(rows, "revision__series")), []))


def _line(pledge: Pledge, series: Series, rows: list[Row]) -> Line:
    kept = _kept(rows)
    points = [Point(one.on, one.value) for one in kept if one.value is not None]
    return Line(series, kept, glance(pledge, points))


def _kept(rows: Iterable[Row]) -> tuple[Kept, ...]:
    """By day, with every earlier value: nothing that was ever uploaded is out of sight."""
    told: dict[date, list[tuple[Fraction | None, int]]] = {}
    for number, group in groupby(rows, key=lambda row: row.revision):
        given = {row.on: row for row in group}
        if next(iter(given.values())).is_whole:
            for on, said in told.items():
                if on not in given and said[-1][0] is not None:
                    said.append((None, number))
        for on, row in given.items():
            _say(told.setdefault(on, []), exact(row.value_e6), number)
    return tuple(_day(on, said) for on, said in sorted(told.items()))


def _say(said: list[tuple[Fraction | None, int]], value: Fraction, number: int) -> None:
    """A revision that repeats what stands changes nothing."""
    if not said or said[-1][0] != value:
        said.append((value, number))


def _day(on: date, said: list[tuple[Fraction | None, int]]) -> Kept:
    value, number = said[-1]
    before = [(old, revision) for old, revision in reversed(said[:-1]) if old is not None]
    return Kept(on, value, number, tuple(before))


def revisions_of(lines: Iterable[Line]) -> Mapping[int, tuple[Revision, ...]]:
    """Series' key -> its revisions, the first one first, in one query."""
    found: dict[int, list[Revision]] = {line.series.pk: [] for line in lines}
    rows = Revision.objects.filter(series__in=found).select_related("by")
    for row in rows.order_by("series", "number"):
        found[row.series_id].append(row)
    return {key: tuple(several) for key, several in found.items()}
