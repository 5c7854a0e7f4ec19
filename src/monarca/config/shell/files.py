"""Reading what a person keeps: CSV, JSON and TOML, each value with the place it stands at."""

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from typing import Any

from monarca.engines.packs.lines import line_at, lines_of
from monarca.engines.reasons import Reason, Value

LARGEST = 200_000_000
"""Bytes: more than any table these commands are for."""

DIGITS = 30
"""Digits before or after the decimal point: more than any amount or score has."""

YES = frozenset(("1", "yes", "y", "true", "x", "si", "sí", "oui", "o", "s"))
NO = frozenset(("0", "no", "n", "false", "non", ""))
DIVIDERS = (",", ";", "\t")
RECORD = re.compile(r"[^\s,]")
"""Where the next record of a list begins: past blanks and commas."""

WHOLE = re.compile(r"[+-]?[0-9]+")

LONGEST = 1_000
"""Digits of a whole number that is turned into one."""

HALF = re.compile(r"\\u[dD][89a-fA-F]")
LONE = re.compile(r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]")
"""Half of a character written in two halves, and one whose other half is missing."""


class Fault(Exception):
    """What is wrong with a file: its path, a line (0: the whole file), a column or key, and why."""

    def __init__(self, path: Path, reason: Reason, *, line: int = 0, column: str = "") -> None:
        super().__init__(f"{path}:{line}:{column}: {reason.code}")
        self.path, self.reason, self.line, self.column = path, reason, line, column


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or one table of a settings file: cells by name, and where they stand.

    Every reader raises Fault with file, line and column where the cell is not what it should be.
    """

    path: Path
    line: int
    cells: Mapping[str, Any]
    line_of: Callable[[str], int] | None = None

    def fault(self, code: str, column: str = "", **values: Value) -> Fault:
        """The fault of one cell, to be raised."""
        line = self.line_of(column) if self.line_of and column else self.line
        return Fault(self.path, Reason(code, values), line=line, column=column)

    def has(self, name: str) -> bool:
        """Is the cell there, and not blank?"""
        return self.cells.get(name) not in (None, "")

    def text(self, name: str, *, default: str | None = None) -> str:
        """The words of a cell, trimmed; blank or missing is a fault unless a default is given."""
        value = self.cells.get(name)
        if isinstance(value, dict | list):
            raise self.fault("shell.not_single", name)
        said = value.strip() if isinstance(value, str) else _spelled(value)
        if said:
            return said
        if default is None:
            raise self.fault("shell.empty", name)
        return default

    def number(
        self,
        name: str,
        *,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        default: Decimal | int | None = None,
    ) -> Decimal:
        """A number as it stands (a decimal point; no thousands), within bounds."""
        if not self.has(name) and default is not None:
            return Decimal(default)
        said = self.text(name)
        try:
            value = Decimal(said)
        except InvalidOperation:
            raise self.fault("shell.not_a_number", name, value=brief(said)) from None
        if not value.is_finite():
            raise self.fault("shell.not_a_number", name, value=brief(said))
        if value and not -DIGITS <= value.adjusted() <= DIGITS:
            raise self.fault("shell.too_many_digits", name, value=brief(said), most=DIGITS)
        if least is not None and value < least:
            raise self.fault("shell.too_small", name, value=brief(said), least=str(least))
        if most is not None and value > most:
            raise self.fault("shell.too_large", name, value=brief(said), most=str(most))
        return value

    def whole(
        self,
        name: str,
        *,
        least: int | None = None,
        most: int | None = None,
        default: int | None = None,
    ) -> int:
        """A whole number within bounds, in digits alone: 12.000 is never guessed to be twelve."""
        value = self.number(name, least=least, most=most, default=default)
        said = self.text(name, default="")
        if said and not WHOLE.fullmatch(said):
            raise self.fault("shell.not_whole", name, value=brief(said))
        return int(value)

    def yes(self, name: str, *, default: bool = False) -> bool:
        """Yes or no, in any of the three languages; blank is the default."""
        value = self.cells.get(name)
        if isinstance(value, bool):
            return value
        said = self.text(name, default="").lower()
        if not said:
            return default
        if said not in YES | NO:
            raise self.fault("shell.not_yes_or_no", name, value=brief(said))
        return said in YES

    def several(self, name: str) -> tuple[str, ...]:
        """The parts of a cell, divided by semicolons (in JSON and TOML: a list)."""
        value = self.cells.get(name)
        parts = value if isinstance(value, list) else _spelled(value).split(";")
        return tuple(said for part in parts if (said := _spelled(part).strip()))

    def one_of(self, name: str, among: Collection[str], *, default: str | None = None) -> str:
        """A word of a closed list."""
        said = self.text(name, default=default)
        if said not in among:
            choices = ", ".join(sorted(among))
            raise self.fault("shell.not_one_of", name, value=brief(said), choices=choices)
        return said


class Told(list[Row]):
    """Rows that stand in no file: what the river holds of a call, whose code is `name`."""

    def __init__(self, name: str, rows: Iterable[Row]) -> None:
        super().__init__(rows)
        self.name = name


def brief(value: object) -> str:
    """What was found, short enough for a sentence."""
    said = str(value)
    return said if len(said) <= 40 else f"{said[:39]}…"


def _spelled(value: object) -> str:
    return "" if value is None else str(value)


def read_text(path: Path) -> str:
    """A text file in UTF-8, with or without a byte-order mark. Raises Fault."""
    try:
        if path.stat().st_size > LARGEST:
            raise Fault(path, Reason("shell.too_big"))
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise Fault(path, Reason("shell.not_utf8"), line=line) from None
    except OSError:
        raise Fault(path, Reason("shell.not_found")) from None


def table(
    path: Path | Told,
    *,
    needed: Sequence[str],
    known: Sequence[str] | None = None,
    key: str = "",
    may_be_empty: bool = False,
) -> list[Row]:
    """The rows of a CSV (comma, semicolon or tab), JSON or JSON-lines file.

    `needed` columns must be there; with `known` given, others are a fault (a mistyped heading is
    never ignored). `key` names a column whose values must not repeat. Rows that were told are
    taken as they are. Raises Fault.
    """
    if isinstance(path, Told):
        return list(path)
    text = read_text(path)
    if path.suffix.lower() in {".json", ".jsonl"}:
        rows = _from_json(path, text)
    else:
        rows = _from_csv(path, text, needed, known)
    for row in rows:
        missing = next((name for name in needed if name not in row.cells), "")
        if missing:
            raise row.fault("shell.missing_column", column=missing)
    if not rows and not may_be_empty:
        raise Fault(path, Reason("shell.no_rows"))
    if key:
        unrepeated(rows, key)
    return rows


def unrepeated(rows: Iterable[Row], key: str) -> None:
    """Raises Fault at the second row that has the same `key`."""
    seen: dict[str, int] = {}
    for row in rows:
        said = row.text(key)
        if said in seen:
            raise row.fault("shell.twice", key, value=brief(said), first=str(seen[said]))
        seen[said] = row.line


def _from_csv(
    path: Path, text: str, needed: Sequence[str], known: Sequence[str] | None
) -> list[Row]:
    head = text.split("\n", 1)[0]
    divider = max(DIVIDERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    try:
        heads = [cell.strip() for cell in next(reader, [])]
        _check_heads(path, heads, needed, known)
        rows, line = [], reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) > len(heads):
                    raise Fault(path, Reason("shell.too_many_cells"), line=line)
                padded = cells + [""] * (len(heads) - len(cells))
                rows.append(Row(path, line, dict(zip(heads, padded, strict=True))))
            line = reader.line_num + 1
    except csv.Error:
        raise Fault(path, Reason("shell.not_csv"), line=reader.line_num) from None
    return rows


def _check_heads(
    path: Path, heads: Sequence[str], needed: Sequence[str], known: Sequence[str] | None
) -> None:
    for name in needed:
        if name not in heads:
            raise Fault(path, Reason("shell.missing_column"), line=1, column=name)
    allowed = None if known is None else {*needed, *known, ""}
    for place, name in enumerate(heads):
        if name and name in heads[:place]:
            raise Fault(path, Reason("shell.column_twice"), line=1, column=name)
        if allowed is not None and name not in allowed:
            choices = ", ".join((*needed, *(known or ())))
            reason = Reason("shell.unknown_column", {"choices": choices})
            raise Fault(path, reason, line=1, column=name)


def _from_json(path: Path, text: str) -> list[Row]:
    if path.suffix.lower() == ".jsonl":
        listed = [
            (line, parse_json(path, each, line))
            for line, each in enumerate(text.split("\n"), 1)
            if each.strip()
        ]
    else:
        whole = parse_json(path, text)
        if not isinstance(whole, list):
            raise Fault(path, Reason("shell.not_a_list"))
        listed = list(zip(_lines_of_records(text, len(whole)), whole, strict=True))
    for place, each in listed:
        if not isinstance(each, dict):
            raise Fault(path, Reason("shell.not_a_record"), line=place)
    return [Row(path, place, each) for place, each in listed]


def _lines_of_records(text: str, many: int) -> Iterable[int]:
    """The line on which each record of a list begins; in a text of one line, its number."""
    if "\n" not in text.strip():
        return range(1, many + 1)
    lines, place, line = [], text.index("["), 1 + text.count("\n", 0, text.index("["))
    scan = json.JSONDecoder(parse_int=_integer).raw_decode
    for _ in range(many):
        begin = RECORD.search(text, place + 1).start()  # type: ignore[union-attr]
        line += text.count("\n", place, begin)
        lines.append(line)
        _value, end = scan(text, begin)
        line += text.count("\n", begin, end)
        place = end - 1
    return lines


def parse_json(path: Path, text: str, first: int = 1) -> Any:
    """A JSON value whose numbers stay exact. Raises Fault with the line."""
    try:
        value = json.loads(text, parse_float=Decimal, parse_int=_integer)
        if HALF.search(text):
            json.dumps(value, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as problem:
        reason = Reason("shell.not_json", {"column": problem.colno})
        raise Fault(path, reason, line=first + problem.lineno - 1) from None
    except UnicodeEncodeError:
        raise Fault(
            path, Reason("shell.half_character"), line=first + _line_of_half(text)
        ) from None
    except RecursionError:
        raise Fault(path, Reason("shell.too_deep")) from None
    return value


def _integer(said: str) -> int | Decimal:
    """A whole number; one longer than any machine's stays as it was written."""
    return int(said) if len(said) <= LONGEST else Decimal(said)


