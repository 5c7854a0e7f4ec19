"""What the reader knows beyond wordings: ideas, looks, sums, answers that tell the question."""

import io
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.documents.asking import Ear, said
from monarca.engines.documents.budgets import BudgetRead, read_budget
from monarca.engines.documents.concepts import meant
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, read_form
from monarca.engines.documents.lexicon import phrases
from monarca.engines.documents.marks import boxes
from tests.engines.documents import building as make
from tests.engines.documents.strangers import FOLDER


@pytest.fixture(scope="module")
def ear(form: dict[str, Any]) -> Ear:
    return Ear(form)


def answers(data: bytes, form: dict[str, Any]) -> dict[str, FieldRead]:
    return {one.key: one for one in read_form(read_docx(data), form)}


def table(form: dict[str, Any], *rows: tuple[str, ...]) -> dict[str, FieldRead]:
    doc = make.new()
    make.grid(doc, rows)
    return answers(make.saved(doc), form)


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("¿Cómo bautizaron la iniciativa?", "title"),
        ("What is your network called?", "legal_name"),
        ("Comment s'appelle votre collectif?", "legal_name"),
        ("Arrancamos", "starts_on"),
        ("Wrap-up", "ends_on"),
        ("¿Cuánta lana piden?", "requested"),
        ("Subvention souhaitée", "requested"),
        ("Qui tranche?", "gba_decides"),
        ("¿Quién manda en el proyecto?", "gba_decides"),
        ("TÍTULO DEL PROYECTO / PROJECT TITLE", "title"),
        ("R.F.C.", "rfc"),
    ],
)
def test_other_words_for_the_same_ideas_ask_the_same(ear: Ear, question: str, key: str) -> None:
    asked = ear.hear(said(question), label=True)
    assert asked is not None
    assert asked.target == key


@pytest.mark.parametrize(
    "question",
    [
        "Talla de playera",
        "Favourite colour",
        "¿Tienen mascota?",
        "How did you learn about the fund?",
    ],
)
def test_questions_of_others_are_nobody_s(ear: Ear, question: str) -> None:
    asked = ear.hear(said(question), label=True)
    assert asked is None or asked.target == "section:"


MEANT = {
    "generic:name": {"contact_name", "legal_name", "representative_name"},
    "generic:phone": {"phone", "contact_phone"},
    "generic:email": {"email", "contact_email"},
    "generic:title": {"contact_title", "title"},
    "generic:currency": {"bank_currency"},
    "generic:total": {"total_cost"},
    "group:organisation": {"legal_name"},
    "group:contact": {"contact_name"},
    "group:representative": {"representative_name"},
}


def test_labels_as_people_write_them_ask_what_they_mean(ear: Ear) -> None:
    """Nine hundred labels; "-" leads those that ask nothing of ours. Words decide, no layout."""
    wrong, every = [], 0
    for line in (FOLDER / "labels.txt").read_text("utf-8").splitlines():
        key, *labels = line.split("|")
        for label in labels:
            asked = ear.hear(said(label), label=True)
            target = asked.target if asked is not None else "section:"
            wanted = "section:" if key == "-" else key
            every += 1
            if wanted != target and key not in MEANT.get(target, ()):
                wrong.append(f"{label}: {target}")
    assert every > 850
    assert len(wrong) <= 0.06 * every, wrong


def test_every_wording_of_the_form_means_something(form: dict[str, Any]) -> None:
    assert all(meant(phrase) for _, phrase in phrases(form) if phrase.strip("¿?. "))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_its_ideas_whatever_its_case(text: str) -> None:
    assert meant(text.upper()) == meant(text.upper().lower())


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("☒ Sí ☐ No", [("Sí", True), ("No", False)]),
        ("Sí ☒ No ☐", [("Sí", True), ("No", False)]),
        ("R: ☐ Yes  ☒ No", [("Yes", False), ("No", True)]),
        ("Sí ✓      No", [("Sí", True)]),
    ],
)
def test_a_mark_belongs_to_the_nearer_label(line: str, found: list[tuple[str, bool]]) -> None:
    assert boxes(line) == found


