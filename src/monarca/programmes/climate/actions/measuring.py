"""What is measured for a pledge: a series begins, and grows or is corrected by revisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from monarca.engines import sealing
from monarca.engines.trajectories import EARLIEST, Point
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.programmes.climate import policy, queries
from monarca.programmes.climate.actions.pledging import millionths, sourced, words
from monarca.programmes.climate.models import Measured, Pledge, Revision, Series


class NothingMeasured(Refused):
    """An upload holds at least one value."""


class MeasuredTomorrow(Refused):
    """A value was measured on a day that has come."""


class MeasuredTooEarly(Refused):
    """No value is older than what a pledge can be counted from."""


class NothingNew(Refused):
    """Every value of an upload stands already, from the revision before."""


class CorrectionUnexplained(Refused):
    """Whoever changes values that stand, or takes them away, says why."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a series is: its name in three languages, who measures, and whether it is invented."""

    name: Mapping[str, str]
    source: str
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """Where an upload was published, and when; `note` says why it corrects what stood.

    With `is_whole` it replaces the series: days that it leaves out are measured no more.
    """

    source: str
    source_on: date
    source_url: str = ""
    note: str = ""
    is_whole: bool = False


@transaction.atomic
def begin_series(
    pledge: Pledge,
    named: Named,
    edition: Edition,
    points: Iterable[Point],
    *,
    by: User,
    at: datetime,
) -> Series:
    """Say what is measured for a pledge, in its unit, with the first values.

    Raises `PledgeWordsMissing`, and what `upload` does.
    """
    require(policy.may_keep(by, pledge, at=at))
    held = Pledge.objects.select_for_update().get(pk=pledge.pk)
    source = sourced(named.source, "", edition.source_on, held.mission, at=at)["source"]
    made = Series.objects.create(
        pledge=held,
        number=Series.objects.filter(pledge=held).count() + 1,
        name=words(named.name),
        unit=held.unit,
        source=source,
        is_example=named.is_example,
        by=by,
        at=at,
    )
    record("series.begun", made, by=by, at=at, pledge=held.pk, number=made.number)
    _kept(made, edition, points, by=by, at=at)
    return made


@transaction.atomic
def upload(
    series: Series, edition: Edition, points: Iterable[Point], *, by: User, at: datetime
) -> Revision:
    """Add values to a series, or correct them: every earlier value stays known.

    Raises `NothingMeasured`, `NothingNew`, `CorrectionUnexplained`, `MeasuredTomorrow`,
    `MeasuredTooEarly`, `FigureOutOfReason`, `SourceMissing`, `SourceFromTomorrow` and
    `SourceNotAnAddress`.
    """
    require(policy.may_keep(by, series.pledge, at=at))
    Pledge.objects.select_for_update().get(pk=series.pledge_id)
    return _kept(series, edition, points, by=by, at=at)


def _kept(
    series: Series, edition: Edition, points: Iterable[Point], *, by: User, at: datetime
) -> Revision:
    values = {point.on: millionths(point.value) for point in points}
    _check(series, edition, values, at=at)
    mission = series.pledge.mission
    made = Revision.objects.create(
        series=series,
        number=Revision.objects.filter(series=series).count() + 1,
        note=edition.note.strip(),
        is_whole=edition.is_whole,
        sha256=sealing.sha256([[on.isoformat(), values[on]] for on in sorted(values)]),
        by=by,
        at=at,
        **sourced(edition.source, edition.source_url, edition.source_on, mission, at=at),
    )
    rows = [Measured(revision=made, on=on, value_e6=values[on]) for on in sorted(values)]
    Measured.objects.bulk_create(rows, batch_size=1000)
    told: dict[str, Any] = {"number": made.number, "points": len(rows), "sha256": made.sha256}
    record("series.uploaded", series, by=by, at=at, **told)
    return made


def _check(series: Series, edition: Edition, values: Mapping[date, int], *, at: datetime) -> None:
    if not values:
        raise NothingMeasured
    latest, today = max(values), queries.today(series.pledge.mission, at)
    if latest > today:
        raise MeasuredTomorrow(day_on=latest.isoformat())
    if min(values) < EARLIEST:
        raise MeasuredTooEarly(first_on=EARLIEST.isoformat())
    stands = {
        one.on: millionths(one.value) for one in queries.kept_of(series) if one.value is not None
    }
    gone = set(stands) - set(values) if edition.is_whole else set()
    changed = {on for on in stands if on in values and values[on] != stands[on]}
    if not gone and not changed and set(values) <= set(stands):
        raise NothingNew
    if (gone or changed) and not edition.note.strip():
        raise CorrectionUnexplained(count=len(gone | changed))
