"""A survey of opinions: statements first, groups where they hold, what is typical of each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from monarca.engines.opinion.grouping import (
    FEWEST_STATEMENTS,
    REPEATS,
    STABLE,
    Progress,
    best_grouping,
    members,
    most_groups,
    pattern,
)
from monarca.engines.opinion.plane import Matrix, matrix
from monarca.engines.opinion.statements import (
    CERTAIN,
    checked,
    counted,
    counted_in,
    in_order,
    reading,
    surely,
)
from monarca.engines.opinion.votes import (
    AGREE,
    DISAGREE,
    SMALLEST_GROUP,
    Counts,
    Group,
    Opinions,
    Reading,
    Typical,
    Vote,
)
from monarca.engines.reasons import Reason, Value

ENOUGH = 7
"""Votes before a person is placed in a group (or all statements, where there are fewer)."""

MOST_CELLS = 20_000_000
MOST_TYPICAL = 5
FEWEST_PEOPLE = 48
LETTERS = "ABCDE"

Votes = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups as lists of ids (none where they do not hold), how stable, and why."""

    groups: tuple[tuple[str, ...], ...]
    stability: float | None
    reason: Reason


def survey(
    votes: Iterable[Vote],
    statements: Iterable[str] = (),
    *,
    seed: int = 1,
    repeats: int = REPEATS,
    progress: Progress | None = None,
) -> Opinions:
    """What people think, statement by statement, and in groups only where groups are stable.

    `statements`: ids that may have no vote yet. Neither the order of votes nor the names of people
    and statements change the answer. Raises Refused: a vote twice, or not 1, 0 or -1. `progress`
    is told how many of the `repeats` are done.
    """
    found = checked(votes)
    cast = Counter(person for person, _ in found)
    counts = counted(found)
    every = sorted({*counts, *statements})
    enough = min(ENOUGH, max(1, len(counts)))
    placed = sorted(person for person, number in cast.items() if number >= enough)
    grouped = _grouped(found, placed, sorted(counts), (seed, repeats, progress))
    parts = counted_in(found, grouped.groups)
    readings = tuple(_reading(name, counts, parts) for name in every)
    agreed, divided = in_order(readings)
    inside = set(placed) if grouped.groups else set()
    return Opinions(
        people=len(cast),
        votes=len(found),
        readings=readings,
        most_agreed=agreed,
        most_divided=divided,
        groups=tuple(_group(place, grouped.groups, parts) for place in range(len(parts))),
        unplaced=tuple(sorted(set(cast) - inside)),
        stability=grouped.stability,
        reason=grouped.reason,
        seed=seed,
    )


def _grouped(
    votes: Votes,
    people: Sequence[str],
    statements: Sequence[str],
    how: tuple[int, int, Progress | None],
) -> Grouped:
    """The groups, or none and why."""
    if len(statements) < FEWEST_STATEMENTS:
        said: dict[str, Value] = {"statements": len(statements), "needed": FEWEST_STATEMENTS}
        return Grouped((), None, Reason("opinion.too_few_statements", said))
    if most_groups(len(people)) < 2:
        said = {"people": len(people), "needed": FEWEST_PEOPLE, "votes": ENOUGH}
        return Grouped((), None, Reason("opinion.too_few_people", said))
    if len(people) * len(statements) > MOST_CELLS:
        said = {"people": len(people), "statements": len(statements)}
        return Grouped((), None, Reason("opinion.too_large", said))
    return _judged(matrix(votes, people, statements), how)


def _judged(table: Matrix, how: tuple[int, int, Progress | None]) -> Grouped:
    """The best grouping, if it is stable and the votes hang together more than by accident."""
    seed, repeats, progress = how
    best = best_grouping(table, seed=seed, repeats=repeats, progress=progress)
    if best is None:
        return Grouped((), None, Reason("opinion.groups_too_small", {"least": SMALLEST_GROUP}))
    said: dict[str, Value] = {
        "groups": best.number,
        "stability": best.stability,
        "needed": STABLE,
    }
    if best.stability < STABLE:
        return Grouped((), best.stability, Reason("opinion.no_stable_groups", said))
    mine, shuffled = pattern(table, seed=seed)
    if mine <= shuffled:
        shares: dict[str, Value] = {"pattern_share": mine, "shuffled_share": shuffled}
        return Grouped((), best.stability, Reason("opinion.no_pattern", shares))
    groups = tuple(members(table, best.labels))
    return Grouped(groups, best.stability, Reason("opinion.stable_groups", said))


def _reading(
    name: str, counts: Mapping[str, Counts], parts: Sequence[Mapping[str, Counts]]
) -> Reading:
    none = Counts()
    return reading(name, counts.get(name, none), [part.get(name, none) for part in parts])


def _group(
    place: int, groups: Sequence[tuple[str, ...]], parts: Sequence[Mapping[str, Counts]]
) -> Group:
    """A group with its most typical statements, the clearest first."""
    found = []
    for name, inside in parts[place].items():
        others = [part.get(name, Counts()) for at, part in enumerate(parts) if at != place]
        outside = Counts(
            sum(each.agree for each in others),
            sum(each.disagree for each in others),
            sum(each.passed for each in others),
        )
        for side in (AGREE, DISAGREE):
            typical = _typical(name, side, inside, outside)
            if typical:
                found.append(typical)
    found.sort(key=lambda each: (-each.clearness, each.statement))
    return Group(LETTERS[place], groups[place], tuple(found[:MOST_TYPICAL]))


def _typical(name: str, side: int, inside: Counts, outside: Counts) -> Typical | None:
    """A side that surely most of the group take, and surely more of them than of the others.

    At least five of each must have voted. `clearness` is the statistic of the test of two
    proportions, each with one imagined vote on either side.
    """
    if min(inside.seen, outside.seen) < SMALLEST_GROUP:
        return None
    ours, theirs = ((each.agree if side == AGREE else each.disagree) for each in (inside, outside))
    if surely(ours, inside.seen) <= 1 / 2:
        return None
    one, other = (ours + 1) / (inside.seen + 2), (theirs + 1) / (outside.seen + 2)
    both = (ours + theirs + 2) / (inside.seen + outside.seen + 4)
    spread = sqrt(both * (1 - both) * (1 / (inside.seen + 2) + 1 / (outside.seen + 2)))
    clearness = (one - other) / spread
    if clearness <= CERTAIN:
        return None
    values: dict[str, Value] = {
        "inside_share": ours / inside.seen,
        "outside_share": theirs / outside.seen,
    }
    code = "opinion.typical_agree" if side == AGREE else "opinion.typical_disagree"
    shares = ours / inside.seen, theirs / outside.seen
    return Typical(name, side, *shares, clearness, Reason(code, values))
