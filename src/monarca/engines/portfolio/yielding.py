"""One rule alone that gives way: the quick answer for many candidates, by the same exact search."""

from collections.abc import Iterator
from dataclasses import replace

from monarca.engines.portfolio.bounding import bound_of
from monarca.engines.portfolio.lines import Line, Problem
from monarca.engines.portfolio.shapes import Effort, Rules
from monarca.engines.portfolio.solving import best

FINE = 10**12
"""Slack of a rule is weighed as a share of its own bound, in this many parts."""

MANY = 400
"""Candidates from which each rule is tried alone before all are weighed together."""


def weight_of(line: Line) -> int:
    """What one unit of slack of a line weighs."""
    size = abs(line.most) or sum(map(abs, line.terms.values()))
    return max(1, FINE // max(1, size, _over(line)))


def _over(line: Line) -> int:
    return sum(said for said in line.terms.values() if said > 0) - line.most


def alone(problem: Problem, rules: Rules, effort: Effort) -> tuple[tuple[int, ...], bool] | None:
    """The columns of a plan that breaks one rule only, the one it breaks least; and if proved.

    None where no single rule was found that helps.
    """
    found: list[tuple[int, tuple[int, ...]]] = []
    proved = True
    for lines, without in _each_given_up(problem, rules):
        if effort.is_over():
            proved = False
            break
        if bound_of(without, effort) is None:
            continue
        answer = best(without, effort)
        proved = proved and answer.is_proved
        if answer.chosen is not None:
            broken = (max(0, line.excess(answer.chosen)) * weight_of(line) for line in lines)
            found.append((sum(broken), answer.chosen))
    if not found:
        return None
    return min(found)[1], proved


def _each_given_up(problem: Problem, rules: Rules) -> Iterator[tuple[list[Line], Problem]]:
    """For each rule that is not firm: its lines, and the problem of breaking them the least."""
    closed = {
        f"pin:{problem.projects[place].id}"
        for (place, _), is_open in zip(problem.columns, problem.open, strict=True)
        if not is_open
    }
    names = dict.fromkeys((*(line.rule for line in problem.lines), *sorted(closed)))
    for rule in names:
        if rule not in rules.firm:
            lines = [line for line in problem.lines if line.rule == rule]
            yield lines, _without(problem, rule, lines)


def _without(problem: Problem, rule: str, lines: list[Line]) -> Problem:
    kept = tuple(line for line in problem.lines if line.rule != rule)
    values = [0] * len(problem.columns)
    for line in lines:
        for column, said in line.terms.items():
            values[column] -= said
    is_open = tuple(
        was or rule == f"pin:{problem.projects[place].id}"
        for was, (place, _) in zip(problem.open, problem.columns, strict=True)
    )
    return replace(problem, lines=kept, values=tuple(values), open=is_open)
