"""The Word file opens, has real styles and a language, and holds every letter."""

import io
import zipfile
from datetime import UTC, datetime

import docx as python_docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.documents.writing import docx, markdown
from monarca.engines.documents.writing.shapes import Article, Document, Fact, Language
from tests.engines.documents_writing.conftest import (
    AT,
    NASTY,
    make_agreement,
    make_receipt,
    make_table,
)


def opened(document: Document) -> Word:
    return python_docx.Document(io.BytesIO(docx.write(document, at=AT)))


def styled(word: Word, style: str) -> list[str]:
    return [
        each.text for each in word.paragraphs if each.style is not None and each.style.name == style
    ]


def test_title_headings_and_lists_have_the_styles_word_knows() -> None:
    word = opened(make_agreement())
    assert styled(word, "Title") == ["Acuerdo de contribución"]
    assert styled(word, "Subtitle") == ["Red de promotoras de la salud mixe"]
    assert styled(word, "Heading 1") == [
        "Las partes",
        "1. Monto",
        "2. Auditoría",
        "Firmas",
        "Anexo A. Plan de trabajo",
    ]
    assert styled(word, "List Bullet") == ["rinde cuentas;", "guarda facturas."]
    assert styled(word, "Caption") == ["Calendario de pagos"]


def test_bold_words_are_bold_and_only_they() -> None:
    (paragraph,) = [
        each for each in opened(make_agreement()).paragraphs if each.text.startswith("Hasta")
    ]
    assert [(run.text, run.bold) for run in paragraph.runs] == [
        ("Hasta ", None),
        ("CAD 45,000.00", True),
        (".", None),
    ]


def test_the_first_row_of_a_table_repeats_and_numbers_stand_at_the_right() -> None:
    (table,) = opened(make_agreement()).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Condición", "Porcentaje", "Monto CAD"],
        ["A la firma", "60 %", "27,000.00"],
        ["Informe final", "40 %", "18,000.00"],
        ["Total", "100 %", "45,000.00"],
    ]
    headers = [
        row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
        for row in table.rows
    ]
    assert headers == [True, False, False, False]
    assert [str(cell.paragraphs[0].alignment) for cell in table.rows[1].cells] == [
        "None",
        "RIGHT (2)",
        "RIGHT (2)",
    ]
    assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val") == ["Calendario de pagos"]


@pytest.mark.parametrize(
    ("language", "tag", "foot"),
    [
        ("es", "es-MX", "Página 1 de 1"),
        ("en", "en-CA", "Page 1 of 1"),
        ("fr", "fr-CA", "Page 1 de 1"),
    ],
)
def test_language_and_page_numbers_follow_the_paper(
    language: Language, tag: str, foot: str
) -> None:
    word = opened(make_agreement(language))
    marks = word.styles.element.findall(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert [mark.get(qn("w:val")) for mark in marks] == [tag]
    assert word.core_properties.language == tag
    paragraph = word.sections[0].footer.paragraphs[0]._p
    assert (
        "".join(each.text for each in paragraph.iter(qn("w:t")))
        == f"CFLI-MX-2024-0017 · Fondo Canadá para Iniciativas Locales{foot}"
    )
    assert [each.get(qn("w:instr")) for each in paragraph.iter(qn("w:fldSimple"))] == [
        "PAGE",
        "NUMPAGES",
    ]


def test_the_properties_say_what_the_paper_is_and_when_it_was_made() -> None:
    properties = opened(make_agreement()).core_properties
    assert (properties.title, properties.author, properties.identifier) == (
        "Acuerdo de contribución",
        "Embajada de Canadá en México",
        "CFLI-MX-2024-0017",
    )
    assert properties.created == properties.modified == AT
    assert properties.comments == ""


def test_the_rows_of_a_small_table_hold_on_to_the_next_row() -> None:
    (table,) = opened(make_agreement()).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert kept == [True, True, True, None]


def test_the_header_and_the_totals_are_bold() -> None:
    (table,) = opened(make_agreement()).tables
    assert [row.cells[2].paragraphs[0].runs[0].bold for row in table.rows] == [
        True,
        None,
        None,
        True,
    ]


def test_a_place_to_sign_is_blank_until_it_is_signed() -> None:
    text = [each.text for each in opened(make_agreement()).paragraphs]
    start = text.index("Firmas")
    assert text[start + 1 : start + 8] == [
        "la Embajada",
        f"Firma: {'_' * 34}",
        "Ana Roy",
        "Jefa de misión",
        f"Lugar y fecha: {'_' * 34}",
        "la organización",
        "Firmado el 4 de mayo",
    ]


def test_a_draft_says_so_at_the_head_of_every_page() -> None:
    assert opened(make_agreement(draft=True)).sections[0].header.paragraphs[0].text == "Borrador"
    assert opened(make_agreement()).sections[0].header.paragraphs[0].text == ""
    assert len(styled(opened(make_agreement(draft=True)), "Monarca Note")) == 2


def test_annexes_begin_a_new_page_and_articles_do_not() -> None:
    headings = [
        each
        for each in opened(make_agreement()).paragraphs
        if each.style and each.style.name == "Heading 1"
    ]
    assert [each.paragraph_format.page_break_before for each in headings] == [
        None,
        None,
        None,
        None,
        True,
    ]


def test_the_same_paper_is_the_same_bytes_whatever_the_hour_of_the_machine() -> None:
    first, again = (docx.write(make_agreement(), at=AT) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        docx.write(make_receipt(), at=datetime(2024, 5, 3))  # noqa: DTZ001 - the point of the test


def test_the_creation_date_is_told_in_utc() -> None:
    mexico = AT.astimezone(datetime.fromisoformat("2024-05-03T00:00:00-06:00").tzinfo)
    word = python_docx.Document(io.BytesIO(docx.write(make_receipt(), at=mexico)))
    assert word.core_properties.created == AT.astimezone(UTC)


def test_a_very_long_title_fits_into_the_properties() -> None:
    word = opened(make_agreement(title="x" * 5000, author="y" * 300))
    assert (len(word.core_properties.title), len(word.core_properties.author)) == (255, 255)
    assert styled(word, "Title") == ["x" * 5000]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_any_words_come_back_letter_by_letter(text: str) -> None:
    check_words(text)


@pytest.mark.parametrize(
    "text",
    [NASTY, "]]>&lt;", "مرحبا 中文 😀", "a\x00b\ufffe", "x" * 9000, "\u00a0x\u00a0", "_x000D_"],
)
def test_difficult_words_come_back_letter_by_letter(text: str) -> None:
    check_words(text)


def check_words(text: str) -> None:
    line = markdown.line(text)
    document = make_receipt(
        subtitle=text,
        facts=(Fact(label="x", value=text),),
        articles=(
            Article(
                key="a",
                title=f"A {text}",
                text=f"x{markdown.literal(text)}x",
                tables=(make_table(foot=(text,) * 3),),
            ),
        ),
    )
    word = opened(document)
    assert styled(word, "Subtitle") == ([line] if line else [])
    assert styled(word, "Heading 1") == [markdown.line(f"1. A {text}")]
    assert f"x{line}x" in styled(word, "Normal")
    in_a_cell = "\n".join(markdown.line(part) for part in text.split("\n")).strip("\n")
    assert word.tables[0].rows[1].cells[1].text == in_a_cell
    assert [cell.text for cell in word.tables[1].rows[3].cells] == [line] * 3
