"""An hour on a wall is one instant, nobody is told of more time than there is, and ladders."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import deadlines
from monarca.engines.reasons import Reason

MIDNIGHT_ISH = time(23, 59)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("America/Mexico_City", "2024-04-22T05:59:00+00:00"),
        ("America/Cancun", "2024-04-22T04:59:00+00:00"),
        ("America/Hermosillo", "2024-04-22T06:59:00+00:00"),
        ("America/Tijuana", "2024-04-22T06:59:00+00:00"),
        ("America/Ciudad_Juarez", "2024-04-22T05:59:00+00:00"),
        ("America/Toronto", "2024-04-22T03:59:00+00:00"),
    ],
)
def test_the_same_hour_is_another_instant_in_each_zone(zone, hour):
    found = deadlines.instant_of(date(2024, 4, 21), MIDNIGHT_ISH, zone)
    assert found == datetime.fromisoformat(hour)


@pytest.mark.parametrize(
    ("day", "clock", "code"),
    [
        (date(2024, 3, 10), time(2, 30), "deadline.hour_skipped"),
        (date(2024, 11, 3), time(1, 30), "deadline.hour_twice"),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice_is_no_deadline(day, clock, code):
    found = deadlines.instant_of(day, clock, "America/Tijuana")
    assert isinstance(found, Reason)
    assert found.code == code
    assert isinstance(deadlines.instant_of(day, clock, "America/Mexico_City"), datetime)


@pytest.mark.parametrize("zone", ["", "GMT+6/Mexico", "America/Atlantis", "../etc/passwd", "\0"])
def test_an_offset_or_an_invention_is_no_zone(zone):
    found = deadlines.instant_of(date(2024, 4, 21), MIDNIGHT_ISH, zone)
    assert found == Reason("deadline.no_such_zone", {"zone": zone})


def test_at_the_very_instant_it_is_too_late_unless_there_is_grace():
    closes_at = datetime(2024, 4, 22, 5, 59, tzinfo=UTC)
    second = timedelta(seconds=1)
    assert deadlines.is_in_time(closes_at - second, closes_at)
    assert not deadlines.is_in_time(closes_at, closes_at)
    assert deadlines.is_in_time(closes_at, closes_at, grace_minutes=1)
    assert not deadlines.is_in_time(closes_at + 60 * second, closes_at, grace_minutes=1)


@given(instants, instants)
def test_what_is_left_is_never_more_than_there_is(until, now):
    found = deadlines.left(until, now)
    said = timedelta(days=found.days, hours=found.hours, minutes=found.minutes)
    assert found.is_past == (now >= until)
    if found.is_past:
        assert said == timedelta(0)
    else:
        assert timedelta(0) <= until - now - said < timedelta(minutes=1)
        assert found.hours < 24
        assert found.minutes < 60


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.sets(st.integers(-60, 60)),
    st.integers(-90, 90),
)
def test_a_ladder_reminds_of_the_last_step_that_has_come(due_on, steps, days):
    today = due_on + timedelta(days=days)
    found = deadlines.reached(due_on, steps, today)
    come = [step for step in steps if step <= days]
    assert (found.days if found else None) == (max(come) if come else None)
    rungs = deadlines.ladder(due_on, [*steps, *steps])
    assert [rung.days for rung in rungs] == sorted(steps)
    assert all(rung.on - due_on == timedelta(days=rung.days) for rung in rungs)
