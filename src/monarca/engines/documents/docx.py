"""Word documents read into the neutral tree, whichever program wrote them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from monarca.engines.documents.archive import Archive, Refused, opened
from monarca.engines.documents.docx_inline import Inline, Look, off
from monarca.engines.documents.tree import Block, Cell, Paragraph, Table, Tree
from monarca.engines.documents.xml import attribute, child, local, parsed

MAX_NESTING = 6
MAX_COLUMNS = 200
WRAPPERS = {"sdtContent", "ins", "moveTo", "customXml", "smartTag", "body", "txbxContent"}
DELETED = {"del", "moveFrom"}


@dataclass(frozen=True, slots=True)
class Style:
    look: Look = field(default_factory=Look)
    name: str = ""
    heading: bool = False
    listed: bool = False


def main_part(archive: Archive) -> str:
    """The name of the main document part: as the package relations say, else the usual one."""
    if "_rels/.rels" in archive.names:
        for relation in parsed(archive.read("_rels/.rels")):
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                target = (attribute(relation, "Target") or "").lstrip("/")
                if target in archive.names:
                    return target
    return "word/document.xml"


def _style(node: etree._Element, known: dict[str, Style]) -> Style:
    parent = known.get(attribute(child(node, "basedOn"), "val") or "", Style())
    name = attribute(child(node, "name"), "val") or ""
    outline = child(node, "pPr", "outlineLvl") is not None
    return Style(
        look=parent.look.over(child(node, "rPr")),
        name=name,
        heading=parent.heading
        or outline
        or name.lower().startswith(("heading", "title", "título")),
        listed=parent.listed or child(node, "pPr", "numPr") is not None,
    )


def _styles(archive: Archive, folder: str) -> dict[str, Style]:
    """Looks by style id; a style that stands before its parent is resolved on the second turn."""
    name = f"{folder}/styles.xml"
    if name not in archive.names:
        return {}
    nodes = [node for node in parsed(archive.read(name), part=name) if local(node) == "style"]
    known: dict[str, Style] = {}
    for _ in range(2):
        for node in nodes:
            known[attribute(node, "styleId") or ""] = _style(node, known)
    return known


class _Reader:
    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles
        self._looks = {key: one.look for key, one in styles.items()}

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Block]:
        for node in parent:
            name = local(node)
            if name == "p":
                yield from self._paragraph(node, depth)
            elif name == "tbl" and depth < MAX_NESTING:
                yield self._table(node, depth)
            elif name == "sdt":
                yield from self._control(node, depth)
            elif name == "AlternateContent":
                chosen = child(node, "Choice")
                yield from self.blocks(node if chosen is None else chosen, depth)
            elif name in WRAPPERS or name == "Fallback":
                yield from self.blocks(node, depth)

    def _control(self, node: etree._Element, depth: int) -> Iterator[Block]:
        content = child(node, "sdtContent")
        if child(node, "sdtPr", "showingPlcHdr") is not None:
            yield Paragraph(())
        elif content is not None:
            yield from self.blocks(content, depth)

    def _paragraph(self, node: etree._Element, depth: int) -> Iterator[Block]:
        properties = child(node, "pPr")
        style = self._styles.get(attribute(child(properties, "pStyle"), "val") or "", Style())
        inline = Inline(style.look, self._looks)
        inline.read(node)
        listed = style.listed or child(properties, "numPr") is not None
        heading = style.heading or child(properties, "outlineLvl") is not None
        yield Paragraph(tuple(inline.runs), style.name, heading, listed)
        if depth < MAX_NESTING:
            for box in inline.boxes:
                yield from self.blocks(box, depth + 1)

    def _table(self, node: etree._Element, depth: int) -> Table:
        cells: list[Cell] = []
        above: dict[int, int] = {}
        height = 0
        for row in _children(node, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            column = _number(child(row, "trPr", "gridBefore"), 0)
            for tc in _children(row, "tc"):
                span = min(_number(child(tc, "tcPr", "gridSpan"), 1), MAX_COLUMNS)
                self._place(cells, above, tc, (height, column, span), depth)
                column += span
            height += 1
        width = max((cell.column + cell.columns for cell in cells), default=0)
        return Table(tuple(cells), height, width)

    def _place(
        self,
        cells: list[Cell],
        above: dict[int, int],
        tc: etree._Element,
        where: tuple[int, int, int],
        depth: int,
    ) -> None:
        row, column, span = where
        merge = child(tc, "tcPr", "vMerge")
        across = attribute(child(tc, "tcPr", "hMerge"), "val")
        if merge is not None and attribute(merge, "val") != "restart" and column in above:
            index = above[column]
            cells[index] = replace(cells[index], rows=row - cells[index].row + 1)
            return
        if across == "continue" and cells and cells[-1].row == row:
            cells[-1] = replace(cells[-1], columns=cells[-1].columns + span)
            return
        above.pop(column, None)
        if merge is not None:
            above[column] = len(cells)
        cells.append(Cell(row, column, tuple(self.blocks(tc, depth + 1)), columns=span))


def _children(node: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those inside controls and tracked insertions."""
    for one in node:
        name = local(one)
        if name == wanted:
            yield one
        elif name in WRAPPERS or name == "sdt":
            yield from _children(one, wanted)


def _number(node: etree._Element | None, default: int) -> int:
    value = attribute(node, "val") or ""
    return int(value) if value.isdigit() and len(value) < 4 and not off(node) else default


def read_docx(data: bytes) -> Tree:
    """The document as a tree; raises Refused when it is damaged, hostile or no document."""
    archive = opened(data)
    part = main_part(archive)
    if part not in archive.names:
        raise Refused("file.damaged", member=part)
    root = parsed(archive.read(part), part=part)
    body = child(root, "body")
    if body is None:
        raise Refused("file.damaged", member=part)
    reader = _Reader(_styles(archive, part.rpartition("/")[0]))
    return Tree(tuple(reader.blocks(body)))
