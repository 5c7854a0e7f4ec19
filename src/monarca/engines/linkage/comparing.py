"""How each field of a pair came out: a level from 0 (different) up to the same, -1 not said."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from monarca.engines import spelling
from monarca.engines.linkage.columns import Column, Flags, Floats, Ints
from monarca.engines.linkage.kinds import APART

CLOSE, ALIKE = 0.92, 0.82
"""Likenesses from 0 to 1 from which words are close (a slip of the pen), or alike."""


def compared(column: Column, left: Ints, right: Ints) -> tuple[Ints, Floats]:
    """For pairs of rows: the level of each, and the likeness (0 to 1) where letters were measured.

    Equal spellings are the same without looking; the rest is measured in one call of rapidfuzz.
    """
    import numpy as np

    one, other = column.codes[left], column.codes[right]
    top = len(column.kind.outcomes) - 1
    group = np.append(column.groups, -1)
    is_equal = group[one] == group[other]
    levels = np.where((one < 0) | (other < 0), -1, np.where(is_equal, top, 0))
    likeness = (levels == top).astype(np.float64)
    open_ = np.flatnonzero(levels == 0)
    if len(open_):
        found, near = MEASURES[column.field.kind](column, one[open_], other[open_])
        levels[open_], likeness[open_] = found, near
    return levels, likeness


def _texts(values: list[str], codes: Ints) -> list[str]:
    import numpy as np

    return list(np.array(values, dtype=object)[codes])


def _measured(
    values: list[str], one: Ints, other: Ints, scorer: Callable[..., Any], cutoff: float
) -> Floats:
    """The likeness of each pair of values by one scorer, 0 below the cut-off."""
    import numpy as np

    left, right = _texts(values, one), _texts(values, other)
    scores = cpdist(left, right, scorer=scorer, score_cutoff=cutoff, dtype=np.float32)
    return np.asarray(scores, np.float64)


def _slips(values: list[str], one: Ints, other: Ints, most: int) -> Ints:
    """Letters missed, added, changed or swapped with a neighbour; `most` + 1 stands for more."""
    import numpy as np

    left, right = _texts(values, one), _texts(values, other)
    found = cpdist(left, right, scorer=OSA.distance, score_cutoff=most, dtype=np.int32)
    return np.asarray(found, np.int64)


def _names(column: Column, one: Ints, other: Ints) -> tuple[Ints, Floats]:
    import numpy as np

    words = [value.partition(APART)[0] for value in column.values]
    sets = [" ".join(sorted(each.split())) for each in words]
    both = np.array([bool(each) for each in words])
    near = np.maximum(
        _measured(sets, one, other, fuzz.ratio, 100 * ALIKE),
        _measured(words, one, other, fuzz.ratio, 100 * ALIKE),
    )
    near = np.where(both[one] & both[other], near / 100, 0.0)
    levels = np.select([near >= CLOSE, near >= ALIKE], [3, 2], 0)
    levels[(levels == 0) & _share_initials(column, one, other)] = 1
    return levels, near


def _share_initials(column: Column, one: Ints, other: Ints) -> Flags:
    """A written acronym of one is that of the other, or the initials of its name."""
    import numpy as np

    number: dict[str, int] = {}
    written, letters = [], []
    for value in column.values:
        words, _, acronym = value.partition(APART)
        first = spelling.initials(tuple(words.split()))
        alone = words if words and " " not in words and len(words) <= 6 else ""
        written.append(number.setdefault(acronym or alone, len(number)))
        letters.append(number.setdefault(first, len(number)))
    blank = number.get("", -1)
    acronyms, initials = np.array(written), np.array(letters)
    same = acronyms[one] == acronyms[other]
    mine = (acronyms[one] != blank) & (same | (acronyms[one] == initials[other]))
    theirs: Flags = (acronyms[other] != blank) & (acronyms[other] == initials[one])
    meeting: Flags = theirs | mine
    return meeting


def _persons(column: Column, one: Ints, other: Ints) -> tuple[Ints, Floats]:
    import numpy as np

    values = list(column.values)
    near = _measured(values, one, other, JaroWinkler.normalized_similarity, ALIKE)
    several = np.array([" " in value for value in values])
    some = np.flatnonzero(several[one] & several[other])
    part = np.zeros(len(one), bool)
    if len(some):
        part[some] = _measured(values, one[some], other[some], fuzz.token_set_ratio, 99.5) > 99.5
    return np.select([part, near >= CLOSE, near >= ALIKE], [2, 3, 1], 0), near


def _texts_alike(column: Column, one: Ints, other: Ints) -> tuple[Ints, Floats]:
    import numpy as np

    values = list(column.values)
    near = _measured(values, one, other, JaroWinkler.normalized_similarity, ALIKE)
    return np.select([near >= CLOSE, near >= ALIKE], [2, 1], 0), near


def _by_slips(most: int) -> Callable[[Column, Ints, Ints], tuple[Ints, Floats]]:
    def measure(column: Column, one: Ints, other: Ints) -> tuple[Ints, Floats]:
        import numpy as np

        values = list(column.values)
        slips = _slips(values, one, other, most)
        sizes = np.array([len(value) for value in values])
        least = np.minimum(sizes[one], sizes[other])
        levels = np.where((slips <= most) & (least > 2 * slips), most + 1 - slips, 0)
        return levels, np.where(levels > 0, 1 - slips / np.maximum(least, 1), 0.0)

    return measure


def _parts(column: Column, one: Ints, other: Ints) -> tuple[Ints, Floats]:
    """Cells that hold several values are the same when they share one of them."""
    import numpy as np

    sets = [frozenset(value.split(APART)) for value in column.values]
    single = [next(iter(sorted(each)), "") for each in sets]
    levels, near = _by_slips(1)(replace(column, values=tuple(single)), one, other)
    many = np.array([len(each) > 1 for each in sets])
    for place in np.flatnonzero(many[one] | many[other]):
        if sets[one[place]] & sets[other[place]]:
            levels[place], near[place] = 2, 1.0
    return levels, near


def _places(column: Column, one: Ints, other: Ints) -> tuple[Ints, Floats]:
    import numpy as np

    towns = [value.partition(APART)[0] for value in column.values]
    number: dict[str, int] = {"": -1}
    states = np.array(
        [number.setdefault(value.partition(APART)[2], len(number)) for value in column.values]
    )
    there = np.array([bool(town) for town in towns])
    near = _measured(towns, one, other, JaroWinkler.normalized_similarity, CLOSE)
    mine, theirs = states[one], states[other]
    apart = (mine >= 0) & (theirs >= 0) & (mine != theirs)
    near = np.where(there[one] & there[other] & ~apart, near, 0.0)
    region = (mine >= 0) & (mine == theirs)
    levels = np.select([near > 0.9999, near >= CLOSE, region], [3, 2, 1], 0)
    unsaid = ~(there[one] & there[other]) & ((mine < 0) | (theirs < 0))
    return np.where(unsaid, -1, levels), near


MEASURES: dict[str, Callable[[Column, Ints, Ints], tuple[Ints, Floats]]] = {
    "name": _names,
    "person": _persons,
    "id": _by_slips(2),
    "phone": _parts,
    "email": _parts,
    "place": _places,
    "date": _by_slips(2),
    "postcode": _by_slips(1),
    "text": _texts_alike,
}
