"""OpenDocument texts read into the same neutral tree as Word documents."""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from monarca.engines.documents.archive import Refused, opened
from monarca.engines.documents.docx_inline import Look
from monarca.engines.documents.tree import OPEN, TICKED, Block, Cell, Paragraph, Run, Table, Tree
from monarca.engines.documents.xml import attribute, child, local, parsed

MAX_NESTING = 6
MAX_REPEAT = 60
SKIPPED = {"tracked-changes", "annotation", "note", "placeholder", "forms", "sequence-decls"}
ROW_GROUPS = {"table-header-rows", "table-rows", "table-row-group"}


def _look(node: etree._Element, look: Look) -> Look:
    properties = child(node, "text-properties")
    if properties is None:
        return look
    colour = (attribute(properties, "color") or "").lstrip("#").upper()
    weight = attribute(properties, "font-weight")
    slope = attribute(properties, "font-style")
    return Look(
        colour=("" if colour == "000000" else colour) or look.colour,
        bold=look.bold if weight is None else weight not in {"normal", "400"},
        italic=look.italic if slope is None else slope != "normal",
        hidden=look.hidden or attribute(properties, "display") == "none",
    )


def _looks(*roots: etree._Element) -> dict[str, Look]:
    nodes = [node for root in roots for node in root.iter() if local(node) == "style"]
    known: dict[str, Look] = {}
    for _ in range(2):
        for node in nodes:
            parent = known.get(attribute(node, "parent-style-name") or "", Look())
            known[attribute(node, "name") or ""] = _look(node, parent)
    return known


class _Reader:
    def __init__(self, looks: dict[str, Look], boxes: dict[str, str]) -> None:
        self._looks = looks
        self._boxes = boxes
        self._frames: list[etree._Element] = []

    def blocks(
        self, parent: etree._Element, depth: int = 0, listed: bool = False
    ) -> Iterator[Block]:
        for node in parent:
            name = local(node)
            if name in {"p", "h"}:
                yield from self._paragraph(node, depth, listed)
            elif name == "table" and depth < MAX_NESTING:
                yield self._table(node, depth)
            elif name in SKIPPED:
                continue
            elif name in {"list", "list-item", "list-header", "section", "text-box", "frame"}:
                yield from self.blocks(node, depth, listed or name.startswith("list"))

    def _paragraph(self, node: etree._Element, depth: int, listed: bool) -> Iterator[Block]:
        style = attribute(node, "style-name") or ""
        self._frames = []
        runs = tuple(self._runs(node, self._looks.get(style, Look())))
        frames = self._frames
        yield Paragraph(runs, style, local(node) == "h", listed)
        if depth < MAX_NESTING:
            for frame in frames:
                yield from self.blocks(frame, depth + 1)

    def _runs(self, node: etree._Element, look: Look) -> Iterator[Run]:
        if node.text:
            yield _run(node.text, look)
        for one in node:
            yield from self._inside(one, look)
            if one.tail:
                yield _run(one.tail, look)

    def _inside(self, node: etree._Element, look: Look) -> Iterator[Run]:
        name = local(node)
        if name == "s":
            count = attribute(node, "c") or "1"
            yield _run(" " * min(int(count) if count.isdigit() else 1, 400), look)
        elif name in {"tab", "line-break"}:
            yield _run("\t" if name == "tab" else "\n", look)
        elif name == "control":
            yield _run(self._boxes.get(attribute(node, "control") or "", ""), look)
        elif name == "content-control":
            yield from self._control(node, look)
        elif name in {"frame", "text-box", "custom-shape"}:
            self._frames.append(node)
        elif name not in SKIPPED:
            mine = self._looks.get(attribute(node, "style-name") or "")
            yield from self._runs(node, look if mine is None else _laid(mine, look))

    def _control(self, node: etree._Element, look: Look) -> Iterator[Run]:
        if attribute(node, "checkbox") == "true":
            yield _run(TICKED if attribute(node, "checked") == "true" else OPEN, look)
        elif attribute(node, "showing-place-holder") != "true":
            yield from self._runs(node, look)

    def _table(self, node: etree._Element, depth: int) -> Table:
        cells: list[Cell] = []
        height = 0
        for row in _rows(node):
            repeat = min(_count(row, "number-rows-repeated"), MAX_REPEAT)
            placed = self._row(row, height, depth)
            empty = not any(cell.text for cell in placed)
            for extra in range(1 if empty else repeat):
                cells += [replace(cell, row=cell.row + extra) for cell in placed]
                height += 1
        width = max((cell.column + cell.columns for cell in cells), default=0)
        return Table(tuple(cells), height, width)

    def _row(self, row: etree._Element, height: int, depth: int) -> list[Cell]:
        placed: list[Cell] = []
        column = 0
        for node in row:
            repeat = min(_count(node, "number-columns-repeated"), MAX_REPEAT)
            if local(node) == "table-cell":
                blocks = tuple(self.blocks(node, depth + 1))
                spans = _count(node, "number-columns-spanned"), _count(node, "number-rows-spanned")
                placed += [Cell(height, column + extra, blocks, *spans) for extra in range(repeat)]
            column += repeat
        return placed


def _laid(mine: Look, under: Look) -> Look:
    return Look(
        mine.colour or under.colour,
        mine.bold or under.bold,
        mine.italic or under.italic,
        mine.hidden or under.hidden,
    )


def _run(text: str, look: Look) -> Run:
    return Run(text, look.colour, look.bold, look.italic, look.hidden)


def _rows(node: etree._Element) -> Iterator[etree._Element]:
    for one in node:
        if local(one) == "table-row":
            yield one
        elif local(one) in ROW_GROUPS:
            yield from _rows(one)


def _count(node: etree._Element, name: str) -> int:
    value = attribute(node, name) or "1"
    return max(1, min(int(value), 500)) if value.isdigit() and len(value) < 9 else 1


def _boxes(root: etree._Element) -> dict[str, str]:
    """The ticked state of form controls by their id."""
    found = {}
    for node in root.iter():
        if local(node) == "checkbox":
            state = attribute(node, "current-state") or attribute(node, "state") or "unchecked"
            found[attribute(node, "id") or ""] = TICKED if state == "checked" else OPEN
    return found


def read_odt(data: bytes) -> Tree:
    """The text as a tree; raises Refused when it is damaged, hostile or no text."""
    archive = opened(data)
    if "content.xml" not in archive.names:
        raise Refused("file.damaged", member="content.xml")
    root = parsed(archive.read("content.xml"), part="content.xml")
    roots = [root]
    if "styles.xml" in archive.names:
        roots.insert(0, parsed(archive.read("styles.xml"), part="styles.xml"))
    text = child(root, "body", "text")
    if text is None:
        raise Refused("file.damaged", member="content.xml")
    return Tree(tuple(_Reader(_looks(*roots), _boxes(root)).blocks(text)))
