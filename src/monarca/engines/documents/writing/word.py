"""The Word writer: real styles, repeated header rows, page numbers, the document's language."""

import io
import zipfile
from datetime import UTC, datetime
from functools import partial

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from monarca.engines.documents.writing import blocks, styles, tables
from monarca.engines.documents.writing.markdown import Run
from monarca.engines.documents.writing.shapes import Document, Party, Signature
from monarca.engines.documents.writing.words import Words

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BLANK = "_" * 34


def write(document: Document, *, at: datetime) -> bytes:
    """The document as a .docx file; `at` (aware) is its creation date.

    The same document at the same instant gives the same bytes. Characters that no Word file
    can hold are left out (see `markdown.clean`); all others come back letter by letter.
    Raises ValueError when `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("the creation date needs a time zone")
    page = blocks.laid_out(document)
    word = docx.Document()
    styles.apply(word, language=page.words.tag(document.language))
    _properties(word, page, at=at)
    _head_and_foot(word, page)
    _opening(word, page)
    for block in page.blocks:
        _block(word, block, words=page.words)
    return _packed(word)


def _properties(word: Word, page: blocks.Page, *, at: datetime) -> None:
    properties = word.core_properties
    instant = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = _short(page.title)
    properties.subject = _short(page.subtitle)
    properties.author = properties.last_modified_by = _short(page.author)
    properties.identifier = _short(page.number)
    properties.language = page.words.tag(page.language)
    properties.comments = properties.keywords = ""
    properties.created = properties.modified = instant
    properties.revision = 1


def _short(text: str) -> str:
    """At most 255 characters: what the file format allows a property (ECMA-376, part 2)."""
    return text[:255]


def _opening(word: Word, page: blocks.Page) -> None:
    _add(word, page.title, style="Title")
    if page.subtitle:
        _add(word, page.subtitle, style="Subtitle")
    below = " · ".join(part for part in (page.number, page.date) if part)
    if below:
        _add(word, below, style=styles.REFERENCE)


def _head_and_foot(word: Word, page: blocks.Page) -> None:
    section = word.sections[0]
    if page.draft:
        _put(section.header.paragraphs[0], page.words.draft, bold=True)
        section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot = section.footer.paragraphs[0]
    before, between, after = page.words.page
    _put(foot, " · ".join(part for part in (page.number, page.footer) if part))
    foot.add_run().add_tab()
    _put(foot, before)
    _field(foot, "PAGE")
    _put(foot, between)
    _field(foot, "NUMPAGES")
    _put(foot, after)


def _field(paragraph: WordParagraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no fields


def _block(word: Word, block: blocks.Block, *, words: Words) -> None:
    match block:
        case blocks.Heading():
            heading = _add(word, block.text, style="Heading 1")
            heading.paragraph_format.page_break_before = block.new_page or None
        case blocks.Note():
            _add(word, block.text, style=styles.NOTE)
        case blocks.Paragraph() | blocks.Items():
            _prose(word, block)
        case blocks.Grid():
            _table(word, block)
        case blocks.Side():
            _party(word, block.party)
        case blocks.Signing():
            _signatures(word, block.places, words=words)


def _prose(word: Word, block: blocks.Paragraph | blocks.Items) -> None:
    if isinstance(block, blocks.Paragraph):
        _runs(word.add_paragraph(), block.runs)
        return
    for item in block.items:
        _runs(word.add_paragraph(style="List Bullet"), item)


def _party(word: Word, party: Party) -> None:
    if party.role:
        _add(word, party.role, style=styles.LABEL)
    if party.name:
        _add(word, party.name, style=styles.LINE, bold=True)
    for words in party.lines:
        _add(word, words, style=styles.LINE)


def _signatures(word: Word, places: tuple[Signature, ...], *, words: Words) -> None:
    for place in places:
        _signature(word, place, words=words)


def _signature(word: Word, place: Signature, *, words: Words) -> None:
    lines = [_add(word, place.party, style=styles.PLACE, bold=True)]
    line = partial(_add, word, style=styles.LINE)
    lines += [line(place.signed or f"{words.signature}: {_BLANK}")]
    lines += [line(text) for text in (place.name, place.title) if text]
    lines += [] if place.signed else [line(f"{words.place_and_date}: {_BLANK}")]
    for each in lines[:-1]:
        each.paragraph_format.keep_with_next = True


def _table(word: Word, grid: blocks.Grid) -> None:
    if grid.table.caption:
        _add(word, grid.table.caption, style="Caption")
    after = _add(word, "", style=styles.LINE)
    after._p.addprevious(tables.element(grid, looks=styles.looks(word)))  # noqa: SLF001


def _runs(paragraph: WordParagraph, runs: tuple[Run, ...]) -> None:
    for run in runs:
        _put(paragraph, run.text, bold=run.bold)


def _add(word: Word, text: str, *, style: str, bold: bool = False) -> WordParagraph:
    paragraph = word.add_paragraph(style=style)
    _put(paragraph, text, bold=bold)
    return paragraph


def _put(paragraph: WordParagraph, text: str, *, bold: bool = False) -> None:
    if text:
        paragraph.add_run(text).bold = bold or None


def _packed(word: Word) -> bytes:
    """The package with the archive's own dates fixed: equal papers, equal bytes."""
    loose, packed = io.BytesIO(), io.BytesIO()
    word.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 3
            target.writestr(part, source.read(name))
    return packed.getvalue()
