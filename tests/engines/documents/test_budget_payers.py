"""Who pays a line: named in its cell, in the head of a column, or by what is left to pay."""

import pytest

from tests.engines.documents.test_budget_shapes import ES, only, sheet, told

PAID = [
    ("Otro donante: GIZ (MXN)", "GIZ"),
    ("Other funder – Ford Foundation", "Ford Foundation"),
    ("Autre bailleur (Oxfam-Québec)", "Oxfam-Québec"),
    ("ACNUR", "ACNUR"),
    ("Fundación Ocelote", "Fundación Ocelote"),
    ("Aportación de la Embajada de Noruega", "Embajada de Noruega"),
    ("Gouvernement du Yucatán", "Gouvernement du Yucatán"),
    ("Otros donantes (especificar)", ""),
    ("Other Donors", ""),
    ("Autres bailleurs ($)", ""),
]


@pytest.mark.parametrize(("head", "donor"), PAID)
def test_a_donor_named_in_the_head_is_the_donor_of_its_money_only(head: str, donor: str) -> None:
    budget = sheet(
        ["Casa de la Semilla, A.C."],
        [*ES, head],
        ["Maestra", 2, 50, 100, 70, 20, 10],
        ["Pintora", 1, 60, 60, 60, 0, None],
        ["Cal", 1, 40, 40, 0, 0, 40],
    )
    assert [(one.other_cents, one.other_donor) for one in budget.lines] == [
        (1_000, donor),
        (0, ""),
        (4_000, donor),
    ]


def test_two_donors_have_a_column_each_and_our_own_name_is_ours() -> None:
    budget = sheet(
        ["Casa de la Semilla, A.C. – presupuesto"],
        ["Concepto", "Cantidad", "Costo unitario", "Total", "FCIL", "La Semilla", "UNICEF", "GIZ"],
        ["Maestra", 2, 50, 100, 70, 20, 5, 5],
        ["Pintora", 1, 60, 60, 50, 0, 10, None],
        ["Cal", 1, 40, 40, 30, 10, 0, 0],
    )
    assert [(one.own_cents, one.other_cents, one.other_donor) for one in budget.lines] == [
        (2_000, 1_000, "UNICEF, GIZ"),
        (0, 1_000, "UNICEF"),
        (1_000, 0, ""),
    ]


def test_a_column_asks_who_the_other_donor_is() -> None:
    for asked in ("¿Quién? (otro donante)", "Who? (other donor)", "Qui ? (autre bailleur)"):
        head = [*ES, "Otros donantes", asked]
        line = only(sheet(head, ["Cal", 1, 40, 40, 10, 10, 20, "Cal y Canto"]))
        assert (line.other_cents, line.other_donor) == (2_000, "Cal y Canto")


def test_an_equivalent_in_dollars_is_nobody_s_share() -> None:
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario MXN", "Total MXN", "Total CAD", "FCIL MXN"],
        ["Maestra", 2, 50, 100, 7.5, 100],
        ["Pintora", 1, 60, 60, 4.5, 60],
    )
    assert told(budget) == [("Maestra", 10_000, 10_000, 0), ("Pintora", 6_000, 6_000, 0)]


SOURCES = ["Fuentes de financiamiento", "Funding sources", "Sources de financement", "¿Quién paga?"]


@pytest.mark.parametrize("group", SOURCES)
def test_sources_stand_together_under_one_word(group: str) -> None:
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario", "Total", group, None, None, None, "Notas"],
        [None, None, None, None, "FCIL", "Tejedoras (efectivo)", "Tejedoras (especie)", "Otras"],
        ["Maestra", 2, 50, 100, 70, 20, 10, None, "ver anexo"],
        ["Pintora", 1, 60, 60, 50, 0, None, 10],
    )
    shares = [(o.fund_cents, o.own_cents, o.in_kind_cents, o.other_cents) for o in budget.lines]
    assert shares == [(7_000, 2_000, 1_000, 0), (5_000, 0, 0, 1_000)]


@pytest.mark.parametrize(
    ("head", "fund", "kind", "own"),
    [
        ("Fuente de financiamiento", "FCIL", "En especie", "Aporte propio"),
        ("Source", "CFLI", "In-kind", "Own contribution"),
        ("Source de financement", "FCIL", "En nature", "Fonds propres"),
    ],
)
def test_the_source_of_a_line_may_be_said_in_words(
    head: str, fund: str, kind: str, own: str
) -> None:
    lines = sheet(
        ["Description", "Total", head],
        ["Maestra", 100, fund],
        ["Cal", 60, kind],
        ["Lápices", 40, own],
        ["Tambor", 20, "Oxfam"],
    ).lines
    shares = [(o.fund_cents, o.in_kind_cents, o.own_cents, o.other_cents) for o in lines]
    assert shares == [(10_000, 0, 0, 0), (0, 6_000, 0, 0), (0, 0, 4_000, 0), (0, 0, 0, 2_000)]
    assert [one.other_donor for one in lines] == ["", "", "", "Oxfam"]


def test_an_amount_and_a_donor_may_share_a_cell_of_amounts() -> None:
    line = only(sheet([*ES, "Other donors"], ["Cal", 1, 40, 40, 20, 0, "20 (Oxfam)"]))
    assert (line.other_cents, line.other_donor) == (2_000, "Oxfam")
