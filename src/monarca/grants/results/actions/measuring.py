"""What was reached, as reports say it: recorded, corrected, verified by another person."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from monarca.grants.reports.models import Report
from monarca.grants.reports.states import Status as Told
from monarca.grants.results import policy, queries
from monarca.grants.results.actions.values import Values, WhyNeeded, check, lock_indicator
from monarca.grants.results.models import Actual, Indicator
from monarca.grants.results.states import ORDER, TOTAL
from monarca.ground.journal import actions as journal
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require


class ReportOfAnother(Refused):
    """Values come from a report on the same agreement."""


class ReportNotReceived(Refused):
    """Values are recorded from a report that was sent and not given back."""


class ReportNotAccepted(Refused):
    """Values are verified once their report was accepted."""


class MeasuredOutOfReason(Refused):
    """A value was measured between the first day of the agreement and today."""


class AlreadyMeasured(Refused):
    """The report's value is recorded; it may be corrected."""


class NotMeasured(Refused):
    """There is no value to correct."""


class NothingChanged(Refused):
    """A correction changes something."""


class NothingToVerify(Refused):
    """Every value of this report is verified, or none was recorded."""


@transaction.atomic
def record(  # noqa: PLR0913
    indicator: Indicator,
    *,
    by: User,
    at: datetime,
    report: Report,
    values: Values,
    measured_on: date,
    words: str = "",
) -> tuple[Actual, ...]:
    """Write down what a received report says was reached since the project began.

    Groups may follow later; a group that has a value is corrected instead.
    """
    held = lock_indicator(indicator)
    require(policy.may_keep(by, held.agreement, at=at))
    _check_report(held, report, measured_on, at=at)
    standing = queries.live_of(held, report)
    if not values or set(values) & set(standing):
        raise AlreadyMeasured(number=report.number)
    check(held, {**_values(standing), **values})
    given = [(group, values[group]) for group in ORDER if group in values]
    made = tuple(
        Actual.objects.create(
            indicator=held,
            report=report,
            group=group,
            value=value,
            measured_on=measured_on,
            words=words.strip(),
            at=at,
            by=by,
        )
        for group, value in given
    )
    _journal("actual.recorded", held, report, made, by=by, at=at)
    return made


@transaction.atomic
def correct(  # noqa: PLR0913
    indicator: Indicator,
    *,
    by: User,
    at: datetime,
    report: Report,
    values: Values,
    words: str,
    measured_on: date | None = None,
) -> tuple[Actual, ...]:
    """Write new rows for the groups whose value or day was wrong; the old rows stay.

    A group that had no value gets one. What is corrected is to be verified again.
    """
    held = lock_indicator(indicator)
    require(policy.may_keep(by, held.agreement, at=at))
    standing = queries.live_of(held, report)
    if not standing:
        raise NotMeasured(number=report.number)
    if not words.strip():
        raise WhyNeeded
    day = measured_on or standing[TOTAL].measured_on
    _check_report(held, report, day, at=at)
    check(held, {**_values(standing), **values})
    wanted = {group: (values[group], day) for group in ORDER if group in values}
    known = {group: (row.value, row.measured_on) for group, row in standing.items()}
    changed = {group: each for group, each in wanted.items() if known.get(group) != each}
    if not changed:
        raise NothingChanged
    same = {"indicator": held, "report": report, "words": words.strip(), "at": at, "by": by}
    made = tuple(
        Actual.objects.create(
            group=group, value=value, measured_on=measured, corrects=standing.get(group), **same
        )
        for group, (value, measured) in changed.items()
    )
    _journal("actual.corrected", held, report, made, by=by, at=at)
    return made


@transaction.atomic
def verify(indicator: Indicator, *, by: User, at: datetime, report: Report) -> tuple[Actual, ...]:
    """Say that the values which others recorded from an accepted report are right.

    One's own stay as they are, for somebody else to verify.
    """
    held = lock_indicator(indicator)
    waiting = queries.unverified(queries.live_of(held, report).values())
    if not waiting:
        require(policy.may_keep(by, held.agreement, at=at))
        raise NothingToVerify(number=report.number)
    require(policy.may_verify(by, held.agreement, waiting, at=at))
    if report.status != Told.ACCEPTED:
        raise ReportNotAccepted(number=report.number)
    checked = tuple(row for row in waiting if row.by_id != by.pk)
    for row in checked:
        row.verified_at, row.verified_by = at, by
        row.save(update_fields=["verified_at", "verified_by"])
    _journal("actual.verified", held, report, checked, by=by, at=at)
    return checked


def _check_report(indicator: Indicator, report: Report, day: date, *, at: datetime) -> None:
    agreement = indicator.agreement
    if report.agreement_id != agreement.pk:
        raise ReportOfAnother(number=agreement.number)
    if report.status not in queries.RECEIVED:
        raise ReportNotReceived(number=report.number)
    last = queries.today(agreement, at)
    if not agreement.starts_on <= day <= last:
        first = agreement.starts_on.isoformat()
        raise MeasuredOutOfReason(first_on=first, last_on=last.isoformat())


def _values(rows: Mapping[str, Actual]) -> dict[str, int]:
    return {group: row.value for group, row in rows.items()}


def _journal(
    verb: str,
    indicator: Indicator,
    report: Report,
    rows: Iterable[Actual],
    *,
    by: User,
    at: datetime,
) -> None:
    """One line for all groups of one indicator in one report: numbers, never words."""
    journal.record(
        verb,
        indicator,
        by=by,
        at=at,
        file=indicator.agreement.application,
        number=indicator.number,
        report=report.number,
        values={row.group or "total": row.value for row in rows},
        ids=[row.pk for row in rows],
    )
