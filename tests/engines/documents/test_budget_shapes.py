"""Budgets as people really make them: other words, other shapes, three languages."""

from decimal import Decimal

import pytest

from monarca.engines.budgets.lines import Line
from monarca.engines.documents.budgets import BudgetRead
from tests.engines.documents.test_budgets import read

type Row = list[object]

SPACES = ["\u00a0", "\u202f", "\u2009", " ", "'", "\u2019"]
ES = ["Concepto", "Cantidad", "Costo unitario", "Total", "Solicitado al FCIL", "Aporte propio"]
EN = ["Item", "Qty", "Unit cost", "Total", "CFLI", "Own contribution"]
FR = ["Libellé", "Quantité", "Coût unitaire", "Total", "Demandé au FCIL", "Apport propre"]


def sheet(*rows: Row) -> BudgetRead:
    return read(("Hoja", [list(row) for row in rows]))


def told(budget: BudgetRead) -> list[tuple[str, int | None, int, int]]:
    return [
        (one.description, one.total_cents, one.fund_cents, one.own_cents) for one in budget.lines
    ]


def only(budget: BudgetRead) -> Line:
    assert len(budget.lines) == 1
    return budget.lines[0]


@pytest.mark.parametrize("space", SPACES)
def test_amounts_typed_as_text_are_read_whatever_parts_their_thousands(space: str) -> None:
    amounts = [f"2{space}400,50 $", f"4{space}801,00 $", f"4{space}801,00 $", "néant"]
    line = only(sheet(FR, ["Semoir", "2", *amounts]))
    assert (line.unit_cents, line.total_cents, line.fund_cents) == (240_050, 480_100, 480_100)


@pytest.mark.parametrize(
    ("written", "currency"),
    [
        ("Coût unitaire ($ CA)", "CAD"),
        ("Coût unitaire ($CAN)", "CAD"),
        ("Coût unitaire (CAD $)", "CAD"),
        ("Coût unitaire (C$)", "CAD"),
        ("Coût unitaire ($ MXN)", "MXN"),
        ("Coût unitaire (pesos)", "MXN"),
        ("Coût unitaire (US$)", "USD"),
    ],
)
def test_the_currency_stands_in_a_head_in_many_ways(written: str, currency: str) -> None:
    assert sheet(["Poste", "Qté", written, "Total"], ["Ruches", 3, 40, 120]).currency == currency


@pytest.mark.parametrize("empty", ["-", "—", "n/a", "s.o.", "Néant", "No aplica", "$ -", "TBC"])
def test_a_cell_filled_to_say_that_it_is_empty_is_no_donor_and_no_amount(empty: str) -> None:
    budget = sheet(
        ["Item", "Qty", "Unit cost", "Total", "CFLI", "Other donors"],
        ["Seedlings", 10, 5, 50, 50, empty],
    )
    line = only(budget)
    assert (line.other_cents, line.other_donor, budget.problems) == (0, "", ())


def test_words_of_categories_do_not_describe_lines() -> None:
    budget = sheet(
        ["Poste", "Désignation", "Unité", "Nbre", "Prix unitaire", "Montant"],
        ["Personnel", "Apicultrice en chef", "mois", 4, 100, 400],
        ["Déplacements", "Essence pour la camionnette", "litre", 50, 2, 100],
        ["Équipement", "Ruches langstroth", "pièce", 6, 50, 300],
        ["TOTAL GÉNÉRAL", None, None, None, None, 800],
        ["Fait à Valladolid, le 3 mars"],
    )
    assert [(one.category, one.description) for one in budget.lines] == [
        ("personnel", "Apicultrice en chef"),
        ("travel", "Essence pour la camionnette"),
        ("equipment", "Ruches langstroth"),
    ]
    assert budget.stated_total_cents == 80_000


def test_short_items_beside_notes_still_describe_lines() -> None:
    budget = sheet(
        ["Concepto", "Observaciones", "Cantidad", "Costo unitario", "Total"],
        ["Transporte", "Dos camionetas de ida y vuelta", 2, 10, 20],
        ["Renta", "El salón de la escuela primaria", 3, 10, 30],
        ["Papelería", "Según la cotización anexa", 4, 10, 40],
    )
    assert [one.description for one in budget.lines] == ["Transporte", "Renta", "Papelería"]


