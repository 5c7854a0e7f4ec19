"""Votes on statements, and what is found in them: the values that go in and come out."""

from dataclasses import dataclass
from typing import NamedTuple

from monarca.engines.reasons import Reason

AGREE, PASS, DISAGREE = 1, 0, -1
SMALLEST_GROUP = 5
"""Nobody is shown in a group, nor a group's votes on a statement, below so many people."""


class Vote(NamedTuple):
    """One person on one statement: 1 agrees, -1 disagrees, 0 passes. Unseen has no vote."""

    participant: str
    statement: str
    vote: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many agree, disagree and pass, of those who saw a statement."""

    agree: int = 0
    disagree: int = 0
    passed: int = 0

    @property
    def seen(self) -> int:
        """Everybody who voted on it."""
        return self.agree + self.disagree + self.passed

    @property
    def agreement(self) -> float:
        """The chance that the next one agrees: (agree + 1) / (seen + 2), one half before any."""
        return (self.agree + 1) / (self.seen + 2)

    @property
    def division(self) -> float:
        """Twice the smaller side over seen + 2: 0 nobody differs, towards 1 half against half."""
        return 2 * min(self.agree, self.disagree) / (self.seen + 2)


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement: its votes, what they say, and how far every group goes along.

    `kind`: agreed, rejected, divided, unsure, open, few. `consensus`: group-informed consensus, the
    product over groups of each one's agreement (over everybody where there are no groups), and
    `against` the same of disagreement. `weakest`: the least agreement of any group.
    `by_group`: each group's votes, None where fewer than five of it voted.
    """

    id: str
    counts: Counts
    kind: str
    reason: Reason
    consensus: float
    against: float
    weakest: float
    by_group: tuple[Counts | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Typical:
    """A statement on which a group differs from the others: the side it takes, and how clearly.

    `inside` and `outside` are the parts of those who saw it that take this side.
    """

    statement: str
    side: int
    inside: float
    outside: float
    clearness: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Group:
    """People who vote alike: a letter, who they are, what is typical of them."""

    letter: str
    members: tuple[str, ...]
    typical: tuple[Typical, ...]


@dataclass(frozen=True, slots=True)
class Opinions:
    """Everything found. `stability` is the adjusted Rand index (1 the same groups, 0 chance) when a
    fifth of the statements is hidden, for the best number of groups; None where none was tried.

    `readings` in the order of ids; `most_agreed` and `most_divided` are ids, first the strongest.
    Without groups `reason` says why there are none. `unplaced`: people with too few votes.
    """

    people: int
    votes: int
    readings: tuple[Reading, ...]
    most_agreed: tuple[str, ...]
    most_divided: tuple[str, ...]
    groups: tuple[Group, ...]
    unplaced: tuple[str, ...]
    stability: float | None
    reason: Reason
    seed: int


class Refused(Exception):
    """Votes that contradict one another: why, and where (participant, statement)."""

    def __init__(self, reason: Reason, where: tuple[str, str] = ("", "")) -> None:
        super().__init__(reason.code)
        self.reason, self.where = reason, where
