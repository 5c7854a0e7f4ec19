"""Dates, amounts and consent as people write them."""

import pytest

from monarca.engines.documents.everyday import after, assent, dated, spoken
from monarca.engines.documents.places import place
from monarca.engines.documents.values import dates_in, money_in, months_in, number_in


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("del 1 de julio al 30 de noviembre de 2026", ["2026-07-01", "2026-11-30"]),
        ("del 1 al 30 de noviembre de 2026", ["2026-11-01", "2026-11-30"]),
        ("from July 1 to Nov 30, 2026", ["2026-07-01", "2026-11-30"]),
        ("du 1er octobre au 15 février 2027", ["2026-10-01", "2027-02-15"]),
        ("quince de julio de 2026", ["2026-07-15"]),
        ("el primero de julio de 2026", ["2026-07-01"]),
        ("15/VIII/2026", ["2026-08-15"]),
        ("del 1 de julio al 30 de nov", []),
    ],
)
def test_a_span_has_two_days_and_the_year_that_is_written_once(text: str, days: list[str]) -> None:
    assert dates_in(text, "es") == days


def test_months_share_the_year_that_is_written_once() -> None:
    assert months_in("octubre a febrero de 2027", "es") == ["2026-10", "2027-02"]
    assert dated("de agosto 2026 a enero 2027") == "de agosto 2026 a enero 2027"


def test_a_stretch_of_months_has_a_last_day() -> None:
    assert after("2026-08-01", "5 meses a partir de agosto") == "2026-12-31"
    assert after("2026-08-15", "six months") == "2027-02-14"
    assert after("2026-08-01", "mientras dure") == ""


@pytest.mark.parametrize(
    ("text", "cents", "currency"),
    [
        ("$45 mil pesos", 4_500_000, "MXN"),
        ("cuarenta y cinco mil", 4_500_000, "CAD"),
        ("45k", 4_500_000, "CAD"),
        ("twenty thousand dollars", 2_000_000, "CAD"),
        ("quatre-vingt mille dollars", 8_000_000, "CAD"),
        ("1.2 millones de pesos", 120_000_000, "MXN"),
    ],
)
def test_amounts_in_words_are_amounts(text: str, cents: int, currency: str) -> None:
    assert money_in(text, "CAD").value == {"cents": cents, "currency": currency}


def test_numbers_in_words_are_numbers() -> None:
    assert spoken("a doce mujeres") == "a 12 mujeres"
    assert number_in("treinta y dos").value == 32


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Claro que sí", True),
        ("Todavía no", False),
        ("Pas encore", False),
        ("Bien sûr", True),
        ("Notaría 5 de Puebla", None),
        ("Siempre", None),
    ],
)
def test_yes_and_no_as_people_say_them(text: str, *, meant: bool | None) -> None:
    assert assent(text) is meant


def test_a_place_with_labels_keeps_its_state() -> None:
    found = place("Estado: México, municipio: Ecatepec, localidad: Jardines de Morelos", {})
    assert found is not None
    assert found["state"] == "15"
