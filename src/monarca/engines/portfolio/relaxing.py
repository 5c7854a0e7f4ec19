"""When no plan keeps every rule: the fewest rules to ease, by the least, checked by a plan."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from monarca.engines.portfolio.lines import (
    Problem,
    broken,
    envelope_for,
    limit_line,
    problem_of,
)
from monarca.engines.portfolio.searching import ready, refuse_interrupted
from monarca.engines.portfolio.shapes import (
    USUAL,
    WHOLE,
    Award,
    Easing,
    Effort,
    Limit,
    Project,
    Relaxation,
    Rules,
)
from monarca.engines.portfolio.yielding import MANY, alone, weight_of
from monarca.engines.reasons import Reason, Value


@dataclass(frozen=True, slots=True)
class Wishes:
    """The model of what may give way: `taken` by column, `gives` by rule, slack by rule."""

    model: Any
    taken: Mapping[int, Any]
    gives: Mapping[str, Any]
    weights: list[tuple[Any, int]]

    def every(self) -> list[Any]:
        """All variables."""
        slacks = (each for each, _ in self.weights)
        return [*self.taken.values(), *self.gives.values(), *slacks]

    def one_each(self) -> list[tuple[Any, int]]:
        """The aim of giving up as few rules as possible."""
        return [(each, 1) for each in self.gives.values()]

    def given(self, answer: Mapping[int, int]) -> int:
        """How many rules an answer gives up."""
        return sum(answer[each.index] for each in self.gives.values())


def relax(
    projects: Sequence[Project], rules: Rules, *, effort: Effort = USUAL
) -> Relaxation | None:
    """The smallest relaxation: fewest rules first, then the least, each as a share of its bound.

    The eased rules are what a plan found needs, and that plan is checked against them. None: no
    plan exists even when every rule that is not firm is given up (or none was found in the time).
    """
    problem = problem_of(projects, rules)
    found = alone(problem, rules, effort) if len(projects) >= MANY else None
    found = found or _together(problem, rules, effort)
    if found is None:
        return None
    chosen, is_smallest = found
    eased, easings = _eased(problem, rules, chosen, broken(problem, chosen))
    verified = not broken(problem_of(projects, eased), chosen)
    return Relaxation(tuple(easings), eased, is_smallest, verified)


def _together(
    problem: Problem, rules: Rules, effort: Effort
) -> tuple[tuple[int, ...], bool] | None:
    """The columns of a plan that breaks the fewest rules, by the least; and whether proved."""
    wishes, few, is_fewest = _fewest(problem, rules, effort)
    if few is None:
        return None
    wishes.model.add(sum(wishes.gives.values()) <= wishes.given(few))
    for each in wishes.every():
        wishes.model.add_hint(each, few[each.index])
    little, is_least = _least(wishes, wishes.weights, effort)
    answer = little or few
    chosen = (column for column, each in wishes.taken.items() if answer[each.index])
    return tuple(chosen), is_fewest and is_least


def _fewest(
    problem: Problem, rules: Rules, effort: Effort
) -> tuple[Wishes, dict[int, int] | None, bool]:
    """The fewest rules that give way, and whether that is proved.

    Organisations are many. At first only those give way for which more than one project is pinned;
    the others come in where that leaves two rules or more, and only if they make them fewer.
    """
    crowded, every = _organisations(problem, rules)
    narrow = _model(problem, rules, crowded)
    few, is_proved = _least(narrow, narrow.one_each(), effort)
    count = narrow.given(few) if few is not None else len(narrow.gives) + len(every) + 1
    if crowded == every or count <= 1:
        return narrow, few, is_proved or count <= 1
    wide = _model(problem, rules, every)
    wide.model.add(sum(wide.gives.values()) <= count - 1)
    fewer, is_proved = _least(wide, wide.one_each(), effort)
    return (narrow, few, is_proved) if fewer is None else (wide, fewer, is_proved)


def _organisations(problem: Problem, rules: Rules) -> tuple[set[int], set[int]]:
    """Groups of several projects: those with two projects pinned or more, and all of them."""
    wanted = {pin.project for pin in rules.pins if pin.is_in}
    members: dict[int, set[str]] = {}
    for column, (place, _) in enumerate(problem.columns):
        members.setdefault(problem.groups[column], set()).add(problem.projects[place].id)
    crowded = {group for group, ids in members.items() if len(ids & wanted) > 1}
    return crowded, {group for group, ids in members.items() if len(ids) > 1}


def _least(
    wishes: Wishes, aim: Sequence[tuple[Any, int]], effort: Effort
) -> tuple[dict[int, int] | None, bool]:
    """The values of all variables, by index, where the aim is least; and whether that is proved."""
    from ortools.sat.python import cp_model

    wishes.model.minimize(sum(each * weight for each, weight in aim))
    solver = ready(effort)
    state = solver.solve(wishes.model)
    refuse_interrupted(solver, state, effort)
    if state not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None, state == cp_model.INFEASIBLE
    said = {each.index: solver.value(each) for each in wishes.every()}
    return said, state == cp_model.OPTIMAL


def _model(problem: Problem, rules: Rules, yielding: set[int]) -> Wishes:
    """`yielding` are the groups (organisations) that may be given more than one project."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = {column: model.new_bool_var("") for column in range(len(problem.columns))}
    gives: dict[str, Any] = {}
    weights: list[tuple[Any, int]] = []

    def gives_way(rule: str) -> Any:
        if rule not in gives:
            gives[rule] = model.new_bool_var("")
            if rule in rules.firm:
                model.add(gives[rule] == 0)
        return gives[rule]

    wishes = Wishes(model, taken, gives, weights)
    _soft_groups(problem, wishes, yielding, gives_way)
    _soft_pins(problem, wishes, gives_way)
    _soft_lines(problem, wishes, gives_way)
    return wishes


