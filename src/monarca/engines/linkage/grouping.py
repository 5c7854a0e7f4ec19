"""Records that hang together by likely pairs: suggestions for a person, never a merge."""

from collections import defaultdict
from collections.abc import Sequence

from monarca.engines.linkage.columns import Floats, Ints
from monarca.engines.linkage.records import Group
from monarca.engines.reasons import Reason


def groups_of(
    names: Sequence[tuple[int, str]], left: Ints, right: Ints, chances: Floats
) -> tuple[Group, ...]:
    """The connected groups of these pairs, the largest first; each says how well it holds.

    A group in which not every two members were found alike hangs by a chain, and says so.
    """
    leader = list(range(len(names)))
    pairs = list(zip(left.tolist(), right.tolist(), chances.tolist(), strict=True))
    for one, other, _ in pairs:
        mine, theirs = sorted((_leader(leader, one), _leader(leader, other)))
        leader[theirs] = mine
    members: dict[int, set[int]] = defaultdict(set)
    inside: dict[int, list[float]] = defaultdict(list)
    for one, other, chance in pairs:
        first = _leader(leader, one)
        members[first] |= {one, other}
        inside[first].append(chance)
    found = [_group(names, sorted(members[first]), inside[first]) for first in sorted(members)]
    return tuple(sorted(found, key=lambda group: (-len(group.members), group.members)))


def _leader(leader: list[int], row: int) -> int:
    while leader[row] != row:
        leader[row] = leader[leader[row]]
        row = leader[row]
    return row


def _group(names: Sequence[tuple[int, str]], rows: Sequence[int], chances: list[float]) -> Group:
    tables = [names[row][0] for row in rows]
    first = tables.count(0)
    second = len(tables) - first
    whole = first * second if second else first * (first - 1) // 2
    weakest = min(chances)
    values = {"records": len(rows), "weakest_share": round(weakest, 3)}
    if len(chances) == whole:
        return Group(tuple(names[row] for row in rows), weakest, Reason("linkage.whole", values))
    reason = Reason("linkage.chain", {**values, "pairs": len(chances), "possible": whole})
    return Group(tuple(names[row] for row in rows), weakest, reason)
