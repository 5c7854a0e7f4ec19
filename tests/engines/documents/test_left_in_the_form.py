"""What a form prints beside a question to help is never read as its answer."""

from typing import Any

import pytest

from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, read_form
from monarca.engines.documents.prompting import prompts, unprompted
from tests.engines.documents import building as make


def answers(data: bytes, form: dict[str, Any]) -> dict[str, FieldRead]:
    return {one.key: one for one in read_form(read_docx(data), form)}


def stacked(*rows: tuple[str, ...]) -> bytes:
    """A table of one column: the paragraphs of each row's cell."""
    doc = make.new()
    table = doc.add_table(rows=0, cols=1)
    for first, *more in rows:
        cell = table.add_row().cells[0]
        cell.text = first
        for text in more:
            cell.add_paragraph(text)
    return make.saved(doc)


GUIDED = {
    "es": (
        ("Título del proyecto", "Milpas que aguantan la sequía"),
        ("Correo electrónico", "milpa@semillas.example"),
        "¿Quiénes son y qué hacen?",
        "Integrantes, historia y zona de trabajo.",
        "Somos 22 campesinas de Tlaxiaco que guardan semilla desde 1999.",
    ),
    "en": (
        ("Title of the project", "Milpas that outlast drought"),
        ("E-mail", "milpa@semillas.example"),
        "Who are you and what do you do?",
        "Members, history, area. Half a page at most.",
        "We are 22 farmers of Tlaxiaco who have kept seed since 1999.",
    ),
    "fr": (
        ("Titre du projet", "Des milpas qui résistent"),
        ("Courriel", "milpa@semillas.example"),
        "Qui êtes-vous et que faites-vous?",
        "Membres, histoire, région; au plus une page.",
        "Nous sommes 22 paysannes de Tlaxiaco qui gardons des semences depuis 1999.",
    ),
}


@pytest.mark.parametrize("language", GUIDED)
def test_where_answers_stand_below_a_second_paragraph_of_the_question_guides(
    language: str, form: dict[str, Any]
) -> None:
    title, mail, asked, guidance, answer = GUIDED[language]
    read = answers(
        stacked((title[0],), (title[1],), (mail[0],), (mail[1],), (asked, guidance), (answer,)),
        form,
    )
    assert read["about"].value == answer
    assert read["title"].value == title[1]
    assert all(guidance not in one.text for one in read.values())


def test_where_answers_stand_in_the_question_s_cell_the_row_below_is_not_taken(
    form: dict[str, Any],
) -> None:
    data = stacked(
        ("Título del proyecto", "Milpas que aguantan"),
        ("Correo electrónico", "milpa@semillas.example"),
        ("¿Quiénes son y qué hacen?", "Somos 22 campesinas de Tlaxiaco."),
        ("¿Tienen mascota?", "Un perro."),
    )
    read = answers(data, form)
    assert read["about"].value == "Somos 22 campesinas de Tlaxiaco."
    assert read["title"].value == "Milpas que aguantan"


@pytest.mark.parametrize(
    ("label", "answer"),
    [
        ("¿Qué problema quieren resolver? Explique con cifras.", "Faltan pozos en nueve pueblos."),
        ("¿Qué problema quieren resolver? En no más de 200 palabras.", "Faltan pozos."),
        ("Which problem do you want to solve? Please support it with figures.", "Wells run dry."),
        (
            "Quel problème voulez-vous résoudre? Appuyez-vous sur des faits.",
            "Les puits sont à sec.",
        ),
        (
            "Quel problème voulez-vous résoudre? Veuillez citer vos sources.",
            "Les puits sont à sec.",
        ),
    ],
)
def test_a_command_behind_a_question_on_its_line_is_no_answer(
    label: str, answer: str, form: dict[str, Any]
) -> None:
    doc = make.new()
    doc.add_paragraph(label)
    doc.add_paragraph(answer)
    doc.add_paragraph("Correo electrónico: pozo@agua.example")
    assert answers(make.saved(doc), form)["context"].value == answer


def test_a_command_behind_a_question_that_was_left_empty_is_not_read(form: dict[str, Any]) -> None:
    doc = make.new()
    make.grid(doc, [("¿Qué problema atienden? Explique con cifras.", ""), ("RFC", "AAA010101AA1")])
    read = answers(make.saved(doc), form)
    assert read["context"].value is None
    assert "cifras" not in read["context"].text


@pytest.mark.parametrize(
    ("label", "lines", "wanted"),
    [
        (
            "Persona de contacto: nombre, cargo y teléfono",
            ("Nombre: Ana Luz Paz", "Cargo: Tesorera", "Teléfono: 951 555 0101"),
            {"contact_name": "Ana Luz Paz", "contact_title": "Tesorera"},
        ),
        (
            "Contact person: name and position",
            ("Name: Ana Luz Paz", "Position: Treasurer"),
            {"contact_name": "Ana Luz Paz", "contact_title": "Treasurer"},
        ),
        (
            "Représentant légal : nom et fonction",
            ("Nom : Ana Luz Paz", "Fonction : Trésorière"),
            {"representative_name": "Ana Luz Paz", "representative_title": "Trésorière"},
        ),
    ],
)
def test_the_parts_a_question_names_are_no_answer(
    label: str, lines: tuple[str, ...], wanted: dict[str, str], form: dict[str, Any]
) -> None:
    read = answers(stacked((label,), lines), form)
    assert {key: read[key].value for key in wanted} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Describa con datos el problema.",
        "Historia, integrantes y logros. Máximo 150 palabras.",
        "Mission and members (no more than 100 words).",
        "80 words maximum. Mention what you do and whom you serve.",
        "Mencione su misión. 120 palabras como máximo. Incluya su membresía.",
        "Décrivez vos sources. 300 mots au plus.",
        "Please give evidence.",
        "Media cuartilla como máximo.",
        "Favor de anexar evidencia.",
        "In 200 words or less.",
    ],
)
def test_a_text_that_tells_what_to_write_prompts(text: str) -> None:
    assert prompts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please no logo: it was used against us.",
        "Hasta 2019 no había agua.",
        "Publicaremos dos libros. 40 páginas.",
        "Haremos un cuaderno (40 páginas).",
        "Describe Ana que el pozo está seco.",
        "Precisamos agua para 40 familias.",
        "Provide 40 women with tools.",
        "Explain rights to 40 women.",
        "Entre 40 y 50 palabras nuevas por mes.",
    ],
)
def test_a_text_that_answers_does_not_prompt(text: str) -> None:
    assert not prompts(text)


def test_only_the_command_behind_a_question_goes() -> None:
    assert unprompted("Please give evidence. We counted 30 cases.") == "We counted 30 cases."
    assert unprompted("We counted 30 cases.") == "We counted 30 cases."
