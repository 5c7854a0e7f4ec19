"""Which pairs are worth comparing: those that share a key that not too many share."""

from collections.abc import Iterator
from dataclasses import dataclass

from monarca.engines.linkage.columns import Flags, Ints, Rows
from monarca.engines.linkage.keys import Family, families, sorts
from monarca.engines.linkage.records import Step
from monarca.engines.reasons import Reason

LARGEST = 500
"""Rows that share a key, at most: a key that more share is no key."""

ROOM = 40_000
"""Pairs that one family of keys may bring, at least; in a large table one a row."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Pairs of rows to compare, left before right, in order; and the keys that were left out."""

    left: Ints
    right: Ints
    remarks: tuple[Reason, ...]


def blocks_of(rows: Rows, *, progress: Step | None = None) -> Blocks:
    """All pairs that share a key of any family, each once.

    Keys of a family are taken from the rarest on, all that equally many rows share together, until
    they would bring more pairs than there is room for: so the order of rows changes nothing, and
    the work grows with the rows, not with their square.
    """
    import numpy as np

    room = max(ROOM, len(rows))
    whole = len(rows)
    found: list[Ints] = []
    remarks: list[Reason] = []
    for place, family in enumerate(families(rows) if whole > 1 else ()):
        pairs, remark = _pairs_of(family, rows, room)
        found.append(pairs)
        remarks += remark
        if progress:
            progress(place + 1, sorts(rows))
    both = np.sort(np.concatenate([np.empty(0, np.int64), *found]))
    both = both[np.diff(both, prepend=-1) > 0]
    return Blocks(both // max(whole, 1), both % max(whole, 1), tuple(remarks))


@dataclass(frozen=True, slots=True)
class Sorted:
    """The keys of a family in order: key i has `sizes[i]` rows, from `starts[i]` of `on`."""

    order: Ints
    on: Ints
    starts: Ints
    sizes: Ints
    is_kept: Flags
    remarks: list[Reason]


def _sorted(family: Family, rows: Rows, room: int) -> Sorted:
    """Keys in order, and which of them are rare enough and bring a pair."""
    import numpy as np

    order = np.lexsort((family.rows, family.keys))
    on, keys = family.rows[order], family.keys[order]
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    sizes = np.diff(np.append(starts, len(keys)))
    brought = _brought(sizes, starts, on, rows)
    most = _cut(sizes, brought, room)
    left_out = sizes[sizes > most]
    remarks: list[Reason] = []
    if len(left_out) and " + " not in family.label:
        values: dict[str, str | int] = {
            "field": family.label,
            "most": most,
            "keys": len(left_out),
            "records": int(left_out.sum()),
        }
        remarks = [Reason("linkage.too_common", values)]
    return Sorted(order, on, starts, sizes, (sizes <= most) & (brought > 0), remarks)


def rare_keys(family: Family, rows: Rows) -> tuple[Flags, list[Reason]]:
    """Which keys of a family are rare enough and bring a pair, as a flag per key on a row."""
    import numpy as np

    found = _sorted(family, rows, max(ROOM, len(rows)))
    kept = np.zeros(len(family.keys), bool)
    kept[found.order] = np.repeat(found.is_kept, found.sizes)
    return kept, found.remarks


def _pairs_of(family: Family, rows: Rows, room: int) -> tuple[Ints, list[Reason]]:
    """The pairs of one family, as left * rows + right; and what is to be said of its keys."""
    import numpy as np

    found = _sorted(family, rows, room)
    starts, sizes = found.starts[found.is_kept], found.sizes[found.is_kept]
    pieces = [left * len(rows) + right for left, right in _within(found.on, starts, sizes)]
    pairs = np.concatenate([np.empty(0, np.int64), *pieces])
    if rows.is_link:
        pairs = pairs[(pairs // len(rows) < rows.first) & (pairs % len(rows) >= rows.first)]
    return pairs, found.remarks


def _brought(sizes: Ints, starts: Ints, on: Ints, rows: Rows) -> Ints:
    """How many pairs each key brings."""
    import numpy as np

    if not len(starts):
        return sizes
    if not rows.is_link:
        return sizes * (sizes - 1) // 2
    first = np.add.reduceat((on < rows.first).astype(np.int64), starts)
    return first * (sizes - first)


def _cut(sizes: Ints, brought: Ints, room: int) -> int:
    """The largest number of rows that may share a key of this family."""
    import numpy as np

    by_size = np.bincount(sizes, weights=brought.astype(np.float64), minlength=2)
    fits = np.cumsum(by_size) <= room
    return LARGEST if fits.all() else min(LARGEST, max(2, int(np.argmin(fits)) - 1))


def _within(on: Ints, starts: Ints, sizes: Ints) -> Iterator[tuple[Ints, Ints]]:
    """The pairs inside each block: neighbours first, then those two apart, and so on."""
    import numpy as np

    for apart in range(1, int(sizes.max(initial=1))):
        long = sizes > apart
        starts, sizes = starts[long], sizes[long]
        counts = sizes - apart
        inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        first = np.repeat(starts, counts) + inside
        yield on[first], on[first + apart]