PART = {
    "es": ("Subtotal", "Total de la actividad", "Suma", "GRAN TOTAL", "TOTAL DE GASTOS"),
    "en": ("Sub-total", "Total of activity", "Total A", "GRAND TOTAL", "Total project costs"),
    "fr": ("Sous-total", "Total du volet", "Total 1", "TOTAL GÉNÉRAL", "TOTAL DES DÉPENSES"),
}


@pytest.mark.parametrize(("head", "language"), [(ES, "es"), (EN, "en"), (FR, "fr")])
@pytest.mark.parametrize("part", [0, 1])
@pytest.mark.parametrize("whole", [3, 4])
def test_part_totals_are_told_from_the_total(
    head: Row, language: str, part: int, whole: int
) -> None:
    words = PART[language]
    budget = sheet(
        head,
        ["PRIMERO"],
        ["Maestra", 2, 50, 100, 80, 20],
        ["Pintora", 1, 60, 60, 60, "-"],
        [f"{words[part]} 1", None, None, 160, 140, 20],
        ["SEGUNDO"],
        ["Lápices", 10, 4, 40, 40, "-"],
        [f"{words[part]} 2", None, None, 40, 40, 0],
        [words[whole], None, None, 200, 180, 20],
    )
    assert [one.description for one in budget.lines] == ["Maestra", "Pintora", "Lápices"]
    assert (budget.stated_total_cents, budget.problems) == (20_000, ())
    assert [one.activity for one in budget.lines] == ["PRIMERO", "PRIMERO", "SEGUNDO"]


ANOTHER: list[list[Row]] = [
    [["PLAN DE FINANCEMENT", None, None, "Montant ($)"]],
    [["Fuentes de financiamiento"]],
    [["Sources of funding", None, None, "Amount", "%"]],
    [["Cash flow"], ["Month", None, None, "Amount"]],
    [["Resumen por fuente"]],
    [[None, None, None, "Monto"]],
]


@pytest.mark.parametrize("title", ANOTHER)
@pytest.mark.parametrize("stated", [True, False])
def test_a_second_table_below_holds_no_lines(title: list[Row], stated: bool) -> None:
    total = [["Total", None, None, 160, 140, 20]] if stated else []
    budget = sheet(
        ES,
        ["Maestra", 2, 50, 100, 80, 20],
        ["Pintora", 1, 60, 60, 60, 0],
        *total,
        [],
        *title,
        ["Fondo Canadá", None, None, 140],
        ["Nosotras", None, None, 20],
        ["Total", None, None, 160],
    )
    assert [one.description for one in budget.lines] == ["Maestra", "Pintora"]


def test_a_total_said_again_by_source_adds_no_lines() -> None:
    budget = sheet(
        EN,
        ["Teacher", 2, 50, 100, 80, 20],
        ["Painter", 1, 60, 60, 60, 0],
        ["Total", None, None, 160, 140, 20],
        ["From the embassy", None, None, 140],
        ["From our members", None, None, 20],
        ["Total", None, None, 160],
    )
    assert [one.description for one in budget.lines] == ["Teacher", "Painter"]
    assert budget.stated_total_cents == 16_000


def test_costs_after_the_total_of_direct_costs_are_lines() -> None:
    budget = sheet(
        EN,
        ["Teacher", 2, 50, 100, 80, 20],
        ["Painter", 1, 60, 60, 60, 0],
        ["Total direct costs", None, None, 160, 140, 20],
        ["Bookkeeping", 1, 10, 10, 10, 0],
        ["Total", None, None, 170, 150, 20],
    )
    assert [one.description for one in budget.lines] == ["Teacher", "Painter", "Bookkeeping"]


def test_the_head_of_a_second_block_in_other_words_goes_on() -> None:
    budget = sheet(
        ES,
        ["Maestra", 2, 50, 100, 80, 20],
        ["Total actividad 1", None, None, 100, 80, 20],
        ["Concepto", "Cant.", "C. unitario", "Costo total", "FCIL", "Contrapartida"],
        ["Pintora", 1, 60, 60, 60, 0],
        ["Total", None, None, 160, 140, 20],
    )
    assert [one.description for one in budget.lines] == ["Maestra", "Pintora"]


def test_a_note_of_the_exchange_rate_is_no_line() -> None:
    budget = sheet(ES, ["Maestra", 2, 50, 100, 80, 20], ["Tipo de cambio", None, None, 13.4])
    assert [one.description for one in budget.lines] == ["Maestra"]


