"""Statement by statement, before any groups: where people agree, where they are divided."""

from collections.abc import Iterable, Mapping, Sequence
from math import prod, sqrt

from monarca.engines.opinion.votes import (
    AGREE,
    DISAGREE,
    PASS,
    SMALLEST_GROUP,
    Counts,
    Reading,
    Refused,
    Vote,
)
from monarca.engines.reasons import Reason, Value

FEW = 5
"""Below so many votes a statement is not judged."""

CLEAR = 2 / 3
SPLIT = 1 / 4
CERTAIN = 1.2816
"""One-sided 90 %: a majority must not be an accident of who happened to vote."""

KINDS = ("agreed", "rejected", "divided", "unsure", "open", "few")

Tally = dict[str, list[int]]
"""By statement: agree, passed, disagree (so that minus the vote is the place)."""


def checked(votes: Iterable[Vote]) -> dict[tuple[str, str], int]:
    """Votes by participant and statement. Raises Refused: a vote twice, or none of 1, 0, -1."""
    found: dict[tuple[str, str], int] = {}
    for participant, statement, vote in votes:
        where = (participant, statement)
        values: dict[str, Value] = {"participant": participant, "statement": statement}
        if vote not in {AGREE, PASS, DISAGREE}:
            raise Refused(Reason("opinion.not_a_vote", {**values, "vote": str(vote)}), where)
        if where in found:
            raise Refused(Reason("opinion.vote_twice", values), where)
        found[where] = vote
    return found


def counted(votes: Mapping[tuple[str, str], int]) -> dict[str, Counts]:
    """The counts of every statement that has a vote."""
    tally: Tally = {}
    for (_, statement), vote in votes.items():
        tally.setdefault(statement, [0, 0, 0])[1 - vote] += 1
    return _counts(tally)


def counted_in(
    votes: Mapping[tuple[str, str], int], groups: Sequence[Iterable[str]]
) -> list[dict[str, Counts]]:
    """The same for each of several groups of people."""
    tallies: list[Tally] = [{} for _ in groups]
    mine = {person: tallies[place] for place, group in enumerate(groups) for person in group}
    for (person, statement), vote in votes.items():
        tally = mine.get(person)
        if tally is not None:
            tally.setdefault(statement, [0, 0, 0])[1 - vote] += 1
    return [_counts(tally) for tally in tallies]


def _counts(tally: Tally) -> dict[str, Counts]:
    return {
        name: Counts(agree, disagree, passed) for name, (agree, passed, disagree) in tally.items()
    }


def reading(statement: str, counts: Counts, by_group: Sequence[Counts] = ()) -> Reading:
    """What the votes on one statement say; of everybody where there are no groups."""
    parts = by_group or [counts]
    kind = kind_of(counts)
    weakest = min(part.agreement for part in parts)
    shown = [part if part.seen >= SMALLEST_GROUP else None for part in by_group]
    return Reading(
        id=statement,
        counts=counts,
        kind=kind,
        reason=_reason(kind, counts),
        consensus=prod(part.agreement for part in parts),
        against=prod(_turned(part).agreement for part in parts),
        weakest=weakest,
        by_group=tuple(shown),
    )


def _turned(counts: Counts) -> Counts:
    return Counts(counts.disagree, counts.agree, counts.passed)


def kind_of(counts: Counts) -> str:
    """Agreed or rejected: two thirds, surely more than half. Divided: a quarter on either side."""
    seen = counts.seen
    if seen < FEW:
        return "few"
    for kind, side in (("agreed", counts.agree), ("rejected", counts.disagree)):
        if side >= CLEAR * seen and surely(side, seen) > 1 / 2:
            return kind
    if min(counts.agree, counts.disagree) >= SPLIT * seen:
        return "divided"
    return "unsure" if counts.passed * 2 >= seen else "open"


def surely(part: int, whole: int) -> float:
    """The lower end of Wilson's one-sided 90 % interval of a share; 0 of none.

    Source: Wilson, Probable inference, JASA 22 (1927).
    """
    if not whole:
        return 0.0
    share, square = part / whole, CERTAIN**2 / whole
    spread = CERTAIN * sqrt(share * (1 - share) / whole + square / (4 * whole))
    return max(0.0, (share + square / 2 - spread) / (1 + square))


def _reason(kind: str, counts: Counts) -> Reason:
    seen = counts.seen
    values: dict[str, Value] = {"seen": seen}
    if seen:
        values |= {
            "agree_share": counts.agree / seen,
            "disagree_share": counts.disagree / seen,
            "passed_share": counts.passed / seen,
        }
    return Reason(CODE_OF[kind], values)


CODE_OF = {
    "agreed": "opinion.agreed",
    "rejected": "opinion.rejected",
    "divided": "opinion.divided",
    "unsure": "opinion.unsure",
    "open": "opinion.open",
    "few": "opinion.few",
}


def in_order(readings: Iterable[Reading]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids by group-informed consensus, and by division; more votes first on a tie, then ids."""
    listed = [each for each in readings if each.counts.seen]
    agreed = sorted(listed, key=lambda each: (-each.consensus, -each.counts.seen, each.id))
    divided = sorted(listed, key=lambda each: (-each.counts.division, -each.counts.seen, each.id))
    return tuple(each.id for each in agreed), tuple(each.id for each in divided)
