"""How far each indicator has come: baseline, target and actual by group, and the markers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet

from monarca.grants.agreements.models import Agreement
from monarca.grants.reports.models import Report
from monarca.grants.results.models import Actual, Indicator, MarkerScore, Target
from monarca.grants.results.queries.finding import RECEIVED
from monarca.grants.results.states import ORDER, TOTAL


@dataclass(frozen=True, slots=True)
class Line:
    """One group of one indicator; `group` is "" for everybody. Values are of the unit.

    `actual` is what was reached since the project began, as the report `report` says it.
    """

    group: str
    baseline: int | None = None
    target: int | None = None
    due_on: date | None = None
    actual: int | None = None
    measured_on: date | None = None
    report: int | None = None
    is_verified: bool = False

    @property
    def percent(self) -> int | None:
        """The way from baseline to target in whole per cent, over 100 when it was surpassed.

        An unknown baseline counts as 0. None without a target or a value.
        """
        if self.target is None or self.actual is None:
            return None
        start = self.baseline or 0
        if self.target == start:
            return 100
        return max(0, round(Fraction(100 * (self.actual - start), self.target - start)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One indicator with its lines: the total first, then each group that has a value."""

    indicator: Indicator
    lines: tuple[Line, ...]

    @property
    def total(self) -> Line:
        return next((line for line in self.lines if line.group == TOTAL), Line(TOTAL))


def live() -> QuerySet[Actual]:
    """The values that stand: recorded, and not corrected by a later row."""
    rows = Actual.objects.filter(corrected_by=None).select_related("report")
    return rows.order_by("indicator__number", "report__number", "pk")


def live_of(indicator: Indicator, report: Report) -> dict[str, Actual]:
    """Group -> the value that stands for one indicator in one report."""
    rows = live().filter(indicator=indicator, report=report)
    return {row.group: row for row in rows}


def targets_of(indicator: Indicator) -> dict[str, Target]:
    """Group -> from where to where."""
    return {row.group: row for row in Target.objects.filter(indicator=indicator).order_by("pk")}


def history_of(agreement: Agreement) -> QuerySet[Actual]:
    """Every value that was ever recorded on this agreement, corrected ones included."""
    rows = Actual.objects.filter(indicator__agreement=agreement)
    rows = rows.select_related("indicator", "report", "by", "verified_by", "corrected_by")
    return rows.order_by("-at", "-pk")


def outcomes_of(
    agreements: Iterable[Agreement], *, verified_only: bool = False
) -> dict[int, tuple[Outcome, ...]]:
    """Agreement's key -> its indicators in order, in three queries however many agreements.

    Values are cumulative, so the latest report that measured an indicator speaks for it, its
    groups included. A report that was given back says nothing until it comes again. With
    `verified_only` a value that nobody verified is as if not recorded.
    """
    keys = [agreement.pk for agreement in agreements]
    indicators = list(Indicator.objects.filter(agreement__in=keys).order_by("agreement", "number"))
    rows = live().filter(indicator__agreement__in=keys, report__status__in=RECEIVED)
    if verified_only:
        rows = rows.exclude(verified_at=None)
    reached = _latest(rows)
    planned: dict[int, dict[str, Target]] = {}
    for target in Target.objects.filter(indicator__agreement__in=keys).order_by("pk"):
        planned.setdefault(target.indicator_id, {})[target.group] = target
    found: dict[int, list[Outcome]] = {key: [] for key in keys}
    for each in indicators:
        lines = _lines(planned.get(each.pk, {}), reached.get(each.pk, {}))
        found[each.agreement_id].append(Outcome(each, lines))
    return {key: tuple(outcomes) for key, outcomes in found.items()}


def _latest(rows: Iterable[Actual]) -> dict[int, dict[str, Actual]]:
    """Indicator -> group -> value, of the last report that gives the indicator's total."""
    by_report: dict[int, dict[int, dict[str, Actual]]] = {}
    for row in rows:
        reports = by_report.setdefault(row.indicator_id, {})
        reports.setdefault(row.report.number, {})[row.group] = row
    return {
        indicator: next(
            (reports[n] for n in sorted(reports, reverse=True) if TOTAL in reports[n]), {}
        )
        for indicator, reports in by_report.items()
    }


def _lines(targets: dict[str, Target], actuals: dict[str, Actual]) -> tuple[Line, ...]:
    return tuple(
        _line(group, targets.get(group), actuals.get(group))
        for group in ORDER
        if group in targets or group in actuals
    )


def _line(group: str, target: Target | None, actual: Actual | None) -> Line:
    return Line(
        group,
        baseline=target.baseline if target else None,
        target=target.value if target else None,
        due_on=target.due_on if target else None,
        actual=actual.value if actual else None,
        measured_on=actual.measured_on if actual else None,
        report=actual.report.number if actual else None,
        is_verified=bool(actual and actual.verified_at),
    )


def markers_of(agreements: Iterable[Agreement]) -> dict[int, tuple[MarkerScore, ...]]:
    """Agreement's key -> its markers, the GE code first, then 1 to 12; in one query."""
    keys = [agreement.pk for agreement in agreements]
    found: dict[int, list[MarkerScore]] = {key: [] for key in keys}
    for row in MarkerScore.objects.filter(agreement__in=keys).select_related("by").order_by("pk"):
        found[row.agreement_id].append(row)
    return {key: tuple(sorted(rows, key=_place)) for key, rows in found.items()}


def _place(row: MarkerScore) -> int:
    return int(row.marker) if row.marker.isdecimal() else 0


def marker(agreement: Agreement, code: str) -> MarkerScore | None:
    return MarkerScore.objects.filter(agreement=agreement, marker=code).first()


def summed(values: dict[str, int]) -> int:
    """Everybody who is in a group."""
    return sum(value for group, value in values.items() if group != TOTAL)


def unverified(rows: Iterable[Actual]) -> Sequence[Actual]:
    return [row for row in rows if row.verified_at is None]
