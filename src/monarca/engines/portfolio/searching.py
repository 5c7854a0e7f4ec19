"""One exact search by CP-SAT over the columns that are left: deterministic, proved or bounded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from monarca.engines.portfolio.bounding import Bound
from monarca.engines.portfolio.lines import Problem
from monarca.engines.portfolio.shapes import Effort


@dataclass(frozen=True, slots=True)
class Found:
    """The best columns found (None: none), their value, what no plan passes, and whether proved.

    Without columns, `is_proved` says that there is no plan at all.
    """

    chosen: tuple[int, ...] | None
    value: int
    bound: int
    is_proved: bool
    ceiling: Bound | None = None
    method: str = "cp-sat"

    @property
    def gap(self) -> float:
        """How much better a plan could be at most, as a share of the bound."""
        if self.is_proved or self.chosen is None:
            return 0.0
        return (self.bound - self.value) / max(1, abs(self.bound))


@dataclass(frozen=True, slots=True)
class Search:
    """What is left of a problem: columns still undecided, columns that are chosen already."""

    problem: Problem
    undecided: tuple[int, ...]
    chosen: tuple[int, ...] = ()


def searched(
    search: Search, effort: Effort, *, hint: Iterable[int] | None, enough: float = 0.0
) -> Found:
    """The best of what is undecided, by CP-SAT with one deterministic worker.

    Raises KeyboardInterrupt when a person stopped the solver.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = {column: model.new_bool_var("") for column in search.undecided}
    add_lines(model, taken, search)
    values = search.problem.values
    already = sum(values[column] for column in search.chosen)
    model.maximize(sum(values[column] * taken[column] for column in taken) + already)
    hinted = set(hint or ())
    for column, each in taken.items():
        if hinted:
            model.add_hint(each, column in hinted)
    solver = ready(effort, enough)
    state = solver.solve(model)
    refuse_interrupted(solver, state, effort)
    if state in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        chosen = [column for column, each in taken.items() if solver.boolean_value(each)]
        every = tuple(sorted((*chosen, *search.chosen)))
        value = sum(values[column] for column in every)
        bound = value if state == cp_model.OPTIMAL else _whole(solver.best_objective_bound)
        return Found(every, value, bound, state == cp_model.OPTIMAL)
    highest = already + sum(max(0, values[column]) for column in search.undecided)
    return Found(None, 0, highest, state == cp_model.INFEASIBLE)


def ready(effort: Effort, enough: float = 0.0) -> Any:
    """A solver that answers the same on every run, until its work or the person's time is up."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = effort.seed % 2**31
    solver.parameters.max_deterministic_time = effort.work
    solver.parameters.max_time_in_seconds = effort.seconds()
    solver.parameters.relative_gap_limit = enough
    return solver


def add_lines(model: Any, taken: Mapping[int, Any], search: Search) -> None:
    """The lines that the undecided columns could still break, and one column a group."""
    groups: dict[int, list[Any]] = {}
    for column, each in taken.items():
        groups.setdefault(search.problem.groups[column], []).append(each)
    for members in groups.values():
        if len(members) > 1:
            model.add_at_most_one(members)
    for line in search.problem.lines:
        left = -line.excess(search.chosen)
        terms = [
            (each, line.terms[column]) for column, each in taken.items() if column in line.terms
        ]
        if sum(said for _, said in terms if said > 0) > left:
            model.add(sum(each * said for each, said in terms) <= left)


def refuse_interrupted(solver: Any, state: int, effort: Effort) -> None:
    """Raises KeyboardInterrupt where the solver stopped before its answer and before its limits.

    CP-SAT catches the signal itself, so that it can stop at once; the person still meant to stop.
    """
    from ortools.sat.python import cp_model

    if state not in {cp_model.FEASIBLE, cp_model.UNKNOWN}:
        return
    limits = solver.parameters
    is_short = solver.deterministic_time < 0.98 * limits.max_deterministic_time
    if is_short and solver.wall_time < 0.95 * limits.max_time_in_seconds and not effort.is_over():
        raise KeyboardInterrupt


def _whole(bound: float) -> int:
    """A bound of floats as a whole number that is certainly not below it."""
    return int(bound + 1e-3 + abs(bound) * 1e-15)
