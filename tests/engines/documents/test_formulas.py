"""Formulas without stored values give what a spreadsheet would show, or nothing at all."""

from decimal import Decimal

import pytest

from monarca.engines.documents.formulas import Box, Unknown, worked_out
from monarca.engines.documents.sheets import sheets_of
from tests.engines.documents.building import rezipped, zipped
from tests.engines.documents.test_budgets import book


class OneSheet:
    """Three numbers and a word in column A; a sheet "Tasas" with one rate."""

    held = (Decimal(10), Decimal(20), Decimal("0.5"), "hola")

    def cells(self, sheet: str, box: Box, *, apart: bool) -> list[object]:
        if sheet not in {"", "Tasas y más"}:
            raise Unknown("no such sheet")
        if sheet:
            return [Decimal("13.4")]
        return [self.held[row] if row < 4 else None for row in range(box.top, box.bottom + 1)]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1+2*3", "7"),
        ("(1+2)*3-$A$1/4", "6.5"),
        ("-A1+20%*A2", "-6"),
        ("SUM(A1:A4)", "30.5"),
        ("SUMA(A1;A2)*2", "60"),
        ("ROUND(A1/3,2)", "3.33"),
        ("ROUND(2.675,2)", "2.68"),
        ("ROUNDUP(A3,0)", "1"),
        ("ROUND('Tasas y más'!$B$2*A1,0)", "134"),
        ("IF(A2>A1,A1,A2)", "10"),
        ('IF(A9="",0,A9*2)', "0"),
        ('IF(AND(A1>0,A4="HOLA"),5,6)', "5"),
        ("IFERROR(A1/0,7)", "7"),
        ("IF(A1>1,3,VLOOKUP(A1,B:C,2))", "3"),
        ("PRODUCT(A1:A3)", "100"),
        ("SUMPRODUCT(A1:A2,A1:A2)", "500"),
        ("MAX(A1:A3)-MIN(A1:A3)", "19.5"),
        ("2^3", "8"),
        ("A9", None),
        ("Otra!A1", None),
        ("VLOOKUP(A1,B1:C9,2)", None),
        ("A4+1", None),
        ("1/0", None),
        ("SUM(A1", None),
        ("10^999", None),
        ("(" * 500 + "1" + ")" * 500, None),
        ("__import__('os')", None),
    ],
)
def test_a_formula_has_the_value_a_spreadsheet_shows(formula: str, value: str | None) -> None:
    found = worked_out(formula, OneSheet())
    assert found == (None if value is None else Decimal(value))


def test_sums_of_sums_over_sheets_are_worked_out_in_any_order() -> None:
    rates = ("Tasas", [["Tasa"], [0.5]])
    made = ("P", [["=A2+A4", "=B2&B3"], ["=ROUND(A3*Tasas!$A$2,2)"], [10.01], ["=SUM(A2:A3)"]])
    grid = sheets_of("xlsx", book(made, rates))[0].grid
    assert [row[0] for row in grid] == [Decimal(one) for one in ("20.03", "5.01", "10.01", "15.02")]
    assert grid[0][1] is None


def test_what_needs_an_unknown_value_is_unknown_and_circles_end() -> None:
    rows = [["=VLOOKUP(1,C1:D2,2)"], ["=A1+1"], ["=SUM(A1:A2)"], ["=A5"], ["=A4"]]
    assert [row[0] for row in sheets_of("xlsx", book(("P", rows)))[0].grid] == [None] * 5


def test_long_chains_are_followed_from_whichever_end() -> None:
    down = [[1], *([f"=A{row}+1"] for row in range(1, 200))]
    up = [*([f"=A{row}+1"] for row in range(2, 201)), [1]]
    one, other = sheets_of("xlsx", book(("abajo", down), ("arriba", up)))
    assert (one.grid[-1][0], other.grid[0][0]) == (200, 200)


def test_a_grand_subtotal_leaves_the_subtotals_out() -> None:
    rows = [[1], [2], ["=SUBTOTAL(9,A1:A2)"], [4], ["=SUBTOTAL(109,A1:A4)"]]
    assert sheets_of("xlsx", book(("P", rows)))[0].grid[4][0] == 7


def test_zeros_a_program_wrote_instead_of_computing_are_no_values() -> None:
    rows = [[2], ["=A1*3"], ["=A1*4"]]
    zeroed = rezipped(book(("P", rows)), lambda _, part: part.replace(b"<v />", b"<v>0</v>"))
    zeroed = rezipped(zeroed, lambda _, part: part.replace(b"<v></v>", b"<v>0</v>"))
    zeroed = rezipped(zeroed, lambda _, part: part.replace(b"<v/>", b"<v>0</v>"))
    assert [row[0] for row in sheets_of("xlsx", zeroed)[0].grid] == [2, 6, 8]


def opened(*sheets: tuple[str, list[list[str]]]) -> bytes:
    """An .ods whose cells hold numbers and formulas, and no value of a formula."""
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in sheets
    )
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"content.xml": content.encode()})


def cell(held: str) -> str:
    if held.startswith("of:"):
        return f'<table:table-cell table:formula="{held}"/>'
    return f'<table:table-cell office:value-type="float" office:value="{held}"/>'


def test_formulas_of_an_open_document_are_worked_out_too() -> None:
    rows = [["3", "of:=[.A1]*[$Tasas.$A$1]"], ["of:=SUM([.A1:.B1])", "of:=ROUND([.B1]/7;1)"]]
    grid = sheets_of("ods", opened(("P", rows), ("Tasas", [["2.5"]])))[0].grid
    assert grid == [[Decimal(3), Decimal("7.5")], [Decimal("10.5"), Decimal("1.1")]]
