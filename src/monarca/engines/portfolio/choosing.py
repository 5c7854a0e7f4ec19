"""The plan: the most points, then each further goal in its turn, then one plan among equals."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from monarca.engines.portfolio.lines import Line, Problem, broken, problem_of
from monarca.engines.portfolio.relaxing import relax
from monarca.engines.portfolio.searching import Found
from monarca.engines.portfolio.shapes import (
    POINTS,
    TIES,
    USUAL,
    WHOLE,
    Effort,
    Goal,
    Plan,
    Project,
    Rules,
    Selection,
    Stage,
)
from monarca.engines.portfolio.solving import best, within
from monarca.engines.reasons import Reason

TIE_WORK = 8.0
"""Work for the lots: enough for any fund's size, and a plan is as good without it."""


def select(projects: Sequence[Project], rules: Rules, *, effort: Effort = USUAL) -> Selection:
    """The plan of most points that keeps every rule, and the goals after it, in their order.

    Stage 1 maximises the points; each later goal is maximised while `rules.keep` of the best total
    is left; at last the points are maximised again with every later goal kept at what it reached.
    Among plans that are equal in all of this, a lot drawn from the seed and the ids decides, so
    that neither the order of the rows nor the alphabet favours anybody. Where no plan exists the
    selection has the smallest relaxation instead. Raises WrongRules.
    """
    problem = problem_of(projects, rules)
    first = best(problem, effort)
    if first.chosen is None:
        return _none(projects, rules, effort, is_proved=first.is_proved)
    stages = [Stage(POINTS, first.value, first.bound, first.is_proved)]
    found, kept = _goals(problem, rules, (first, stages), effort)
    if found.is_proved:
        found = _settled(kept, found, stages, effort)
    plan = _plan(problem, found, stages, len(rules.years))
    reason = _told(plan)
    return Selection(plan, reason, floors=floors(kept, found))


def _goals(
    problem: Problem, rules: Rules, begun: tuple[Found, list[Stage]], effort: Effort
) -> tuple[Found, Problem]:
    """Every later goal in turn; then the points once more, with those goals kept as lines."""
    found, stages = begun
    if not rules.goals:
        return found, problem
    enough = keeping(problem, rules, found.value)
    kept = problem
    for goal in rules.goals:
        terms = goal_terms(problem, goal)
        aimed = replace(
            kept,
            values=tuple(terms.get(column, 0) for column in range(len(problem.columns))),
            lines=(*kept.lines, enough),
        )
        reached = best(aimed, effort, known=found.chosen)
        stages.append(Stage(goal.id, reached.value, reached.bound, reached.is_proved))
        kept = replace(kept, lines=(*kept.lines, goal_line(goal, terms, reached.value)))
        found = _same(problem, reached)
    return best(kept, effort, known=found.chosen), kept


def keeping(problem: Problem, rules: Rules, value: int) -> Line:
    """At least `rules.keep` of the best total: a line of the later goals."""
    least = value - (WHOLE - rules.keep) * abs(value) // WHOLE
    return Line(POINTS, {column: -said for column, said in enumerate(problem.values)}, -least)


def goal_terms(problem: Problem, goal: Goal) -> dict[int, int]:
    """What each column adds to a goal."""
    return problem.terms(goal.tag, problem.money if goal.measure == "cents" else _one)


def goal_line(goal: Goal, terms: Mapping[int, int], least: int) -> Line:
    """A goal, kept at what it reached."""
    return Line(f"goal:{goal.id}", {column: -said for column, said in terms.items()}, -least)


def _one(_: int) -> int:
    return 1


def _same(problem: Problem, reached: Found) -> Found:
    """The same columns, with their value in points."""
    chosen = reached.chosen or ()
    value = sum(problem.values[column] for column in chosen)
    return replace(reached, value=value, ceiling=None)


def _settled(kept: Problem, found: Found, stages: list[Stage], effort: Effort) -> Found:
    """One plan among those of equal worth: the columns' lots add up to the most."""
    if found.chosen is None or found.ceiling is None:
        return found
    level = Line(POINTS, {c: -said for c, said in enumerate(kept.values) if said}, -found.value)
    search = within(kept, found.ceiling, found.value)
    alive = {*search.undecided, *search.chosen}
    drawn = replace(
        kept,
        values=tuple(lots(kept, effort.seed)),
        open=tuple(column in alive for column in range(len(kept.columns))),
        lines=(*kept.lines, level),
    )
    short = replace(effort, work=min(effort.work, TIE_WORK))
    settled = best(drawn, short, known=found.chosen)
    if settled.chosen is None or broken(kept, settled.chosen):
        return found
    stages.append(Stage(TIES, settled.value, settled.bound, settled.is_proved))
    return replace(found, chosen=settled.chosen)


def lots(problem: Problem, seed: int) -> list[int]:
    """A lot for each column, from the seed, the project's id and the level's percent alone."""
    return [
        1 + int.from_bytes(sha256(f"{seed}\0{project.id}\0{percent}".encode()).digest()[:4])
        for project, percent in (
            (problem.projects[place], problem.projects[place].levels[level].percent)
            for place, level in problem.columns
        )
    ]


def floors(kept: Problem, found: Found) -> dict[str, int]:
    """What deciding otherwise costs at least, as the bound alone proves it; none where pinned."""
    if found.ceiling is None or found.chosen is None:
        return {}
    groups: dict[int, list[int]] = {}
    owned: dict[int, list[int]] = {}
    for column, (place, _) in enumerate(kept.columns):
        groups.setdefault(kept.groups[column], []).append(column)
        owned.setdefault(place, []).append(column)
    funded = {kept.columns[column][0] for column in found.chosen}
    pinned = {line.rule for line in kept.lines}
    costs = {}
    for place, mine in owned.items():
        name = kept.projects[place].id
        if f"pin:{name}" in pinned or not any(kept.open[column] for column in mine):
            continue
        if place in funded:
            most = found.ceiling.lacking(mine, groups[kept.groups[mine[0]]])
        else:
            most = found.ceiling.with_any(mine)
        costs[name] = max(0, found.value - most)
    return costs


def _plan(problem: Problem, found: Found, stages: Sequence[Stage], years: int) -> Plan:
    chosen = found.chosen or ()
    if broken(problem, chosen):
        raise AssertionError("a solver broke a line")
    awards = problem.awards(chosen)
    cents = tuple(sum(award.cents[year] for award in awards) for year in range(years))
    proved = all(stage.is_proved for stage in stages if stage.goal != TIES) and found.is_proved
    return Plan(awards, cents, found.value, found.bound, tuple(stages), proved, found.method)


def _told(plan: Plan) -> Reason:
    values = {
        "projects": len(plan.awards),
        "points": plan.points,
        "given_cents": sum(plan.cents),
    }
    if plan.is_proved:
        return Reason("portfolio.best", values)
    return Reason("portfolio.not_proved", {**values, "gap_share": plan.gap_share})


def _none(
    projects: Sequence[Project], rules: Rules, effort: Effort, *, is_proved: bool
) -> Selection:
    if not is_proved:
        return Selection(None, Reason("portfolio.undecided"))
    relaxation = relax(projects, rules, effort=effort)
    if relaxation is None:
        known = "portfolio.no_way_known" if effort.is_over() else "portfolio.nothing_helps"
        return Selection(None, Reason(known))
    values = {"rules": len(relaxation.easings)}
    return Selection(None, Reason("portfolio.no_plan", values), relaxation)
