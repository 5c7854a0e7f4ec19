"""Drawings as SVG that stand alone: bars, and dots with their intervals; text, no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as as_markup

from monarca.config.shell.seen import visible

WIDTH, LABEL, ROW, TOP = 760, 220, 22, 48
INK, PALE, ACCENT, WARM = "#1f2933", "#d9e2ec", "#0b6e4f", "#b45309"


@dataclass(frozen=True, slots=True)
class Mark:
    """One line of a drawing: its label, a value, an interval around it, and what is said after."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    said: str = ""
    is_special: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """One bar of a stack: its label, its parts from left to right, and what is said after."""

    label: str
    parts: tuple[float, ...]
    said: str = ""


def bars(title: str, marks: Sequence[Mark], *, most: float | None = None) -> str:
    """Horizontal bars from nought; `most` is the right end (the largest value without it)."""
    end = most if most is not None else max((mark.value for mark in marks), default=1.0)
    end = end or 1.0
    shapes = []
    for place, mark in enumerate(marks):
        y, long = TOP + place * ROW, _wide(mark.value, 0.0, end)
        shapes.append(_label(mark, y))
        shapes.append(
            f'<rect x="{LABEL}" y="{y}" width="{_wide(end, 0.0, end):.1f}" height="14" '
            f'fill="{PALE}"/>'
        )
        shapes.append(
            f'<rect x="{LABEL}" y="{y}" width="{long:.1f}" height="14" fill="{_colour(mark)}"/>'
        )
        shapes.append(_said(mark, y))
    return page(title, shapes, TOP + len(marks) * ROW + 16)


def dots(title: str, marks: Sequence[Mark], *, line: float | None = None) -> str:
    """A dot a row with its interval; `line` draws one upright line through all (a threshold)."""
    ends = [end for mark in marks for end in (mark.low, mark.value, mark.high) if end is not None]
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    shapes = []
    if line is not None:
        x, foot = LABEL + _wide(line, low, high), TOP + len(marks) * ROW
        shapes.append(
            f'<line x1="{x:.1f}" y1="{TOP - 6}" x2="{x:.1f}" y2="{foot}" '
            f'stroke="{INK}" stroke-dasharray="4 3"/>'
        )
    for place, mark in enumerate(marks):
        y = TOP + place * ROW
        shapes += [_label(mark, y), *_dot(mark, y + 7, low, high), _said(mark, y)]
    return page(title, shapes, TOP + len(marks) * ROW + 16)


def stacks(title: str, bands: Sequence[Band]) -> str:
    """Bars of equal length, each divided into its parts (at most three colours, in order)."""
    shapes = []
    for place, band in enumerate(bands):
        y, done, whole = TOP + place * ROW, 0.0, sum(band.parts) or 1.0
        mark = Mark(band.label, 0.0, said=band.said)
        shapes += [_label(mark, y), _said(mark, y)]
        for part, colour in zip(band.parts, (ACCENT, PALE, WARM), strict=False):
            x, wide = LABEL + _wide(done, 0.0, whole), _wide(part, 0.0, whole)
            shapes.append(
                f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="14" fill="{colour}"/>'
            )
            done += part
    return page(title, shapes, TOP + len(bands) * ROW + 16)


def escape(text: str) -> str:
    """Words as XML may hold them; what nobody would see, such as a control, by its number."""
    return as_markup(visible(text))


def _dot(mark: Mark, y: int, low: float, high: float) -> list[str]:
    shapes, colour = [], _colour(mark)
    if mark.low is not None and mark.high is not None:
        left, right = (LABEL + _wide(end, low, high) for end in (mark.low, mark.high))
        shapes.append(
            f'<line x1="{left:.1f}" y1="{y}" x2="{right:.1f}" y2="{y}" '
            f'stroke="{colour}" stroke-width="3" opacity=".45"/>'
        )
    x = LABEL + _wide(mark.value, low, high)
    return [*shapes, f'<circle cx="{x:.1f}" cy="{y}" r="5" fill="{colour}"/>']


def _wide(value: float, low: float, high: float) -> float:
    part = (value - low) / (high - low) if high > low else 0.0
    return min(1.0, max(0.0, part)) * (WIDTH - LABEL - 110)


def _colour(mark: Mark) -> str:
    return WARM if mark.is_special else ACCENT


def _label(mark: Mark, y: int) -> str:
    said = mark.label if len(mark.label) <= 30 else f"{mark.label[:29]}…"
    return f'<text x="{LABEL - 8}" y="{y + 12}" text-anchor="end">{escape(said)}</text>'


def _said(mark: Mark, y: int) -> str:
    return f'<text x="{WIDTH - 100}" y="{y + 12}">{escape(mark.said)}</text>'


def page(title: str, shapes: Sequence[str], high: int) -> str:
    """The whole drawing around its shapes, `high` pixels high."""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" '
            f'height="{high}" role="img" font-family="system-ui, sans-serif" font-size="13" '
            f'fill="{INK}">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{WIDTH}" height="{high}" fill="#fff"/>',
            f'<text x="16" y="26" font-size="17" font-weight="600">{escape(title)}</text>',
            *shapes,
            "</svg>",
            "",
        )
    )
