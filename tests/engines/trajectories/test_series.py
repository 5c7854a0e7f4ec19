"""A series as people upload it: every point exactly, or every fault with line and column."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import trajectories
from monarca.engines.trajectories import Point

TODAY = date(2026, 11, 23)


def read(text, unit="Mt CO2e"):
    data = text if isinstance(text, bytes) else text.encode()
    return trajectories.read(data, unit=unit, until=TODAY)


def flaws(text, **given):
    found = read(text, **given)
    assert found.points == ()
    return [(flaw.line, flaw.column, flaw.reason.code) for flaw in found.flaws]


def test_years_and_days_are_read_exactly_and_put_in_order():
    found = read("date,value\n2006,730.1\n2005,732.123456\n2024-06-30,-0.5\n")

    assert found.flaws == ()
    assert found.points == (
        Point(date(2005, 12, 31), Fraction(732_123_456, 1_000_000)),
        Point(date(2006, 12, 31), Fraction(7301, 10)),
        Point(date(2024, 6, 30), Fraction(-1, 2)),
    )


def test_every_fault_is_told_with_line_and_column():
    assert flaws("date,value\n2005,\n20O6,731\n2007,seven\n2008,1,2\n2009-02-30,7\n") == [
        (2, "value", "table.blank"),
        (3, "date", "table.not_a_day"),
        (4, "value", "table.not_a_number"),
        (5, "", "table.too_many_cells"),
        (6, "date", "table.not_a_day"),
    ]


def test_days_to_come_days_told_twice_and_too_many_decimals_are_faults():
    assert flaws("date,value\n2026,1\n2020,1.1234567\n2020-12-31,2\n2026-11-23,3\n") == [
        (2, "date", "trajectory.not_yet"),
        (3, "value", "trajectory.too_fine"),
        (4, "date", "trajectory.same_day"),
    ]


def test_no_value_is_older_than_industry():
    assert flaws("date,value\n1500,1\n1850,2\n1849-12-31,3\n") == [
        (2, "date", "trajectory.too_early"),
        (4, "date", "trajectory.too_early"),
    ]


def test_another_unit_is_a_fault():
    assert flaws("date,value,unit\n2005,7,kt CO2e\n") == [(2, "unit", "table.not_one_of")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table.empty"),
        (b"date,value\n", "table.no_rows"),
        (b"when,value\n2005,1\n", "table.unknown_column"),
        (b"date,value\n2005,1e13\n", "table.too_large"),
        (b"date,value\n2005,NaN\n", "table.not_a_number"),
        (b"date,value\n2005,=1+1\n", "table.not_a_number"),
        (b"\x00\x01", "table.not_a_table"),
        (b"PK\x03\x04" + b"\xff" * 50, "table.unknown_column"),
    ],
)
def test_what_is_no_series_is_told(data, code):
    assert code in [flaw.reason.code for flaw in read(data).flaws]


def test_a_semicolon_and_a_byte_order_mark_are_read_too():
    assert read("\ufeffdate;value\n2005;7.5\n".encode()).points == (year(2005, Fraction(15, 2)),)


def year(number, value):
    return Point(date(number, 12, 31), value)


CALM = settings(deadline=None)
"""A busy machine is no fault of the engine."""

points = st.dictionaries(
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(-(10**17), 10**17).map(lambda e6: Fraction(e6, 10**6)),
    min_size=1,
    max_size=20,
)


@CALM
@given(points, st.text(max_size=40))
def test_what_is_downloaded_is_read_back_point_by_point(found, source):
    source = source.replace("\0", "").replace("\r", " ").replace("\n", " ")
    rows = [(on, value, 1, source) for on, value in found.items()]
    data = trajectories.written(rows, unit="Mt CO2e")

    assert read(data).points == tuple(Point(on, found[on]) for on in sorted(found))


def test_a_source_that_a_spreadsheet_would_run_is_quoted():
    data = trajectories.written([(date(2020, 12, 31), Fraction(1), 2, "=cmd()")], unit="Mt")

    assert data.decode("utf-8-sig").splitlines() == [
        "date,value,unit,revision,source",
        "2020,1,Mt,2,'=cmd()",
    ]


@CALM
@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_stumble(data):
    found = read(data)

    assert bool(found.points) != bool(found.flaws)
