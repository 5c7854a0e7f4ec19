"""The form as a Word file: everything is asked in it, and intake reads what people write in it."""

from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from monarca.engines.documents import intake
from tests import world

WORDS = {
    "text": "Respuesta {}",
    "words": "Respuesta {}",
    "email": "r{}@example.org",
    "phone": "951 555 01{:02}",
    "url": "https://example.org/{}",
}
"""What people write, by the kind of the question."""


def blank(call, language):
    answer = Client().get(f"/{language}/calls/{call.code}/questions.docx")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{call.code}.docx"'
    return Document(BytesIO(answer.content))


def empty_rooms(paper):
    """The empty cells beside questions, with the question's label."""
    for table in paper.tables:
        for row in table.rows[1:]:
            if len(row.cells) == 2 and not row.cells[1].text.strip():
                yield row.cells[0].paragraphs[0].text, row.cells[1]


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_every_question_and_every_option_stands_in_it(call, language):
    paper = blank(call, language)
    cells = {
        each.text
        for table in paper.tables
        for row in table.rows
        for cell in row.cells
        for each in cell.paragraphs
    }
    captions = {each.text for each in paper.paragraphs}
    for section in world.definition()["sections"]:
        for question in section["questions"]:
            label = question["label"][language]
            assert any(label in text for text in cells | captions), question["key"]
            for option in question.get("options", ()):
                assert f"☐ {option['label'][language]}" in cells, question["key"]


def test_a_long_list_has_an_empty_room_and_only_yes_or_no_asks_for_them(call):
    definition = world.definition()
    questions = [each for section in definition["sections"] for each in section["questions"]]
    (state,) = [each for each in questions if each["key"] == "state"]
    rooms = dict(empty_rooms(blank(call, "es")))
    assert any(state["label"]["es"] in label for label in rooms)


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_what_people_write_beside_a_question_is_read_as_its_answer(call, language):
    paper = blank(call, language)
    kinds = {
        question["label"][language]: question["kind"]
        for section in world.definition()["sections"]
        for question in section["questions"]
    }
    written = {}
    for number, (numbered, room) in enumerate(empty_rooms(paper)):
        label = numbered.partition(" ")[2]
        room.text = written[label] = WORDS.get(kinds.get(label), "Respuesta {}").format(number)
    body = BytesIO()
    paper.save(body)

    reading = intake.read_file("form.docx", body.getvalue(), world.definition())

    read = {each.key: each.value for each in reading.fields}
    asked = {
        question["key"]: written[question["label"][language]]
        for section in world.definition()["sections"]
        for question in section["questions"]
        if question["kind"] in WORDS and question["label"][language] in written
    }
    assert len(asked) > 30
    assert {key: read.get(key) for key in asked} == asked


def test_a_call_that_is_not_announced_has_no_form(client, db):
    assert client.get("/en/calls/CFLI-MX-1999/questions.docx").status_code == 404
