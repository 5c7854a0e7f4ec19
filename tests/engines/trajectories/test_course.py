"""A measured series beside the straight path of what was pledged, in exact fractions."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monarca.engines import trajectories
from monarca.engines.trajectories import Pledge, Point, Untellable, Verdict
from monarca.kit import reasons

CANADA = Pledge(2005, 2030, Fraction(40), Fraction(45), is_share=True, base_value=Fraction(800))
NET_ZERO = Pledge(2005, 2050, Fraction(0), Fraction(0), is_share=False, base_value=Fraction(900))
POWER = Pledge(2015, 2025, Fraction(50), Fraction(50), is_share=False, base_value=Fraction(30))


def year(number, value):
    return Point(date(number, 12, 31), Fraction(value))


def seen(pledge, *points):
    course = trajectories.course_of(pledge, points)
    return course, trajectories.outlook(course, points)


def codes(pledge, *points):
    course, outlook = seen(pledge, *points)
    return [each.code for each in trajectories.said(course, outlook, unit="Mt")]


def refused(pledge, *points):
    with pytest.raises(Untellable) as no:
        seen(pledge, *points)
    return no.value.reason.code


def test_forty_to_forty_five_per_cent_below_2005_is_a_band():
    course, _ = seen(CANADA, year(2005, 800), year(2010, 790))

    assert (course.near, course.far) == (Fraction(480), Fraction(440))
    assert course.path(Fraction(2010)) == (Fraction(736), Fraction(728))
    assert course.path(Fraction(2030)) == (Fraction(480), Fraction(440))


def test_the_gap_is_told_in_units_and_as_a_part_of_the_change_pledged():
    _, outlook = seen(CANADA, year(2005, 800), year(2010, 790))

    assert outlook.last.gap == Fraction(54)
    assert outlook.last.share == Fraction(54, 320)
    assert outlook.done == Fraction(10, 320)
    assert outlook.due == Fraction(1, 5)


@pytest.mark.parametrize("value", ["799.967", "800.033"])
def test_a_gap_that_would_read_as_nought_per_cent_is_told_as_in_line(value):
    course, outlook = seen(NET_ZERO, year(2005, 900), year(2010, value))
    first = trajectories.said(course, outlook, unit="Mt")[0]
    assert first.code == "trajectory.in_line"
    assert "less than 0.1% of the whole change" in reasons.sentence(first, "en")
    assert codes(NET_ZERO, year(2005, 900), year(2010, 801))[0] == "trajectory.behind"


def test_what_is_needed_every_year_is_counted_from_the_last_measurement():
    _, outlook = seen(CANADA, year(2005, 800), year(2020, 700))

    assert outlook.pace == Fraction(20, 3)
    assert outlook.needed == (Fraction(22), Fraction(26))


def test_ahead_is_measured_to_the_more_demanding_edge():
    _, outlook = seen(CANADA, year(2005, 800), year(2010, 720))

    assert outlook.last.gap == Fraction(-8)
    assert outlook.last.share == Fraction(-8, 360)
    assert codes(CANADA, year(2005, 800), year(2010, 720))[0] == "trajectory.ahead_of_band"


def test_inside_the_band_there_is_no_gap():
    _, outlook = seen(CANADA, year(2005, 800), year(2010, 730))

    assert (outlook.last.gap, outlook.last.share) == (0, 0)
    assert codes(CANADA, year(2005, 800), year(2010, 730))[0] == "trajectory.in_band"


def test_clean_power_rises():
    course, outlook = seen(POWER, year(2015, 30), year(2020, 35))

    assert not course.falls
    assert course.path(Fraction(2020)) == (Fraction(40), Fraction(40))
    assert outlook.last.gap == Fraction(5)
    assert outlook.needed == (Fraction(3), Fraction(3))
    assert codes(POWER, year(2015, 30), year(2020, 35)) == [
        "trajectory.behind",
        "trajectory.rose",
        "trajectory.needs_more",
    ]


@pytest.mark.parametrize(
    ("value", "verdict", "code"),
    [
        (480, Verdict.MET, "trajectory.met_in_range"),
        (441, Verdict.MET, "trajectory.met_in_range"),
        (439, Verdict.BEYOND, "trajectory.met_beyond"),
        (481, Verdict.MISSED, "trajectory.missed"),
    ],
)
def test_once_the_target_year_was_measured_it_is_met_or_missed(value, verdict, code):
    points = year(2005, 800), year(2030, value)
    _, outlook = seen(CANADA, *points)

    assert outlook.verdict == verdict
    assert outlook.needed is None
    assert codes(CANADA, *points) == [code, "trajectory.fell"]


def test_one_figure_that_is_reached_exactly_is_met():
    assert codes(POWER, year(2015, 30), year(2025, 50))[0] == "trajectory.met"


def test_a_reading_before_the_last_day_of_the_target_year_decides_nothing():
    points = year(2015, 30), Point(date(2025, 12, 30), Fraction(60))
    _, outlook = seen(POWER, *points)

    assert outlook.verdict is None
    assert codes(POWER, *points)[-1] == "trajectory.reached"


def test_what_was_met_stays_met_whatever_is_measured_later():
    _, outlook = seen(POWER, year(2015, 30), year(2025, 51), year(2026, 44))

    assert outlook.verdict == Verdict.BEYOND
    assert outlook.judged.point == year(2025, 51)
    assert outlook.last.gap == Fraction(6)


def test_the_base_may_be_measured_instead_of_told():
    pledge = Pledge(2012, 2030, Fraction(75), Fraction(75), is_share=True)
    course, outlook = seen(pledge, year(2010, 9), year(2012, 8), year(2021, 5))

    assert (course.base, course.near) == (8, 2)
    assert outlook.last.near == 5
    assert codes(pledge, year(2012, 8), year(2021, 5))[0] == "trajectory.on_path"


def test_a_year_stands_on_its_last_day():
    assert trajectories.moment(date(2019, 12, 31)) == 2019
    assert trajectories.moment(date(2020, 1, 1)) == 2019 + Fraction(1, 366)
    assert trajectories.moment(date(2020, 12, 31)) == 2020


@pytest.mark.parametrize(
    ("pledge", "points", "code"),
    [
        (
            Pledge(2030, 2005, Fraction(40), Fraction(45), True, Fraction(800)),
            (),
            "trajectory.base_after_target",
        ),
        (
            Pledge(2030, 2030, Fraction(40), Fraction(45), True, Fraction(800)),
            (),
            "trajectory.base_after_target",
        ),
        (
            Pledge(2005, 2030, Fraction(45), Fraction(40), True, Fraction(800)),
            (),
            "trajectory.range_upside_down",
        ),
        (
            Pledge(2005, 2030, Fraction(0), Fraction(40), True, Fraction(800)),
            (),
            "trajectory.nothing_pledged",
        ),
        (
            Pledge(2005, 2030, Fraction(40), Fraction(45), True, Fraction(0)),
            (),
            "trajectory.base_not_positive",
        ),
        (
            Pledge(2005, 2030, Fraction(5), Fraction(9), False, Fraction(7)),
            (),
            "trajectory.base_within_target",
        ),
        (
            Pledge(2005, 2030, Fraction(40), Fraction(45), True),
            (year(2006, 1),),
            "trajectory.no_base_value",
        ),
        (CANADA, (), "trajectory.too_few_points"),
        (CANADA, (year(2010, 790),), "trajectory.too_few_points"),
        (CANADA, (year(2004, 1), year(2005, 800)), "trajectory.none_since_base"),
        (CANADA, (year(2010, 1), year(2010, 2)), "trajectory.day_twice"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(pledge, points, code):
    assert refused(pledge, *points) == code


def test_the_sentences_stand_in_three_languages_with_their_figures():
    course, outlook = seen(CANADA, year(2005, 800), year(2010, 790))
    first = trajectories.said(course, outlook, unit="Mt")[0]

    assert reasons.sentence(first, "en") == (
        "Measured for 2010: 790 Mt. The straight path asked for 736 Mt: the gap is 54 Mt, "
        "16.9% of the whole change pledged."
    )
    assert "54 Mt" in reasons.sentence(first, "es")
    assert "16,9" in reasons.sentence(first, "fr")


def test_figures_for_people_keep_what_can_be_read():
    assert trajectories.figure(Fraction(694_123, 1000)) == 694.1
    assert trajectories.figure(Fraction(2, 3)) == 0.667
    assert trajectories.figure(Fraction(-129, 10)) == -12.9


CALM = settings(deadline=None)
"""A busy machine is no fault of the engine."""

values = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)
years = st.integers(min_value=1990, max_value=2020)
spans = st.integers(min_value=1, max_value=60)


@st.composite
def pledges(draw):
    first, base = draw(years), draw(values)
    low, high = sorted((draw(values), draw(values)))
    assume(not low <= base <= high)
    return Pledge(first, first + draw(spans), low, high, is_share=False, base_value=base)


@st.composite
def series(draw, pledge, until=80):
    days = draw(
        st.lists(
            st.dates(date(pledge.base_year + 1, 1, 1), date(pledge.base_year + until, 12, 31)),
            min_size=2,
            max_size=8,
            unique=True,
        )
    )
    return tuple(Point(day, draw(values)) for day in days)


@CALM
@given(st.data())
def test_the_path_is_straight_and_ends_where_it_was_pledged(data):
    pledge = data.draw(pledges())
    course = trajectories.course_of(pledge, ())
    part = data.draw(st.fractions(min_value=0, max_value=1))
    span = pledge.target_year - pledge.base_year
    near, far = course.path(pledge.base_year + part * span)

    assert course.path(Fraction(pledge.base_year)) == (course.base, course.base)
    assert {*course.path(Fraction(pledge.target_year))} == {pledge.low, pledge.high}
    assert near == course.base + part * (course.near - course.base)
    assert abs(near - course.base) <= abs(far - course.base)


@CALM
@given(st.data())
def test_the_gap_is_what_parts_the_point_from_the_band(data):
    pledge = data.draw(pledges())
    points = data.draw(series(pledge))
    course = trajectories.course_of(pledge, points)
    for spot in trajectories.spots(course, points):
        inner, outer = sorted((spot.near, spot.far))
        edge = min(max(spot.point.value, inner), outer)
        assert abs(spot.gap) == abs(spot.point.value - edge)
        assert (spot.gap > 0) == (
            spot.point.value > spot.near if course.falls else spot.point.value < spot.near
        )


@CALM
@given(st.data(), st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50))
def test_another_unit_changes_no_share_and_no_verdict(data, times):
    pledge = data.draw(pledges())
    points = data.draw(series(pledge))
    _, outlook = seen(pledge, *points)
    larger = Pledge(
        pledge.base_year,
        pledge.target_year,
        pledge.low * times,
        pledge.high * times,
        is_share=False,
        base_value=pledge.base_value * times,
    )
    _, again = seen(larger, *(Point(each.on, each.value * times) for each in points))

    assert again.last.share == outlook.last.share
    assert again.last.gap == outlook.last.gap * times
    assert (again.done, again.due, again.verdict) == (outlook.done, outlook.due, outlook.verdict)


@CALM
@given(st.data())
def test_who_changes_by_what_is_needed_every_year_meets_the_pledge_exactly(data):
    pledge = data.draw(pledges())
    assume(pledge.target_year > pledge.base_year + 1)
    points = data.draw(series(pledge, until=pledge.target_year - pledge.base_year - 1))
    course, outlook = seen(pledge, *points)
    left = course.target_year - trajectories.moment(outlook.last.point.on)
    for need, end in zip(outlook.needed, (course.near, course.far), strict=True):
        change = -need * left if course.falls else need * left
        arrives = outlook.last.point.value + change
        if need:
            assert arrives == end
        else:
            assert arrives <= end if course.falls else arrives >= end


@CALM
@given(st.data(), st.randoms())
def test_the_order_of_the_points_changes_nothing(data, chance):
    pledge = data.draw(pledges())
    points = list(data.draw(series(pledge)))
    first = seen(pledge, *points)
    chance.shuffle(points)

    assert seen(pledge, *points) == first


@CALM
@given(st.data())
def test_the_verdict_says_whether_the_first_value_of_the_target_year_or_later_is_enough(data):
    pledge = data.draw(pledges())
    points = data.draw(series(pledge))
    course, outlook = seen(pledge, *points)
    late = sorted(
        (each for each in points if trajectories.moment(each.on) >= pledge.target_year),
        key=lambda each: each.on,
    )

    assert (outlook.verdict is None) == (not late)
    if late:
        value = late[0].value
        enough = value <= course.near if course.falls else value >= course.near
        assert (outlook.verdict != Verdict.MISSED) == enough
