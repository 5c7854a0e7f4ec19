"""Water into glasses of any width: the exact level, and whole lots one at a time, in integers.

A glass of weight w that holds x lots stands at height (start + step * x) / w. Water stands level,
except where a glass is not yet started (at `low`) or full (at `high`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


class Glass(NamedTuple):
    """One claimant as a glass: width, lots it has anyway, lots it can hold, height before any."""

    weight: int
    low: int
    high: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class Signpost:
    """Where between k and k + 1 lots the next one is due: top(k) / bottom(k), or its root."""

    top: Callable[[int], int]
    bottom: Callable[[int], int] = lambda _: 1
    is_squared: bool = False


SIGNPOSTS = {
    "adams": Signpost(lambda k: k),
    "dean": Signpost(lambda k: 2 * k * (k + 1), lambda k: 2 * k + 1),
    "hill": Signpost(lambda k: k * (k + 1), is_squared=True),
    "webster": Signpost(lambda k: 2 * k + 1, lambda _: 2),
    "dhondt": Signpost(lambda k: k + 1),
}
"""The five classical divisor methods: next below, harmonic, geometric, arithmetic mean, next above.

Source: Balinski and Young, Fair Representation (1982), chapter 8 and appendix A.
"""


def levels(glasses: Sequence[Glass], totals: Sequence[int], step: int = 1) -> list[Fraction]:
    """The height of the water for each total (in lots, rising), exactly. O(n log n).

    A total outside what the glasses can hold gives the lowest start or the highest rim. Without
    any glass that can take water, 0.
    """
    found: list[Fraction] = []
    slope, fixed, last = 0, step * sum(glass.low for glass in glasses), (0, 1)
    wanted = iter(totals)
    total = next(wanted, None)
    for place, is_rim in _events(glasses, step):
        glass = glasses[place]
        high = glass.start + step * (glass.high if is_rim else glass.low)
        while total is not None and (slope * high + (fixed - total * step) * glass.weight >= 0):
            gap = total * step - fixed
            found.append(Fraction(gap, slope) if slope else Fraction(high, glass.weight))
            total = next(wanted, None)
        if total is None:
            return found
        slope += -glass.weight if is_rim else glass.weight
        fixed += high if is_rim else -high
        last = high, glass.weight
    return found + [Fraction(*last)] * (len(totals) - len(found))


def _events(glasses: Sequence[Glass], step: int) -> list[tuple[int, bool]]:
    """Every start and rim in the order of heights, as (place, is it a rim)."""
    count = len(glasses)
    scale = max((glass.weight for glass in glasses), default=1) ** 2
    codes = []
    for place, (weight, low, high, start) in enumerate(glasses):
        if low < high:
            codes.append(((scale * (start + step * low) // weight) * 2) * count + place)
            codes.append(((scale * (start + step * high) // weight) * 2 + 1) * count + place)
    codes.sort()
    return [(code % count, code // count % 2 == 1) for code in codes]


def held(glasses: Sequence[Glass], level: Fraction, step: int = 1) -> list[Fraction]:
    """What each glass holds, in lots and fractions of one, when the water stands at `level`."""
    top, bottom = level.numerator, level.denominator
    lot, found = bottom * step, []
    before, between = -1, Fraction(0)
    for weight, low, high, start in glasses:
        above = top * weight - start * bottom
        if above <= low * lot:
            found.append(Fraction(low))
        elif above >= high * lot:
            found.append(Fraction(high))
        else:
            if above != before:
                before, between = above, Fraction(above, lot)
            found.append(between)
    return found


def _whole(glasses: Sequence[Glass], level: Fraction, step: int, more: int = 0) -> list[int]:
    """The same in whole lots, rounded down, and `more` where there is room."""
    top, bottom = level.numerator, level.denominator
    lot, found = bottom * step, []
    for weight, low, high, start in glasses:
        lots = (top * weight - start * bottom) // lot + more
        found.append(low if lots < low else min(lots, high))
    return found


class Poured(NamedTuple):
    """Lots of each glass, and what each would hold if lots could be cut."""

    lots: list[int]
    exact: list[Fraction]


def pour(glasses: Sequence[Glass], lots: int, *, signpost: Signpost, step: int = 1) -> Poured:
    """Give `lots` out one at a time, each to the glass whose signpost is lowest, in order on a tie.

    That is the divisor method of the signpost, with floors and caps; where starts are nought and
    weights are equal it is water-filling. The lots of all but about 4n are placed at once, from
    the exact level, so the time is O(n log n) however many lots there are.
    """
    counts, level = placed(glasses, lots, signpost=signpost, step=step)
    if level is None:
        return Poured(counts, [Fraction(count) for count in counts])
    return Poured(counts, held(glasses, level, step))


def placed(
    glasses: Sequence[Glass], lots: int, *, signpost: Signpost, step: int = 1
) -> tuple[list[int], Fraction | None]:
    """The same in lots alone, and the height of the water; None where every glass is full."""
    room = sum(glass.high for glass in glasses)
    if lots >= room:
        return [glass.high for glass in glasses], None
    count = len(glasses)
    given = sum(glass.low for glass in glasses)
    around = (max(given, lots - count), lots, min(room, lots + count))
    below, level, above = levels(glasses, around, step)
    counts, most = _whole(glasses, below, step), _whole(glasses, above, step, 1)
    due = _due(glasses, signpost, step)
    codes = [
        due(glass, lot) * count + place
        for place, glass in enumerate(glasses)
        for lot in range(counts[place], most[place])
    ]
    codes.sort()
    for code in codes[: lots - sum(counts)]:
        counts[code % count] += 1
    return counts, level


def _due(glasses: Sequence[Glass], signpost: Signpost, step: int) -> Callable[[Glass, int], int]:
    """The height at which a lot is due, as an integer that orders exactly as the fractions do.

    Two fractions with denominators up to D differ by 1/D^2 or not at all, so their integer parts
    after multiplying by D^2 compare as they do. A signpost at nought (Adams, Dean, Hill: nobody
    goes without) orders by weight, as it would an instant later.
    """
    widest = max(glass.weight for glass in glasses)
    if signpost.is_squared:
        widest **= 2
    largest = signpost.bottom(max(glass.high for glass in glasses)) * widest
    scale = largest**2
    top, bottom, power = signpost.top, signpost.bottom, 2 if signpost.is_squared else 1

    def due(glass: Glass, lot: int) -> int:
        under = bottom(lot)
        over = glass.start * under + step * top(lot)
        if not over:
            return scale // glass.weight - scale - 1
        return int(scale * over // (under * glass.weight**power))

    return due