def test_guidance_in_grey_italics_above_an_answer_is_left_out(form: dict[str, Any]) -> None:
    doc = make.new()
    make.bold(doc, "Título del proyecto")
    run = doc.add_paragraph().add_run("Piense en algo que se recuerde.")
    run.italic = True
    doc.add_paragraph("Maíz de colores")
    assert answers(make.saved(doc), form)["title"].value == "Maíz de colores"


def test_a_column_that_only_instructs_holds_no_answers(form: dict[str, Any]) -> None:
    hint = "Indique con claridad, en pocas palabras."
    read = table(
        form,
        ("Pregunta", "Instrucciones", "Respuesta"),
        ("Nombre de la organización", hint, "Red de Abuelas"),
        ("Título del proyecto", hint, "Telares"),
        ("¿Quién decide?", hint, "La asamblea."),
    )
    assert {key: one.value for key, one in read.items()} == {
        "legal_name": "Red de Abuelas",
        "title": "Telares",
        "gba_decides": "La asamblea.",
    }


def test_an_answer_may_tell_what_was_asked_but_with_doubt(form: dict[str, Any]) -> None:
    read = table(
        form,
        ("Persona de contacto", "Irma Tecuapetla"),
        ("Para recados", "irma@rioverde.example"),
        ("Fecha de inicio", "01/09/2026"),
        ("Bajamos la cortina", "15/02/2027"),
    )
    assert read["contact_email"].value == "irma@rioverde.example"
    assert read["ends_on"].value == "2027-02-15"
    assert max(read["contact_email"].confidence, read["ends_on"].confidence) < 75


def test_an_amount_alone_tells_nothing(form: dict[str, Any]) -> None:
    read = table(
        form,
        ("Título del proyecto", "Telares"),
        ("¿Quién decide?", "La asamblea."),
        ("Deudas con el banco", "CAD 30,000"),
    )
    assert "requested" not in read


def sheet(*rows: list[object], hidden: int = 0) -> BudgetRead:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in rows:
        page.append(row)
    if hidden:
        page.row_dimensions[hidden].hidden = True
    out = io.BytesIO()
    book.save(out)
    return read_budget("p.xlsx", out.getvalue())


def test_columns_in_unknown_words_are_known_by_their_arithmetic() -> None:
    budget = sheet(
        ["Concepto", "Cantidad", "Zumba", "Total", "Fondo Canadá", "Xochitl"],
        ["Bocina", 2, 300, 600, 400, 200],
        ["Lona", 3, 50, 150, 150, 0],
        ["Camión", 5, 20, 100, 60, 40],
    )
    assert [(one.unit_cents, one.own_cents) for one in budget.lines] == [
        (30_000, 20_000),
        (5_000, 0),
        (2_000, 4_000),
    ]


def test_a_row_that_only_repeats_a_sum_is_no_line() -> None:
    rows: list[list[object]] = [
        ["Concepto", "Cantidad", "Costo unitario", "Total"],
        ["Bocina", 2, 300, 600],
        ["Lona", 3, 50, 150],
        ["Ahí nomás", None, None, 750],
    ]
    budget = sheet(*rows)
    assert [one.description for one in budget.lines] == ["Bocina", "Lona"]
    assert budget.stated_total_cents == 75_000


@pytest.mark.parametrize(("total", "lines"), [(750, 2), (1_750, 3)])
def test_a_hidden_row_counts_only_where_the_total_counts_it(total: int, lines: int) -> None:
    budget = sheet(
        ["Concepto", "Cantidad", "Costo unitario", "Total"],
        ["Bocina", 2, 300, 600],
        ["Pastel", 1, 1_000, 1_000],
        ["Lona", 3, 50, 150],
        ["TOTAL", None, None, total],
        hidden=3,
    )
    assert (len(budget.lines), budget.problems) == (lines, ())
