"""Fields of a PDF named by what is printed around them.

The problem: makers of forms leave names such as "Texto7", and only the printed words beside or
above a field tell what it asks. A field's label is the nearest print on its line to the left, else
the lines right above it; a box's option is the print to its right. What is printed is never an
answer. Quadratic in the fields of a page and its pieces of print.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader

from monarca.engines.documents.tree import OPEN, TICKED
from monarca.engines.documents.words import plain

MAX_WIDGETS = 600
MAX_PIECES = 4_000
NEAR = 44.0
LINE = 5.0
ROW = 26.0
FAR = 1e9
NAMELESS = re.compile(
    r"(?:texto?|text ?(?:field|box)?|campo(?: de texto)?|field|casilla|check ?box|caja|lista"
    r"|list ?box|list|grupo|group|champ|zone|case|undefined|untitled|fill|button|boton|radio"
    r"|dropdown|combo ?box|fecha|date|numero|number|topmostsubform|page|form|f|c|q|p|t)?"
    r"(?: ?\d+)*(?: af .*)?"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Print: where it begins, its baseline, and its words."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Widget:
    """A field where it stands: left, bottom, right, top; its name, tooltip and value."""

    left: float
    bottom: float
    right: float
    top: float
    name: str
    text: str

    @property
    def is_box(self) -> bool:
        return self.text in (TICKED, OPEN)


def is_nameless(name: str) -> bool:
    """The name was given by the program that made the form."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|[_.\[\]#]+", " ", name)
    return NAMELESS.fullmatch(plain(words)) is not None


def rows(reader: PdfReader, pages: int) -> list[tuple[str, str]]:
    """Label and value of every field in the order of the pages; boxes of one question together."""
    found: list[tuple[str, str]] = []
    for page in reader.pages[:pages]:
        widgets = sorted(_widgets(page), key=lambda one: (-round(one.top / LINE), one.left))
        if widgets:
            found += _rows(widgets[:MAX_WIDGETS], _pieces(page))
    return found


def _pieces(page: PageObject) -> list[Piece]:
    found: list[Piece] = []

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _: Any, __: Any) -> None:
        if text.strip() and len(found) < MAX_PIECES:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append(Piece(float(x), float(y), " ".join(text.split())))

    page.extract_text(visitor_text=visit)
    return found


def _widgets(page: PageObject) -> Iterator[Widget]:
    for held in page.annotations or ():
        field = held.get_object()
        parent = field["/Parent"].get_object() if "/Parent" in field else {}
        kind = field.get("/FT") or parent.get("/FT")
        if field.get("/Subtype") != "/Widget" or kind is None:
            continue
        left, bottom, right, top = (float(one) for one in field["/Rect"])
        tooltip = field.get("/TU") or parent.get("/TU")
        name = str(tooltip or field.get("/T") or parent.get("/T") or "")
        yield Widget(left, bottom, right, top, name, _value(kind, field, parent))


def _value(kind: str, field: Mapping[str, Any], parent: Mapping[str, Any]) -> str:
    if kind == "/Btn":
        return OPEN if field.get("/AS", field.get("/V")) in (None, "/Off", "") else TICKED
    held = field.get("/V", parent.get("/V"))
    if isinstance(held, (list, tuple)):
        return "\n".join(str(one) for one in held)
    return "" if held is None else str(held).replace("\r", "\n")


def _rows(widgets: list[Widget], pieces: list[Piece]) -> Iterator[tuple[str, str]]:
    options = {id(one): _option(one, widgets, pieces) for one in widgets if one.is_box}
    named = {id(piece) for piece in options.values() if piece is not None}
    print_left = [piece for piece in pieces if id(piece) not in named]
    at = 0
    while at < len(widgets):
        group = _group(widgets, at)
        first = group[0]
        label = first.name if not is_nameless(first.name) and len(group) == 1 else ""
        label = label or _label(first, widgets, print_left) or first.name
        if first.is_box:
            texts = ((one.text, options[id(one)]) for one in group)
            yield label, "   ".join(f"{mark} {said.text if said else ''}" for mark, said in texts)
        else:
            yield label, first.text
        at += len(group)


def _group(widgets: list[Widget], at: int) -> list[Widget]:
    """The boxes of one question: side by side on a line, or below each other."""
    found = [widgets[at]]
    for one in widgets[at + 1 :] if widgets[at].is_box else ():
        last = found[-1]
        beside = abs(one.bottom - last.bottom) < LINE
        below = abs(one.left - last.left) < LINE and last.bottom - one.bottom < ROW
        if not one.is_box or not (beside or below):
            break
        found.append(one)
    return found


def _option(box: Widget, widgets: Sequence[Widget], pieces: Sequence[Piece]) -> Piece | None:
    """The print to the right of a box, before the next field of its line."""
    ends = min(
        (one.left for one in widgets if _level(one, box) and one.left > box.right), default=1e9
    )
    right = [
        one
        for one in pieces
        if box.bottom - LINE < one.y < box.top + 1 and box.right - 2 < one.x < ends
    ]
    return min(right, key=lambda one: one.x, default=None)


def _level(one: Widget, other: Widget) -> bool:
    return abs((one.bottom + one.top) - (other.bottom + other.top)) < 2 * LINE


def _names(piece: Piece, other: Widget) -> bool:
    """The print stands on the line of a field to its right: it is that field's."""
    return other.bottom - LINE < piece.y < other.top + 1 and piece.x < other.left


def _label(field: Widget, widgets: Sequence[Widget], pieces: Sequence[Piece]) -> str:
    """The print to the left on the field's line, else the lines above it, uppermost first."""
    starts = max(
        (one.right for one in widgets if _level(one, field) and one.right <= field.left),
        default=0.0,
    )
    left = [
        one
        for one in pieces
        if field.bottom - LINE < one.y < field.top + 1 and starts - 2 <= one.x < field.left
    ]
    if left:
        return " ".join(one.text for one in sorted(left, key=lambda one: one.x))
    roof = min(
        (one.bottom for one in widgets if one.bottom >= field.top - 1 and one.left < field.right),
        default=1e9,
    )
    above = [
        one
        for one in pieces
        if field.top - 3 < one.y < min(field.top + NEAR, roof + LINE)
        and one.x < field.right
        and not any(_names(one, other) for other in widgets)
    ]
    return "\n".join(one.text for one in sorted(above, key=lambda one: -one.y))
