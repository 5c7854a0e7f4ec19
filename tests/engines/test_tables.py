"""Uploaded tables: every row typed, or every fault with its line and column."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.tables import LARGEST, MOST_FLAWS, Column, Flaw, Row, Table, read

COLUMNS = (
    Column("id", needed=True, unique=True),
    Column("amount", "whole", needed=True, least=0),
    Column("share", "number", most=1),
    Column("on", "day"),
    Column("in_kind", "yes", default=False),
    Column("side", "choice", choices=("canada", "mexico"), default="canada"),
)


def places(table):
    return [(flaw.line, flaw.column, flaw.reason.code) for flaw in table.flaws]


def test_each_kind_is_read():
    table = read(b"id,amount,share,on,in_kind,side\na,3,0.5,2025-09-18,si,mexico\n", COLUMNS)
    values = {
        "id": "a",
        "amount": 3,
        "share": Decimal("0.5"),
        "on": date(2025, 9, 18),
        "in_kind": True,
        "side": "mexico",
    }
    assert table == Table((Row(2, values),))


def test_columns_may_stand_in_any_order_and_optional_ones_be_absent():
    table = read(b"amount;id\n7;b\n", COLUMNS)
    assert table.rows[0].values["id"] == "b"
    assert table.rows[0].values["side"] == "canada"
    assert table.rows[0].values["share"] is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_spreadsheets_write_is_read(encoding):
    table = read("id\tamount\r\nBogotá\t1\r\n\r\n".encode(encoding), COLUMNS)
    assert table.rows == (Row(2, {**table.rows[0].values, "id": "Bogotá", "amount": 1}),)


def test_every_fault_is_told_with_its_line_and_column():
    table = read(
        b"id,amount,on,side\na,x,,\na,1.5,tomorrow,peru\n,-1,,canada\nb,2\nc,1,,,,\n", COLUMNS
    )
    assert table.rows == ()
    assert places(table) == [
        (2, "amount", "table.not_a_number"),
        (3, "id", "table.twice"),
        (3, "amount", "table.not_whole"),
        (3, "on", "table.not_a_day"),
        (3, "side", "table.not_one_of"),
        (4, "id", "table.blank"),
        (4, "amount", "table.too_small"),
        (5, "", "table.too_few_cells"),
        (6, "", "table.too_many_cells"),
    ]


def test_lines_are_counted_as_an_editor_counts_them():
    table = read(b'id,amount\n"two\nlines",1\nb,x\n', COLUMNS)
    assert places(table) == [(4, "amount", "table.not_a_number")]


def test_headings_are_checked_first():
    table = read(b"id,ammount,id\n", COLUMNS)
    assert places(table) == [
        (1, "ammount", "table.unknown_column"),
        (1, "id", "table.column_twice"),
        (1, "amount", "table.missing_column"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table.empty"),
        (b"  \n\n", "table.empty"),
        (b"id,amount\n", "table.no_rows"),
        (b"PK\x03\x04\x00\x00", "table.not_a_table"),
        (b'id,amount\n"a,1\n', "table.not_a_table"),
        (b"x" * (LARGEST + 1), "table.too_big"),
    ],
)
def test_what_is_no_table_is_refused_whole(data, code):
    assert places(read(data, COLUMNS)) == [(0, "", code)]


def test_a_bare_year_is_its_last_day():
    assert read(b"id,amount,on\na,1,2030\n", COLUMNS).rows[0].values["on"] == date(2030, 12, 31)


def test_faults_without_end_are_cut():
    data = b"id,amount\n" + b"".join(b"%d,x\n" % place for place in range(1000))
    assert len(read(data, COLUMNS).flaws) == MOST_FLAWS


@given(st.binary(max_size=300))
def test_nothing_crashes_and_rows_and_flaws_never_come_together(data):
    table = read(b"id,amount\n" + data, COLUMNS)
    assert bool(table.rows) != bool(table.flaws)
    assert all(isinstance(flaw, Flaw) for flaw in table.flaws)


@pytest.mark.parametrize("said", ["12.000", "12.0", "1e3", "1_000", "12 000", "2.500.000"])
def test_a_whole_number_is_written_in_digits_alone(said):
    table = read(f"id;amount\na;{said}\n".encode(), COLUMNS)
    ((line, column, code),) = places(table)
    assert (line, column) == (2, "amount")
    assert code in {"table.not_whole", "table.not_a_number"}
    assert not table.rows
