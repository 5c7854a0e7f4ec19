"""What stands inside a Word paragraph: runs, fields, boxes to tick, lists to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from monarca.engines.documents.tree import OPEN, TICKED, Run
from monarca.engines.documents.xml import attribute, child, local

NO = {"0", "false", "off", "none"}
SYMBOLS = {
    "F0FE": TICKED,
    "F0FD": TICKED,
    "F0FC": "✓",
    "F078": TICKED,
    "F052": TICKED,
    "F053": TICKED,
    "F051": TICKED,
    "F0A8": OPEN,
    "F06F": OPEN,
    "F071": OPEN,
    "F0A3": OPEN,
    "F030": OPEN,
}
PASSED = {"ins", "moveTo", "smartTag", "hyperlink", "fldSimple", "customXml", "dir", "bdo"}
SKIPPED = {"rPr", "pPr", "instrText", "delInstrText", "Fallback", "annotationRef"}
CHOOSE = ("elija", "elige", "seleccion", "escoja", "choose", "select", "choisi", "sélection")
TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def off(node: etree._Element | None) -> bool:
    return (attribute(node, "val") or "").lower() in NO


LOOKS = {
    "b": "bold",
    "i": "italic",
    "vanish": "hidden",
    "webHidden": "hidden",
    "strike": "struck",
    "dstrike": "struck",
    "u": "marked",
    "highlight": "marked",
}


@dataclass(frozen=True, slots=True)
class Look:
    colour: str = ""
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    struck: bool = False
    marked: bool = False

    def with_trait(self, name: str, *, is_on: bool) -> "Look":
        """This look with one of its traits turned on or off."""
        match name:
            case "bold":
                return replace(self, bold=is_on)
            case "italic":
                return replace(self, italic=is_on)
            case "struck":
                return replace(self, struck=is_on)
            case "marked":
                return replace(self, marked=is_on)
            case _:
                return replace(self, hidden=is_on)

    def over(self, properties: etree._Element | None) -> "Look":
        """This look with the run properties laid over it."""
        look = self
        if properties is None:
            return look
        for node in properties:
            name = local(node)
            if name in LOOKS:
                look = look.with_trait(LOOKS[name], is_on=not off(node))
            elif name == "color":
                look = replace(look, colour=_colour(node))
        return look


def _colour(node: etree._Element) -> str:
    value = (attribute(node, "val") or "").upper()
    theme = (attribute(node, "themeColor") or "").lower()
    if value in {"AUTO", "000000", ""} and theme.startswith(("accent", "hyper")):
        return theme
    return "" if value in {"AUTO", "000000"} else value


class Inline:
    """Collects the runs of one paragraph and the text boxes anchored in it."""

    def __init__(self, look: Look, looks: Mapping[str, Look]) -> None:
        self._look = look
        self._looks = looks
        self.runs: list[Run] = []
        self.boxes: list[etree._Element] = []

    def read(self, parent: etree._Element, *, deleted: bool = False) -> None:
        for node in parent:
            name = local(node)
            if name == "r":
                self._run(node, deleted)
            elif name == "sdt":
                self._control(node, deleted)
            elif name in {"del", "moveFrom"}:
                self.read(node, deleted=True)
            elif name in PASSED:
                self.read(node, deleted=deleted)
            elif name == "AlternateContent":
                self._choice(node, self._look, deleted)
            elif name in {"oMath", "oMathPara"}:
                self._add("".join(str(text) for text in node.itertext()), self._look, deleted)

    def _add(self, text: str, look: Look, deleted: bool) -> None:
        if text:
            gone = deleted or look.struck
            run = Run(text, look.colour, look.bold, look.italic, look.hidden, gone, look.marked)
            self.runs.append(run)

    def _run(self, node: etree._Element, deleted: bool) -> None:
        properties = child(node, "rPr")
        style = attribute(child(properties, "rStyle"), "val") or ""
        look = self._look
        if style in self._looks:
            mine = self._looks[style]
            look = replace(
                look,
                colour=mine.colour or look.colour,
                bold=mine.bold or look.bold,
                italic=mine.italic or look.italic,
                hidden=mine.hidden or look.hidden,
            )
        self._pieces(node, look.over(properties), deleted)

    def _pieces(self, node: etree._Element, look: Look, deleted: bool) -> None:
        for piece in node:
            name = local(piece)
            if name in {"t", "delText"}:
                self._add(piece.text or "", look, deleted or name == "delText")
            elif name in TEXT:
                self._add(TEXT[name], look, deleted)
            else:
                self._special(name, piece, look, deleted)

    def _special(self, name: str, piece: etree._Element, look: Look, deleted: bool) -> None:
        if name == "sym":
            code = (attribute(piece, "char") or "").upper()
            self._add(SYMBOLS.get(code, ""), look, deleted)
        elif name == "fldChar":
            self._field(piece, look, deleted)
        elif name in {"drawing", "pict", "object"}:
            self._boxed(piece)
        elif name == "AlternateContent":
            self._choice(piece, look, deleted)

    def _choice(self, node: etree._Element, look: Look, deleted: bool) -> None:
        """The first alternative only: a text box stands in the file twice."""
        chosen = child(node, "Choice")
        chosen = child(node, "Fallback") if chosen is None else chosen
        if chosen is not None:
            self._pieces(chosen, look, deleted)
            self.read(chosen, deleted=deleted)

    def _boxed(self, node: etree._Element) -> None:
        for box in node.iter():
            inside = any(local(above) == "Fallback" for above in box.iterancestors())
            if local(box) == "txbxContent" and not (inside and self.boxes):
                self.boxes.append(box)

    def _field(self, node: etree._Element, look: Look, deleted: bool) -> None:
        """Legacy form fields: the box's or the list's state stands in the field's beginning."""
        box = child(node, "ffData", "checkBox")
        if box is not None:
            state = child(box, "checked")
            state = child(box, "default") if state is None else state
            self._add(OPEN if state is None or off(state) else TICKED, look, deleted)
        entries = child(node, "ffData", "ddList")
        if entries is not None:
            self._add(_chosen(entries), look, deleted)

    def _control(self, node: etree._Element, deleted: bool) -> None:
        properties = child(node, "sdtPr")
        box = child(properties, "checkbox")
        content = child(node, "sdtContent")
        if box is not None:
            state = child(box, "checked")
            ticked = state is not None and not off(state)
            self._add(TICKED if ticked else OPEN, self._look, deleted)
        elif content is not None and child(properties, "showingPlcHdr") is None:
            self.read(content, deleted=deleted)


def _chosen(entries: etree._Element) -> str:
    texts = [attribute(one, "val") or "" for one in entries if local(one) == "listEntry"]
    result = child(entries, "result")
    result = child(entries, "default") if result is None else result
    index = int(attribute(result, "val") or 0) if result is not None else 0
    text = texts[index] if 0 <= index < len(texts) else ""
    bare = text.strip(" .-\u2013\u2014\u2026_[]()").lower()
    return "" if not bare or bare.startswith(CHOOSE) else text
