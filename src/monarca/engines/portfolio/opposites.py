"""The price of the opposite decision: what the plan loses when one project is decided otherwise."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from monarca.engines.portfolio.choosing import goal_line, goal_terms
from monarca.engines.portfolio.lines import Line, Problem, problem_of
from monarca.engines.portfolio.searching import Found
from monarca.engines.portfolio.shapes import (
    POINTS,
    TIES,
    UNIT,
    USUAL,
    Effort,
    Plan,
    Project,
    Rules,
    Selection,
)
from monarca.engines.portfolio.solving import best
from monarca.engines.reasons import Reason, Value

NEAR = 12
"""Projects on each side of the line whose price is searched for when nobody names any."""


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs to decide otherwise on a project, in millionths of a point.

    `cost` is exact when `is_exact`, and otherwise the most it can be; `floor` is the least. None:
    no plan that keeps the rules, and what the later goals reach, decides otherwise. `enters` and
    `leaves` are the other projects that swap.
    """

    project: str
    is_funded: bool
    cost: int | None
    floor: int
    is_exact: bool
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    @property
    def points(self) -> float | None:
        """The cost in points."""
        return None if self.cost is None else self.cost / UNIT


def near(selection: Selection, count: int = NEAR) -> tuple[str, ...]:
    """The projects nearest the line on either side: those the bound says cost least to flip."""
    if selection.plan is None:
        return ()
    funded = selection.plan.funded
    order = sorted(selection.floors, key=lambda each: (selection.floors[each], each))
    inside = [each for each in order if each in funded][:count]
    return (*inside, *[each for each in order if each not in funded][:count])


def prices(
    projects: Sequence[Project],
    rules: Rules,
    selection: Selection,
    *,
    among: Iterable[str] | None = None,
    effort: Effort = USUAL,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Price]:
    """The price of the opposite decision for the projects named, or for those near the line.

    What later goals reached is kept as a rule, so that every price is nought or more. When the
    time runs out, the prices found so far are returned.
    """
    if selection.plan is None:
        return {}
    problem = with_goals(problem_of(projects, rules), rules, selection.plan)
    wanted = tuple(dict.fromkeys(near(selection) if among is None else among))
    found = {}
    for done, each in enumerate(wanted):
        if effort.is_over():
            break
        found[each] = _price(problem, selection, each, effort)
        if progress is not None:
            progress(done + 1, len(wanted))
    return found


def with_goals(problem: Problem, rules: Rules, plan: Plan) -> Problem:
    """The problem whose best the plan is: its later goals as lines, at what they reached."""
    reached = {stage.goal: stage.value for stage in plan.stages if stage.goal not in {POINTS, TIES}}
    lines = [
        goal_line(goal, goal_terms(problem, goal), reached[goal.id])
        for goal in rules.goals
        if goal.id in reached
    ]
    return replace(problem, lines=(*problem.lines, *lines))


def _price(problem: Problem, selection: Selection, project: str, effort: Effort) -> Price:
    plan = selection.plan
    if plan is None:
        raise LookupError(project)
    is_funded = project in plan.funded
    floor = selection.floors.get(project, 0)
    other = best(decided(problem, project, is_in=not is_funded), effort)
    if other.chosen is None:
        return Price(project, is_funded, None, floor, other.is_proved)
    return _compared(problem, plan, (project, is_funded, floor), other)


def _compared(problem: Problem, plan: Plan, subject: tuple[str, bool, int], other: Found) -> Price:
    project, is_funded, floor = subject
    funded = {award.project for award in problem.awards(other.chosen or ())}
    enters = tuple(sorted(funded - plan.funded - {project}))
    leaves = tuple(sorted(plan.funded - funded - {project}))
    cost = max(0, plan.value - other.value)
    least = max(floor, plan.value - other.bound, 0)
    is_exact = other.is_proved and plan.is_proved
    return Price(
        project, is_funded, cost, cost if is_exact else min(cost, least), is_exact, enters, leaves
    )


def decided(problem: Problem, project: str, *, is_in: bool) -> Problem:
    """The same problem with one decision taken beforehand."""
    mine = set(problem.of(project))
    if is_in:
        line = Line(f"opposite:{project}", dict.fromkeys(mine, -1), -1)
        return replace(problem, lines=(*problem.lines, line))
    is_open = tuple(said and column not in mine for column, said in enumerate(problem.open))
    return replace(problem, open=is_open)


def verdicts(
    projects: Sequence[Project],
    rules: Rules,
    selection: Selection,
    found: Mapping[str, Price],
) -> dict[str, Reason]:
    """For every project why it is funded or not, by id; empty where there is no plan."""
    plan = selection.plan
    if plan is None:
        return {}
    percents = {award.project: award.percent for award in plan.awards}
    pinned = {pin.project for pin in rules.pins}
    return {
        project.id: _verdict(project, (percents, pinned), selection, found.get(project.id))
        for project in sorted(projects, key=lambda project: project.id)
    }


def _verdict(
    project: Project,
    decided_on: tuple[Mapping[str, int], set[str]],
    selection: Selection,
    price: Price | None,
) -> Reason:
    percents, pinned = decided_on
    percent = percents.get(project.id)
    side = "funded" if percent is not None else "left"
    values: dict[str, Value] = {} if percent is None else {"percent": percent}
    if project.id in pinned:
        return Reason(f"portfolio.{side}_pinned", values)
    if price is None:
        floor = selection.floors.get(project.id, 0)
        if not floor:
            return Reason(f"portfolio.{side}", values)
        return Reason(f"portfolio.{side}_at_least", {**values, "points": floor / UNIT})
    if price.cost is None:
        return Reason(f"portfolio.{side}_must" if price.is_exact else f"portfolio.{side}", values)
    values["points"] = price.cost / UNIT
    swap = price.enters if side == "funded" else price.leaves
    if swap:
        values["others"] = ", ".join(swap)
    code = f"portfolio.{side}_price{'_swap' if swap else ''}"
    return Reason(code if price.is_exact else f"portfolio.{side}_at_most", values)
