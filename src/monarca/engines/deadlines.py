"""Deadlines: a wall clock's hour in a named zone as one instant, what is left, and due ladders.

Problem: "23:59 on 21 April, Mexico City" must be the same instant for everybody, on days when
clocks change too, and nobody may be told that more time is left than there is. A due ladder says
on which days before and after a due day a reminder goes out. Zones are those of the IANA
database, never offsets, which calls have written with the wrong sign. Constant time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monarca.engines.reasons import Reason

CODES = ("deadline.no_such_zone", "deadline.hour_skipped", "deadline.hour_twice")


@dataclass(frozen=True, slots=True)
class Left:
    """What is left until a deadline, in whole minutes, never rounded up; nothing once it passed."""

    days: int
    hours: int
    minutes: int
    is_past: bool


@dataclass(frozen=True, slots=True, order=True)
class Rung:
    """One step of a due ladder: `days` from the due day (negative is before), and which day."""

    days: int
    on: date


def zone_of(name: str) -> ZoneInfo | Reason:
    """The zone of an IANA name ("America/Mexico_City"), or why there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Reason("deadline.no_such_zone", {"zone": name})


def instant_of(day: date, clock: time, zone: str) -> datetime | Reason:
    """The instant (UTC) at which clocks in `zone` show `clock` on `day`.

    A Reason instead where that hour is skipped or comes twice on that day, or there is no zone: a
    deadline is moved by a person, never guessed.
    """
    place = zone_of(zone)
    if isinstance(place, Reason):
        return place
    first = datetime.combine(day, clock, place).replace(fold=0)
    second = first.replace(fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    is_real = first.astimezone(UTC).astimezone(place).time() == clock
    code = "deadline.hour_twice" if is_real else "deadline.hour_skipped"
    values = {"zone": zone, "day_on": day.isoformat(), "clock": clock.isoformat("minutes")}
    return Reason(code, values)


def closes(closes_at: datetime, *, grace_minutes: int = 0) -> datetime:
    """The first instant at which nothing is received any more."""
    return closes_at + timedelta(minutes=grace_minutes)


def is_in_time(received_at: datetime, closes_at: datetime, *, grace_minutes: int = 0) -> bool:
    """Was this received before the deadline, grace included? At the very instant is too late."""
    return received_at < closes(closes_at, grace_minutes=grace_minutes)


def left(until: datetime, now: datetime) -> Left:
    """What is left at `now` until an instant."""
    minutes = max(0, int((until - now).total_seconds() // 60))
    days, rest = divmod(minutes, 24 * 60)
    return Left(days, *divmod(rest, 60), is_past=now >= until)


def ladder(due_on: date, steps: Iterable[int]) -> tuple[Rung, ...]:
    """The days of a ladder, in order; the same step twice is one rung."""
    return tuple(Rung(step, due_on + timedelta(days=step)) for step in sorted(set(steps)))


def reached(due_on: date, steps: Iterable[int], today: date) -> Rung | None:
    """The last rung that has come by `today`: one reminder, however many days nobody looked."""
    come = [rung for rung in ladder(due_on, steps) if rung.on <= today]
    return come[-1] if come else None
