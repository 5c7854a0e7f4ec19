"""Columns and cells beside a line: taxes, units, donors, who works for nothing, merged categories."""

import pytest

from tests.engines.documents.test_budget_shapes import sheet

TAXED = [
    ("Importe", "IVA", "Total", "FCIL"),
    ("Importe sin IVA", "IVA 16", "Importe con IVA", "FCIL"),
    ("Amount", "Tax", "Total with tax", "CFLI"),
    ("Amount before tax", "VAT", "Amount payable", "CFLI"),
    ("Montant HT", "TVA", "Montant TTC", "FCIL"),
    ("Montant", "TPS", "À payer", "FCIL"),
]


@pytest.mark.parametrize("heads", TAXED)
@pytest.mark.parametrize("part", [True, False])
def test_a_line_costs_its_amount_and_its_tax(heads: tuple[str, ...], part: bool) -> None:
    first, tax, total, fund = heads
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario", first, tax, total, fund],
        ["Torno", 2, 50, 100, 0.16 if part else 16, 116, 116],
        ["Horno", 1, 300, 300, 0.16 if part else 48, 348, 348],
        ["Maestra", 3, 20, 60, 0, 60, 60],
    )
    assert [one.cents for one in budget.lines] == [11_600, 34_800, 6_000]
    assert [one.quantity for one in budget.lines] == [2, 1, 3]
    assert budget.problems == ()


@pytest.mark.parametrize("heads", [("Costo", "IVA", "Total"), ("Coût", "TVA", "Coût total")])
def test_a_cost_that_multiplies_to_the_total_with_tax_is_that_of_one(
    heads: tuple[str, str, str],
) -> None:
    budget = sheet(
        ["Concepto", "Cantidad", *heads],
        ["Torno", 2, 50, 16, 116],
        ["Horno", 3, 100, 48, 348],
    )
    lines = [(one.quantity, one.unit_cents, one.cents) for one in budget.lines]
    assert lines == [(2, 5_000, 11_600), (3, 10_000, 34_800)]
    assert budget.problems == ()


def test_a_wrong_product_is_told_although_there_are_taxes() -> None:
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario", "Importe", "IVA", "Total"],
        ["Torno", 2, 50, 100, 16, 116],
        ["Horno", 1, 300, 300, 48, 348],
        ["Barro", 9, 10, 95, 5, 100],
    )
    assert [one.code for one in budget.problems] == ["budget.line_differs"]


def test_a_column_after_the_tax_that_is_no_sum_is_no_total() -> None:
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario", "Total", "IVA", "Folio"],
        ["Torno", 2, 50, 100, 16, 501],
        ["Horno", 1, 300, 300, 48, 502],
    )
    assert [one.cents for one in budget.lines] == [10_000, 30_000]


CATEGORIES = [
    ("Rubro", "Equipo", "Viajes"),
    ("Category", "Equipment", "Travel"),
    ("Catégorie", "Équipement", "Voyages"),
]


@pytest.mark.parametrize(("head", "first", "second"), CATEGORIES)
def test_a_category_written_once_counts_for_the_lines_below(
    head: str, first: str, second: str
) -> None:
    budget = sheet(
        [head, "Description", "Qty", "Unit cost", "Total"],
        [first, "Torno", 2, 50, 100],
        [None, "Zarandas", 1, 30, 30],
        [second, "Panga", 1, 30, 30],
        [None, "Mulas", 1, 30, 30],
        [None, "Subtotal", None, None, 60],
        [None, "Vaquetas", 1, 40, 40],
    )
    assert [one.category for one in budget.lines] == [
        "equipment",
        "equipment",
        "travel",
        "travel",
        "",
    ]


def test_a_blank_category_stays_blank_where_the_others_are_repeated() -> None:
    budget = sheet(
        ["Category", "Description", "Qty", "Unit cost", "Total"],
        ["Equipment", "Torno", 2, 50, 100],
        ["Equipment", "Horno", 1, 30, 30],
        [None, "Zarandas", 1, 30, 30],
    )
    assert [one.category for one in budget.lines] == ["equipment", "equipment", ""]


@pytest.mark.parametrize(
    "head",
    [
        ["Qué", "Cuántos", "de qué", "Precio"],
        ["What", "How many", "of what", "Price"],
        ["Quoi", "Combien", "de quoi", "Prix"],
        ["Concepto", "Cantidad", None, "Precio"],
        ["Concepto", "Cantidad", "Se cuenta por", "Precio"],
    ],
)
def test_the_words_beside_the_quantities_are_units(head: list[object]) -> None:
    budget = sheet(
        [*head, "Total"],
        ["Torno grande", 2, "piezas", 50, 100],
        ["Maestra alfarera", 3, "meses", 20, 60],
        ["Total", None, None, None, 160],
    )
    assert [one.unit for one in budget.lines] == ["piezas", "meses"]


