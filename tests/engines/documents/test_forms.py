"""Filled forms in every layout give the answers a person sees in them, and nothing else."""

from typing import Any

import pytest

from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, read_form
from tests.engines.documents import building as make
from tests.engines.documents.layouts import LAYOUTS


def answers(data: bytes, form: dict[str, Any]) -> dict[str, FieldRead]:
    return {one.key: one for one in read_form(read_docx(data), form)}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_answer_is_read_and_nothing_is_invented(layout: str, form: dict[str, Any]) -> None:
    data, truth = LAYOUTS[layout]()
    read = answers(data, form)
    assert {key: read[key].value if key in read else None for key in truth} == truth
    invented = {key: one.value for key, one in read.items() if key not in truth and one.value}
    assert set(invented) <= {"places"}


def test_every_answer_has_its_place_and_a_confidence(form: dict[str, Any]) -> None:
    data, _ = LAYOUTS["two columns"]()
    read = answers(data, form)
    assert read["title"].place == "table 1, row 1"
    assert all(0 <= one.confidence <= 100 for one in read.values())
    assert read["title"].confidence >= 75


def test_an_unknown_question_ends_the_answer_before_it(form: dict[str, Any]) -> None:
    data, _ = LAYOUTS["paragraphs"]()
    read = answers(data, form)
    assert read["title"].text == "Escuelas sin violencia"
    assert all("Sagitario" not in one.text and "Ninguno" not in one.text for one in read.values())


def test_answers_typed_in_blue_are_answers_where_blue_does_not_guide(form: dict[str, Any]) -> None:
    data, _ = LAYOUTS["side by side"]()
    assert answers(data, form)["title"].value == "Bees and Women"


@pytest.mark.parametrize(
    ("line", "chosen"),
    [
        ("☒ Sí ☐ No", True),
        ("☐ Sí ☒ No", False),
        ("Sí ☐ No ☒", False),
        ("( x ) Yes (  ) No", True),
        ("Oui [ ]  Non [X]", False),
        ("Sí __X__  No ____", True),
        ("Sí, desde 2015", True),
        ("☐ Sí ☐ No", None),
    ],
)
def test_a_mark_counts_before_or_behind_its_label(
    line: str, chosen: bool | None, form: dict[str, Any]
) -> None:
    doc = make.new()
    table = doc.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "¿Tienen cuenta de banco?", line
    assert answers(make.saved(doc), form)["bank_account"].value is chosen


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("3.2 ¿Cuánto pide?", "requested"),
        ("B) Monto solicitado al Fondo Canadá (CAD):", "requested"),
        ("Q7. AMOUNT REQUESTED", "requested"),
        ("Montant demande", "requested"),
        ("Who decides?", "gba_decides"),
        ("Qui prend les décisions", "gba_decides"),
        ("¿Quiénes deciden en el proyecto?", "gba_decides"),
        ("Describa el problema que atenderá", "context"),
        ("What will remain once the project is over?", "sustainability"),
    ],
)
def test_everyday_words_ask_the_same(question: str, key: str, form: dict[str, Any]) -> None:
    doc = make.new()
    table = doc.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = question, "CAD 20,000"
    assert list(answers(make.saved(doc), form)) == [key]


def test_the_blank_form_has_no_answers(form: dict[str, Any]) -> None:
    doc = make.new()
    table = doc.add_table(rows=0, cols=2)
    for section in form["sections"]:
        for question in section["questions"]:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = question["label"]["es"], "________"
    read = answers(make.saved(doc), form)
    assert len(read) > 60
    assert [one.key for one in read.values() if one.value is not None] == []


def test_the_pack_s_own_labels_are_known_in_three_languages(form: dict[str, Any]) -> None:
    for language in ("es", "en", "fr"):
        doc = make.new()
        table = doc.add_table(rows=0, cols=2)
        asked = [
            question
            for section in form["sections"]
            for question in section["questions"]
            if question["kind"] in {"words", "text"}
        ]
        said = {
            question["key"]: f"Xochitl {number} zumba." for number, question in enumerate(asked)
        }
        for question in asked:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = question["label"][language], said[question["key"]]
        read = answers(make.saved(doc), form)
        right = [key for key, text in said.items() if key in read and read[key].value == text]
        assert len(right) >= 0.95 * len(asked), sorted({q["key"] for q in asked} - set(right))
