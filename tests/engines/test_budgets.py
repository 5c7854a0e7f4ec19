"""Budgets: every sum adds up, every cap holds, and no excluded cost slips through."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import budgets
from monarca.engines.budgets import Context, Line

DEFINITION = {
    "call": {"max_cents": 10_000_000},
    "budget": {
        "overhead_percent": 15,
        "categories": [
            {"code": "training", "kind": "direct"},
            {"code": "hospitality", "kind": "direct"},
            {"code": "overhead", "kind": "overhead"},
        ],
    },
    "costs": {
        "ineligible": [
            {
                "code": "alcohol",
                "words": {
                    "es": ["alcohol", "cerveza", "vino", "bebidas alcohólicas"],
                    "en": ["alcohol", "beer", "wine"],
                    "fr": ["alcool", "bière", "vin"],
                },
            },
            {"code": "gifts", "words": {"es": ["regalo"], "en": ["gift"], "fr": ["cadeau"]}},
        ]
    },
}
GOOD = Line(
    "1",
    "A1",
    "training",
    "Taller",
    "taller",
    Decimal(4),
    250_000,
    1_000_000,
    800_000,
    100_000,
    100_000,
)
OVERHEAD = Line("2", "", "overhead", "Administración", total_cents=120_000, fund_cents=120_000)
PLAN = {"A1": "Talleres", "A2": "Difusión"}


def codes(*lines, context=None, definition=DEFINITION):
    found = budgets.check(lines, definition, context)
    return [(each.line, each.column, each.reason.code.removeprefix("budget.")) for each in found]


def test_a_good_budget_has_no_problem():
    context = Context(activities=PLAN, years=("2024-2025",), stated={"total": 1_120_000})
    assert codes(GOOD, OVERHEAD, context=context) == []


def test_no_line_is_a_problem():
    assert codes() == [("", "", "empty")]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"total_cents": 1_000_001, "fund_cents": 800_001},
            ("1", "total_cents", "product_differs"),
        ),
        ({"own_cents": 99_999}, ("1", "fund_cents", "shares_differ")),
        ({"category": ""}, ("1", "category", "category_missing")),
        ({"category": "land"}, ("1", "category", "category_unknown")),
        ({"activity": " "}, ("1", "activity", "activity_missing")),
        ({"activity": "A3"}, ("1", "activity", "activity_unknown")),
        ({"description": "Sala en especie"}, ("1", "fund_cents", "in_kind_paid")),
        ({"description": "Travail bénévole"}, ("1", "fund_cents", "in_kind_paid")),
        ({"own_cents": 0, "other_cents": 100_000}, ("1", "other_donor", "donor_unnamed")),
        ({"fiscal_year": "2025-2026"}, ("1", "fiscal_year", "year_outside")),
        ({"fiscal_year": "2"}, ("1", "fiscal_year", "year_outside")),
        ({"description": "Vinos de honor"}, ("1", "description", "excluded_cost")),
    ],
)
def test_each_fault_of_a_line_is_named_at_its_cell(changes, expected):
    context = Context(activities=PLAN, years=("2024-2025",))
    assert codes(replace(GOOD, **changes), context=context) == [expected]


def test_a_line_without_quantity_or_total_says_so():
    line = replace(GOOD, quantity=None, total_cents=None)
    assert ("1", "total_cents", "total_missing") in codes(line)
    assert codes(replace(GOOD, quantity=None, unit_cents=None)) == []
    assert codes(replace(GOOD, total_cents=None)) == []


def test_negative_cells_are_named():
    line = replace(GOOD, own_cents=-100_000, fund_cents=1_000_000)
    assert codes(line) == [("1", "own_cents", "negative")]
    assert ("1", "quantity", "negative") in codes(replace(GOOD, quantity=Decimal(-4)))
    assert ("1", "unit_cents", "negative") in codes(replace(GOOD, unit_cents=-1))


def test_half_cents_round_to_even():
    line = Line(
        "1",
        "A1",
        "training",
        quantity=Decimal("0.5"),
        unit_cents=125,
        total_cents=62,
        fund_cents=62,
    )
    assert codes(line) == []


@pytest.mark.parametrize(
    "written", ["A1", "a1", "talleres", "TALLERES", "1", "A2", "Actividad 2: difusión", "Act. 2"]
)
def test_an_activity_is_known_by_id_name_or_place(written):
    assert codes(replace(GOOD, activity=written), context=Context(activities=PLAN)) == []


@pytest.mark.parametrize("written", ["3", "A3", "0", "Otra cosa", "12 talleres"])
def test_an_activity_outside_the_plan_is_not_known(written):
    found = codes(replace(GOOD, activity=written), context=Context(activities=PLAN))
    assert found == [("1", "activity", "activity_unknown")]


def test_overhead_may_reach_its_cap_and_not_pass_it():
    direct = Line("1", "A1", "training", total_cents=850_000, fund_cents=850_000)
    assert codes(direct, replace(OVERHEAD, total_cents=150_000, fund_cents=150_000)) == []
    over = replace(OVERHEAD, total_cents=150_001, fund_cents=150_001)
    found = budgets.check([direct, over], DEFINITION)
    assert [each.reason.code for each in found] == ["budget.overhead_over_cap"]
    assert found[0].reason.values == {
        "percent": 15,
        "overhead_cents": 150_001,
        "cap_cents": 150_000,
        "currency": "CAD",
    }


def test_overhead_paid_by_others_does_not_count():
    paid = Line("2", "", "overhead", "Renta", total_cents=900_000, own_cents=900_000)
    assert codes(GOOD, paid) == []


def test_the_most_the_fund_gives_is_in_canadian_dollars():
    line = Line("1", "A1", "training", total_cents=136_612_022, fund_cents=136_612_022)
    mxn = Context(currency="MXN", rate=Decimal("0.0732"))
    assert codes(line, context=mxn) == []
    more = replace(line, total_cents=136_612_030, fund_cents=136_612_030)
    assert codes(more, context=mxn) == [("", "fund_cents", "fund_over_max")]
    assert codes(more, context=Context(currency="MXN")) == []
    assert codes(more) == [("", "fund_cents", "fund_over_max")]


def test_what_is_asked_in_the_form_is_what_the_budget_asks():
    assert codes(GOOD, context=Context(requested_cents=800_000)) == []
    assert codes(GOOD, context=Context(requested_cents=800_001)) == [
        ("", "fund_cents", "requested_differs")
    ]
    mxn = Context(currency="MXN", rate=Decimal("0.0732"), requested_cents=58_000)
    assert codes(GOOD, context=mxn) == []
    assert codes(GOOD, context=replace(mxn, requested_cents=60_000)) == [
        ("", "fund_cents", "requested_differs")
    ]


def test_a_budget_that_asks_for_nothing_says_so():
    line = replace(GOOD, fund_cents=0, own_cents=900_000)
    assert codes(line) == [("", "fund_cents", "nothing_asked")]


def test_two_years_need_a_year_on_each_line_and_lines_in_each_year():
    years = Context(years=("2024-2025", "2025-2026"))
    assert codes(GOOD, context=years) == [
        ("1", "fiscal_year", "year_missing"),
        ("", "", "year_without_lines"),
        ("", "", "year_without_lines"),
    ]
    one, two = replace(GOOD, fiscal_year="1"), replace(GOOD, key="3", fiscal_year="2025-26")
    assert codes(one, two, context=years) == []


def test_stated_sums_are_held_against_the_lines():
    stated = {"total": 1_120_001, "fund": 920_000, "own": 100_000, "in_kind": 0}
    found = budgets.check([GOOD, OVERHEAD], DEFINITION, Context(stated=stated))
    assert [(each.column, each.reason.values["computed_cents"]) for each in found] == [
        ("total_cents", 1_120_000),
        ("in_kind_cents", 100_000),
    ]
    assert (
        codes(GOOD, OVERHEAD, context=Context(stated={"total": 1_120_001}, tolerance_cents=1)) == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "Cerveza",
        "cervezas artesanales",
        "CERVEZA.",
        "vino",
        "vinos",
        "Bebidas alcohólicas",
        "bebidas alcoholicas",
        "una bebida alcoholica",
        "Wine and cheese",
        "vin d'honneur",
        "3 bières",
        "gifts",
        "cadeaux",
        "Ponencia sin costo y vino tinto",
        "No perecederos; vino",
    ],
)
def test_excluded_costs_are_spotted_by_whole_words(text):
    line = replace(GOOD, description=text)
    assert [
        spotted.line for spotted in budgets.excluded([line], DEFINITION["costs"]["ineligible"])
    ] == ["1"]


@pytest.mark.parametrize(
    "text",
    [
        "Teatro Cervantes",
        "Vinoteca municipal",
        "Vinculación",
        "Refrigerios (sin alcohol)",
        "alcohol-free drinks",
        "no incluye bebidas alcohólicas",
        "Taller de prevención del consumo de alcohol",
        "Gel y alcohol isopropílico",
        "Alcohol en gel",
        "sans alcool",
        "Winery road map",
        "regalías",
        "",
    ],
)
def test_other_words_and_turned_words_are_not(text):
    line = replace(GOOD, description=text)
    assert budgets.excluded([line], DEFINITION["costs"]["ineligible"]) == ()


def test_a_language_restricts_the_words():
    line = replace(GOOD, description="Wine")
    costs = DEFINITION["costs"]["ineligible"]
    assert budgets.excluded([line], costs, language="es") == ()
    assert budgets.excluded([line], costs, language="en") == (
        budgets.Spotted("1", "alcohol", "wine"),
    )


cells = st.integers(0, 10**9)
lines = st.builds(
    lambda key, fund, own, kind, other, category, year: Line(
        str(key),
        category=category,
        total_cents=fund + own + kind + other,
        fund_cents=fund,
        own_cents=own,
        in_kind_cents=kind,
        other_cents=other,
        other_donor="X",
        fiscal_year=year,
    ),
    st.integers(),
    cells,
    cells,
    cells,
    cells,
    st.sampled_from(["training", "overhead"]),
    st.sampled_from(["1", "2"]),
)


@given(st.lists(lines, max_size=8))
def test_totals_agree_in_every_direction(given_lines):
    sums = budgets.totals(given_lines)
    assert sums.columns["total"] == sum(sums.columns[share] for share in budgets.SHARES)
    for groups in (sums.categories, sums.years):
        for column in budgets.COLUMNS:
            assert sum(group[column] for group in groups.values()) == sums.columns[column]


@given(st.lists(lines, min_size=1, max_size=8), st.data())
def test_a_cent_changed_anywhere_shows(given_lines, data):
    at = data.draw(st.integers(0, len(given_lines) - 1))
    column = data.draw(
        st.sampled_from(["total_cents", "fund_cents", "own_cents", "in_kind_cents", "other_cents"])
    )
    touched = list(given_lines)
    touched[at] = replace(touched[at], key="here", **{column: getattr(touched[at], column) + 1})
    found = budgets.check(touched, DEFINITION)
    assert [each.line for each in found if budgets.is_arithmetic(each)] == ["here"]
    assert not any(budgets.is_arithmetic(each) for each in budgets.check(given_lines, DEFINITION))


@given(st.lists(lines, max_size=6), st.sampled_from(["CAD", "MXN"]))
def test_every_reason_has_a_known_code(given_lines, currency):
    context = Context(currency=currency, activities={}, years=("2024-2025",), stated={"fund": 1})
    assert {each.reason.code for each in budgets.check(given_lines, DEFINITION, context)} <= set(
        budgets.CODES
    )
