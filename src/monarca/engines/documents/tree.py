"""A document without its format: paragraphs of runs and tables of merged cells."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

TICKED = "☒"
OPEN = "☐"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; `colour` is RRGGBB or empty; hidden and deleted text never counts.

    Text that was struck out counts as deleted; `marked` is underlined or highlighted.
    """

    text: str
    colour: str = ""
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    deleted: bool = False
    marked: bool = False

    @property
    def shown(self) -> bool:
        return not (self.hidden or self.deleted)


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]
    style: str = ""
    heading: bool = False
    listed: bool = False

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs if run.shown).replace("\xa0", " ").strip()


@dataclass(frozen=True)
class Cell:
    """One cell, present once however many grid places it covers."""

    row: int
    column: int
    blocks: tuple["Block", ...]
    columns: int = 1
    rows: int = 1

    @cached_property
    def text(self) -> str:
        return "\n".join(text for text in (line.text for line in lines(self.blocks)) if text)


@dataclass(frozen=True)
class Table:
    cells: tuple[Cell, ...]
    height: int
    width: int

    @cached_property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The cells that begin in each row, left to right."""
        found: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            found[cell.row].append(cell)
        return tuple(tuple(sorted(row, key=lambda cell: cell.column)) for row in found)

    @cached_property
    def places(self) -> dict[tuple[int, int], Cell]:
        """The cell that covers each place of the grid."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }


type Block = Paragraph | Table


@dataclass(frozen=True)
class Tree:
    blocks: tuple[Block, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join(line.text for line in lines(self.blocks) if line.text)


def lines(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those inside tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from lines(cell.blocks)
