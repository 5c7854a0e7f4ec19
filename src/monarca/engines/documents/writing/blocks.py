"""A document laid out as a flat row of blocks, so that both writers print the same words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from monarca.engines.documents.writing import markdown
from monarca.engines.documents.writing.markdown import Items, Paragraph, Run
from monarca.engines.documents.writing.shapes import (
    Article,
    Document,
    Language,
    Party,
    Signature,
    Table,
)
from monarca.engines.documents.writing.words import WORDS, Words


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; an annex begins a new page."""

    text: str
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A marked sentence of ours in a draft."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, cleaned, and the share of the width of each column.

    `role` is `facts` for the pairs at the top of a receipt; a small table is kept `together`
    on one page.
    """

    role: Literal["table", "facts"]
    table: Table
    shares: tuple[int, ...]
    together: bool


@dataclass(frozen=True, slots=True)
class Side:
    """A party, cleaned."""

    party: Party


@dataclass(frozen=True, slots=True)
class Signing:
    """All places to sign, cleaned."""

    places: tuple[Signature, ...]


Block = Heading | Note | Grid | Side | Signing | Paragraph | Items


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole paper ready for a writer: lines for the head and foot, then the blocks."""

    language: Language
    words: Words
    title: str
    subtitle: str
    number: str
    date: str
    author: str
    footer: str
    draft: bool
    blocks: tuple[Block, ...]


def laid_out(document: Document) -> Page:
    """The document as blocks; all text in it is cleaned. ValueError if no title is left."""
    title = markdown.line(document.title)
    if not title:
        raise ValueError("a document needs a title that can be printed")
    return Page(
        language=document.language,
        words=WORDS[document.language],
        title=title,
        subtitle=markdown.line(document.subtitle),
        number=markdown.line(document.number),
        date=markdown.line(document.date),
        author=markdown.line(document.author),
        footer=markdown.line(document.footer),
        draft=document.draft,
        blocks=tuple(_blocks(document, WORDS[document.language])),
    )


def _blocks(document: Document, words: Words) -> Iterator[Block]:
    if document.draft:
        yield Note(words.draft_note)
    yield from _opening(document, words)
    for number, article in enumerate(document.articles, start=1):
        title = f"{number}. {article.title}" if document.numbered else article.title
        yield Heading(markdown.line(title))
        yield from _body(article, document, words)
    if document.signatures:
        yield Heading(words.signatures)
        yield Signing(tuple(_signature(each) for each in document.signatures))
    for number, annex in enumerate(document.annexes):
        name = f"{words.annex} {_letter(number)}. {annex.title}"
        yield Heading(markdown.line(name), new_page=True)
        yield from _body(annex, document, words)


def _opening(document: Document, words: Words) -> Iterator[Block]:
    if document.parties:
        yield Heading(words.parties)
    for party in document.parties:
        yield Side(_party(party))
    if document.facts:
        rows = tuple((fact.label, fact.value) for fact in document.facts)
        facts = _table(Table(caption="", head=words.facts, rows=rows))
        yield Grid("facts", facts, shares=(2, 5), together=_is_small(facts))
    yield from markdown.parse(document.text)
    for table in document.tables:
        yield _grid(table)


def _body(article: Article, document: Document, words: Words) -> Iterator[Block]:
    if document.draft and article.check:
        yield Note(words.check)
    yield from markdown.parse(article.text)
    for table in article.tables:
        yield _grid(table)


def _grid(table: Table) -> Grid:
    cleaned = _table(table)
    columns = zip(cleaned.head, *cleaned.rows, strict=True)
    shares = table.shares or tuple(_share(column) for column in columns)
    return Grid("table", cleaned, shares=shares, together=_is_small(cleaned))


def _is_small(table: Table) -> bool:
    """At most eight rows and half a page of words: a page always has room for it."""
    rows = (table.head, *table.rows, table.foot, (table.caption,))
    return len(table.rows) <= 8 and sum(len(cell) for row in rows for cell in row) <= 800


def _share(cells: tuple[str, ...]) -> int:
    """By the longest cell of the column, within reason; 6 for the white around it."""
    return 6 + min(max(map(len, cells)), 30)


def _letter(number: int) -> str:
    """A, B … Z, AA, AB, for the annex with this position (from 0)."""
    before, here = divmod(number, 26)
    return (_letter(before - 1) if before else "") + chr(ord("A") + here)


def _table(table: Table) -> Table:
    return Table(
        caption=markdown.line(table.caption),
        head=_lines(table.head),
        rows=tuple(tuple(_cell(text) for text in row) for row in table.rows),
        numeric=table.numeric,
        foot=_lines(table.foot),
        shares=table.shares,
    )


def _cell(text: str) -> str:
    """The lines of a cell, each cleaned; a cell of one line stays one."""
    return "\n".join(markdown.line(line) for line in text.split("\n")).strip("\n")


def _party(party: Party) -> Party:
    return Party(
        role=markdown.line(party.role),
        name=markdown.line(party.name),
        lines=_lines(party.lines),
    )


def _signature(place: Signature) -> Signature:
    return Signature(
        party=markdown.line(place.party),
        name=markdown.line(place.name),
        title=markdown.line(place.title),
        signed=markdown.line(place.signed),
    )


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(markdown.line(text) for text in texts)


__all__ = [
    "Block",
    "Grid",
    "Heading",
    "Items",
    "Note",
    "Page",
    "Paragraph",
    "Run",
    "Side",
    "Signing",
    "laid_out",
]
