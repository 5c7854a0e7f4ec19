"""What is written is a value only when it can be one, in the currency and option it names."""

from typing import Any

import pytest

from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, read_form
from monarca.engines.documents.values import simple
from tests.engines.documents import building as make


def answers(data: bytes, form: dict[str, Any]) -> dict[str, FieldRead]:
    return {one.key: one for one in read_form(read_docx(data), form)}


def asked(form: dict[str, Any], *rows: tuple[str, str]) -> dict[str, FieldRead]:
    doc = make.new()
    make.grid(doc, rows)
    return answers(make.saved(doc), form)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("url", "Todavía no contamos con una", None),
        ("url", "None yet", None),
        ("url", "nahuales@correo.org", None),
        ("url", "tequio.coop", "tequio.coop"),
        ("url", "visiten www.tequio.example/es.", "www.tequio.example/es"),
        ("url", "tequio.org, desde 2019", "tequio.org"),
        ("email", "Aucun pour le moment", None),
        ("email", "Escriban a red@tequio.example", "red@tequio.example"),
        ("phone", "No tenemos línea", None),
        ("phone", "55 5555 0101 ext. 4", "55 5555 0101 ext. 4"),
        ("declaration", "☒ I certify that this is exact", True),
        ("declaration", "☐ Sí ☒ No", None),
        ("declaration", "☐ I certify that this is exact", None),
    ],
)
def test_words_without_an_address_or_number_are_none(kind: str, text: str, value: object) -> None:
    assert simple(kind, text, "es").value == value


@pytest.mark.parametrize(
    ("local", "other"),
    [
        ("Apoyo solicitado (pesos mexicanos)", "Apoyo solicitado (CAD)"),
        ("Amount requested, MXN", "Amount requested, CAD"),
        ("Montant demandé en pesos", "Montant demandé en dollars canadiens"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_an_amount_belongs_to_the_currency_its_question_names(
    local: str, other: str, turned: bool, form: dict[str, Any]
) -> None:
    rows = [(other, "31,000.00"), (local, "415,400.00")]
    read = asked(form, *(rows[::-1] if turned else rows))
    assert read["requested"].value == {"cents": 3_100_000, "currency": "CAD"}
    assert read["requested_local"].value == {"cents": 41_540_000, "currency": "MXN"}


def test_a_total_asked_for_in_pesos_is_one_in_pesos(form: dict[str, Any]) -> None:
    read = asked(form, ("Costo total del proyecto (MXN)", "415,400"))
    assert read["total_cost"].value == {"cents": 41_540_000, "currency": "MXN"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Gobernanza inclusiva: derechos humanos", "IG-H"),
        ("Inclusive governance – Diversity", "IG-D"),
        ("Gouvernance inclusive > Droits de la personne", "IG-H"),
        ("Inclusive governance (human rights)", "IG-H"),
        ("Gobernanza inclusiva", "IG"),
        ("Peace and security", "PS"),
    ],
)
def test_an_option_under_its_heading_is_the_option(
    text: str, code: str, form: dict[str, Any]
) -> None:
    assert asked(form, ("Main priority", text))["priority"].value == code


def test_a_list_to_choose_from_says_the_option_under_its_heading(form: dict[str, Any]) -> None:
    doc = make.new()
    entries = ("(elija)", "Paz y seguridad", "Gobernanza inclusiva - Diversidad e inclusión")
    make.dropdown(doc.add_paragraph("Prioridad principal: "), 2, *entries)
    assert answers(make.saved(doc), form)["priority"].value == "IG-D"
