"""The small Markdown: what it reads, and that a person's words pass through it unchanged."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.documents.writing import markdown
from monarca.engines.documents.writing.markdown import Items, Paragraph, Run


def test_blank_lines_separate_paragraphs_and_wrapped_lines_are_joined() -> None:
    assert markdown.parse("Uno\ndos.\n\n\nTres.") == (
        Paragraph((Run("Uno dos."),)),
        Paragraph((Run("Tres."),)),
    )


def test_dashes_make_one_list_with_wrapped_items_and_bold_words() -> None:
    assert markdown.parse("Debe:\n- rendir\n  cuentas\n\n- **guardar** facturas\n\nFin.") == (
        Paragraph((Run("Debe:"),)),
        Items(((Run("rendir cuentas"),), (Run("guardar", bold=True), Run(" facturas")))),
        Paragraph((Run("Fin."),)),
    )


def test_two_asterisks_without_a_partner_stay_as_they_are() -> None:
    assert markdown.runs("a ** b") == (Run("a ** b"),)
    assert markdown.runs("**a** b ** c") == (Run("a", bold=True), Run(" b ** c"))


def test_filling_in_puts_the_words_of_a_person_inside_bold_without_reading_them() -> None:
    filled = markdown.fill(
        "La **{name}** recibe {amount}.", {"name": "A ** B {amount}", "amount": "- 5"}
    )
    assert markdown.parse(filled) == (
        Paragraph((Run("La "), Run("A ** B {amount}", bold=True), Run(" recibe - 5."))),
    )


def test_filling_in_refuses_a_placeholder_without_a_value() -> None:
    with pytest.raises(KeyError, match="amount"):
        markdown.fill("Hasta {amount}.", {"name": "x"})


def test_the_placeholders_of_a_text_can_be_asked_for() -> None:
    assert markdown.placeholders("{a} y {b.c} y {a} y {} y {9}") == {"a", "b.c"}


def test_several_lines_of_a_person_become_paragraphs_not_lists() -> None:
    assert markdown.parse(markdown.plain("- uno\n**dos**\n\n  tres")) == (
        Paragraph((Run("- uno"),)),
        Paragraph((Run("**dos**"),)),
        Paragraph((Run("tres"),)),
    )


def test_cleaning_drops_control_and_direction_signs_and_keeps_spaces_that_do_not_break() -> None:
    assert (
        markdown.line("a\x00\x07b\u202ec\ufeff\ud800\ufffed\te\r\nf\u00a0g\U0001ffff")
        == "abcd e f\u00a0g"
    )


@given(st.text())
def test_any_words_come_back_letter_by_letter_from_a_filled_text(words: str) -> None:
    (paragraph,) = markdown.parse(markdown.fill("x{words}x", {"words": words}))
    assert isinstance(paragraph, Paragraph)
    assert "".join(run.text for run in paragraph.runs) == f"x{markdown.line(words)}x"
    assert not any(run.bold for run in paragraph.runs)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(words: str) -> None:
    once = markdown.clean(words)
    assert markdown.clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="ab *-\\{}\n"))
def test_any_markdown_is_read_and_no_letter_is_lost(text: str) -> None:
    read = markdown.parse(text)
    rows = [
        row
        for block in read
        for row in ((block.runs,) if isinstance(block, Paragraph) else block.items)
    ]
    letters = "".join(run.text for row in rows for run in row)
    assert [sign for sign in letters if sign in "ab"] == [sign for sign in text if sign in "ab"]
    assert all(run.text for row in rows for run in row)
