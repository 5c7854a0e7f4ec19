"""Drawings made on the server; their numbers print with a point in every language."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from monarca.kit.parts import Doubt
from monarca.portal.components.templatetags.rendering import (
    Number,
    percent,
    point,
    render,
)
from monarca.portal.components.templatetags.states import GRID, INEGI, STATES, TILE

register = template.Library()

TOP_SCORE = 5
HALF = Fraction(1, 2)  # a rank stands in the middle of its place


@register.simple_tag
def bar(value: Number, *, top: Number, tone: str = "ink") -> SafeString:
    """One bar of a bar chart; `top` is the value that fills the cell."""
    return render("bar", width=percent(value, top), tone=tone)


@register.simple_tag
def stacked(parts: Sequence[tuple[Number, str]], *, top: Number) -> SafeString:
    """Parts of a whole in one row: (value, tone); the order of tones is the order of the legend."""
    shapes, start = [], Fraction(0)
    for value, tone in parts:
        shapes.append({"x": percent(start, top), "width": percent(value, top), "tone": tone})
        start += Fraction(value)
    return render("stacked", shapes=shapes)


@register.simple_tag
def score_spread(scores: Sequence[Number], *, mean: Number) -> SafeString:
    """One dot a reviewer on 0 to 5, the range as a line, the mean as a tick."""
    return render(
        "score_spread",
        steps=[_score_place(step) for step in range(TOP_SCORE + 1)],
        dots=[_score_place(score) for score in scores],
        low=_score_place(min(scores, default=0)),
        high=_score_place(max(scores, default=0)),
        mean=_score_place(mean) if scores else "",
    )


def score_doubt(score: Doubt) -> SafeString:
    """A dot with the interval that the score may lie in, and the line.

    The readers' mean is a tick where it stands elsewhere.
    """
    first, last = score.scale
    places = {name: _place(getattr(score, name), score.scale) for name in ("low", "middle", "high")}
    return render(
        "score_doubt",
        steps=[_place(step, score.scale) for step in range(first, last + 1)],
        mean="" if score.mean == score.middle else _place(score.mean, score.scale),
        cut="" if score.cut is None else _place(score.cut, score.scale),
        is_close=score.is_close,
        **places,
    )


def _score_place(score: Number) -> str:
    return _place(score, (0, TOP_SCORE))


def _place(score: Number, scale: tuple[int, int]) -> str:
    """The ends stand at 4 % and 96 % of the cell, so that no dot is cut at the border."""
    first, last = scale
    return percent(4 + (Fraction(score) - first) * 92 / (last - first), 100)


@register.simple_tag
def interval(
    ranks: tuple[Number, Number, Number], *, top: int, band: tuple[int, int], cut: int
) -> SafeString:
    """Where a rank may truly lie: (low, middle, high) of `top`, ties from band to band, the cut."""
    low, middle, high = (Fraction(rank) for rank in ranks)
    return render(
        "interval",
        low=percent(low - HALF, top),
        middle=percent(middle - HALF, top),
        high=percent(high - HALF, top),
        band=percent(band[0] - 1, top),
        band_width=percent(band[1] - band[0] + 1, top),
        cut=percent(cut, top),
        inside=low <= cut + HALF <= high,
    )


@register.simple_tag
def portfolio_bar(
    spent: Number, *, envelope: Number, floor: Number = 0, ceiling: Number = 0
) -> SafeString:
    """Money chosen against the floor and the ceiling that the strategy sets; all in one unit."""
    return render(
        "portfolio_bar",
        width=percent(spent, envelope),
        off=spent < floor or bool(ceiling and spent > ceiling),
        floor=percent(floor, envelope) if floor else "",
        ceiling=percent(ceiling, envelope) if ceiling else "",
    )


@register.simple_tag
def sparkline(values: Sequence[Number], *, label: str) -> SafeString:
    """A year in a word's width; `label` and the words beside it carry the meaning."""
    top = Fraction(max(values, default=0)) or 1
    step = Fraction(96, max(len(values) - 1, 1))
    spots = [
        f"{point(2 + index * step)} {point(22 - Fraction(value) / top * 20)}"
        for index, value in enumerate(values)
    ]
    return render("sparkline", path="M" + "L".join(spots) if spots else "", label=label)


@register.simple_tag
def tile_map(
    values: Mapping[str, int], *, href: str = "?state=", steps: tuple[int, int, int] = (1, 3, 6)
) -> SafeString:
    """Mexico's 32 states as equal tiles: numbers are printed, each tile filters.

    Keys are INEGI ("20") or ISO 3166-2 ("OAX") codes; `href` is what stands before the INEGI code.
    """
    counts = {INEGI.get(key, key): value for key, value in values.items()}
    numbers = {code: number for number, code in INEGI.items()}
    tiles = [
        _tile(code, counts.get(code, 0), href=href + numbers[code], steps=steps) for code in GRID
    ]
    return render("tile_map", tiles=tiles)


def _tile(code: str, count: int, *, href: str, steps: tuple[int, ...]) -> dict[str, object]:
    column, row = GRID[code]
    phrase = ngettext("%(state)s: %(count)d project", "%(state)s: %(count)d projects", count)
    return {
        "code": code,
        "count": str(count) if count else "·",
        "label": phrase % {"state": STATES[code], "count": count},
        "href": href,
        "step": str(sum(count >= step for step in steps)),
        "x": str(column * TILE),
        "y": str(row * TILE),
        "middle": str(column * TILE + TILE // 2),
        "upper": str(row * TILE + 19),
        "lower": str(row * TILE + 34),
    }
