"""The PDF is tagged, says its language, and survives whatever people write."""

import io
import re
import warnings
from datetime import datetime
from pathlib import Path

import pypdf
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.engines.documents.writing import glyphs, markdown, pdf
from monarca.engines.documents.writing.shapes import Article, Document, Fact, Language, Table
from tests.engines.documents_writing.conftest import (
    AT,
    NASTY,
    make_agreement,
    make_receipt,
    make_table,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # PyMuPDF's own deprecations
    import outloud  # type: ignore[import-untyped]
    import pymupdf


def opened(document: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf.write(document, at=AT)))


def words(document: Document) -> str:
    """All text of the pages, without spaces and hyphens: line breaks are the typesetter's affair."""
    return squeezed("".join(page.extract_text() for page in opened(document).pages))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def tags(reader: pypdf.PdfReader) -> list[str]:
    found: list[str] = []

    def walk(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            walk(node.get("/K", []))

    walk(reader.root_object["/StructTreeRoot"])
    return found


@pytest.mark.parametrize(("language", "tag"), [("es", "es-MX"), ("en", "en-CA"), ("fr", "fr-CA")])
def test_a_screen_reader_finds_tags_language_and_title(language: Language, tag: str) -> None:
    reader = opened(make_agreement(language))
    root = reader.root_object
    assert str(root["/Lang"]) == tag
    assert str(root["/MarkInfo"]) == "{'/Marked': True, '/Suspects': False}"
    assert "'/DisplayDocTitle': True" in str(root["/ViewerPreferences"])
    assert reader.metadata is not None
    assert reader.metadata.title == "Acuerdo de contribución"
    assert reader.metadata.author == "Embajada de Canadá en México"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf.write(make_agreement(language), at=AT)


def test_headings_lists_and_table_headers_are_tagged_as_such() -> None:
    found = tags(opened(make_agreement()))
    wanted = {"/H1": 5, "/L": 1, "/LI": 2, "/Table": 1, "/Caption": 1, "/TH": 3, "/TR": 4}
    assert {name: found.count(name) for name in wanted} == wanted


@pytest.mark.parametrize(
    "document",
    [make_agreement(draft=True), make_agreement("fr"), make_receipt()],
    ids=["draft", "french", "receipt"],
)
def test_outloud_finds_nothing_to_object_to(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf.write(document, at=AT))
    result = outloud.check(str(path))
    assert (result.error, result.verdict, result.errors, result.warnings) == (None, "pass", 0, 0)


@pytest.mark.parametrize(
    ("language", "foot"), [("es", "Página 1 de "), ("en", "Page 1 of "), ("fr", "Page 1 de ")]
)
def test_the_foot_says_number_and_page_in_the_language(language: Language, foot: str) -> None:
    text = opened(make_agreement(language)).pages[0].extract_text()
    assert f"CFLI-MX-2024-0017 · Fondo Canadá para Iniciativas Locales {foot}2" in text


def test_the_same_paper_is_the_same_bytes_and_another_instant_is_not() -> None:
    first, again = (pdf.write(make_agreement(), at=AT) for _ in range(2))
    assert first == again
    assert first != pdf.write(make_agreement(), at=AT.replace(hour=17))


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        pdf.write(make_receipt(), at=datetime(2024, 5, 3))  # noqa: DTZ001 - the point of the test


def test_markup_in_the_words_of_a_person_is_printed_not_run() -> None:
    document = make_agreement(
        title=NASTY,
        subtitle=NASTY,
        articles=(
            Article(
                key="x",
                title=NASTY,
                text=markdown.plain(NASTY),
                tables=(make_table(caption=NASTY, foot=(NASTY,) * 3),),
            ),
        ),
    )
    assert words(document).count(squeezed(NASTY)) == 8
    reader = opened(document)
    assert reader.metadata is not None
    assert reader.metadata.title == NASTY


def test_a_person_cannot_read_files_or_call_functions() -> None:
    attack = '#read("/etc/passwd") #panic("x") ${"a"}$ #import "@preview/x:1.0.0": *'
    assert squeezed(attack) in words(make_receipt(facts=(Fact(label="a", value=attack),)))


def test_a_digest_longer_than_the_line_can_be_copied_whole() -> None:
    digest = "0123456789abcdef" * 12
    document = make_receipt(facts=(Fact(label="SHA", value=digest),), text=digest)
    text = "".join(page.extract_text() for page in opened(document).pages)
    assert re.sub(r"\n", "", text).count(digest) == 2
    assert "\u200b" not in text


def test_nothing_runs_off_the_page() -> None:
    long = "x" * 3000
    table = Table(
        caption=long, head=(long[:80], long[:80], "c"), rows=((long, long, long),), numeric=(1, 2)
    )
    document = make_agreement(
        title=long[:300],
        footer=long[:200],
        articles=(Article(key="a", title=long[:200], text=long, tables=(table,)),),
    )
    with pymupdf.open(stream=pdf.write(document, at=AT)) as file:  # type: ignore[no-untyped-call]
        for page in file:
            boxes = [word[:4] for word in page.get_text("words")]
            assert min(box[0] for box in boxes) >= 82  # points: the margin of 2.9 cm
            assert max(box[2] for box in boxes) <= page.rect.width - 82
            assert max(box[3] for box in boxes) <= page.rect.height


def test_an_article_of_four_hundred_lines_and_a_table_of_five_hundred_rows_are_whole() -> None:
    text = "\n".join(f"- Obligación {n:03d} de la organización." for n in range(400))
    table = make_table(rows=tuple((f"Pago {n:03d}", "1 %", "1.00") for n in range(500)))
    document = make_agreement(
        articles=(Article(key="a", title="Largo", text=text, tables=(table,)),)
    )
    reader = opened(document)
    assert len(reader.pages) > 20
    printed = "".join(page.extract_text() for page in reader.pages)
    assert all(f"Obligación {n:03d} de la" in printed for n in range(400))
    assert all(f"Pago {n:03d}" in printed for n in range(500))


def test_hebrew_is_printed_and_arabic_is_named() -> None:
    text = words(make_receipt(text="שלום — مر"))
    assert "[U+0645U+0631]" in text
    assert set("שלום") <= set(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=120), st.sampled_from(["es", "en", "fr"]))
def test_any_text_anywhere_still_makes_an_accessible_file(text: str, language: Language) -> None:
    document = make_agreement(
        language,
        title=f"T {text}",
        number=text,
        footer=text,
        draft=True,
        facts=(Fact(label=text, value=text),),
        articles=(
            Article(
                key="a",
                title=text,
                text=text,
                check=True,
                tables=(make_table(caption=text, head=(text, "b", "c"), foot=(text,) * 3),),
            ),
        ),
    )
    assert (
        str(opened(document).root_object["/Lang"])
        == {"es": "es-MX", "en": "en-CA", "fr": "fr-CA"}[language]
    )


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=80))
def test_latin_words_come_back_from_the_page(text: str) -> None:
    wanted = squeezed(glyphs.drawable(markdown.line(text)))
    assert wanted in words(make_receipt(facts=(Fact(label="x", value=text),)))


def test_when_typst_refuses_no_file_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "FACE", glyphs.FACE | {"\u4e2d"})
    with pytest.raises(pdf.CannotWrite, match="could not be displayed"):
        pdf.write(make_receipt(text="\u4e2d"), at=AT)


def test_a_crash_inside_typst_is_an_error_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panics(*_: object, **__: object) -> bytes:
        raise PanicException

    monkeypatch.setattr(typst, "compile", panics)
    with pytest.raises(pdf.CannotWrite, match="stopped"):
        pdf.write(make_receipt(), at=AT)
