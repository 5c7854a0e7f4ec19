"""A waterfall as SVG: how steps, one after the other, carry a sum from its start to its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from monarca.config.shell.drawing import (
    ACCENT,
    INK,
    LABEL,
    PALE,
    ROW,
    TOP,
    WARM,
    WIDTH,
    escape,
    page,
)

RIGHT = 110
TITLE = 96


@dataclass(frozen=True, slots=True)
class Fall:
    """One waterfall: its title, its steps (label, amount) in order, and what is said of the sum."""

    title: str
    steps: Sequence[tuple[str, float]]
    total: str
    said: str


def waterfalls(title: str, falls: Sequence[Fall]) -> str:
    """Waterfalls one below the other on one scale, with an upright line at nought."""
    low, high = _ends(falls)
    shapes: list[str] = []
    y = TOP
    for fall in falls:
        name = fall.title if len(fall.title) <= TITLE else f"{fall.title[: TITLE - 1]}…"
        shapes.append(f'<text x="16" y="{y + 12}" font-weight="600">{escape(name)}</text>')
        foot = y + (len(fall.steps) + 2) * ROW
        x = _x(0.0, low, high)
        shapes.append(f'<line x1="{x:.1f}" y1="{y + ROW - 4}" x2="{x:.1f}" y2="{foot - 4}"')
        shapes.append(f'stroke="{INK}" stroke-dasharray="4 3"/>')
        shapes += _steps(fall, y + ROW, low, high)
        y = foot + ROW // 2
    return page(title, shapes, y + 8)


def _ends(falls: Sequence[Fall]) -> tuple[float, float]:
    """The least and the largest sum on the way of any."""
    reached = [0.0]
    for fall in falls:
        total = 0.0
        for _, amount in fall.steps:
            total += amount
            reached.append(total)
    low, high = min(reached), max(reached)
    return (low, high) if high > low else (low - 1.0, high + 1.0)


def _steps(fall: Fall, y: int, low: float, high: float) -> list[str]:
    shapes: list[str] = []
    total = 0.0
    for label, amount in fall.steps:
        shapes += _bar(label, (total, total + amount), f"{amount:+.1f}", y, (low, high))
        total += amount
        y += ROW
    return shapes + _bar(fall.total, (0.0, total), f"{total:+.1f} · {fall.said}", y, (low, high))


def _bar(
    label: str, ends: tuple[float, float], said: str, y: int, scale: tuple[float, float]
) -> list[str]:
    one, other = sorted(_x(end, *scale) for end in ends)
    colour = ACCENT if ends[1] >= ends[0] else WARM
    short = label if len(label) <= 30 else f"{label[:29]}…"
    return [
        f'<text x="{LABEL - 8}" y="{y + 12}" text-anchor="end">{escape(short)}</text>',
        f'<rect x="{LABEL}" y="{y + 13}" width="{WIDTH - LABEL - RIGHT}" height="1" '
        f'fill="{PALE}"/>',
        f'<rect x="{one:.1f}" y="{y}" width="{max(other - one, 1.0):.1f}" height="12" '
        f'fill="{colour}"/>',
        f'<text x="{WIDTH - RIGHT + 8}" y="{y + 12}">{escape(said)}</text>',
    ]


def _x(value: float, low: float, high: float) -> float:
    return LABEL + (value - low) / (high - low) * (WIDTH - LABEL - RIGHT)
