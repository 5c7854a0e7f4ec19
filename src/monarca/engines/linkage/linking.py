"""Doubles in one table, or one table's rows in another: compared, weighed and explained."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monarca.engines.linkage import weighing
from monarca.engines.linkage.blocking import Blocks, blocks_of
from monarca.engines.linkage.columns import Floats, Ints, Rows, rows_of
from monarca.engines.linkage.comparing import compared
from monarca.engines.linkage.grouping import groups_of
from monarca.engines.linkage.records import (
    Answer,
    Field,
    Pair,
    Record,
    Step,
    Weighed,
    checked,
)
from monarca.engines.linkage.saying import kin_reason, outcome_reason, prior_reason

NOTICED = -0.05
"""Bits: what a pair loses for perhaps being kin is told from here on."""


def dedupe(
    records: Sequence[Record],
    fields: Sequence[Field],
    *,
    least: float = 0.5,
    progress: Step | None = None,
) -> Answer:
    """Rows of one table that may be the same: pairs with a chance of at least `least`.

    Nothing is merged. The order of the rows changes nothing. Raises Refused.
    """
    return _answer([records], fields, least, progress)


def link(
    left: Sequence[Record],
    right: Sequence[Record],
    fields: Sequence[Field],
    *,
    least: float = 0.5,
    progress: Step | None = None,
) -> Answer:
    """Rows of the second table that may be one of the first: pairs across the two tables only.

    Nothing is merged. The order of the rows changes nothing. Raises Refused.
    """
    return _answer([left, right], fields, least, progress)


def _answer(
    tables: Sequence[Sequence[Record]],
    fields: Sequence[Field],
    least: float,
    progress: Step | None,
) -> Answer:
    checked(tables, fields)
    rows = rows_of(tables, fields)
    blocks = blocks_of(rows, progress=progress)
    judged = judge(rows, blocks.left, blocks.right)
    return told(rows, blocks, judged, least=least)


@dataclass(frozen=True, slots=True)
class Judged:
    """Compared pairs: what each field weighs (a row a pair), bits of odds, and the weights.

    `against` are the bits that a pair loses because kin may look so, too.
    """

    steps: Floats
    bits: Floats
    against: Floats
    weights: weighing.Weights


def judge(rows: Rows, left: Ints, right: Ints) -> Judged:
    """Compare these pairs of rows, learn from them, and weigh them."""
    levels = _levels(rows, left, right)
    patterns = _patterns(rows, levels)
    weights = weighing.learned(rows, patterns, weighing.outcomes_at_random(rows))
    return _judged(rows, (left, right), levels, patterns, weights)


def learned_from(rows: Rows, left: Ints, right: Ints, *, times: int = 1) -> weighing.Weights:
    """The weights that these pairs teach, each of which stands for so many of its like."""
    patterns = _patterns(rows, _levels(rows, left, right))
    patterns = replace(patterns, counts=patterns.counts * times)
    return weighing.learned(rows, patterns, weighing.outcomes_at_random(rows))


def weighed(rows: Rows, left: Ints, right: Ints, weights: weighing.Weights) -> Judged:
    """Compare these pairs of rows and weigh them by what was learned before."""
    levels = _levels(rows, left, right)
    return _judged(rows, (left, right), levels, _patterns(rows, levels), weights)


def _patterns(rows: Rows, levels: Ints) -> weighing.Patterns:
    return weighing.patterns_of(levels, [len(column.kind.outcomes) for column in rows.columns])


def _levels(rows: Rows, left: Ints, right: Ints) -> Ints:
    import numpy as np

    levels = np.empty((len(left), len(rows.columns)), np.int64)
    for place, column in enumerate(rows.columns):
        levels[:, place], _ = compared(column, left, right)
    return levels


def _judged(
    rows: Rows,
    pairs: tuple[Ints, Ints],
    levels: Ints,
    patterns: weighing.Patterns,
    weights: weighing.Weights,
) -> Judged:
    import numpy as np

    chances = weighing.chances_of(weights, patterns)[0][patterns.of_pair]
    steps = np.empty(levels.shape)
    kin = np.full(len(levels), weights.prior(of=weights.kin))
    for place, column in enumerate(rows.columns):
        found = weighing.found_same(column, *pairs, chances)
        rare = weighing.rarity(rows, weights, place, found)
        same = np.flatnonzero(levels[:, place] == len(column.kind.outcomes) - 1)
        added = np.zeros(len(levels))
        added[same] = rare[column.codes[pairs[0][same]]]
        for bits, of in ((steps[:, place], weights.same), (added, weights.kin)):
            bits[:] = added + np.append(weights.bits(place, of=of), 0.0)[levels[:, place]]
            bits.clip(-weighing.HEAVIEST, weighing.HEAVIEST, out=bits)
        kin += added
    against = -np.logaddexp2(0.0, kin)
    return Judged(steps, weights.prior() + steps.sum(axis=1) + against, against, weights)


def told(rows: Rows, blocks: Blocks, judged: Judged, *, least: float) -> Answer:
    """The pairs likely enough, from the likeliest down, each with its steps; and their groups."""
    import numpy as np

    chances = weighing.probability(judged.bits)
    kept = np.flatnonzero(chances >= least)
    order = kept[np.lexsort((blocks.right[kept], blocks.left[kept], -judged.bits[kept]))]
    left, right = blocks.left[order], blocks.right[order]
    steps = _steps(rows, judged, order, left, right)
    pairs = tuple(
        Pair(rows.names[one][1], rows.names[other][1], float(chance), float(bits), tuple(each))
        for one, other, chance, bits, each in zip(
            left.tolist(), right.tolist(), chances[order], judged.bits[order], steps, strict=True
        )
    )
    return Answer(
        pairs,
        groups_of(rows.names, left, right, chances[order]),
        weighing.model_of(rows, judged.weights),
        compared=len(blocks.left),
        possible=rows.possible,
        remarks=blocks.remarks,
    )


def _steps(rows: Rows, judged: Judged, order: Ints, left: Ints, right: Ints) -> list[list[Weighed]]:
    """For each told pair the chance at first, then every field that both rows fill in."""
    prior = judged.weights.prior()
    before = Weighed("", "prior", prior, prior_reason(judged.weights.same.chance))
    listed = [[before] for _ in range(len(order))]
    for place, column in enumerate(rows.columns):
        levels, likeness = compared(column, left, right)
        bits = judged.steps[order, place]
        for pair, level in enumerate(levels.tolist()):
            if level >= 0:
                outcome = column.kind.outcomes[level]
                rows_with = int(column.shared[column.codes[left[pair]]])
                reason = outcome_reason(
                    column.field, outcome, float(likeness[pair]), rows_with, float(bits[pair])
                )
                listed[pair].append(Weighed(column.field.name, outcome, float(bits[pair]), reason))
    for steps, bits in zip(listed, judged.against[order].tolist(), strict=True):
        if bits <= NOTICED:
            steps.append(Weighed("", "kin", bits, kin_reason(bits)))
    return listed