def _line_of_half(text: str) -> int:
    found = LONE.search(text) or HALF.search(text)
    return text.count("\n", 0, found.start()) if found else 0


def settings(path: Path | Told, *, known: Sequence[str] | None = None) -> Row:
    """A TOML (or JSON) file of settings as one row; nested tables stay mappings. Raises Fault."""
    if isinstance(path, Told):
        return path[0]
    text = read_text(path)
    if path.suffix.lower() == ".json":
        data, lines = parse_json(path, text), {}
    else:
        data, lines = _parse_toml(path, text), lines_of(text)
    if not isinstance(data, dict):
        raise Fault(path, Reason("shell.not_a_record"))
    row = Row(path, 1, data, lambda key: line_at(lines, _steps(key)))
    for name in data:
        if known is not None and name not in known:
            raise row.fault("shell.unknown_column", name, choices=", ".join(known))
    return row


def _steps(key: str) -> tuple[str | int, ...]:
    return tuple(int(step) if step.isdigit() else step for step in key.split("."))


def tables_in(row: Row, name: str) -> list[Row]:
    """The tables of an array of tables ([[name]]), or the entries of one table, each a row.

    An entry of a table gets its own name as the cell `name`.
    """
    value = row.cells.get(name, [])
    if isinstance(value, dict):
        listed = [(key, {"name": key, **each}) for key, each in value.items() if _is_table(each)]
        if len(listed) < len(value):
            raise row.fault("shell.not_a_record", name)
    elif isinstance(value, list) and all(_is_table(each) for each in value):
        listed = [(str(place), each) for place, each in enumerate(value)]
    else:
        raise row.fault("shell.not_a_record", name)
    return [_inner(row, f"{name}.{key}", each) for key, each in listed]


def _inner(row: Row, path: str, cells: Mapping[str, Any]) -> Row:
    def line_of(column: str) -> int:
        return row.line_of(f"{path}.{column}") if row.line_of else row.line

    return Row(row.path, row.line_of(path) if row.line_of else row.line, cells, line_of)


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _parse_toml(path: Path, text: str) -> Any:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except ValueError as problem:
        line = getattr(problem, "lineno", 0) or _line_said(str(problem))
        raise Fault(path, Reason("shell.not_toml"), line=line) from None
    except RecursionError:
        raise Fault(path, Reason("shell.too_deep")) from None


def _line_said(message: str) -> int:
    words = message.replace(",", " ").replace(")", " ").split()
    after = (number for word, number in pairwise(words) if word == "line")
    return next((int(word) for word in after if word.isdigit()), 0)
