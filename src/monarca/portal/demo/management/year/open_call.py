"""Last chapter: the call that is open now, with two drafts and one application already sent."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from monarca.engines import packs
from monarca.grants.applications import actions as applications
from monarca.grants.applications import queries
from monarca.grants.applications.models import Application
from monarca.grants.calls import actions as calls
from monarca.grants.calls.models import Call
from monarca.ground.people.models import User
from monarca.ground.rates import actions as rates
from monarca.ground.rates import queries as ledger
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year

BEFORE, AFTER = timedelta(days=10), timedelta(days=20)
A_RATE = Decimal("0.0742")
ITS_SOURCE = "Sample rate of this demonstration, typed by hand; no bank published it"


def window(at: datetime) -> tuple[datetime, datetime]:
    """Opened ten days before the demo is made, closes twenty days after it."""
    opens = datetime.combine((at - BEFORE).astimezone(calendar.HERE), time(9), calendar.HERE)
    closes = datetime.combine((at + AFTER).astimezone(calendar.HERE), time(23, 59), calendar.HERE)
    return opens, closes


def open_now(year: Year, definition: Mapping[str, Any], *, at: datetime) -> Call:
    """The call of now: its rate entered by hand where the published series has ended."""
    opens, closes = window(at)
    enter_a_rate(year, opens)
    shifted = packs.for_window(definition, opens_at=opens, closes_at=closes)
    call = calls.load(shifted, by=None, at=opens - timedelta(hours=1))
    calls.publish(call, by=year.staff["manager"], at=opens)
    for name, told in stage.told("open_call").items():
        begin(year, call, name, told, at=opens + timedelta(days=told["day"], hours=3))
    year.say(f"{call.code} is open until {closes:%d %B %Y, %H:%M} in Mexico City")
    return call


def enter_a_rate(year: Year, opens: datetime) -> None:
    """Finance types a rate with its source, because the last published one is too old."""
    try:
        ledger.on(opens.date(), "MXN")
    except ledger.RateTooOld:
        finance, at = year.staff["finance"], opens - timedelta(hours=2)
        day = (opens - timedelta(days=1)).date()
        rates.enter("MXN", A_RATE, on=day, source=ITS_SOURCE, by=finance, at=at)


def begin(
    year: Year, call: Call, name: str, told: Mapping[str, Any], *, at: datetime
) -> Application:
    """A group of the sample year applies again: what it is stays, what it asks for is new."""
    by, before = year.speakers[name], year.files[name]
    made = applications.start(
        call, by=by, at=at, organisation=before.applicant, language=before.language
    )
    unwritten = {"budget", *told.get("unwritten", ())}
    kept = {k: v for k, v in queries.answers_of(before).items() if k not in unwritten}
    days = {} if told.get("undated") else dates(call, kept.get("activities") or [])
    applications.save_answers(made, {**kept, **days, **told["answers"]}, by=by, at=at)
    if told.get("budget", True):
        applications.save_budget(made, lines(before, call), by=by, at=at)
    if told.get("submitted"):
        send(made, by=by, at=at)
    return made


def dates(call: Call, activities: list[dict[str, Any]]) -> dict[str, Any]:
    """A project that fits: from three weeks after closing to the call's last day of activities."""
    ends = call.activities_end_on
    starts = min((call.closes_at + timedelta(days=21)).date(), ends)
    months = {"starts": f"{starts:%Y-%m}", "ends": f"{ends:%Y-%m}"}
    return {
        "starts_on": starts.isoformat(),
        "ends_on": ends.isoformat(),
        "activities": [{**row, **months} for row in activities],
    }


def lines(before: Application, call: Call) -> list[dict[str, Any]]:
    """The budget of last time, moved into the call's own fiscal year."""
    kept = queries.answers_of(before).get("budget")
    rows = kept if isinstance(kept, list) else []
    return [{**row, "fiscal_year": call.fiscal_year} for row in rows]


def send(made: Application, *, by: User, at: datetime) -> None:
    """Send it, if it may be sent: in a call that closes in February no project fits any more."""
    with suppress(applications.NotReady):
        applications.submit(made, by=by, at=at)
