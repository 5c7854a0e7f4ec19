"""Tables that people upload: rows of typed values, and every fault with its line and column.

Problem. Somebody fills a CSV in a spreadsheet: commas, semicolons or tabs, with or without a
byte-order mark, UTF-8 or what Excel writes on an old machine. Each column has a kind; the answer
is either every row, typed, or every fault, so that all of them can be mended at once. Linear in
the size of the file, which is bounded.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from monarca.engines.reasons import Reason, Value

CODES = (
    "table.blank",
    "table.cell_too_long",
    "table.column_twice",
    "table.empty",
    "table.missing_column",
    "table.no_rows",
    "table.not_a_day",
    "table.not_a_number",
    "table.not_a_table",
    "table.not_one_of",
    "table.not_whole",
    "table.not_yes_or_no",
    "table.too_big",
    "table.too_few_cells",
    "table.too_large",
    "table.too_many_cells",
    "table.too_many_rows",
    "table.too_small",
    "table.twice",
    "table.unknown_column",
)

LARGEST = 5_000_000
"""Bytes of one upload."""

MOST_ROWS = 50_000
MOST_FLAWS = 100
"""How many faults are told at once; more would be read by nobody."""

LONGEST = 5_000
"""Characters of one cell."""

DIGITS = 20
WHOLE = re.compile(r"[+-]?[0-9]+")
"""Digits alone: 12.000 is twelve to some readers, and twelve thousand to others."""

DIVIDERS = (",", ";", "\t")
YES = frozenset(("1", "yes", "y", "true", "x", "si", "sí", "oui", "o", "s"))
NO = frozenset(("0", "no", "n", "false", "non"))


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong at one place: line (0: the whole file), column ("": the whole line), why."""

    line: int
    column: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column.

    `kind` is text, whole, number, day, yes or choice; a blank cell of a column that is not
    `needed` gives `default`. `unique` values may not repeat.
    """

    name: str
    kind: str = "text"
    needed: bool = False
    unique: bool = False
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    default: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its number as an editor counts, and its values by column."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Every row, or every flaw (the first hundred): never some rows of a faulty file."""

    rows: tuple[Row, ...] = ()
    flaws: tuple[Flaw, ...] = ()


class _Wrong(Exception):
    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)


