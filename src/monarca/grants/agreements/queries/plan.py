"""When an agreement runs and how it is paid: dates, and instalments that add up to the cent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from monarca.engines import calendar, money
from monarca.grants.agreements.states import Condition
from monarca.grants.applications.models import Application

REPORT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Plan:
    """The days of an agreement; the last one is the fiscal year's, 31 March."""

    starts_on: date
    activities_end_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Part:
    """One planned payment, in CAD cents."""

    number: int
    kind: str
    condition: str
    cents: int
    due_on: date
    fiscal_year: str


def local_day(application: Application, at: datetime) -> date:
    """The calendar day at the call's mission."""
    return at.astimezone(ZoneInfo(application.call.time_zone)).date()


def planned(application: Application, starts_on: date) -> Plan:
    """From the day given to the project's own end, at most the call's last day of activities."""
    call = application.call
    year = calendar.labelled(call.fiscal_year) or calendar.fiscal_year_of(call.activities_end_on)
    latest = min(call.activities_end_on, year.ends_on)
    return Plan(starts_on, min(application.ends_on or latest, latest), year.ends_on)


def parts(definition: Mapping[str, Any], cents: int, plan: Plan) -> tuple[Part, ...]:
    """The call's instalments in proportion to their percents; no cent is lost, none is empty."""
    rows = definition["instalments"]
    shares = money.split(cents, [row["percent"] for row in rows])
    due = [_due(row["condition"], plan) for row in rows]
    kept = [each for each in zip(rows, shares, due, strict=True) if each[1]]
    return tuple(
        Part(
            number=number,
            kind=row["kind"],
            condition=row["condition"],
            cents=share,
            due_on=day,
            fiscal_year=calendar.fiscal_year_of(day).label,
        )
        for number, (row, share, day) in enumerate(kept, start=1)
    )


def _due(condition: str, plan: Plan) -> date:
    """At the start, half way, or a month after the activities; never after the agreement."""
    if condition == Condition.SIGNATURE:
        return plan.starts_on
    if condition == Condition.INTERIM:
        return plan.starts_on + (plan.activities_end_on - plan.starts_on) / 2
    return min(plan.activities_end_on + timedelta(days=REPORT_DAYS), plan.ends_on)
