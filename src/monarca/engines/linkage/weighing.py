"""What each outcome weighs, learned without labels (Fellegi and Sunter; expectation-maximisation).

The model speaks of all pairs of the tables, not of the compared ones alone: pairs that share no key
count as different. How often different pairs agree is thus all agreement less that of the same
pairs, which keeps identifiers sharp: the tax number's few agreements are nearly all of one group.
Source: I. P. Fellegi and A. B. Sunter, A theory for record linkage, JASA 64 (1969); W. E. Winkler
(1988) for the learning; rarity of values after Winkler (1989).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from monarca.engines.linkage.columns import Column, Floats, Ints, Rows
from monarca.engines.linkage.comparing import compared
from monarca.engines.linkage.records import Level, Model

SAMPLE = 100_000
"""Pairs taken at random to see how often outcomes happen; all pairs where there are no more."""

ROUNDS = 200
STILL = 1e-7
"""Learning ends when no share moves by more than this."""

SURE_SAME = 10.0
"""So many pairs does the expectation of a kind weigh beside the pairs found to be the same."""

SURE_DIFFERENT = 1_000.0
"""And so many beside the pairs taken at random."""

EXPECTED = 0.05
"""Expected before anything is seen: this share of the rows has a double. Weighs as one pair."""

RARITY = 20.0
"""So many rows does the average frequency of a value weigh beside its own count."""

NAMING = ("name", "person", "id", "phone", "email")
"""Kinds whose values are meant to name one alone."""

NO_KIN = 1e-30
"""The chance of kin where no field can tell them from the same."""

HEAVIEST = 24.0
"""Bits: no single outcome weighs more, either way."""


@dataclass(frozen=True, slots=True)
class Shares:
    """One class of pairs: how many of all pairs are of it, and the share of each outcome."""

    chance: float
    outcomes: tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned of the pairs that are the same, of kin, and of strangers."""

    same: Shares
    kin: Shares
    strangers: Shares
    rounds: int = 0

    def bits(self, place: int, *, of: Shares | None = None) -> Floats:
        """What each outcome of a field weighs against strangers, as a logarithm to base 2."""
        import numpy as np

        mine = (of or self.same).outcomes[place]
        return np.clip(np.log2(mine / self.strangers.outcomes[place]), -HEAVIEST, HEAVIEST)

    def prior(self, *, of: Shares | None = None) -> float:
        """Bits before anything is compared."""
        return log2((of or self.same).chance / self.strangers.chance)


@dataclass(frozen=True, slots=True)
class Patterns:
    """The different vectors of levels among the compared pairs, and how often each stands there."""

    levels: Ints
    counts: Floats
    of_pair: Ints


def patterns_of(levels: Ints, sizes: Sequence[int]) -> Patterns:
    """Pairs by their vector of levels; `levels` has a row per pair, a column per field."""
    import numpy as np

    code = np.zeros(len(levels), np.int64)
    for place, size in enumerate(sizes):
        code = code * (size + 1) + levels[:, place] + 1
    _, first, back, counts = np.unique(
        code, return_index=True, return_inverse=True, return_counts=True
    )
    return Patterns(levels[first], counts.astype(np.float64), back)


def outcomes_at_random(rows: Rows, *, seed: int = 1) -> list[Floats]:
    """Per field how many of all pairs have each outcome (fields that one row leaves blank: none).

    That values are equal is counted exactly; the other outcomes are estimated from pairs drawn
    with `seed`, or counted where all pairs are no more than the sample.
    """
    left, right = _some_pairs(rows, seed)
    return [_outcomes(rows, column, left, right) for column in rows.columns]


def _some_pairs(rows: Rows, seed: int) -> tuple[Ints, Ints]:
    import numpy as np

    count, whole = len(rows), rows.possible
    if whole <= SAMPLE:
        one, other = np.triu_indices(count, 1)
        across = (one < rows.first) & (other >= rows.first)
        return (one[across], other[across]) if rows.is_link else (one, other)
    chosen = np.random.default_rng(seed)
    if rows.is_link:
        one = chosen.integers(0, rows.first, SAMPLE)
        return one, chosen.integers(rows.first, count, SAMPLE)
    one = chosen.integers(0, count, SAMPLE)
    other = chosen.integers(0, count - 1, SAMPLE)
    return one, other + (other >= one)