def test_a_head_may_wrap_over_three_rows() -> None:
    budget = sheet(
        ["Descripción", "Cant.", "Costo", "Costo", "Solicitado", "Aportación"],
        ["del", None, "unitario", "total", "al Fondo", "de la"],
        ["gasto", None, "(MXN)", "(MXN)", "Canadá", "organización"],
        ["Maestra", 2, 50, 100, 80, 20],
        ["Pintora", 1, 60, 60, 60, 0],
    )
    assert told(budget) == [("Maestra", 10_000, 8_000, 2_000), ("Pintora", 6_000, 6_000, 0)]


def test_a_table_may_begin_far_down_and_far_to_the_right() -> None:
    away: Row = [None] * 25
    letter: list[Row] = [["Carta de la tesorera"], *([] for _ in range(50))]
    budget = sheet(
        *letter,
        [*away, *ES],
        [*away, "Maestra", 2, 50, 100, 80, 20],
        [*away, "Total", None, None, 100, 80, 20],
    )
    assert told(budget) == [("Maestra", 10_000, 8_000, 2_000)]
    assert budget.stated_total_cents == 10_000


def test_far_columns_without_names_are_known_by_their_numbers() -> None:
    away: Row = [None] * 25
    budget = sheet(
        [*away, "Concepto", "?", "?", "Total"],
        [*away, "Maestra", 2, 50, 100],
        [*away, "Pintora", 3, 60, 180],
        [*away, "Cal", 7, 4, 28],
    )
    assert [one.quantity for one in budget.lines] == [2, 3, 7]


@pytest.mark.parametrize(
    ("heads", "cells", "quantity"),
    [
        (["Cantidad", "Días"], [3, 4], 12),
        (["Nombre", "Jours"], [3, 4], 12),
        (["Qty", "Months", "% of time"], [1, 8, 0.5], 4),
        (["Cantidad", "Meses", "% de tiempo"], [1, 8, "50 %"], 4),
        (["Quantité", "Mois", "% du temps"], [1, 8, 50], 4),
        (["Qty", "LOE"], [8, 0.25], 2),
        (["No. de personas", "Días", "Sesiones"], [2, 3, 5], 30),
    ],
)
def test_a_quantity_is_the_product_of_all_that_multiplies(
    heads: Row, cells: Row, quantity: int
) -> None:
    total = quantity * 30
    budget = sheet(
        ["Description", *heads, "Tarif", "Total", "FCIL"],
        ["Maestra", *cells, 30, total, total],
        ["Pintora", *cells, 60, 2 * total, 2 * total],
    )
    assert [one.quantity for one in budget.lines] == [Decimal(quantity)] * 2
    assert budget.problems == ()


def test_a_heading_with_the_sum_of_its_lines_is_no_line() -> None:
    budget = sheet(
        ES,
        ["A. Personal", None, None, 160, 140, 20],
        ["Maestra", 2, 50, 100, 80, 20],
        ["Pintora", 1, 60, 60, 60, 0],
        ["B. Viajes", None, None, 40, 40, 0],
        ["Lancha a la isla", 1, 40, 40, 40, 0],
        ["Total", None, None, 200, 180, 20],
    )
    assert [(one.description, one.category) for one in budget.lines] == [
        ("Maestra", "personnel"),
        ("Pintora", "personnel"),
        ("Lancha a la isla", "travel"),
    ]
    assert budget.problems == ()


def test_a_heading_s_letter_may_have_a_cell_of_its_own() -> None:
    budget = sheet(
        ["Núm.", *ES],
        ["A", "Viajes"],
        ["A1", "Panga", 2, 50, 100, 80, 20],
        ["B", "Equipo"],
        ["B1", "Molino", 1, 60, 60, 60, 0],
    )
    assert [(o.description, o.category) for o in budget.lines] == [
        ("Panga", "travel"),
        ("Molino", "equipment"),
    ]


def test_a_line_costs_its_total_with_tax() -> None:
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario", "Subtotal", "IVA", "Total", "FCIL"],
        ["Molino", 1, 100, 100, 16, 116, 116],
    )
    assert told(budget) == [("Molino", 11_600, 11_600, 0)]


