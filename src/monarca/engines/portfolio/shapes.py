"""What goes into a choice of projects and what comes out: projects, rules, plans."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from monarca.engines.money import split
from monarca.engines.reasons import Reason

MEASURES = ("cents", "projects", "share_of_envelope", "share_of_money", "share_of_projects")
"""What a limit counts: cents, projects, or basis points (1/100 %) of the envelope, of the money
given, of the projects funded."""

WHOLE = 10_000
"""Basis points in a whole."""

UNIT = 1_000_000
"""A plan's value is whole millionths of a point: thousandths of a score times thousandths."""

POINTS = "points"
TIES = "ties"
"""The names of the first stage, and of the last, which draws lots among equal plans."""


class WrongRules(Exception):
    """Rules that mean nothing for these projects; `reason` says which and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Level:
    """One amount a project may get: percent of what it asks, cents a fiscal year, and its worth.

    `worth` is thousandths of the project's points that this amount buys.
    """

    percent: int
    cents: tuple[int, ...]
    worth: int = 1000


@dataclass(frozen=True, slots=True)
class Project:
    """A candidate: `points` and their standard `error` in thousandths of a point, and its tags."""

    id: str
    points: int
    levels: tuple[Level, ...]
    organisation: str = ""
    tags: frozenset[str] = frozenset()
    error: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """At least, or at most, so much for the projects with a tag ("" is all of them).

    `amount` is cents, projects or basis points, as `measure` says. With `year`, only the cents of
    that fiscal year count.
    """

    id: str
    amount: int
    is_floor: bool = False
    measure: str = "cents"
    tag: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """Somebody decided: fund this project (at `percent`, when given), or do not."""

    project: str
    is_in: bool = True
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """What is maximised after the points: projects with a tag, or cents for them."""

    id: str
    tag: str = ""
    measure: str = "projects"


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything a plan has to keep, and what it should reach for after the points.

    `keep` is the share of the best total (basis points) that later goals must leave. `firm` names
    rules that may never be eased: `envelope`, `envelope:YEAR`, a limit, `pin:ID`,
    `organisation:NAME`. `several` are organisations that may get more than one project.
    """

    envelope_cents: int | None = None
    years: tuple[str, ...] = ("",)
    year_cents: tuple[int | None, ...] = ()
    limits: tuple[Limit, ...] = ()
    pins: tuple[Pin, ...] = ()
    goals: tuple[Goal, ...] = ()
    one_per_organisation: bool = True
    several: frozenset[str] = frozenset()
    keep: int = 9990
    firm: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to try: `work` is deterministic units a step, `left` tells the seconds that remain.

    The same `work` and `seed` give the same answer on every run; only when `left` runs out does
    the clock decide, and then the plan says that it is not proved.
    """

    work: float = 40.0
    seed: int = 0
    left: Callable[[], float] | None = None

    def seconds(self) -> float:
        """Seconds that remain; an hour when nobody counts."""
        return 3600.0 if self.left is None else max(0.05, self.left())

    def is_over(self) -> bool:
        """Has the time run out?"""
        return self.left is not None and self.left() <= 0.05


USUAL = Effort()
"""What is tried when nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Award:
    """A project that is funded: at which percent, with which cents a fiscal year."""

    project: str
    percent: int
    cents: tuple[int, ...]
    points: float


@dataclass(frozen=True, slots=True)
class Stage:
    """One goal, what the plan reaches, and the proved bound nobody can pass."""

    goal: str
    value: int
    bound: int
    is_proved: bool

    @property
    def gap_share(self) -> float:
        """How much better a plan could be at most, as a share of the bound."""
        return 0.0 if self.is_proved else (self.bound - self.value) / max(1, abs(self.bound))


@dataclass(frozen=True, slots=True)
class Plan:
    """The projects to fund, in the order of their ids; value and bound in millionths of a point.

    `gap_share` is how much better a plan could be at most: 0.0 when `is_proved`.
    """

    awards: tuple[Award, ...]
    cents: tuple[int, ...]
    value: int
    bound: int
    stages: tuple[Stage, ...]
    is_proved: bool
    method: str = "cp-sat"

    @property
    def gap_share(self) -> float:
        """The distance to the proved bound, as a share of it; the widest of all its stages."""
        if self.is_proved:
            return 0.0
        own = Stage(POINTS, self.value, self.bound, is_proved=False)
        return max(stage.gap_share for stage in (own, *self.stages) if stage.goal != TIES)

    @property
    def points(self) -> float:
        """The total in points."""
        return self.value / UNIT

    @property
    def funded(self) -> frozenset[str]:
        """The ids of the projects it funds."""
        return frozenset(award.project for award in self.awards)


@dataclass(frozen=True, slots=True)
class Easing:
    """One rule that has to give way: its amount now, and the amount with which a plan exists."""

    rule: str
    was: int
    becomes: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The fewest rules to ease, by the least; `rules` is what they become, and was checked."""

    easings: tuple[Easing, ...]
    rules: Rules
    is_smallest: bool
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """The answer: a plan; or none, with the smallest relaxation that would make one possible.

    `floors` says for each project what deciding otherwise costs at least (millionths of a point),
    as the bound proves it without another search.
    """

    plan: Plan | None
    reason: Reason
    relaxation: Relaxation | None = None
    floors: Mapping[str, int] = field(default_factory=dict)


def levels_of(
    cents: tuple[int, ...], offers: tuple[tuple[int, int], ...] = ((100, 1000),)
) -> tuple[Level, ...]:
    """The levels of a project that asks for `cents` a year; offers are (percent, worth).

    A level's total is rounded down to the cent and split over the years by largest remainder, so
    that no cent is lost.
    """
    whole = sum(cents)
    weights = cents if any(cents) else (1,) * len(cents)
    return tuple(
        Level(percent, split(whole * percent // 100, weights), worth) for percent, worth in offers
    )
