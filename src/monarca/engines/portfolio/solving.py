"""The best choice of columns for one objective: guess how far from the bound it lies, then prove.

Every plan worth `target` or more lies among the columns whose own bound reaches `target`: the few
that remain are searched exactly by CP-SAT. What it finds there, if it reaches the target, is the
best of all; if not, the target goes down and more columns come in.
"""

from collections.abc import Collection
from dataclasses import replace
from math import gcd

from monarca.engines.portfolio.bounding import CLOSED, Bound, bound_of
from monarca.engines.portfolio.lines import Problem
from monarca.engines.portfolio.searching import Found, Search, searched
from monarca.engines.portfolio.second import improved
from monarca.engines.portfolio.shapes import Effort

CORE = 250
"""Columns beside the bound's own choice with which the search begins."""

ROUGH = 60
"""The same where an answer near the best is enough."""

WIDER = 8
"""By how much the distance to the bound grows when the best was not within it."""

MANY = 5_000
"""Candidates from which a second solver has a try where the first could not prove its answer."""


def best(
    problem: Problem, effort: Effort, *, known: Collection[int] | None = None, enough: float = 0.0
) -> Found:
    """The best choice; `known` is one that keeps every line, `enough` the share one may lose."""
    ceiling = bound_of(problem, effort)
    if ceiling is None:
        return _or_known(_everything(problem, effort, enough), problem, known)
    found = Found(None, 0, _rounded(problem, ceiling.total), is_proved=False, ceiling=ceiling)
    if known is not None:
        found = _with(found, problem, known)
    return _widening(problem, found, ceiling, effort, enough)


def _widening(
    problem: Problem, found: Found, ceiling: Bound, effort: Effort, enough: float
) -> Found:
    target = _first_target(ceiling, ROUGH if enough else CORE)
    shared = _leaving_time(problem, effort)
    while True:
        if found.chosen is not None:
            target = max(target, found.value)
            if found.value >= found.bound or found.gap <= enough:
                return _proved(found)
        search = within(problem, ceiling, target)
        is_all = not search.chosen and len(search.undecided) == sum(problem.open)
        step = searched(search, shared, hint=found.chosen, enough=enough)
        if step.chosen is not None and (found.chosen is None or step.value > found.value):
            found = _with(found, problem, step.chosen)
        if not step.is_proved:
            ended = _bounded(found, max(step.bound, target - 1))
            return _second(problem, ended, ceiling, effort)
        if is_all or (found.chosen is not None and found.value >= target):
            return _proved(found)
        found = _bounded(found, target - 1)
        target = _lower(ceiling.total, target)


def _leaving_time(problem: Problem, effort: Effort) -> Effort:
    """At a country's size the first solver leaves a third of the time to the second."""
    left = effort.left
    if left is None or len(problem.projects) < MANY:
        return effort
    return replace(effort, left=lambda: left() * 2 / 3)


def _first_target(ceiling: Bound, core: int) -> int:
    """The bound of the column that is number `core` among those the bound did not choose."""
    import numpy as np

    others = np.delete(ceiling.reach, ceiling.leaders)
    if len(others) <= core:
        return CLOSED + 1
    return int(-np.partition(-others, core)[core])


def _lower(total: int, target: int) -> int:
    """A lower target; the lowest of all once it is far below the bound."""
    away = max(WIDER * (total - target), abs(total) >> 16, 1)
    return CLOSED + 1 if away > abs(total) // 10 + 1 else total - away


def within(problem: Problem, ceiling: Bound, target: int) -> Search:
    """The columns a plan worth `target` or more may hold, and those that it must hold."""
    if target <= CLOSED + 1:
        return Search(problem, tuple(c for c, is_open in enumerate(problem.open) if is_open))
    leaders = ceiling.leaders
    sure = leaders[ceiling.without[leaders] < target]
    groups = {problem.groups[column] for column in sure.tolist()}
    alive = (ceiling.reach >= target).nonzero()[0].tolist()
    undecided = (column for column in alive if problem.groups[column] not in groups)
    return Search(problem, tuple(undecided), tuple(sorted(sure.tolist())))


def _with(found: Found, problem: Problem, chosen: Collection[int]) -> Found:
    value = sum(problem.values[column] for column in chosen)
    return Found(tuple(sorted(chosen)), value, found.bound, is_proved=False, ceiling=found.ceiling)


def _bounded(found: Found, bound: int) -> Found:
    """The same answer with a lower bound, never below its own value."""
    lowest = bound if found.chosen is None else max(bound, found.value)
    bound = min(found.bound, lowest)
    return Found(found.chosen, found.value, bound, is_proved=False, ceiling=found.ceiling)


def _proved(found: Found) -> Found:
    bound = found.value if found.chosen is not None else found.bound
    return Found(found.chosen, found.value, bound, is_proved=True, ceiling=found.ceiling)


def _rounded(problem: Problem, total: int) -> int:
    """A plan's value is a multiple of what all values are multiples of."""
    step = gcd(*problem.values) if problem.values else 0
    return total // step * step if step else 0


def _second(problem: Problem, found: Found, ceiling: Bound, effort: Effort) -> Found:
    """The second solver's answer where it is better: for a country's size, or for want of any."""
    is_large = len(problem.projects) >= MANY
    if effort.is_over() or not (is_large or found.chosen is None):
        return found
    target = CLOSED + 1 if found.chosen is None else found.value
    search = within(problem, ceiling, target)
    other = improved(search.problem, search.undecided, search.chosen, effort)
    if other is None:
        return found
    tried = _with(found, problem, other)
    if found.chosen is not None and tried.value <= found.value:
        return found
    return Found(tried.chosen, tried.value, found.bound, False, ceiling, "highs")


def _or_known(found: Found, problem: Problem, known: Collection[int] | None) -> Found:
    """A search that found nothing in its time leaves what was known before."""
    if found.chosen is not None or known is None:
        return found
    value = sum(problem.values[column] for column in known)
    bound = max(found.bound, value)
    return replace(found, chosen=tuple(sorted(known)), value=value, bound=bound, is_proved=False)


def _everything(problem: Problem, effort: Effort, enough: float) -> Found:
    """Without a bound: CP-SAT on all columns, which also proves where no plan exists."""
    every = tuple(column for column, is_open in enumerate(problem.open) if is_open)
    return searched(Search(problem, every), effort, hint=None, enough=enough)