def _outcomes(rows: Rows, column: Column, left: Ints, right: Ints) -> Floats:
    import numpy as np

    top = len(column.kind.outcomes) - 1
    levels, _ = compared(column, left, right)
    seen = np.bincount(levels[levels >= 0], minlength=top + 1).astype(np.float64)
    whole, equal = _both_said(rows, column)
    scale = whole / max(seen.sum(), 1.0)
    counted = seen * scale
    if scale > 1.0:
        counted[top] = equal
    return counted


def _both_said(rows: Rows, column: Column) -> tuple[float, float]:
    """All pairs in which both say something, and those that say the same."""
    said = column.codes >= 0
    first, second = float(said[: rows.first].sum()), float(said[rows.first :].sum())
    whole = first * second if rows.is_link else first * (first - 1) / 2
    return whole, float(sharing(rows, column).sum())


def sharing(rows: Rows, column: Column) -> Floats:
    """How many pairs of rows have a value of each group."""
    import numpy as np

    size = int(column.groups.max(initial=-1)) + 1
    groups = np.append(column.groups, size)[column.codes]
    first, second = (
        np.bincount(part, minlength=size + 1)[:size].astype(np.float64)
        for part in (groups[: rows.first], groups[rows.first :])
    )
    pairs: Floats = first * second if rows.is_link else first * (first - 1) / 2
    return pairs


def learned(rows: Rows, patterns: Patterns, at_random: Sequence[Floats]) -> Weights:
    """Weights by expectation-maximisation, from what each kind expects on.

    Every round: the chance of each class for each vector of outcomes, then the shares that these
    chances give.
    """
    weights, at_random = expected(rows), _alone(rows, at_random)
    pseudo = 1.0 / weights.same.chance
    for _ in range(ROUNDS):
        same, kin = chances_of(weights, patterns)
        found = (same * patterns.counts, kin * patterns.counts)
        moved = _round(weights, rows, patterns, at_random, (*found, pseudo))
        is_still = _distance(weights, moved) < STILL
        weights = moved
        if is_still:
            break
    return weights


def expected(rows: Rows) -> Weights:
    """What is expected of each kind before any pair is seen."""
    import numpy as np

    kinds = [column.kind for column in rows.columns]
    strangers = tuple(np.array(kind.different) for kind in kinds)
    smaller = min(rows.first, len(rows) - rows.first) if rows.is_link else len(rows)
    chance = min(0.1, EXPECTED * max(smaller, 1) / max(rows.possible, 1))
    return Weights(
        Shares(chance, tuple(np.array(kind.same) for kind in kinds)),
        Shares(
            chance if any(kind.is_identity for kind in kinds) else NO_KIN,
            tuple(np.array(kind.kin) for kind in kinds),
        ),
        Shares(1 - 2 * chance, strangers),
    )


def _alone(rows: Rows, at_random: Sequence[Floats]) -> list[Floats]:
    """Outcomes at random, without equal names where names are all there is.

    One field alone cannot tell whether equal values are chance or sameness; if it names one (a
    name, a number, an address), sameness is taken for granted, as a person would.
    """
    telling = [
        place
        for place, column in enumerate(rows.columns)
        if len(column.values) > 1 and 10 * int((column.codes >= 0).sum()) >= len(rows)
    ]
    counted = [each.copy() for each in at_random]
    if len(telling) == 1 and rows.columns[telling[0]].field.kind in NAMING:
        counted[telling[0]][-1] = 0.0
    return counted


def chances_of(weights: Weights, patterns: Patterns) -> tuple[Floats, Floats]:
    """For each vector of outcomes the chance that a pair is the same, and that it is kin."""
    import numpy as np

    odds = []
    for each in (weights.same, weights.kin):
        bits = np.full(len(patterns.levels), weights.prior(of=each))
        for place in range(patterns.levels.shape[1]):
            weighed = np.append(weights.bits(place, of=each), 0.0)
            bits += weighed[patterns.levels[:, place]]
        odds.append(np.exp2(np.clip(bits, -200.0, 200.0)))
    whole = 1.0 + odds[0] + odds[1]
    return odds[0] / whole, odds[1] / whole


