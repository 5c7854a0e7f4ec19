"""A plan beside its limits, and beside the usual way: sorting by score."""

from collections.abc import Sequence
from dataclasses import dataclass

from monarca.engines.portfolio.lines import broken, problem_of
from monarca.engines.portfolio.relaxing import reached
from monarca.engines.portfolio.shapes import UNIT, Limit, Plan, Project, Rules


@dataclass(frozen=True, slots=True)
class Sorted:
    """The projects that sorting by score funds, what they are worth, and the rules it breaks."""

    projects: tuple[str, ...]
    value: int
    cents: int
    broken: tuple[str, ...]

    @property
    def points(self) -> float:
        """The total in points."""
        return self.value / UNIT


def by_score(projects: Sequence[Project], rules: Rules) -> Sorted:
    """Best score first, each at its first level, for as long as the envelopes last.

    A project that does not fit is passed over. One an organisation and refusals are kept; every
    other rule is only looked at afterwards. Raises WrongRules.
    """
    problem = problem_of(projects, rules)
    left = [rules.envelope_cents, *rules.year_cents]
    order = sorted(
        (column for column, (_, level) in enumerate(problem.columns) if level == 0),
        key=lambda column: (-problem.projects[problem.columns[column][0]].points, column),
    )
    chosen: list[int] = []
    groups: set[int] = set()
    for column in order:
        place, level = problem.columns[column]
        cents = problem.projects[place].levels[level].cents
        asked = [sum(cents), *cents][: len(left)]
        fits = all(have is None or have >= need for have, need in zip(left, asked, strict=True))
        if fits and problem.open[column] and problem.groups[column] not in groups:
            chosen.append(column)
            groups.add(problem.groups[column])
            left = [have and have - need for have, need in zip(left, asked, strict=True)]
    return Sorted(
        tuple(award.project for award in problem.awards(chosen)),
        sum(problem.values[column] for column in chosen),
        sum(problem.money(column) for column in chosen),
        broken(problem, chosen),
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """One limit, what it wants and what the plan reaches, in the limit's own unit."""

    rule: str
    is_floor: bool
    measure: str
    amount: int
    reached: int


def limits_reached(projects: Sequence[Project], rules: Rules, plan: Plan) -> tuple[Reached, ...]:
    """Every envelope and limit beside what the plan reaches of it, in the rules' order."""
    problem = problem_of(projects, rules)
    levels = {(award.project, award.percent, award.cents) for award in plan.awards}
    chosen = []
    for column, (place, level) in enumerate(problem.columns):
        project = problem.projects[place]
        given = project.levels[level]
        if (project.id, given.percent, given.cents) in levels:
            chosen.append(column)
    return tuple(
        Reached(
            each.id, each.is_floor, each.measure, each.amount, reached(problem, rules, each, chosen)
        )
        for each in (*_envelopes(rules), *rules.limits)
    )


def _envelopes(rules: Rules) -> list[Limit]:
    found = [] if rules.envelope_cents is None else [Limit("envelope", rules.envelope_cents)]
    pairs = zip(rules.years, rules.year_cents, strict=False)
    return found + [Limit(f"envelope:{year}", c, year=year) for year, c in pairs if c is not None]
