"""One table of a Word file, built whole: python-docx would take milliseconds for each row."""

from collections.abc import Iterable
from typing import NamedTuple, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from monarca.engines.documents.writing.blocks import Grid

type Values = dict[str, str | int]

_INK, _LINE = "1D1A16", "B9B1A4"
_TWENTIETHS = 635  # of a point, in English Metric Units


class Looks(NamedTuple):
    """The style identifiers of the table and its cells, and the width of the text in EMU."""

    table: str
    cell: str
    width: int


def element(grid: Grid, *, looks: Looks) -> BaseOxmlElement:
    """The `w:tbl` of a table; the header row repeats on each page, totals are bold."""
    table = grid.table
    widths = _widths(grid, looks.width // _TWENTIETHS)
    columns = [_part("w:gridCol", {"w": width}) for width in widths]
    rows = [_row(table.head, grid, widths, style=looks.cell, bold=True)]
    rows[0][0].append(_part("w:tblHeader"))
    rows += [_row(cells, grid, widths, style=looks.cell) for cells in table.rows]
    if table.foot:
        rows.append(_row(table.foot, grid, widths, style=looks.cell, bold=True))
    return _part("w:tbl", {}, [_properties(grid, looks), _part("w:tblGrid", {}, columns), *rows])


def _properties(grid: Grid, looks: Looks) -> BaseOxmlElement:
    """Schema order (ECMA-376, part 1, 17.4.59): style, width, borders, layout, look, caption."""
    look: Values = {"val": "0020", "firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0}
    parts = [
        _part("w:tblStyle", {"val": looks.table}),
        _part("w:tblW", {"w": looks.width // _TWENTIETHS, "type": "dxa"}),
        _part("w:tblBorders", {}, _borders()),
        _part("w:tblLayout", {"type": "fixed"}),
        _part("w:tblLook", look),
    ]
    if grid.table.caption:
        parts.append(_part("w:tblCaption", {"val": grid.table.caption}))
    return _part("w:tblPr", {}, parts)


def _borders() -> list[BaseOxmlElement]:
    """Rules between rows, none between columns."""
    outer: Values = {"val": "single", "sz": 8, "space": 0, "color": _INK}
    inner: Values = {"val": "single", "sz": 4, "space": 0, "color": _LINE}
    none: Values = {"val": "nil"}
    sides = {"top": outer, "left": none, "bottom": outer, "right": none}
    sides |= {"insideH": inner, "insideV": none}
    return [_part(f"w:{side}", look) for side, look in sides.items()]


def _row(
    cells: tuple[str, ...], grid: Grid, widths: list[int], *, style: str, bold: bool = False
) -> BaseOxmlElement:
    columns = enumerate(zip(cells, widths, strict=True))
    numeric = grid.table.numeric
    made = [
        _cell(text, width, style=style, right=number in numeric, bold=bold)
        for number, (text, width) in columns
    ]
    return _part("w:tr", {}, [_part("w:trPr", {}, [_part("w:cantSplit")]), *made])


def _cell(text: str, width: int, *, style: str, right: bool, bold: bool) -> BaseOxmlElement:
    shape = [_part("w:pStyle", {"val": style})]
    if right:
        shape.append(_part("w:jc", {"val": "right"}))
    run = _part("w:r", {}, [_part("w:rPr", {}, [_part("w:b")])] if bold else [])
    words = _part("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    measure = _part("w:tcPr", {}, [_part("w:tcW", {"w": width, "type": "dxa"})])
    return _part("w:tc", {}, [measure, _part("w:p", {}, [_part("w:pPr", {}, shape), run])])


def _widths(grid: Grid, total: int) -> list[int]:
    return [total * share // sum(grid.shares) for share in grid.shares]


def _part(
    name: str, values: Values | None = None, inside: Iterable[BaseOxmlElement] = ()
) -> BaseOxmlElement:
    part = cast("BaseOxmlElement", OxmlElement(name))
    for key, value in (values or {}).items():
        part.set(qn(f"w:{key}"), str(value))
    part.extend(inside)
    return part
