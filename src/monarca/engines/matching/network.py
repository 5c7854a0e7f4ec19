"""The flow network: places of applications, groups of reviewers by skill, reviewers, their loads.

    place -> application's group of reviewers who meet the same needs -> reviewer -> load

An application without needs has one group only, which is its places. Every pair is one arc of
capacity 1, so nobody reads a file twice. A reviewer's load has two arcs: the first `least` units
earn a large bonus, the rest up to `most` nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.matching.candidates import Candidates, kept_cells
from monarca.engines.matching.problem import Problem
from monarca.engines.matching.seats import OPEN, seats

if TYPE_CHECKING:
    from monarca.engines.matching.candidates import Flags, Ints

LARGEST_COST = 1 << 61
"""Costs times nodes stay below it: the solver multiplies them (int64)."""


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arcs of one sort: from, to, capacity and cost of a unit."""

    tails: "Ints"
    heads: "Ints"
    capacities: "Ints"
    costs: "Ints"


@dataclass(frozen=True, slots=True)
class Network:
    """A problem as a flow; its first arcs are the candidates in their order.

    `met` are the needs (bits) each candidate meets; `places` the places of each application, as
    masks of needs; `held` flags the candidates of the earlier plan. Node numbers: applications,
    then reviewers, then the sink, then groups and asking places.
    """

    problem: Problem
    candidates: Candidates
    met: "Ints"
    places: tuple[tuple[int, ...], ...]
    held: "Flags"
    tails: "Ints"
    inner: Arcs
    supplies: "Ints"

    @property
    def sink(self) -> int:
        """The node that all reviewers' places lead to."""
        return len(self.problem.applications) + len(self.problem.reviewers)

    def reviewers(self, columns: "Ints") -> "Ints":
        """The nodes of reviewers."""
        return columns + len(self.problem.applications)


def laid(
    problem: Problem,
    candidates: Candidates,
    *,
    known: "Flags | None" = None,
    is_merged: bool = False,
) -> Network:
    """The network of a problem and its candidates.

    `known` flags the candidates that may be counted on when needs are divided into places (all);
    `is_merged` puts as many needs as can be onto one person.
    """
    import numpy as np

    met = met_by(problem, candidates)
    sure = np.ones(len(met), dtype=bool) if known is None else known
    tails = candidates.row.copy()
    places = [(OPEN,) * problem.wanted(each) for each in problem.applications]
    supplies = [len(each) for each in places]
    supplies += [0] * (len(problem.reviewers) + 1)
    inner: list[tuple[int, int, int]] = []
    starts = np.searchsorted(candidates.row, np.arange(len(problem.applications) + 1))
    for file, application in enumerate(problem.applications):
        if application.needs:
            own = slice(starts[file], starts[file + 1])
            count = len(needs_of(application.needs))
            able = Counter(met[own][sure[own]].tolist())
            places[file] = seats(count, len(places[file]), known=able, is_merged=is_merged)
            groups = _grouped(file, places[file], sorted(set(met[own].tolist())), supplies, inner)
            tails[own] = [groups[each] for each in met[own].tolist()]
    supplies[len(problem.applications) + len(problem.reviewers)] = -sum(supplies)
    width = max(1, len(problem.reviewers))
    held = np.isin(candidates.row * width + candidates.column, kept_cells(problem))
    columns = np.array(inner, dtype=np.int64).reshape(-1, 3).T
    arcs = Arcs(columns[0], columns[1], columns[2], np.zeros(len(inner), dtype=np.int64))
    return Network(problem, candidates, met, tuple(places), held, tails, arcs, np.array(supplies))


def _grouped(
    file: int,
    places: tuple[int, ...],
    known: list[int],
    supplies: list[int],
    inner: list[tuple[int, int, int]],
) -> dict[int, int]:
    """Add the groups and asking places of one application; the node of each group."""
    groups = {}
    for met in known:
        groups[met] = len(supplies)
        supplies.append(0)
        inner.append((file, groups[met], len(places)))
    for mask in (each for each in places if each != OPEN):
        node = len(supplies)
        supplies.append(1)
        supplies[file] -= 1
        inner += [(node, groups[met], 1) for met in known if mask & ~met == 0]
    return groups


def needs_of(needs: tuple[str, ...]) -> tuple[str, ...]:
    """The needs of an application, each once, in the order of their bits."""
    return tuple(sorted(set(needs)))