def _soft_groups(
    problem: Problem, wishes: Wishes, yielding: set[int], gives_way: Callable[[str], Any]
) -> None:
    """One level a project always; one project an organisation unless that gives way."""
    owned: dict[int, list[int]] = {}
    groups: dict[int, list[int]] = {}
    for column, (place, _) in enumerate(problem.columns):
        owned.setdefault(place, []).append(column)
        groups.setdefault(problem.groups[column], []).append(column)
    for columns in owned.values():
        wishes.model.add_at_most_one(wishes.taken[column] for column in columns)
    for group, columns in groups.items():
        places = {problem.columns[column][0] for column in columns}
        if group not in yielding:
            wishes.model.add_at_most_one(wishes.taken[column] for column in columns)
        else:
            rule = f"organisation:{problem.projects[min(places)].organisation}"
            most = 1 + (len(places) - 1) * gives_way(rule)
            wishes.model.add(sum(wishes.taken[column] for column in columns) <= most)


def _soft_pins(problem: Problem, wishes: Wishes, gives_way: Callable[[str], Any]) -> None:
    for column, is_open in enumerate(problem.open):
        if not is_open:
            project = problem.projects[problem.columns[column][0]].id
            wishes.model.add_implication(wishes.taken[column], gives_way(f"pin:{project}"))


def _soft_lines(problem: Problem, wishes: Wishes, gives_way: Callable[[str], Any]) -> None:
    """Every line that could be broken gets a slack, which is nought unless its rule gives way."""
    for line in problem.lines:
        over = sum(said for said in line.terms.values() if said > 0) - line.most
        if over <= 0:
            continue
        slack = wishes.model.new_int_var(0, over, "")
        total = sum(wishes.taken[column] * said for column, said in line.terms.items())
        wishes.model.add(total - slack <= line.most)
        wishes.model.add(slack <= over * gives_way(line.rule))
        wishes.weights.append((slack, weight_of(line)))


def _eased(
    problem: Problem, rules: Rules, chosen: Sequence[int], given: Iterable[str]
) -> tuple[Rules, list[Easing]]:
    """The rules as the plan needs them, one easing for each rule that gives way."""
    easings = []
    awards = problem.awards(chosen)
    for rule in given:
        rules, easing = _ease(problem, rules, (chosen, awards), rule)
        if easing is not None:
            easings.append(easing)
    return rules, easings


