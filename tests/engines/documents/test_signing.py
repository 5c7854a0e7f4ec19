"""Who declares, as what and when is read, wherever the box and the names stand."""

from typing import Any

import pytest

from monarca.engines.documents.declaring import declares
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, read_form
from tests.engines.documents import building as make


def answers(data: bytes, form: dict[str, Any]) -> dict[str, FieldRead]:
    return {one.key: one for one in read_form(read_docx(data), form)}


SIGNED = {
    "es": (
        ("Representante legal", "Ofelia Cruz Paz", "Puesto", "Apoderado legal"),
        "Manifestamos que los datos de este formato son ciertos.",
        ("Nombre de quien firma", "Ofelia Cruz Paz", "Cargo", "Representante legal"),
        ("Fecha", "3 de junio de 2026", "Firma", ""),
        "Representante legal",
    ),
    "en": (
        ("Legal representative", "Ofelia Cruz Paz", "Position", "Chair"),
        "On behalf of the group I certify that all of this is accurate.",
        ("Name of signatory", "Ofelia Cruz Paz", "Position", "Legal representative"),
        ("Date", "3 June 2026", "Signature", ""),
        "Legal representative",
    ),
    "fr": (
        ("Représentant légal", "Ofelia Cruz Paz", "Fonction", "Présidente"),
        "J’atteste que ces renseignements sont véridiques.",
        ("Nom du signataire", "Ofelia Cruz Paz", "Fonction", "Représentante légale"),
        ("Date", "3 juin 2026", "Signature", ""),
        "Représentante légale",
    ),
}


@pytest.mark.parametrize("language", SIGNED)
@pytest.mark.parametrize("mark", ["☒", "[x]", "(X)", "✔"])
def test_a_ticked_sentence_declares_and_opens_the_block_of_who_signs(
    language: str, mark: str, form: dict[str, Any]
) -> None:
    person, sentence, signs, dated, title = SIGNED[language]
    doc = make.new()
    make.grid(doc, [person])
    doc.add_paragraph(f"{mark} {sentence}")
    make.grid(doc, [signs, dated])
    read = answers(make.saved(doc), form)
    assert read["declares"].value is True
    assert read["declared_name"].value == "Ofelia Cruz Paz"
    assert read["declared_title"].value == title
    assert read["declared_on"].value == "2026-06-03"
    assert read["representative_title"].value == person[3]


@pytest.mark.parametrize(
    "rows",
    [
        [("☒", "Declaro bajo protesta que todo es verdad.")],
        [("Declaro bajo protesta que todo es verdad.", "☒")],
        [("Declaración", "☒ Declaro bajo protesta que todo es verdad.")],
        [("☒ Declaro bajo protesta que todo es verdad.",)],
    ],
)
def test_the_box_may_stand_in_a_cell_of_its_own(
    rows: list[tuple[str, ...]], form: dict[str, Any]
) -> None:
    doc = make.new()
    make.grid(doc, rows)
    assert answers(make.saved(doc), form)["declares"].value is True


def test_an_open_box_declares_nothing(form: dict[str, Any]) -> None:
    doc = make.new()
    doc.add_paragraph("☐ Declaro que la información es verdadera.")
    assert answers(make.saved(doc), form)["declares"].value is None


@pytest.mark.parametrize(
    "text",
    [
        "☒ Acepto recibir noticias por correo.",
        "☒ Yes   ☐ No",
        "Declaro que todo es cierto.",
        "☒ We declare our income every year.",
        "☒ Es cierto que hubo retrasos.",
    ],
)
def test_other_consent_is_no_declaration(text: str) -> None:
    assert not declares(text)


def test_a_question_under_the_heading_of_its_part_is_heard(form: dict[str, Any]) -> None:
    doc = make.new()
    table = doc.add_table(rows=2, cols=2)
    for row, (lines, answer) in enumerate(
        [
            (("4. Explicación", "¿Qué problema quieren resolver?"), "El río baja sucio."),
            (("5. Details", "How will you follow progress?"), ""),
        ]
    ):
        left, right = table.rows[row].cells
        left.text, right.text = lines[0], answer
        left.add_paragraph(lines[1])
    read = answers(make.saved(doc), form)
    assert read["context"].value == "El río baja sucio."
    assert read["monitoring"].value is None
    assert read["monitoring"].text == ""
