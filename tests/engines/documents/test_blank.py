"""The call's own blank form: what was added answers, whatever it sounds like."""

from typing import Any

import pytest

from monarca.engines.documents.blank import Blank
from monarca.engines.documents.lexicon import questions
from tests.engines.documents import building as make
from tests.engines.documents.test_forms import answers

SAID = "Mujeres y hombres: cuánto pedimos, quién decide, y el costo total"


def printed(form: dict[str, Any], language: str, said: dict[str, str], *, inside: bool) -> bytes:
    """The form's questions with their hints in a table; answers beside, or under the question."""
    doc = make.new()
    table = doc.add_table(rows=0, cols=2)
    for key, question in questions(form).items():
        left, right = table.add_row().cells
        left.text = f"A1 {question['label'][language]}"
        hint = (question.get("hint") or {}).get(language, "")
        for line in (hint, "(hasta 100 palabras)"):
            left.add_paragraph(line)
        if key in said:
            (left.add_paragraph(said[key]) if inside else setattr(right, "text", said[key]))
    return make.saved(doc)


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_the_printed_form_says_nothing(language: str, form: dict[str, Any]) -> None:
    read = answers(printed(form, language, {}, inside=False), form)
    assert [one.key for one in read.values() if one.value is not None] == []


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("language", ["es", "fr"])
def test_what_was_added_is_the_answer(language: str, form: dict[str, Any], *, inside: bool) -> None:
    worded = [key for key, one in questions(form).items() if one["kind"] == "words"]
    said = {key: f"{SAID} {number}." for number, key in enumerate(worded)}
    read = answers(printed(form, language, said, inside=inside), form)
    assert {key: read[key].value for key in worded} == said


def test_a_form_of_other_hands_is_not_taken_for_it(form: dict[str, Any]) -> None:
    blank = Blank(form)
    few = [make_line(question["label"]["es"]) for question in list(questions(form).values())[:9]]
    blank.compare(few, heard=9)
    assert not blank.is_known


def make_line(text: str):  # type: ignore[no-untyped-def]
    from monarca.engines.documents.asking import said

    return said(text)