def probability(bits: Floats) -> Floats:
    """The chance that odds of so many bits stand for."""
    import numpy as np

    return 1.0 / (1.0 + np.exp2(-np.clip(bits, -200.0, 200.0)))


def _round(
    weights: Weights,
    rows: Rows,
    patterns: Patterns,
    at_random: Sequence[Floats],
    found: tuple[Floats, Floats, float],
) -> Weights:
    """One round: the shares of each class, given the chances so far."""
    same, kin, pseudo = found
    outcomes: tuple[list[Floats], ...] = ([], [], [])
    for place, column in enumerate(rows.columns):
        shares = _shares(column, patterns.levels[:, place], (same, kin), at_random[place])
        for listed, each in zip(outcomes, shares, strict=True):
            listed.append(each)
    whole = rows.possible + 2 * pseudo
    chances = [min((float(each.sum()) + 1.0) / whole, 0.4) for each in (same, kin)]
    if weights.kin.chance <= NO_KIN:
        chances[1] = NO_KIN
    return Weights(
        Shares(chances[0], tuple(outcomes[0])),
        Shares(chances[1], tuple(outcomes[1])),
        Shares(1 - sum(chances), tuple(outcomes[2])),
        weights.rounds + 1,
    )


def _shares(
    column: Column, levels: Ints, found: tuple[Floats, Floats], at_random: Floats
) -> list[Floats]:
    """The share of each outcome of a field among the same, among kin and among strangers."""
    import numpy as np

    kind, said = column.kind, levels >= 0
    size = len(kind.outcomes)
    same, kin = (np.bincount(levels[said], each[said], minlength=size) for each in found)
    guess = SURE_DIFFERENT * np.array(kind.different)
    guess[:-1] *= max(1.0, at_random.sum() / SAMPLE)
    counted = (
        same + SURE_SAME * np.array(kind.same),
        np.array(kind.kin) if kind.is_identity else kin + SURE_SAME * np.array(kind.kin),
        np.maximum(at_random - same - kin, 0.0) + guess,
    )
    return [each / each.sum() for each in counted]


def _distance(one: Weights, other: Weights) -> float:
    return max(
        float(abs(mine - theirs).max())
        for old, new in ((one.same, other.same), (one.kin, other.kin))
        for mine, theirs in zip(old.outcomes, new.outcomes, strict=True)
    )


def rarity(rows: Rows, weights: Weights, place: int, found: Floats) -> Floats:
    """Bits to add, per value, where both rows have it: a rare value tells more than a common one.

    `found` is how many pairs that share a value of each group are the same, by their chances: they
    make no value common, and neither does the pair itself. For numbers and addresses that should
    name one alone, being shared by others can only take away.
    """
    import numpy as np

    column = rows.columns[place]
    average = float(weights.strangers.outcomes[place][-1])
    pairs = sharing(rows, column)
    besides = 1 - 1 / np.maximum(pairs, 1.0)
    apart = (np.maximum(pairs - found, 0.0) * besides)[column.groups]
    others = 2 * apart / np.maximum(column.shared, 1)
    said = max(float((column.codes >= 0).sum()) - 2, 0.0)
    share = (others + RARITY * average) / (said + RARITY)
    least = average / 64 if column.kind.is_rarity_telling else average
    bits: Floats = -np.log2(np.clip(share, least, 1.0) / average)
    return bits


def found_same(column: Column, left: Ints, right: Ints, chances: Floats) -> Floats:
    """Of the pairs that share a value of each group, how many are the same, by their chances."""
    import numpy as np

    size = int(column.groups.max(initial=-1)) + 1
    groups = np.append(column.groups, size)
    one, other = groups[column.codes[left]], groups[column.codes[right]]
    both = one == other
    return np.bincount(one[both], chances[both], minlength=size + 1)[:size]


def model_of(rows: Rows, weights: Weights) -> Model:
    """The weights as data."""
    levels = [
        Level(column.field.name, outcome, float(same), float(different), float(bits))
        for place, column in enumerate(rows.columns)
        for outcome, same, different, bits in zip(
            column.kind.outcomes,
            weights.same.outcomes[place],
            weights.strangers.outcomes[place],
            weights.bits(place),
            strict=True,
        )
    ]
    return Model(weights.same.chance, tuple(levels), weights.rounds)
