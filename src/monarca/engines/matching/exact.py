"""The highest floor of a small problem, searched for until it is proved (CP-SAT)."""

from typing import TYPE_CHECKING, Any

from monarca.engines.matching.network import Network
from monarca.engines.matching.pricing import Outcome, weighed

if TYPE_CHECKING:
    from monarca.engines.matching.candidates import Flags

SMALL = 4_000
"""Candidates up to which the search is worth its time."""

EFFORT = 2.0
"""CP-SAT's deterministic time for each of two searches: the same answer on every machine."""


def closed(network: Network, found: Outcome) -> Outcome:
    """The same or a better outcome, its gap closed where the search can: floor, then total.

    As many pairs are kept, and as much of the wished loads is met, as in the outcome given.
    """
    if found.floor >= found.bound or len(network.candidates.row) > SMALL:
        return found
    from ortools.sat.python import cp_model

    model, chosen, sums = _modelled(network, found)
    floor = model.new_int_var(found.floor, found.bound, "floor")
    for each in sums:
        model.add(each >= floor)
    _hint(model, chosen, found.taken)
    model.maximize(floor)
    solver = _solver()
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return found
    bound = int(solver.best_objective_bound)
    better = _with_total(network, found, model, chosen, sums, floor=int(solver.objective_value))
    return Outcome(better.taken, better.scores, found.bests, bound, better.level, found.most)


def _with_total(
    network: Network,
    found: Outcome,
    model: Any,
    chosen: list[Any],
    sums: list[Any],
    *,
    floor: int,
) -> Outcome:
    """The largest total among plans with this floor, as far as the search comes."""
    from ortools.sat.python import cp_model

    for each in sums:
        model.add(each >= floor)
    model.maximize(sum(sums))
    solver = _solver()
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return found
    return _outcome(network, found, [bool(solver.value(each)) for each in chosen])


def _outcome(network: Network, found: Outcome, taken: list[bool]) -> Outcome:
    import numpy as np

    weights = np.ones(len(found.bests), dtype=np.int64)
    return weighed(network, np.array(taken, dtype=bool), weights, found.bests)


def _solver() -> Any:
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = EFFORT
    return solver


def _hint(model: Any, chosen: list[Any], taken: "Flags") -> None:
    for each, value in zip(chosen, taken.tolist(), strict=True):
        model.add_hint(each, value)


def _modelled(network: Network, found: Outcome) -> tuple[Any, list[Any], list[Any]]:
    """Model, one variable a candidate, one sum of affinities an application."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    pairs, problem = network.candidates, network.problem
    chosen = [model.new_bool_var(f"pair {place}") for place in range(len(pairs.row))]
    rows: list[list[int]] = [[] for _ in problem.applications]
    columns: list[list[int]] = [[] for _ in problem.reviewers]
    where = zip(pairs.row.tolist(), pairs.column.tolist(), strict=True)
    for place, (row, column) in enumerate(where):
        rows[row].append(place)
        columns[column].append(place)
    met = network.met.tolist()
    for file, places in enumerate(network.places):
        _add_places(model, places, [(met[each], chosen[each]) for each in rows[file]])
    _add_loads(model, network, found, [[chosen[each] for each in own] for own in columns])
    held = network.held.nonzero()[0].tolist()
    model.add(sum(chosen[each] for each in held) >= int(found.taken[network.held].sum()))
    worth = pairs.affinity.tolist()
    sums = [sum(worth[each] * chosen[each] for each in own) for own in rows]
    return model, chosen, sums


def _add_places(model: Any, places: tuple[int, ...], own: list[tuple[int, Any]]) -> None:
    """As many as there are places; for any few asking places, enough who can take one (Hall)."""
    model.add(sum(each for _, each in own) == len(places))
    asking = [mask for mask in places if mask]
    for few in range(1, 1 << len(asking)):
        masks = [mask for place, mask in enumerate(asking) if few >> place & 1]
        able = [each for met, each in own if any(mask & ~met == 0 for mask in masks)]
        model.add(sum(able) >= len(masks))


def _add_loads(model: Any, network: Network, found: Outcome, own: list[list[Any]]) -> None:
    import numpy as np

    people = network.problem.reviewers
    taken = network.candidates.column[found.taken]
    loads = np.bincount(taken, minlength=len(people)).tolist()
    wished = []
    for person, mine in zip(people, own, strict=True):
        model.add(sum(mine) <= person.most)
        met = model.new_int_var(0, person.least, f"load {person.id}")
        model.add(met <= sum(mine))
        wished.append(met)
    reached = sum(min(load, each.least) for load, each in zip(loads, people, strict=True))
    model.add(sum(wished) >= reached)