def _ease(
    problem: Problem, rules: Rules, found: tuple[Sequence[int], tuple[Award, ...]], rule: str
) -> tuple[Rules, Easing | None]:
    chosen, awards = found
    kind, _, name = rule.partition(":")
    limit = next((each for each in rules.limits if each.id == rule), None)
    if limit is not None:
        return _ease_limit(problem, rules, limit, chosen)
    if kind == "envelope":
        return _ease_envelope(rules, name, awards)
    if kind == "pin":
        pins = tuple(pin for pin in rules.pins if pin.project != name)
        reason = Reason("portfolio.ease_pin", {"project": name})
        return replace(rules, pins=pins), Easing(rule, 1, 0, reason)
    reason = Reason("portfolio.ease_organisation", {"organisation": name})
    count = _at(problem, chosen, name)
    return replace(rules, several=rules.several | {name}), Easing(rule, 1, count, reason)


def _at(problem: Problem, chosen: Iterable[int], organisation: str) -> int:
    places = (problem.columns[column][0] for column in chosen)
    return sum(problem.projects[place].organisation == organisation for place in places)


def _ease_envelope(rules: Rules, year: str, awards: Sequence[Award]) -> tuple[Rules, Easing | None]:
    if not year:
        was, becomes = rules.envelope_cents or 0, sum(sum(award.cents) for award in awards)
        values = {"was_cents": was, "becomes_cents": becomes}
        easing = Easing("envelope", was, becomes, Reason("portfolio.ease_envelope", values))
        return replace(rules, envelope_cents=becomes), easing
    place = rules.years.index(year)
    was = rules.year_cents[place] or 0
    becomes = sum(award.cents[place] for award in awards)
    kept = (*rules.year_cents[:place], becomes, *rules.year_cents[place + 1 :])
    told: dict[str, Value] = {"year": year, "was_cents": was, "becomes_cents": becomes}
    reason = Reason("portfolio.ease_year", told)
    return replace(rules, year_cents=kept), Easing(f"envelope:{year}", was, becomes, reason)


def _ease_limit(
    problem: Problem, rules: Rules, limit: Limit, chosen: Sequence[int]
) -> tuple[Rules, Easing | None]:
    """The amount that the plan reaches; a share is rounded to the side that lets it through."""
    becomes = reached(problem, rules, limit, chosen)
    eased = replace(limit, amount=becomes)
    limits = tuple(eased if each.id == limit.id else each for each in rules.limits)
    side = "floor" if limit.is_floor else "ceiling"
    reason = Reason(f"portfolio.{'_'.join(('ease', side, _unit(limit)))}", _amounts(limit, becomes))
    return replace(rules, limits=limits), Easing(limit.id, limit.amount, becomes, reason)


def _unit(limit: Limit) -> str:
    return limit.measure if limit.measure in {"cents", "projects"} else "share"


def _amounts(limit: Limit, becomes: int) -> dict[str, Value]:
    if limit.measure == "cents":
        return {"rule": limit.id, "was_cents": limit.amount, "becomes_cents": becomes}
    if limit.measure == "projects":
        return {"rule": limit.id, "was": limit.amount, "becomes": becomes}
    shares = {"was_share": limit.amount / WHOLE, "becomes_share": becomes / WHOLE}
    return {"rule": limit.id, **shares}


def reached(problem: Problem, rules: Rules, limit: Limit, chosen: Sequence[int]) -> int:
    """What a choice of columns reaches of a limit, in the limit's own unit.

    A share is in basis points, rounded down for a floor and up for a ceiling, so that the amount
    returned is always one that the choice keeps. Without any money or project a share is the
    limit's own amount: nothing is broken.
    """
    money = limit.measure in {"cents", "share_of_money", "share_of_envelope"}
    whole_measure = "cents" if money else "projects"
    part = _sum(problem, rules, replace(limit, measure=whole_measure), chosen)
    if limit.measure in {"cents", "projects"}:
        return part
    if limit.measure == "share_of_envelope":
        whole = envelope_for(limit, rules) or 0
    else:
        whole = _sum(problem, rules, replace(limit, measure=whole_measure, tag=""), chosen)
    if not whole:
        return limit.amount
    return part * WHOLE // whole if limit.is_floor else -(-part * WHOLE // whole)


def _sum(problem: Problem, rules: Rules, limit: Limit, chosen: Sequence[int]) -> int:
    line = limit_line(problem, rules, replace(limit, is_floor=False, amount=0))
    return sum(line.terms.get(column, 0) for column in chosen)
