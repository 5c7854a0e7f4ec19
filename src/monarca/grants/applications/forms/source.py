"""What arrived, to be read beside the answers: paragraphs and tables with places to point at."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from monarca.engines.documents.archive import Refused
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.mail import read_mail
from monarca.engines.documents.odt import read_odt
from monarca.engines.documents.pdf import read_pdf
from monarca.engines.documents.sheets import sheets_of
from monarca.engines.documents.tree import Block, Paragraph, Tree
from monarca.engines.documents.words import plain
from monarca.grants.applications.models import IntakePart
from monarca.ground.files import queries as files
from monarca.kit import formats

type Cell = tuple[str, int]
type Row = tuple[str, list[Cell]]

TREES = {"docx": read_docx, "odt": read_odt, "pdf": read_pdf}
MOST_ROWS, MOST_COLUMNS = 200, 14
PIECE = re.compile(r"(table|row|paragraph|line) (\d+)")


@dataclass(frozen=True, slots=True)
class Shown:
    """One paragraph, or one table as rows of (anchor, cells); a cell is (words, columns)."""

    anchor: str
    text: str = ""
    is_head: bool = False
    rows: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of an arrival: its name, what it says, and how to get it whole."""

    name: str
    role: str
    digest: str
    is_kept: bool
    blocks: Sequence[Shown] = ()
    says: Mapping[str, str] = field(default_factory=dict)

    def find(self, place: str, text: str) -> str:
        """The anchor of an answer: where its words stand, else its paragraph or table."""
        words = _key(text)
        near = self._anchor_at(place)
        if near and words and words in self.says.get(near, ""):
            return near
        if len(words) > 2:
            for anchor, said in self.says.items():
                if words in said:
                    return anchor
        return near

    def _anchor_at(self, place: str) -> str:
        found = dict(PIECE.findall(place))
        if "paragraph" in found:
            anchor = f"p{found['paragraph']}"
        else:
            anchor = f"t{found.get('table', '')}-{found.get('row', '1')}"
        return anchor if anchor in self.says else ""


def _key(text: str) -> str:
    """The first words of an answer, as they are looked for."""
    lines = [line for line in text.split("\n") if line.strip()]
    return plain(lines[0])[:60] if lines else ""


ROLES = {
    "form": lambda: _("The form"),
    "budget": lambda: _("The budget"),
    "message": lambda: _("The e-mail"),
}


def papers_of(parts: Iterable[IntakePart]) -> list[Paper]:
    """Every file of an arrival; one that cannot be shown is only named."""
    return [_paper(part) for part in parts]


def _paper(part: IntakePart) -> Paper:
    file = part.file
    role = ROLES.get(part.role, lambda: _("Another paper"))()
    blocks: list[Shown] = []
    if file.kind:
        try:
            blocks = list(_blocks(file.kind, files.bytes_of(file), part.role))
        except (Refused, OSError, RecursionError):
            blocks = []
    says = {one.anchor: plain(one.text) for one in blocks if not one.rows}
    says |= {
        anchor: plain(" ".join(text for text, _columns in cells))
        for one in blocks
        for anchor, cells in one.rows
    }
    return Paper(file.name, role, file.sha256[:16], bool(file.kind), blocks, says)


def _blocks(kind: str, data: bytes, role: str) -> Iterator[Shown]:
    if kind in TREES:
        yield from _of_tree(TREES[kind](data))
    elif kind == "eml":
        lines = read_mail(data).text.split("\n")
        yield from (Shown(f"m{at}", line.strip()) for at, line in enumerate(lines) if line.strip())
    elif kind in {"xlsx", "ods"}:
        yield from _of_sheets(kind, data, role)


def _of_tree(tree: Tree) -> Iterator[Shown]:
    """Top-level blocks under the numbers by which the reader tells places."""
    tables = 0
    for number, block in enumerate(tree.blocks, 1):
        if isinstance(block, Paragraph):
            if block.text:
                yield Shown(f"p{number}", block.text, is_head=block.heading)
        else:
            tables += 1
            yield Shown(f"t{tables}", rows=_rows(block, tables))


def _rows(table: Block, number: int) -> list[Row]:
    if isinstance(table, Paragraph):
        return []
    return [
        (f"t{number}-{at}", [(cell.text, cell.columns) for cell in row])
        for at, row in enumerate(table.rows, 1)
        if any(cell.text for cell in row)
    ]


def _of_sheets(kind: str, data: bytes, role: str) -> Iterator[Shown]:
    for number, sheet in enumerate(sheets_of(kind, data), 1):
        if sheet.hidden:
            continue
        rows = [
            (f"s{number}-{at}", [(_cell(cell), 1) for cell in row[:MOST_COLUMNS]])
            for at, row in enumerate(sheet.grid[:MOST_ROWS], 1)
            if any(_cell(cell) for cell in row[:MOST_COLUMNS])
        ]
        if rows:
            yield Shown(f"{role}-s{number}", sheet.name, is_head=True)
            yield Shown(f"{role}-s{number}-rows", rows=_trimmed(rows))


def _trimmed(rows: list[Row]) -> list[Row]:
    """The same without the empty columns at the right."""
    width = max(at for _anchor, cells in rows for at, (text, _one) in enumerate(cells, 1) if text)
    return [(anchor, cells[:width]) for anchor, cells in rows]


def _cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return (value or "").strip()
    return formats.number(value)


def place_in_words(place: str) -> str:
    """ "table 3, row 4" in the reader's language; a place of another kind as it is."""
    words = {
        "table": _("table %(number)s"),
        "row": _("row %(number)s"),
        "paragraph": _("paragraph %(number)s"),
        "line": _("line %(number)s"),
    }
    found = PIECE.findall(place)
    return ", ".join(words[kind] % {"number": number} for kind, number in found) or place