@pytest.mark.parametrize(("beside", "text"), [("Notas", "usado"), ("Dónde", "Tlaquepaque")])
def test_notes_and_places_beside_the_quantities_are_no_units(beside: str, text: str) -> None:
    lines = sheet(
        ["Concepto", "Lugar", "Cantidad", beside, "Costo unitario", "Total"],
        ["Torno", "Tonalá", 2, text, 50, 100],
        ["Maestra", "Sayula", 3, "Chapala", 20, 60],
    ).lines
    assert [one.unit for one in lines] == ["", ""]


SOURCES = [
    ("Otros", "Procedencia"),
    ("Other donors", "Source of other contributions"),
    ("Autres", "Provenance des autres fonds"),
    ("Autres bailleurs", "Confirmé par"),
]


@pytest.mark.parametrize(("other", "who"), SOURCES)
def test_words_that_stand_where_others_pay_name_them(other: str, who: str) -> None:
    budget = sheet(
        ["Description", "Qty", "Unit cost", "Total", "FCIL", other, who],
        ["Torno", 2, 50, 100, 60, 40, "Fundación Barro"],
        ["Maestra", 3, 20, 60, 60, None, None],
    )
    assert [(one.other_cents, one.other_donor) for one in budget.lines] == [
        (4_000, "Fundación Barro"),
        (0, ""),
    ]


@pytest.mark.parametrize(
    ("head", "text"),
    [("Observaciones", "con carta"), ("Confirmado por", "Sí"), ("Carta", "En mayo")],
)
def test_notes_name_no_donor(head: str, text: str) -> None:
    budget = sheet(
        ["Description", "Qty", "Unit cost", "Total", "FCIL", "Otros", head],
        ["Torno", 2, 50, 100, 60, 40, text],
        ["Maestra", 3, 20, 60, 60, None, None],
    )
    assert [one.other_donor for one in budget.lines] == ["", ""]


@pytest.mark.parametrize(
    "given",
    [
        "Barro Azul (trabajo voluntario)",
        "Barro Azul (volunteer hours, loans)",
        "Barro Azul (bénévolat)",
        "Barro Azul: tequio y préstamos",
    ],
)
def test_work_and_loans_of_our_own_are_in_kind(given: str) -> None:
    budget = sheet(
        ["Colectivo Barro Azul"],
        ["Concepto", "Cantidad", "Costo unitario", "Total", "FCIL", "Barro Azul (dinero)", given],
        ["Torno", 2, 50, 100, 60, 40, None],
        ["Maestra", 3, 20, 60, None, None, 60],
        ["Cal", 1, 40, 40, 40, None, None],
    )
    shares = [(o.fund_cents, o.own_cents, o.in_kind_cents) for o in budget.lines]
    assert shares == [(6_000, 4_000, 0), (0, 0, 6_000), (4_000, 0, 0)]


def test_our_only_share_is_seen_among_many_lines() -> None:
    paid = [[f"Pieza {one}", 1, 50 + one, 50 + one, 50 + one, None] for one in range(12)]
    budget = sheet(
        ["Colectivo Barro Azul"],
        ["Concepto", "Cantidad", "Costo unitario", "Total", "FCIL", "Barro Azul"],
        *paid,
        ["Horno", 1, 100, 100, 70, 30],
    )
    assert [one.own_cents for one in budget.lines] == [0] * 12 + [3_000]


def test_a_number_that_only_stands_beside_what_is_left_pays_nothing() -> None:
    paid = [[f"Pieza {one}", 1, 50 + one, 50 + one, 50 + one, 7] for one in range(12)]
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario", "Total", "FCIL", "Semana"],
        *paid,
        ["Horno", 1, 100, 100, 70, 7],
    )
    assert {one.own_cents + one.other_cents for one in budget.lines} == {0}


def test_two_columns_of_work_given_are_both_in_kind() -> None:
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario", "Total", "FCIL", "Voluntariado", "Faena"],
        ["Torno", 2, 50, 100, 60, 40, None],
        ["Horno", 1, 30, 30, 10, None, 20],
    )
    assert [(one.own_cents, one.in_kind_cents) for one in budget.lines] == [(0, 4_000), (0, 2_000)]
