"""How alike two groupings of the same people are."""

from collections import Counter
from collections.abc import Hashable, Sequence
from fractions import Fraction
from math import comb


def adjusted_rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """The adjusted Rand index: 1 the same grouping whatever its labels, 0 as alike as by chance.

    Computed in whole numbers. Two groupings that cannot differ (all in one group, or everybody
    alone, in both) give 1. Source: Hubert and Arabie, Journal of Classification 2 (1985).
    ValueError: not the same people.
    """
    if len(one) != len(other):
        raise ValueError("two groupings of the same people have the same length")
    together = _pairs(Counter(zip(one, other, strict=True)))
    ones, others, whole = _pairs(Counter(one)), _pairs(Counter(other)), comb(len(one), 2)
    expected = Fraction(ones * others, whole or 1)
    most = Fraction(ones + others, 2)
    return float((together - expected) / (most - expected)) if most != expected else 1.0


def _pairs(counts: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(comb(count, 2) for count in counts.values())
