"""One table of a Word file, built whole: python-docx would take milliseconds for each row."""

from collections.abc import Iterable
from copy import deepcopy
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


class CellLook(NamedTuple):
    """How the cells of one row look; `followed` when another row stands below it."""

    style: str
    bold: bool
    followed: bool


def element(grid: Grid, *, looks: Looks) -> BaseOxmlElement:
    """The `w:tbl` of a table; the header row repeats on each page, totals are bold."""
    table = grid.table
    widths = _widths(grid, looks.width // _TWENTIETHS)
    columns = [_part("w:gridCol", {"w": width}) for width in widths]
    rows = [(table.head, True), *((cells, False) for cells in table.rows)]
    rows += [(table.foot, True)] if table.foot else []
    made = [
        _row(cells, grid, widths, look=CellLook(looks.cell, bold, number < len(rows)))
        for number, (cells, bold) in enumerate(rows, start=1)
    ]
    made[0][0].append(_part("w:tblHeader"))
    return _part("w:tbl", {}, [_properties(grid, looks), _part("w:tblGrid", {}, columns), *made])


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
    cells: tuple[str, ...], grid: Grid, widths: list[int], *, look: CellLook
) -> BaseOxmlElement:
    numeric, keep = grid.table.numeric, grid.together and look.followed
    made = [
        _cell(text, width, shape=_shape(look.style, keep=keep, right=number in numeric))
        for number, (text, width) in enumerate(zip(cells, widths, strict=True))
    ]
    for cell in made if look.bold else ():
        cell[1][1].insert(0, _part("w:rPr", {}, [_part("w:b")]))
    return _part("w:tr", {}, [_part("w:trPr", {}, [_part("w:cantSplit")]), *made])


def _shape(style: str, *, keep: bool, right: bool) -> BaseOxmlElement:
    """The paragraph of a cell: its style, on one page with the next row, at the right."""
    parts = [_part("w:pStyle", {"val": style})]
    parts += [_part("w:keepNext")] if keep else []
    parts += [_part("w:jc", {"val": "right"})] if right else []
    return _part("w:pPr", {}, parts)


def _cell(text: str, width: int, *, shape: BaseOxmlElement) -> BaseOxmlElement:
    """A cell with one paragraph for each line of its text."""
    paragraphs = [_paragraph(line, deepcopy(shape)) for line in text.split("\n")]
    return _part("w:tc", {}, [_part("w:tcPr", {}, [_measure(width)]), *paragraphs])


def _paragraph(text: str, shape: BaseOxmlElement) -> BaseOxmlElement:
    words = _part("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    return _part("w:p", {}, [shape, _part("w:r", {}, [words])])


def _measure(width: int) -> BaseOxmlElement:
    return _part("w:tcW", {"w": width, "type": "dxa"})


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