def test_shares_that_are_formulas_are_worked_out() -> None:
    budget = sheet(
        ES,
        ["Maestra", 2, 50, "=B2*C2", "=ROUND(D2*80%,2)", "=D2-E2"],
        ["Pintora", 1, 60, "=PRODUCT(B3:C3)", "=IF(D3>50,D3,0)", "=IFERROR(D3-E3,0)"],
        ["Total", None, None, "=SUM(D2:D3)", "=SUM(E2:E3)", "=SUM(F2:F3)"],
    )
    assert told(budget) == [("Maestra", 10_000, 8_000, 2_000), ("Pintora", 6_000, 6_000, 0)]
    assert (budget.stated_total_cents, budget.problems) == (16_000, ())


def test_an_activity_that_sounds_like_another_table_keeps_its_lines() -> None:
    budget = sheet(
        EN,
        ["Our river"],
        ["Teacher", 2, 50, 100, 80, 20],
        ["Timeline of our river (mural)"],
        ["Painter", 1, 60, 60, 60, 0],
        ["Cash flow"],
        ["January", None, None, 160],
    )
    assert [(one.description, one.activity) for one in budget.lines] == [
        ("Teacher", "Our river"),
        ("Painter", "Timeline of our river (mural)"),
    ]


def test_a_lump_sum_is_a_line_though_the_next_costs_as_much() -> None:
    budget = sheet(ES, ["Fletes", None, None, 100, 100, 0], ["Maestra", 2, 50, 100, 80, 20])
    assert [one.description for one in budget.lines] == ["Fletes", "Maestra"]


def test_a_total_may_stand_beside_a_letter() -> None:
    budget = sheet(
        ["Clave", *ES],
        ["A.1", "Maestra", 2, 50, 100, 80, 20],
        ["A", "Subtotal", None, None, 100, 80, 20],
        ["B.1", "Cal", 1, 30, 30, 30, 0],
        ["C", "Gran total", None, None, 130, 110, 20],
    )
    assert [one.description for one in budget.lines] == ["Maestra", "Cal"]
    assert budget.stated_total_cents == 13_000


def test_the_first_of_two_costs_is_that_of_one() -> None:
    budget = sheet(
        ["Actividad", "Insumo", "Cant.", "Días", "Personas", "Costo", "Importe"],
        ["Taller", "Comidas", 1, 3, 20, 85, 5100],
        ["Taller", "Salón", 1, 3, 1, 1500, 4500],
    )
    lines = [(one.quantity, one.unit_cents, one.total_cents) for one in budget.lines]
    assert lines == [(60, 8_500, 510_000), (3, 150_000, 450_000)]


def test_numbers_of_lines_do_not_describe_them() -> None:
    budget = sheet(
        ["Budget line", "Description", "Qty", "Unit cost", "Total"],
        ["1.1", "Trainer", 2, 50, 100],
        ["1.2", "Lime", 1, 60, 60],
    )
    assert [one.description for one in budget.lines] == ["Trainer", "Lime"]


def test_an_amount_of_the_first_year_is_no_year() -> None:
    budget = sheet(["Item", "Qty", "Unit cost", "Year 1", "Total"], ["Trainer", 2, 50, 60, 100])
    assert only(budget).fiscal_year == ""


def test_the_activity_may_stand_over_the_head() -> None:
    head = ["Concepto", "Cantidad", "Costo unitario", "Total"]
    budget = sheet(
        ["Actividad 1. Bordado"],
        head,
        ["Maestra", 2, 50, 100],
        ["Subtotal", None, None, 100],
        ["Actividad 2. Foro"],
        head,
        ["Cal", 1, 60, 60],
        ["TOTAL", None, None, 160],
    )
    activities = [one.activity for one in budget.lines]
    assert activities == ["Actividad 1. Bordado", "Actividad 2. Foro"]


def test_thousands_may_be_said() -> None:
    line = only(sheet(["Concepto", "Monto"], ["Renta de la casa", "12.5 mil pesos"]))
    assert line.total_cents == 1_250_000


def test_words_in_a_column_of_money_begin_no_other_table() -> None:
    budget = sheet(
        ["Concepto", "Total", "FCIL"],
        ["Maestra", 100, 100],
        ["Salón", "en especie", None],
        ["Cal", 60, 60],
    )
    assert [one.description for one in budget.lines] == ["Maestra", "Cal"]