def read(data: bytes, columns: Sequence[Column]) -> Table:
    """Read a CSV file whose first line names the columns, in any order.

    The divider is the one of , ; and tab that the first line holds most of. A column that is not
    among `columns` is a flaw, because a mistyped heading must never be ignored; so is a line with
    more or fewer cells than the first one.
    """
    if len(data) > LARGEST:
        return _faulty("table.too_big", most=LARGEST // 1_000_000)
    text = _decoded(data)
    if not text.strip():
        return _faulty("table.empty")
    try:
        lines = _lines(text)
    except csv.Error:
        return _faulty("table.not_a_table")
    heads = [cell.strip().casefold() for cell in lines[0][1]]
    flaws = _head_flaws(heads, columns, lines[0][0]) or _size_flaws(len(lines) - 1)
    return Table(flaws=tuple(flaws)) if flaws else _Reader(heads, columns).table(lines[1:])


def _faulty(code: str, **values: Value) -> Table:
    return Table(flaws=(Flaw(0, "", Reason(code, values)),))


def _decoded(data: bytes) -> str:
    """UTF-8; or Windows-1252, in which every byte means something."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines that are not blank, each with its number. Raises csv.Error."""
    if "\0" in text:
        raise csv.Error("a NUL stands in no text")
    head = text.lstrip().split("\n", 1)[0]
    divider = max(DIVIDERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    found, line = [], 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            found.append((line, cells))
        line = reader.line_num + 1
    return found


def _size_flaws(rows: int) -> list[Flaw]:
    if not rows:
        return [Flaw(0, "", Reason("table.no_rows"))]
    return [Flaw(0, "", Reason("table.too_many_rows", {"most": MOST_ROWS}))] * (rows > MOST_ROWS)


def _head_flaws(heads: Sequence[str], columns: Sequence[Column], line: int) -> list[Flaw]:
    known = [column.name for column in columns]
    flaws = []
    for place, head in enumerate(heads):
        if head and head in heads[:place]:
            flaws.append(Flaw(line, head, Reason("table.column_twice")))
        elif head and head not in known:
            said = {"choices": ", ".join(known)}
            flaws.append(Flaw(line, head[:40], Reason("table.unknown_column", said)))
    flaws += [
        Flaw(line, column.name, Reason("table.missing_column"))
        for column in columns
        if column.needed and column.name not in heads
    ]
    return flaws[:MOST_FLAWS]


@dataclass(slots=True)
class _Reader:
    """Turns lines into typed rows, and remembers what may not repeat."""

    heads: Sequence[str]
    columns: Sequence[Column]
    flaws: list[Flaw] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def table(self, lines: Sequence[tuple[int, list[str]]]) -> Table:
        rows = []
        for line, cells in lines:
            values = self.values(line, cells)
            if len(self.flaws) >= MOST_FLAWS:
                break
            rows.append(Row(line, values))
        return Table(flaws=tuple(self.flaws)) if self.flaws else Table(tuple(rows))

    def values(self, line: int, cells: list[str]) -> dict[str, Any]:
        if len(cells) != len(self.heads):
            many = len(cells) > len(self.heads)
            said: dict[str, Value] = {"found": len(cells), "wanted": len(self.heads)}
            code = "table.too_many_cells" if many else "table.too_few_cells"
            self.flaws.append(Flaw(line, "", Reason(code, said)))
            return {}
        named = dict(zip(self.heads, cells, strict=True))
        return {
            column.name: self.value(line, column, named.get(column.name, "").strip())
            for column in self.columns
        }

    def value(self, line: int, column: Column, said: str) -> Any:
        if not said and not column.needed:
            return column.default
        try:
            self.fits(line, column, said)
            return KINDS[column.kind](said, column)
        except _Wrong as wrong:
            self.flaws.append(Flaw(line, column.name, wrong.reason))
            return None

    def fits(self, line: int, column: Column, said: str) -> None:
        if not said:
            raise _Wrong("table.blank")
        if len(said) > LONGEST:
            raise _Wrong("table.cell_too_long", most=LONGEST)
        self.once(line, column, said)

    def once(self, line: int, column: Column, said: str) -> None:
        if not column.unique:
            return
        first = self.seen.setdefault((column.name, said), line)
        if first != line:
            raise _Wrong("table.twice", value=_brief(said), first=first)


def _brief(said: str) -> str:
    return said if len(said) <= 40 else f"{said[:39]}…"


def _text(said: str, _column: Column) -> str:
    return said


def _number(said: str, column: Column) -> Decimal:
    """A number with a decimal point and no thousands, within the bounds of its column."""
    try:
        value = Decimal(said)
    except InvalidOperation:
        raise _Wrong("table.not_a_number", value=_brief(said)) from None
    if not value.is_finite() or (value and not -DIGITS <= value.adjusted() <= DIGITS):
        raise _Wrong("table.not_a_number", value=_brief(said))
    if column.least is not None and value < column.least:
        raise _Wrong("table.too_small", value=_brief(said), least=column.least)
    if column.most is not None and value > column.most:
        raise _Wrong("table.too_large", value=_brief(said), most=column.most)
    return value


def _whole(said: str, column: Column) -> int:
    """Digits alone, within bounds: decimals and separators of thousands are never guessed at."""
    value = _number(said, column)
    if not WHOLE.fullmatch(said):
        raise _Wrong("table.not_whole", value=_brief(said))
    return int(value)


def _day(said: str, _column: Column) -> date:
    """A day as 2025-09-18; a bare year is its last day."""
    try:
        if len(said) == 4 and said.isascii() and said.isdigit():
            return date(int(said), 12, 31)
        return date.fromisoformat(said)
    except ValueError:
        raise _Wrong("table.not_a_day", value=_brief(said)) from None


def _yes(said: str, _column: Column) -> bool:
    if said.casefold() not in YES | NO:
        raise _Wrong("table.not_yes_or_no", value=_brief(said))
    return said.casefold() in YES


def _choice(said: str, column: Column) -> str:
    if said not in column.choices:
        raise _Wrong("table.not_one_of", value=_brief(said), choices=", ".join(column.choices))
    return said


KINDS: Mapping[str, Callable[[str, Column], Any]] = {
    "text": _text,
    "number": _number,
    "whole": _whole,
    "day": _day,
    "yes": _yes,
    "choice": _choice,
}
