"""Budgets in every shape give the same lines, and their totals are told apart."""

import io
from decimal import Decimal

import openpyxl
import pytest

from monarca.engines.documents.budgets import BudgetRead, read_budget
from tests.engines.documents import building as make

HEAD = [
    "Actividad",
    "Rubro",
    "Concepto",
    "Unidad",
    "Cantidad",
    "Costo unitario (MXN)",
    "Total (MXN)",
    "Solicitado al Fondo Canadá",
]
ROWS = [
    ["Talleres", "Capacitación", "Facilitadora", "taller", 8, 5000, 40000, 40000],
    ["Talleres", "Alimentación", "Refrigerios", "persona", 120, 85, 10200, 10200],
]


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(*sheets: tuple[str, list[list[object]]]) -> BudgetRead:
    return read_budget("presupuesto.xlsx", book(*sheets))


def sums(budget: BudgetRead) -> list[tuple[str, str, int | None, int]]:
    return [
        (one.description, one.category, one.total_cents, one.fund_cents) for one in budget.lines
    ]


EXPECTED = [
    ("Facilitadora", "training", 4_000_000, 4_000_000),
    ("Refrigerios", "hospitality", 1_020_000, 1_020_000),
]


def test_a_plain_budget_is_read_line_by_line() -> None:
    total = ["TOTAL", None, None, None, None, None, 50200, 50200]
    budget = read(("Hoja1", [["Presupuesto del proyecto"], [], HEAD, *ROWS, total]))
    assert sums(budget) == EXPECTED
    assert (budget.currency, budget.stated_total_cents, budget.recomputed_total_cents) == (
        "MXN",
        5_020_000,
        5_020_000,
    )
    assert budget.problems == ()
    assert budget.lines[0].quantity == Decimal(8)
    assert budget.lines[0].unit_cents == 500_000


def test_sums_that_do_not_add_up_are_told_not_mended() -> None:
    total = ["TOTAL", None, None, None, None, None, 99999, None]
    budget = read(("Hoja1", [HEAD, *ROWS, total]))
    assert budget.stated_total_cents == 9_999_900
    assert [one.code for one in budget.problems] == ["budget.total_differs"]


def test_formulas_without_stored_values_are_worked_out() -> None:
    rows = [[*ROWS[0][:6], "=E2*F2", "=G2-0"], [*ROWS[1][:6], "=E3*F3", "=G3*100%"]]
    total = ["TOTAL", None, None, None, None, None, "=SUM(G2:G3)", None]
    budget = read(("Hoja1", [HEAD, *rows, total]))
    assert sums(budget) == EXPECTED
    assert budget.stated_total_cents == 5_020_000


def test_numbers_written_as_text_are_numbers() -> None:
    rows = [
        [
            "Talleres",
            "Capacitación",
            "Facilitadora",
            "taller",
            "8",
            "$5,000.00",
            "40,000.00",
            "40 000",
        ]
    ]
    assert sums(read(("Hoja1", [HEAD, *rows]))) == EXPECTED[:1]


def test_the_right_sheet_is_chosen_among_many() -> None:
    other = (
        "Instrucciones",
        [["Llene la hoja"], HEAD, ["Ejemplo", "Personal", "Ejemplo", "mes", 1, 1, 1, 1]],
    )
    assert (
        read(
            other, ("Gastos", [HEAD, *ROWS]), ("Cotizaciones", [["Proveedor", "Monto"], ["X", 5]])
        ).sheet
        == "Gastos"
    )


def test_a_head_of_two_rows_is_understood() -> None:
    rows: list[list[object]] = [
        ["Description", "Quantity", "Cost", None, "Contribution", None, None],
        [None, None, "Unit", "Total", "CFLI", "Own", "In-kind"],
        ["Hall rental", 2, 100, 200, 150, 30, 20],
    ]
    line = read(("Budget", rows)).lines[0]
    assert (line.unit_cents, line.total_cents) == (10_000, 20_000)
    assert (line.fund_cents, line.own_cents, line.in_kind_cents) == (15_000, 3_000, 2_000)
    assert line.category == "rental"


def test_months_as_columns_add_up() -> None:
    rows: list[list[object]] = [
        ["Concepto", "Enero", "Febrero", "Marzo"],
        ["Coordinadora", 100, 100, 50],
    ]
    assert read(("P", rows)).lines[0].total_cents == 25_000


def test_a_sheet_in_canadian_dollars_says_so_and_pesos_among_them_are_told() -> None:
    rows: list[list[object]] = [
        ["Item", "Qty", "Unit cost (CAD)", "Total (CAD)"],
        ["Printing", 2, "12,000 MXN", 24000],
    ]
    budget = read(("Budget", rows))
    assert budget.currency == "CAD"
    assert "budget.other_currency" in [one.code for one in budget.problems]


def test_subtotals_and_headings_are_no_lines() -> None:
    rows: list[list[object]] = [
        ["Concepto", "Cantidad", "Costo unitario", "Total"],
        ["Guardia y representación"],
        ["Abogada", 6, 100, 600],
        ["Subtotal", None, None, 600],
        ["Total", None, None, 600],
        ["Nota: precios de abril", None, None, None],
    ]
    budget = read(("P", rows))
    assert [(one.description, one.activity, one.category) for one in budget.lines] == [
        ("Abogada", "Guardia y representación", "legal")
    ]


def test_years_on_sheets_of_their_own_are_read_together() -> None:
    budget = read(("Año 1", [HEAD, ROWS[0]]), ("Año 2", [HEAD, ROWS[1]]))
    assert [(one.description, one.fiscal_year) for one in budget.lines] == [
        ("Facilitadora", "1"),
        ("Refrigerios", "2"),
    ]


def test_a_table_inside_a_document_is_a_budget_too() -> None:
    doc = make.new()
    table = doc.add_table(rows=0, cols=len(HEAD))
    for row in [HEAD, *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = str(text)
    assert sums(read_budget("solicitud.docx", make.saved(doc))) == EXPECTED


@pytest.mark.parametrize("rows", [[], [["Hola"]], [["Proveedor", "Monto"], ["X", 5]]])
def test_no_budget_is_said_in_one_reason(rows: list[list[object]]) -> None:
    budget = read(("Hoja", rows))
    assert (budget.lines, [one.code for one in budget.problems]) == ((), ["budget.no_table"])


def test_cells_scattered_to_the_ends_of_the_earth_cost_nothing() -> None:
    data = make.rezipped(
        book(("Hoja", [["a"]])),
        lambda name, part: part.replace(b'r="A1"', b'r="XFD1048576"') if "sheet1" in name else part,
    )
    assert [one.code for one in read_budget("x.xlsx", data).problems] == ["file.sheet_too_large"]


def test_the_fund_s_name_is_no_currency() -> None:
    rows: list[list[object]] = [
        ["Fondo Canadá"],
        ["Concepto", "Total", "Solicitado al Fondo Canadá"],
        ["Renta", 10, 10],
    ]
    assert read(("P", rows)).currency == "MXN"


def test_another_donor_s_amount_and_name_may_share_a_cell() -> None:
    rows: list[list[object]] = [
        ["Concepto", "Cantidad", "Costo unitario", "Total", "Otro donante (nombre)"],
        ["Lancha", 2, 12000, 24000, "24,000 (Amigos del Mar)"],
    ]
    line = read(("P", rows)).lines[0]
    assert (line.other_cents, line.other_donor) == (2_400_000, "Amigos del Mar")
