"""Spreadsheets as grids of values, formulas without stored values worked out."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from monarca.engines.documents.archive import Archive, Refused, opened
from monarca.engines.documents.formulas import Box, Single, Unknown, column_of, worked_out
from monarca.engines.documents.tree import Table
from monarca.engines.documents.xml import attribute, child, local, parsed

MAX_ROWS = 3_000
MAX_COLUMNS = 80
MAX_SHEETS = 20
MAX_PLACES = 2_000_000
REFERENCE = re.compile(rb'<c [^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
NO_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>|<f[^>]*/>\s*</c>")
HIDDEN_ROW = re.compile(rb'<row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d{1,7})"')
UNCOUNTED = re.compile(rb"</f>\s*<v>0</v>")
COUNTED = re.compile(rb"</f>\s*<v>")
NEVER = "never"
SOME = "some"
DEEPEST = 30
SPACES = re.compile("[\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]")

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
    return SPACES.sub(" ", str(raw)).strip() or None


def _refuse_sprawl(archive: Archive) -> tuple[str, dict[str, frozenset[int]]]:
    """Refuse sheets whose cells lie so far apart that a grid of them would not fit in memory.

    Returns SOME when a formula has no stored value, NEVER when all of them hold the 0 that a
    program writes which computes nothing, else ""; and the hidden rows (from 0) by part.
    """
    unsaved = False
    zeros = counted = 0
    hidden: dict[str, frozenset[int]] = {}
    for name in archive.names:
        if not re.match(r"xl/worksheets/[^/]+\.xml$", name):
            continue
        data = archive.read(name)
        rows, columns = 1, 1
        for letters, number in REFERENCE.findall(data):
            rows = max(rows, int(number))
            columns = max(columns, column_of(letters.decode()) + 1)
        if rows * columns > MAX_PLACES:
            raise Refused("file.sheet_too_large", member=name)
        unsaved = unsaved or NO_VALUE.search(data) is not None
        zeros += len(UNCOUNTED.findall(data))
        counted += len(COUNTED.findall(data))
        hidden[name] = frozenset(int(row) - 1 for row in HIDDEN_ROW.findall(data))
    never = 1 < zeros == counted
    return (NEVER if never else SOME if unsaved else ""), hidden


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


@dataclass(slots=True)
class _Work:
    """What working out one workbook has cost: cells visited, formulas one inside the other."""

    visited: int = 0
    depth: int = 0
    is_cut: bool = False


class _Formulas:
    """The formulas of one sheet; what one of them cannot tell, those that need it cannot either."""

    def __init__(
        self,
        grid: Grid,
        formulas: Mapping[tuple[int, int], str],
        book: Mapping[str, "_Formulas"],
        work: _Work,
    ) -> None:
        self._grid = grid
        self._formulas = formulas
        self._book = book
        self._work = work
        self._tried: set[tuple[int, int]] = set()
        self.count = 0

    def fill(self) -> None:
        """Every cell, from the top; what lies too deep for that, from the bottom."""
        self._work.is_cut = False
        for row, column in self._formulas:
            self._at(row, column)
        if self._work.is_cut:
            self._tried.clear()
            for row, column in reversed(list(self._formulas)):
                self._at(row, column)

    def cells(self, sheet: str, box: Box, *, apart: bool = False) -> list[Single]:
        """The values of a rectangle. Unknown: no such sheet, a cell without value, too much."""
        if sheet:
            if sheet.upper() not in self._book:
                raise Unknown("no such sheet")
            return self._book[sheet.upper()].cells("", box, apart=apart)
        rows = range(box.top, min(box.bottom, max(box.top, len(self._grid) - 1)) + 1)
        columns = range(box.left, min(box.right, box.left + MAX_COLUMNS) + 1)
        self._work.visited += len(rows) * len(columns)
        if self._work.visited > MAX_PLACES:
            raise Unknown("more cells than can be visited")
        places = ((row, column) for row in rows for column in columns)
        return [self._known(*one) for one in places if not (apart and self._is_subtotal(one))]

    def _is_subtotal(self, place: tuple[int, int]) -> bool:
        return self._formulas.get(place, "").upper().startswith("SUBTOTAL(")

    def _known(self, row: int, column: int) -> Single:
        held = self._at(row, column)
        if held is None and (row, column) in self._formulas:
            raise Unknown("a cell without value")
        return held

    def _at(self, row: int, column: int) -> Value:
        inside = row < len(self._grid) and column < len(self._grid[row])
        held = self._grid[row][column] if inside else None
        text = self._formulas.get((row, column))
        if held is not None or not inside or not text or (row, column) in self._tried:
            return held
        if self._work.depth >= DEEPEST:
            self._work.is_cut = True
            return None
        self._tried.add((row, column))
        self._work.depth += 1
        found = worked_out(text, self)
        self._work.depth -= 1
        told = found if isinstance(found, Decimal | str) else None
        self._grid[row][column] = told
        self.count += told is not None
        return told


def _xlsx(data: bytes) -> Iterator[Sheet]:
    archive = opened(data)
    unsaved, unseen = _refuse_sprawl(archive)
    parts = _parts(archive) if any(unseen.values()) else {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        formulas = _formulas(data) if unsaved else {}
        worked: dict[str, _Formulas] = {}
        held: dict[str, Grid] = {}
        work = _Work()
        for meta in book.sheets_metadata[:MAX_SHEETS]:
            rows = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            grid = [[value(one) for one in row[:MAX_COLUMNS]] for row in rows[:MAX_ROWS]]
            mine = formulas.get(meta.name, {})
            _prepare(grid, mine, uncounted=unsaved == NEVER)
            held[meta.name] = grid
            worked[meta.name.upper()] = _Formulas(grid, mine, worked, work)
        for meta in book.sheets_metadata[:MAX_SHEETS]:
            sums = worked[meta.name.upper()]
            sums.fill()
            hidden = meta.visible != SheetVisibleEnum.Visible
            rows_hidden = unseen.get(parts.get(meta.name, ""), frozenset())
            grid = held[meta.name]
            yield Sheet(meta.name, grid, hidden, sums.count, rows_hidden)
    except (CalamineError, KeyError, ValueError, TypeError, AttributeError, OSError) as error:
        raise Refused("file.damaged") from error


def _prepare(
    grid: Grid, formulas: Mapping[tuple[int, int], str], *, uncounted: bool = False
) -> None:
    """Make room for formulas at the edge, which a reader of stored values may not see.

    `uncounted`: the zeros stored beside the formulas were never computed and are no values.
    """
    for row, column in formulas:
        while len(grid) <= row:
            grid.append([])
        grid[row] += [None] * (column + 1 - len(grid[row]))
        if uncounted:
            grid[row][column] = None


def _ods(data: bytes) -> Iterator[Sheet]:
    archive = opened(data)
    if "content.xml" not in archive.names:
        raise Refused("file.damaged", member="content.xml")
    root = parsed(archive.read("content.xml"), part="content.xml")
    book = child(root, "body", "spreadsheet")
    away = _away(root)
    found: list[Sheet] = []
    for table in list(book if book is not None else ())[:MAX_SHEETS]:
        if local(table) == "table":
            rows = list(_ods_rows(table))[:MAX_ROWS]
            unseen = frozenset(at for at, (_, shown) in enumerate(rows) if not shown)
            hidden = (attribute(table, "style-name") or "") in away
            name = attribute(table, "name") or ""
            found.append(Sheet(name, [row for row, _ in rows], hidden, 0, unseen))
    yield from _worked_out(found)


class _Pending(str):
    """The formula of a cell whose value the file does not hold."""

    __slots__ = ()


def _worked_out(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """The sheets with the values of their pending formulas."""
    book: dict[str, _Formulas] = {}
    work = _Work()
    for sheet in sheets:
        pending: dict[tuple[int, int], str] = {}
        for at, row in enumerate(sheet.grid):
            for column, cell in enumerate(row):
                if isinstance(cell, _Pending):
                    pending[at, column] = cell
                    row[column] = None
        book[sheet.name.upper()] = _Formulas(sheet.grid, pending, book, work)
    for sheet in sheets:
        sums = book[sheet.name.upper()]
        sums.fill()
        yield replace(sheet, computed=sums.count)


def _openly(formula: str) -> str:
    """An OpenDocument formula in the way of other workbooks: [$Tasas.$B$2] as Tasas!$B$2."""
    bare = re.sub(r"^(?:of:|oooc:|msoxl:)?=", "", formula)
    return re.sub(r"\[([^\[\]]{1,120})\]", lambda one: _place(one[1]), bare)


def _place(inside: str) -> str:
    sheet, _, first = inside.partition(":")[0].rpartition(".")
    last = inside.partition(":")[2].rpartition(".")[2]
    return f"{sheet.lstrip('$')}{'!' if sheet else ''}{first}{':' if last else ''}{last}"


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
    formula = attribute(cell, "formula")
    if formula and attribute(cell, "value") is None and not len(cell):
        return _Pending(_openly(formula))
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
