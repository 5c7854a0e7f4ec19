"""Tables for people: laid out by rich, and thousands of rows written line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

SHORT = 24
"""A column of cells no longer than this is never broken: references, names, numbers."""

TALL = 200
"""From so many rows on a table is written line by line: rich takes a millisecond for each row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, and how the cells below it stand."""

    head: str
    is_right: bool
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Laid:
    """A table of words: what stands above it, its columns, and every cell as shown (no tabs)."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]


def write(console: Console, laid: Laid) -> None:
    """Print a table. What is written line by line looks as rich would have it."""
    if len(laid.rows) < TALL or console.legacy_windows or not _by_line(console, laid):
        console.print(table(laid, laid.rows))


def _by_line(console: Console, laid: Laid) -> bool:
    """Head and foot of a small table that needs as much room, and every row between them.

    False: the terminal has no such lines or too little room, and nothing was written.
    """
    some = sample(laid)
    with console.capture() as captured:
        console.print(table(laid, some))
    lines = captured.get().splitlines(keepends=True)
    rule = next((place for place, line in enumerate(lines) if line.startswith("┡")), None)
    if rule is None:
        return False
    widths = [len(part) - 2 for part in lines[rule].strip("┡┩\n").split("╇")]
    if min(widths) < 1 or _is_cut(laid, some, widths):
        return False
    console.file.writelines(lines[: rule + 1])
    console.file.writelines(_lines(console, laid, widths))
    console.file.write(lines[-1])
    return True


def _is_cut(laid: Laid, some: Sequence[Sequence[str]], widths: Sequence[int]) -> bool:
    """Has a column that is never broken less room than it needs?"""
    return any(
        column.is_whole and width < max(_longest_line(row[place]) for row in some)
        for place, (column, width) in enumerate(zip(laid.columns, widths, strict=True))
    )


def table(laid: Laid, rows: Sequence[Sequence[str]]) -> Table:
    """As rich takes it, with these of its rows."""
    shown = Table(title=Text(laid.title), title_justify="left", header_style="bold")
    for column in laid.columns:
        shown.add_column(
            Text(column.head),
            justify="right" if column.is_right else "left",
            no_wrap=column.is_whole,
            overflow="fold",
        )
    for row in rows:
        shown.add_row(*map(Text, row))
    return shown


def sample(laid: Laid) -> list[Sequence[str]]:
    """Rows that need as much room as all do: for each column the longest line, the longest word."""
    chosen: dict[int, Sequence[str]] = {}
    for place in range(len(laid.columns)):
        for measure in (_longest_line, _longest_word):
            sizes = [measure(row[place]) for row in laid.rows]
            at = sizes.index(max(sizes))
            chosen[at] = laid.rows[at]
    return [chosen[at] for at in sorted(chosen)]


def _longest_line(cell: str) -> int:
    if cell.isascii() and cell.isprintable():
        return len(cell)
    return max((cell_len(line) for line in cell.splitlines()), default=0)


def _longest_word(cell: str) -> int:
    return max(map(cell_len, cell.split()), default=0)


def _lines(console: Console, laid: Laid, widths: Sequence[int]) -> Iterator[str]:
    """Every row as it is written, in as many lines as its tallest cell needs."""
    for row in laid.rows:
        cells = [_broken(console, cell, width) for cell, width in zip(row, widths, strict=True)]
        for line in range(max(map(len, cells))):
            parts = [
                _padded(cell[line] if line < len(cell) else "", column, width)
                for cell, column, width in zip(cells, laid.columns, widths, strict=True)
            ]
            yield f"│ {' │ '.join(parts)} │\n"


def _broken(console: Console, cell: str, width: int) -> list[str]:
    """The lines of one cell."""
    if "\n" not in cell and cell_len(cell) <= width:
        return [cell]
    wrapped = Text(cell).wrap(console, width, overflow="fold")
    return [line.plain.rstrip() for line in wrapped] or [""]


def _padded(said: str, column: Column, width: int) -> str:
    blank = " " * (width - cell_len(said))
    return f"{blank}{said}" if column.is_right else f"{said}{blank}"