def met_by(problem: Problem, candidates: Candidates) -> "Ints":
    """For each candidate, the needs of its application that the reviewer meets, as bits."""
    import numpy as np

    skills = sorted({need for each in problem.applications for need in each.needs})
    has = np.array([[s in each.skills for s in skills] for each in problem.reviewers], dtype=bool)
    has = has.reshape(len(problem.reviewers), len(skills))
    wanted = [needs_of(each.needs) for each in problem.applications]
    met = np.zeros(len(candidates.row), dtype=np.int64)
    for bit in range(max((len(each) for each in wanted), default=0)):
        which = [skills.index(each[bit]) if bit < len(each) else -1 for each in wanted]
        asked = np.array(which, dtype=np.int64)[candidates.row]
        some = asked >= 0
        met[some] |= has[candidates.column[some], asked[some]].astype(np.int64) << bit
    return met


def solved(network: Network, arcs: Arcs, *, unit: int = 1) -> "Ints | None":
    """The cheapest flow along these arcs, or None where none meets all supplies.

    `unit` multiplies the supplies (chances are flows of a thousand for each place). Raises
    OverflowError: costs too large to be exact.
    """
    import numpy as np
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    tails, heads = arcs.tails.astype(np.int32), arcs.heads.astype(np.int32)
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, arcs.capacities, arcs.costs)
    nodes = np.arange(len(network.supplies), dtype=np.int32)
    solver.set_nodes_supplies(nodes, network.supplies * unit)
    status = solver.solve()
    if status == solver.OPTIMAL:
        flows: Ints = np.asarray(solver.flows(np.arange(len(arcs.tails), dtype=np.int32)))
        return flows
    if status == solver.INFEASIBLE:
        return None
    raise OverflowError(str(status))


def joined(parts: Sequence[Arcs]) -> Arcs:
    """Arcs of several sorts, one after the other."""
    import numpy as np

    return Arcs(
        np.concatenate([each.tails for each in parts]),
        np.concatenate([each.heads for each in parts]),
        np.concatenate([each.capacities for each in parts]),
        np.concatenate([each.costs for each in parts]),
    )


def pair_arcs(network: Network, capacities: "Ints", costs: "Ints") -> Arcs:
    """One arc for every candidate, in their order."""
    heads = network.reviewers(network.candidates.column)
    return Arcs(network.tails, heads, capacities, costs)


def priced(network: Network, worth: "Ints", *, unit: int = 1, cap: int = 1) -> Arcs:
    """The arcs of a plan that is worth most: kept pairs first, then wished loads, then `worth`.

    `worth` is what each candidate counts for. In order: candidates, inner arcs, the wished part
    of each load, the rest of each load. Raises OverflowError: too large to be exact.
    """
    import numpy as np

    bonus = load_bonus(network, worth)
    if 2 * bonus * (len(network.supplies) + 1) > LARGEST_COST:
        raise OverflowError("costs are too large to be exact")
    inner = network.inner
    pairs = np.full(len(worth), cap)
    return joined(
        (
            pair_arcs(network, pairs, -worth - network.held * (2 * bonus)),
            Arcs(inner.tails, inner.heads, inner.capacities * unit, inner.costs),
            *load_arcs(network, bonus, unit),
        )
    )


def load_bonus(network: Network, worth: "Ints") -> int:
    """What one unit of a wished load earns, to outweigh whatever it costs in affinity.

    Two plans differ by circles in the network. A simple circle enters each group and each reviewer
    at most once, so it loses less than their lesser number times the highest worth; and it passes
    the sink at most once, so two bonuses outweigh one load and all affinity together.
    """
    groups = len(network.supplies) - len(network.problem.reviewers)
    length = min(groups, len(network.problem.reviewers)) + 1
    return length * (int(worth.max()) if len(worth) else 0) + 1


def load_arcs(network: Network, bonus: int, unit: int = 1) -> tuple[Arcs, Arcs]:
    """The wished part of each reviewer's load, and the rest up to the most."""
    import numpy as np

    people = network.problem.reviewers
    least = np.array([each.least for each in people], dtype=np.int64) * unit
    most = np.array([each.most for each in people], dtype=np.int64) * unit
    nodes = network.reviewers(np.arange(len(people)))
    sink = np.full(len(people), network.sink)
    none = np.zeros(len(people), dtype=np.int64)
    return Arcs(nodes, sink, least, none - bonus), Arcs(nodes, sink, most - least, none)


def flow_of_pairs(network: Network, flows: "Ints") -> "Ints":
    """The part of a flow that runs along candidates."""
    return flows[: len(network.candidates.row)]
