"""Boxes that were ticked: the mark stands before its label or behind it."""

import re

from monarca.engines.documents.tree import OPEN, TICKED

FULL = re.compile(
    r"[☑✓✔✗✘■●◉√]|[(\[]\s{0,3}[xX✓]\s{0,3}[)\]]|_+\s?[xX✓]\s?_+"
    "|(?<![\\w.'\u2019-])[xX](?![\\w.'\u2019-])"
)
VOID = re.compile(r"[□○◯◻]|[(\[]\s{0,6}[)\]]|_{2,}")
GAPS = re.compile(f"([ \\t]*)[{TICKED}{OPEN}]([ \\t]*)")
ANY = re.compile(f"[{TICKED}{OPEN}]")


def normal(text: str) -> str:
    """The text with every kind of ticked box as ☒ and every empty one as ☐."""
    short = len(text) < 2000
    marked = FULL.sub(TICKED, text) if short else text
    return VOID.sub(OPEN, marked) if short and (ANY.search(marked) or "[" in text) else marked


def boxes(text: str) -> list[tuple[str, bool]]:
    """Each label with whether its box is ticked; empty when nothing is marked.

    A text that begins with a mark has its marks in front of the labels, otherwise behind them.
    """
    found: list[tuple[str, bool]] = []
    lines = [line for line in normal(text).split("\n") if line.strip()]
    for line in lines:
        if not ANY.search(line):
            continue
        found += _behind(line) if _is_behind(line) else _ahead(line)
    return found


def _is_behind(line: str) -> bool:
    """The marks stand behind their labels.

    A line that begins with a mark has them in front, one that ends with a mark behind; between
    words the mark belongs to the nearer side, to the right where both are as near.
    """
    bare = line.strip(" \t.;,|/_")
    after = ANY.split(bare)[-1].strip()
    if ANY.match(bare) or not after or after.startswith(("(", ":")):
        return not ANY.match(bare)
    left, right = next(iter(GAPS.findall(bare)), ("", ""))
    return len(left) < len(right)


def _ahead(line: str) -> list[tuple[str, bool]]:
    pieces = re.split(f"([{TICKED}{OPEN}])", line)
    return [
        (pieces[at + 1].strip(" \t.;,|/"), pieces[at] == TICKED)
        for at in range(1, len(pieces) - 1, 2)
        if pieces[at + 1].strip()
    ]


def _behind(line: str) -> list[tuple[str, bool]]:
    pieces = re.split(f"([{TICKED}{OPEN}])", line)
    return [
        (pieces[at - 1].strip(" \t.;,|/:"), pieces[at] == TICKED)
        for at in range(1, len(pieces), 2)
        if pieces[at - 1].strip()
    ]


def is_mark(text: str) -> bool:
    """Nothing but a box, or an x that stands for one."""
    return normal(text).strip() in (TICKED, OPEN)


def row_of_marks(texts: list[str]) -> list[str]:
    """Cells of a row of options: a lone x is a ticked box, an empty cell an open one."""
    if not any(text.strip().lower() in {"x", "✓", "✔", "√"} for text in texts):
        return [text for text in texts if text.strip()]
    marks = {"x": TICKED, "✓": TICKED, "✔": TICKED, "√": TICKED, "": OPEN}
    return [marks.get(text.strip().lower(), text) for text in texts]
