"""Spreadsheets as grids of values, formulas without stored values worked out."""

import ast
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from monarca.engines.documents.archive import Archive, Refused, opened
from monarca.engines.documents.tree import Table
from monarca.engines.documents.xml import attribute, child, local, parsed

MAX_ROWS = 3_000
MAX_COLUMNS = 80
MAX_SHEETS = 20
MAX_PLACES = 2_000_000
REFERENCE = re.compile(rb'<c [^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
NO_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>|<f[^>]*/>\s*</c>")
HIDDEN_ROW = re.compile(rb'<row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,6})(?::\$?([A-Z]{1,3})\$?(\d{1,6}))?")
ARITHMETIC = re.compile(r"[\d.+\-*/() ]{1,400}")
ELSEWHERE = re.compile(
    r"((?:SUM|SUMA|SOMME)\()?(?:'([^']{1,60})'|([\w.]{1,60}))!([A-Z]{1,3}\d{1,6}(?::[A-Z]{1,3}\d{1,6})?)"
)
SUMS = re.compile(r"\b(?:SUM|SUMA|SOMME)\(([^()]*)\)", re.IGNORECASE)

type Value = str | Decimal | None
type Grid = list[list[Value]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; `computed` counts the formulas whose value the file did not hold."""

    name: str
    grid: Grid
    hidden: bool = False
    computed: int = 0
    hidden_rows: frozenset[int] = frozenset()

    @property
    def without_hidden(self) -> Grid:
        """The rows a person sees, at their places; hidden ones are empty."""
        if not self.hidden_rows:
            return self.grid
        return [[] if at in self.hidden_rows else row for at, row in enumerate(self.grid)]


def value(raw: object) -> Value:
    """A cell as exact number or text; dates and errors as their text."""
    if raw is None or raw == "" or isinstance(raw, bool):
        return None if not isinstance(raw, bool) else str(raw)
    if isinstance(raw, (int, float)):
        number = Decimal(repr(raw))
        return number if number.is_finite() and abs(number) < Decimal("1e15") else None
    return str(raw).replace("\xa0", " ").strip() or None


def _refuse_sprawl(archive: Archive) -> tuple[bool, dict[str, frozenset[int]]]:
    """Refuse sheets whose cells lie so far apart that a grid of them would not fit in memory.

    Returns whether some formula has no stored value, and the hidden rows (from 0) by part.
    """
    unsaved = False
    hidden: dict[str, frozenset[int]] = {}
    for name in archive.names:
        if not re.match(r"xl/worksheets/[^/]+\.xml$", name):
            continue
        data = archive.read(name)
        rows, columns = 1, 1
        for letters, number in REFERENCE.findall(data):
            rows = max(rows, int(number))
            columns = max(columns, _column(letters.decode()) + 1)
        if rows * columns > MAX_PLACES:
            raise Refused("file.sheet_too_large", member=name)
        unsaved = unsaved or NO_VALUE.search(data) is not None
        hidden[name] = frozenset(int(row) - 1 for row in HIDDEN_ROW.findall(data))
    return unsaved, hidden


def _parts(archive: Archive) -> dict[str, str]:
    """The part of each sheet by its name, as the workbook's relations say."""
    names = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    if not set(names) <= set(archive.names):
        return {}
    targets = {
        attribute(one, "Id"): (attribute(one, "Target") or "").removeprefix("/xl/")
        for one in parsed(archive.read(names[1]), part=names[1])
    }
    sheets = child(parsed(archive.read(names[0]), part=names[0]), "sheets")
    return {
        attribute(one, "name") or "": f"xl/{targets.get(attribute(one, 'id'), '')}"
        for one in (sheets if sheets is not None else ())
    }


def _formulas(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Every formula by sheet and place (from 0)."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    found: dict[str, dict[tuple[int, int], str]] = {}
    for sheet in book.worksheets[:MAX_SHEETS]:
        mine = found.setdefault(sheet.title, {})
        for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    mine[cell.row - 1, cell.column - 1] = cell.value[1:]
    book.close()
    return found


class _Sums:
    """Works out sums, differences, products and SUM() of one sheet; nothing else."""

    def __init__(
        self,
        grid: Grid,
        formulas: Mapping[tuple[int, int], str],
        book: Mapping[str, "_Sums"] | None = None,
    ) -> None:
        self._grid = grid
        self._formulas = formulas
        self._book = book if book is not None else {}
        self._busy: set[tuple[int, int]] = set()
        self.count = 0

    def fill(self) -> None:
        for (row, column), text in self._formulas.items():
            inside = row < len(self._grid) and column < len(self._grid[row])
            if inside and self._grid[row][column] is None and text:
                self._at(row, column)

    def _at(self, row: int, column: int) -> Decimal:
        held = self._grid[row][column] if self._inside(row, column) else None
        if isinstance(held, Decimal):
            return held
        text = self._formulas.get((row, column))
        if held is not None or text is None or (row, column) in self._busy or len(self._busy) > 60:
            return Decimal(0)
        self._busy.add((row, column))
        found = self._worked(text)
        self._busy.discard((row, column))
        if found is not None and self._inside(row, column):
            self._grid[row][column] = found
            self.count += 1
        return found or Decimal(0)

    def _inside(self, row: int, column: int) -> bool:
        return row < len(self._grid) and column < len(self._grid[row])

    def _worked(self, text: str) -> Decimal | None:
        if len(text) > 400:
            return None
        plain = ELSEWHERE.sub(self._elsewhere, text.upper().replace("$", ""))
        plain = SUMS.sub(lambda found: f"({self._sum(found[1])})", plain)
        plain = RANGE.sub(
            lambda found: f"({self._at(int(found[2]) - 1, _column(found[1]))})", plain
        )
        plain = re.sub(r"(\d)\s*%", r"\1*0.01", plain)
        return calculated(plain) if ARITHMETIC.fullmatch(plain) else None

    def _elsewhere(self, found: re.Match[str]) -> str:
        """A cell of another sheet, or the sum of a range there."""
        other = self._book.get((found[2] or found[3]).strip())
        if other is None or (found[4].count(":") and not found[1]):
            return found.group()
        told = other._sum(found[4])  # noqa: SLF001
        return f"({told}" if found[1] else f"({told})"

    def _sum(self, inside: str) -> Decimal:
        total = Decimal(0)
        for found in RANGE.finditer(inside):
            first, last = int(found[2]) - 1, int(found[4] or found[2]) - 1
            left, right = _column(found[1]), _column(found[3] or found[1])
            for row in range(first, min(last, first + MAX_ROWS) + 1):
                for column in range(left, min(right, left + MAX_COLUMNS) + 1):
                    total += self._at(row, column)
        return total


def _column(letters: str) -> int:
    """The place of a column, from 0. ValueError: no column of a workbook has these letters."""
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(letters) - 1


def calculated(text: str) -> Decimal | None:
    """The value of plain arithmetic, exactly; None when it is no arithmetic."""
    try:
        return _node(ast.parse(text.strip(), mode="eval").body)
    except (
        SyntaxError,
        ValueError,
        ArithmeticError,
        DecimalException,
        RecursionError,
        MemoryError,
    ):
        return None


def _node(node: ast.AST) -> Decimal:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return Decimal(repr(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        return _node(node.operand) * (-1 if isinstance(node.op, ast.USub) else 1)
    if isinstance(node, ast.BinOp):
        left, right = _node(node.left), _node(node.right)
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, ast.Sub):
            return left - right
        if isinstance(node.op, ast.Mult):
            return left * right
        if isinstance(node.op, ast.Div):
            return left / right
    raise ValueError("no arithmetic")


def _xlsx(data: bytes) -> Iterator[Sheet]:
    archive = opened(data)
    unsaved, unseen = _refuse_sprawl(archive)
    parts = _parts(archive) if any(unseen.values()) else {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        formulas = _formulas(data) if unsaved else {}
        worked: dict[str, _Sums] = {}
        held: dict[str, Grid] = {}
        for meta in book.sheets_metadata[:MAX_SHEETS]:
            rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            grid = [[value(one) for one in row[:MAX_COLUMNS]] for row in rows[:MAX_ROWS]]
            mine = formulas.get(meta.name, {})
            _stretch(grid, mine)
            held[meta.name] = grid
            worked[meta.name.upper()] = _Sums(grid, mine, worked)
        for meta in book.sheets_metadata[:MAX_SHEETS]:
            sums = worked[meta.name.upper()]
            sums.fill()
            hidden = meta.visible != SheetVisibleEnum.Visible
            rows_hidden = unseen.get(parts.get(meta.name, ""), frozenset())
            yield Sheet(meta.name, held[meta.name], hidden, sums.count, rows_hidden)
    except (CalamineError, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise Refused("file.damaged") from error


def _stretch(grid: Grid, formulas: Mapping[tuple[int, int], str]) -> None:
    """Make room for formulas at the edge, which a reader of stored values may not see."""
    for row, column in formulas:
        while len(grid) <= row:
            grid.append([])
        grid[row] += [None] * (column + 1 - len(grid[row]))


def _ods(data: bytes) -> Iterator[Sheet]:
    archive = opened(data)
    if "content.xml" not in archive.names:
        raise Refused("file.damaged", member="content.xml")
    root = parsed(archive.read("content.xml"), part="content.xml")
    book = child(root, "body", "spreadsheet")
    away = _away(root)
    for table in list(book if book is not None else ())[:MAX_SHEETS]:
        if local(table) == "table":
            rows = list(_ods_rows(table))[:MAX_ROWS]
            unseen = frozenset(at for at, (_, shown) in enumerate(rows) if not shown)
            hidden = (attribute(table, "style-name") or "") in away
            name = attribute(table, "name") or ""
            yield Sheet(name, [row for row, _ in rows], hidden, 0, unseen)


def _away(root: etree._Element) -> set[str]:
    """The styles of sheets that are not displayed."""
    styles = child(root, "automatic-styles")
    return {
        attribute(style, "name") or ""
        for style in (styles if styles is not None else ())
        if attribute(child(style, "table-properties"), "display") == "false"
    }


def _ods_rows(table: etree._Element) -> Iterator[tuple[list[Value], bool]]:
    """Each row and whether it is shown."""
    for node in table:
        if local(node) in {"table-rows", "table-header-rows", "table-row-group"}:
            yield from _ods_rows(node)
        elif local(node) == "table-row":
            row: list[Value] = []
            for cell in node:
                if local(cell) in {"table-cell", "covered-table-cell"}:
                    row += [_ods_value(cell)] * min(_times(cell, "columns"), MAX_COLUMNS - len(row))
            while row and row[-1] is None:
                row.pop()
            shown = (attribute(node, "visibility") or "visible") == "visible"
            times = min(_times(node, "rows"), 40 if row else 3)
            yield from ((list(row), shown) for _ in range(times))


def _times(node: etree._Element, what: str) -> int:
    text = attribute(node, f"number-{what}-repeated") or "1"
    return int(text) if text.isdigit() and len(text) < 8 else 1


def _ods_value(cell: etree._Element) -> Value:
    kind = attribute(cell, "value-type")
    if kind in {"float", "currency", "percentage"}:
        try:
            return value(float(attribute(cell, "value") or ""))
        except ValueError:
            return None
    texts = ["".join(str(t) for t in one.itertext()) for one in cell if local(one) == "p"]
    return value("\n".join(texts))


def from_table(table: Table) -> Grid:
    """A table of a text document as a grid; a merged cell stands at its first place."""
    grid: Grid = [[None] * table.width for _ in range(table.height)]
    for cell in table.cells:
        grid[cell.row][cell.column] = cell.text or None
    return grid


def sheets_of(kind: str, data: bytes) -> list[Sheet]:
    """The sheets of an xlsx or ods; raises Refused when it cannot be read safely."""
    readers: dict[str, Any] = {"xlsx": _xlsx, "ods": _ods}
    return list(readers[kind](data))
