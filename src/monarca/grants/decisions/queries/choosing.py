"""The best plan within the envelope, as the engine of portfolios answers, while somebody waits."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from time import monotonic

from monarca.engines import portfolio
from monarca.engines.reasons import Reason
from monarca.grants.decisions.queries.planning import Candidates, Wish, projects_of, rules_of

SEARCH = 3.0
"""Seconds for the search of the plan; what is not proved by then says its gap."""

PRICES = 2.5
STEPS = 1.5
DRAWS = 1.5
"""Seconds for the prices of opposite decisions, other envelopes, and scores drawn again."""

PRICE_WORK = 4.0
"""Work for one price: beyond it the price is told as a bound."""

CHANGES = (-10, 10)
"""Percent by which the envelope changes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine says: a plan, or none and what would have to give way.

    `usual` is what sorting by score reaches.
    """

    projects: tuple[portfolio.Project, ...]
    rules: portfolio.Rules
    selection: portfolio.Selection
    usual: portfolio.Sorted

    @property
    def plan(self) -> portfolio.Plan | None:
        return self.selection.plan

    @property
    def cents(self) -> Mapping[str, int]:
        """What each funded file gets, by reference."""
        return {each.project: sum(each.cents) for each in self.plan.awards} if self.plan else {}


@dataclass(frozen=True, slots=True)
class Firmness:
    """How firm a plan is: with another envelope, and with scores that came out otherwise."""

    steps: tuple[portfolio.Step, ...] = ()
    chances: Mapping[str, float] = field(default_factory=dict)
    draws: int = 0


def answer(found: Candidates, wish: Wish) -> Answer:
    """The plan of most points that keeps the wish. Raises `portfolio.WrongRules`."""
    projects, rules = projects_of(found, wish), rules_of(found, wish)
    usual = portfolio.by_score(projects, rules)
    return Answer(
        projects, rules, portfolio.select(projects, rules, effort=patience(SEARCH)), usual
    )


def verdicts(given: Answer, among: Collection[str]) -> dict[str, Reason]:
    """Why each file is in the plan or not, with the price of deciding otherwise for `among`."""
    nearest = portfolio.near(given.selection, len(given.projects))
    prices = portfolio.prices(
        given.projects,
        given.rules,
        given.selection,
        among=[each for each in nearest if each in among],
        effort=patience(PRICES, PRICE_WORK),
    )
    return portfolio.verdicts(given.projects, given.rules, given.selection, prices)


def firmness(given: Answer) -> Firmness:
    """The plan with other envelopes, and each file's chance when all scores are drawn again."""
    plan = given.plan
    if plan is None:
        return Firmness()
    ask = partial(portfolio.envelopes, given.projects, given.rules, plan, changes=CHANGES)
    steps = ask(effort=patience(STEPS))
    if not any(project.error for project in given.projects):
        return Firmness(steps)
    chances, draws = portfolio.stability(given.projects, given.rules, plan, effort=patience(DRAWS))
    return Firmness(steps, chances, draws)


def patience(seconds: float, work: float = 40.0) -> portfolio.Effort:
    """So many seconds from the first look at the watch: after the libraries were loaded."""
    return portfolio.Effort(work, left=_watch(seconds))


def _watch(seconds: float) -> Callable[[], float]:
    ends: list[float] = []

    def left() -> float:
        now = monotonic()
        if not ends:
            ends.append(now + seconds)
        return ends[0] - now

    return left
