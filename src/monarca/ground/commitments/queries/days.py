"""Days that a person can have meant: when something was promised, and when it is due."""

from datetime import date, datetime, timedelta

from monarca.engines.reasons import Reason
from monarca.ground.commitments.queries.finding import day_of

EARLIEST = date(1900, 1, 1)
LONGEST_YEARS = 100
"""Nothing is due later than so many years after it was promised."""


def strange_promise(promised_on: date, *, at: datetime) -> Reason | None:
    """Why the day of the promise cannot stand: before 1900, or after tomorrow."""
    last = day_of(at) + timedelta(days=1)
    if EARLIEST <= promised_on <= last:
        return None
    said = {"first_on": EARLIEST.isoformat(), "last_on": last.isoformat()}
    return Reason("PromisedOutOfReason", said)


def strange_due(promised_on: date, due_on: date | None) -> Reason | None:
    """Why the day it is due cannot stand: before it was promised, or a lifetime after."""
    if due_on is None:
        return None
    if due_on < promised_on:
        return Reason("DueBeforePromised", {"promised_on": promised_on.isoformat()})
    if due_on.year - promised_on.year <= LONGEST_YEARS:
        return None
    return Reason("DueInALifetime", {"years": LONGEST_YEARS})
