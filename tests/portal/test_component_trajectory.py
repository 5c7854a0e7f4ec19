"""The drawing of a pledge's course: in its plane, described in words, with a point in every number."""

import re
from datetime import date
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import trajectories
from monarca.engines.trajectories import Pledge, Point
from monarca.portal.components.templatetags.courses import ticks
from tests.portal.showing import Parsed, show

TAG = "{% trajectory course points key='s1' title='Emissions' unit=unit said=said seen=seen %}"


def year(number, value):
    return Point(date(number, 12, 31), Fraction(value))


def drawn(pledge=None, points=(), unit="Mt", said="Said"):
    course = trajectories.course_of(pledge, points) if pledge else None
    seen = trajectories.outlook(course, points) if course and len(points) > 1 else None
    return show(TAG, course=course, points=points, seen=seen, unit=unit, said=said)


RANGE = Pledge(2005, 2030, Fraction(40), Fraction(45), is_share=True, base_value=Fraction(800))
SERIES = (year(2005, 800), year(2010, 790), year(2020, 700))


def test_it_is_one_picture_with_a_name_and_a_description():
    html = drawn(RANGE, SERIES, said="The gap is 144 Mt.")
    seen = Parsed(html)

    assert seen.attributes["role"] == ["img"]
    assert seen.attributes["aria-labelledby"] == ["s1-title"]
    assert seen.attributes["aria-describedby"] == ["s1-said"]
    assert {"s1-title", "s1-said"} == set(seen.attributes["id"])
    assert seen.says("The gap is 144 Mt.")


def test_a_range_is_a_band_and_the_gap_is_marked_with_its_figure():
    html = drawn(RANGE, SERIES)

    assert 'class="f-glow" d="M' in html
    assert "+92 Mt" in html
    assert "Between the straight paths" in html
    assert ">2005<" in html
    assert ">2020<" in html
    assert ">2030<" in html


def test_one_figure_has_one_path_and_no_band():
    power = Pledge(2015, 2025, Fraction(50), Fraction(50), False, Fraction(30))
    html = drawn(power, (year(2015, 30), year(2020, 41)))

    assert html.count("stroke-dasharray") == 2  # the path, and its sign in the legend
    assert "f-glow" not in html
    assert "+1 Mt" in html


def test_without_a_path_the_measured_line_stands_alone_and_without_two_points_nothing():
    assert "stroke-dasharray" not in drawn(None, SERIES)
    assert drawn(None, SERIES[:1]) == ""
    assert drawn(RANGE, ()).count("stroke-dasharray") > 1


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_places_have_a_point_and_no_style_in_every_language(lang):
    with override(lang):
        html = drawn(RANGE, SERIES)
    numbers = re.findall(r'\b(?:cx|cy|x1|x2|y1|y2|x|y|d)="([^"]*)"', html)

    assert not any("," in each for each in numbers)
    assert "style=" not in html


def test_words_are_escaped():
    html = drawn(RANGE, SERIES, unit="<b>", said='"><script>')

    assert "<script>" not in html
    assert "<b>" not in html


values = st.integers(-(10**12), 10**12).map(lambda each: Fraction(each, 1000))


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.dates(date(1990, 1, 1), date(2060, 12, 31)), values, min_size=2, max_size=8),
    st.fractions(min_value=1, max_value=10**9),
)
def test_everything_lies_within_the_picture(found, base):
    points = tuple(Point(on, found[on]) for on in sorted(found))
    pledge = Pledge(2005, 2030, Fraction(40), Fraction(45), True, base)
    course = trajectories.course_of(pledge, points)
    html = show(TAG, course=course, points=points, seen=None, unit="Mt", said="")

    shares = [float(each) for each in re.findall(r'="(-?[\d.]+)%"', html)]
    assert all(0 <= each <= 100 for each in shares)
    inside = " ".join(re.findall(r' d="M([^"]*)"', html)).replace("L", " ").replace("Z", "")
    assert all(-1 <= float(each) <= 1001 for each in inside.replace("M", " ").split())


@given(values, st.fractions(min_value=Fraction(1, 1000), max_value=10**9))
def test_the_scale_has_a_few_round_values(low, size):
    found = ticks((low, low + size))

    assert 2 <= len(found) <= 7
    assert all(low <= each <= low + size for each in found)
