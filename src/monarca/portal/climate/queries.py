"""What funded projects achieved for the climate, added up from what is public and verified.

A project counts when its public record is told in full at this instant: the same gate through
which its own page and the open data leave the house. So a file that was sealed, restricted or
withdrawn is gone from every sum with the same act, one told without name or only in totals is in
none (its results are published nowhere), and each sum can be checked on the projects' own pages.
A value counts when somebody verified it, from the latest report that was received; a corrected
value counts once. Different indicators are never added to one another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from monarca.grants.disclosure import queries as disclosure
from monarca.grants.disclosure.states import Level
from monarca.grants.results.models import Actual, MarkerScore
from monarca.grants.results.queries import RECEIVED
from monarca.grants.results.states import TOTAL
from monarca.portal.climate.states import ACHIEVEMENTS, LEAST_PEOPLE, MARKERS, Achievement


@dataclass(frozen=True, slots=True)
class Sum:
    """One line: what was achieved in all, and by how many projects."""

    achievement: Achievement
    value: int
    projects: int


class Row(NamedTuple):
    """One verified total of one indicator, as one report has it."""

    indicator: int
    report: int
    code: str
    value: int
    has_marker: bool


def achieved(*, at: datetime) -> tuple[Sum, ...]:
    """What adds up at this instant, in one query; a line without a project is left out."""
    told = disclosure.published(at=at, levels={Level.FULL}).order_by().values("agreement")
    agreement = OuterRef("indicator__agreement")
    marked = MarkerScore.objects.filter(agreement=agreement, marker__in=MARKERS, score__gte=1)
    rows = Actual.objects.filter(
        indicator__agreement__in=told,
        indicator__code__in=[one.code for one in ACHIEVEMENTS],
        group=TOTAL,
        corrected_by=None,
        verified_at__isnull=False,
        report__status__in=RECEIVED,
    ).annotate(has_marker=Exists(marked))
    columns = ("indicator", "report__number", "indicator__code", "value", "has_marker")
    found = rows.order_by("indicator", "report__number", "pk").values_list(*columns)
    return _summed(_latest(map(Row._make, found)))


def _latest(rows: Iterable[Row]) -> Iterable[Row]:
    """Values are cumulative, so the last report speaks for an indicator."""
    return {row.indicator: row for row in rows}.values()


def _summed(rows: Iterable[Row]) -> tuple[Sum, ...]:
    values: dict[str, list[int]] = defaultdict(list)
    people = {one.code for one in ACHIEVEMENTS if one.is_people}
    for row in rows:
        if row.has_marker or row.code not in people:
            values[row.code].append(row.value)
    sums = (Sum(one, sum(values[one.code]), len(values[one.code])) for one in ACHIEVEMENTS)
    return tuple(one for one in sums if one.value >= _least(one.achievement))


def _least(achievement: Achievement) -> int:
    return LEAST_PEOPLE if achievement.is_people else 1
