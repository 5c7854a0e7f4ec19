"""What a paper is made of: a contribution agreement, a letter or a receipt, as plain data."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["es", "en", "fr"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the facts at the top: what it is, and its value, ready to print."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One side of an agreement: its role (“the Embassy”), its legal name, and lines about it."""

    role: str
    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption and a header row; cells are ready to print, in lines.

    `numeric` holds the positions (from 0) of right-aligned columns, `foot` a row of totals,
    `shares` how wide the columns are beside each other (by their words, where it is empty).
    Raises ValueError when a row is not as long as the header.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    foot: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        width = len(self.head)
        rows = (*self.rows, self.foot) if self.foot else self.rows
        if not width:
            raise ValueError("a table needs at least one column")
        if any(len(row) != width for row in rows):
            raise ValueError(f"every row of the table needs {width} cells")
        if self.shares and len(self.shares) != width:
            raise ValueError(f"the table needs {width} shares of its width")
        if any(not 0 <= column < width for column in self.numeric):
            raise ValueError(f"a numeric column must lie between 0 and {width - 1}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A titled part of the paper: an article, or an annex.

    `text` is a small Markdown: paragraphs, `- ` lists, `**bold**` and backslash escapes
    (see `markdown`). `check` marks a default of ours that the programme must confirm.
    """

    key: str
    title: str
    text: str = ""
    tables: tuple[Table, ...] = ()
    check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A place to sign; `signed` says in words who signed when, once that is recorded."""

    party: str
    name: str
    title: str = ""
    signed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper to be written as .docx or PDF; every string is in its `language`.

    Printed in this order: title, subtitle, number, date, parties, facts, text, tables,
    articles, signatures, annexes. While `draft` is set, the paper says so on every page and
    shows a note at each article that the programme must check. `author` goes to the file's
    properties, `footer` to the foot of each page.
    Raises ValueError when the title is empty: an accessible file cannot do without one.
    """

    language: Language
    title: str
    subtitle: str = ""
    number: str = ""
    date: str = ""
    author: str = ""
    parties: tuple[Party, ...] = ()
    facts: tuple[Fact, ...] = ()
    text: str = ""
    tables: tuple[Table, ...] = ()
    articles: tuple[Article, ...] = ()
    numbered: bool = True
    signatures: tuple[Signature, ...] = ()
    annexes: tuple[Article, ...] = ()
    footer: str = ""
    draft: bool = False

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a document needs a title")
