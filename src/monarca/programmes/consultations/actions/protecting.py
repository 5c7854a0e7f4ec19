"""The people's own time: set by their wish, lengthened, never shortened; and the phases."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from monarca.engines.states import MoveRefused
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.consultations import policy, queries
from monarca.programmes.consultations.actions.wishing import heard
from monarca.programmes.consultations.models import Consultation, Protection
from monarca.programmes.consultations.queries.telling import Wish
from monarca.programmes.consultations.states import GOING, MOVES, Phase


class TimeIsTheirs(Refused):
    """Nothing is entered while the people deliberate by themselves."""


class WithinTheirTime(Refused):
    """Nothing is dated on a day on which the people deliberated by themselves."""


class NotYetHappened(Refused):
    """The record says what was, not what will be."""


class DayLongBefore(Refused):
    """What happened belongs to this consultation: no day is years before its record was opened."""


class TimeIsNeverShortened(Refused):
    """The people's own time may only become longer."""


class TimeIsOver(Refused):
    """Time that is given begins today at the earliest."""


class TimeEndsBeforeItBegins(Refused):
    """The last day is not before the first."""


class TimeStandsAlready(Refused):
    """Their time was set: it can be lengthened."""


class NoTimeOfTheirOwn(Refused):
    """Nobody decides before the people had time of their own to deliberate."""


class TimeStillToCome(Refused):
    """Their own time has been set and is not over."""


def locked(consultation: Consultation) -> Consultation:
    """The row, held until the act is over: no step slips in while time is lengthened."""
    return Consultation.objects.select_for_update().get(pk=consultation.pk)


YEARS_BEFORE = 5
"""How long before the record was opened something of it may have happened.

First contacts, prior agreements and an assembly go before the file that an embassy opens, at times
by years; what is older is another matter, or a slip of the hand.
"""


def require_day(consultation: Consultation, on: date, *, at: datetime) -> None:
    """Raises `NotYetHappened`, `DayLongBefore`."""
    today = queries.today(consultation, at=at)
    if on > today:
        raise NotYetHappened(today_on=today.isoformat())
    begun = queries.today(consultation, at=consultation.begun_at)
    first = date(begun.year - YEARS_BEFORE, begun.month, min(begun.day, 28))
    if on < first:
        raise DayLongBefore(from_on=first.isoformat())


def require_open_time(consultation: Consultation, on: date, *, at: datetime) -> None:
    """Raises `TimeIsTheirs`, `WithinTheirTime`, `NotYetHappened`, `DayLongBefore`."""
    today = queries.today(consultation, at=at)
    now = queries.running(consultation, today)
    if now:
        raise TimeIsTheirs(until_on=now.until_on.isoformat())
    require_day(consultation, on, at=at)
    then = queries.running(consultation, on)
    if then:
        raise WithinTheirTime(from_on=then.from_on.isoformat(), until_on=then.until_on.isoformat())


@transaction.atomic
def protect(
    consultation: Consultation,
    from_on: date,
    until_on: date,
    *,
    wish: Wish,
    by: User | None,
    at: datetime,
) -> Protection:
    """Set the days, both included, on which the people deliberate by themselves.

    Raises `TimeStandsAlready`, `TimeIsOver`, `TimeEndsBeforeItBegins` and what a wish raises.
    """
    require(policy.may_speak(by, consultation, at=at))
    held = locked(consultation)
    last = queries.last_protection(held)
    if last:
        raise TimeStandsAlready(until_on=last.until_on.isoformat())
    _require_span(held, from_on, until_on, at=at)
    return _span(held, from_on, until_on, wish=wish, by=by, at=at)


@transaction.atomic
def lengthen(
    consultation: Consultation, until_on: date, *, wish: Wish, by: User | None, at: datetime
) -> Protection:
    """Give the people more days, by their representative's wish; a time that is over begins anew.

    Raises `NoTimeOfTheirOwn` when none was set, `TimeIsNeverShortened`, `TimeIsOver` and what a
    wish raises.
    """
    require(policy.may_speak(by, consultation, at=at))
    held = locked(consultation)
    last = queries.last_protection(held)
    if last is None:
        raise NoTimeOfTheirOwn
    if until_on <= last.until_on:
        raise TimeIsNeverShortened(until_on=last.until_on.isoformat())
    today = queries.today(held, at=at)
    from_on = last.from_on if last.until_on >= today else today
    _require_span(held, max(from_on, today), until_on, at=at)
    made = _span(held, from_on, until_on, wish=wish, by=by, at=at)
    if held.status == Phase.DIALOGUE:
        move(held, MOVES, "deliberate")
        record("consultation.deliberated", held, by=by, at=at)
    return made


def _require_span(held: Consultation, from_on: date, until_on: date, *, at: datetime) -> None:
    today = queries.today(held, at=at)
    if held.status not in GOING:
        raise MoveRefused("its own time: the consultation is over")
    if from_on < today:
        raise TimeIsOver(today_on=today.isoformat())
    if until_on < from_on:
        raise TimeEndsBeforeItBegins(from_on=from_on.isoformat())


def _span(
    held: Consultation,
    from_on: date,
    until_on: date,
    *,
    wish: Wish,
    by: User | None,
    at: datetime,
) -> Protection:
    said = heard(wish, held, by=by, at=at)
    made = Protection.objects.create(consultation=held, from_on=from_on, until_on=until_on, **said)
    days: dict[str, Any] = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
    record("consultation.time_protected", held, by=by, at=at, how=wish.how, **days)
    return made


@transaction.atomic
def inform(consultation: Consultation, *, by: User | None, at: datetime) -> Consultation:
    """Prior agreements are made: information begins. Raises `TimeIsTheirs`."""
    require(policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    require_open_time(held, queries.today(held, at=at), at=at)
    move(held, MOVES, "inform")
    record("consultation.informed", held, by=by, at=at)
    return held


@transaction.atomic
def deliberate(consultation: Consultation, *, by: User | None, at: datetime) -> Consultation:
    """Information was given: the people deliberate. Raises `NoTimeOfTheirOwn`."""
    clock = by is None and policy.may_keep_time(by)
    require(clock or policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    if held.status != Phase.INFORMATION:
        raise MoveRefused("deliberate: information comes before")
    if queries.last_protection(held) is None:
        raise NoTimeOfTheirOwn
    move(held, MOVES, "deliberate")
    command: dict[str, Any] = {"command": "tick"} if clock else {}
    record("consultation.deliberated", held, by=by, at=at, **command)
    return held


@transaction.atomic
def converse(consultation: Consultation, *, by: User | None, at: datetime) -> Consultation:
    """The people's own time is over: dialogue begins. Raises `TimeIsTheirs`, `TimeStillToCome`."""
    require(policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    today = queries.today(held, at=at)
    require_open_time(held, today, at=at)
    last = queries.last_protection(held)
    if last is None:
        raise NoTimeOfTheirOwn
    if last.until_on >= today:
        raise TimeStillToCome(from_on=last.from_on.isoformat(), until_on=last.until_on.isoformat())
    move(held, MOVES, "converse")
    record("consultation.conversed", held, by=by, at=at)
    return held
