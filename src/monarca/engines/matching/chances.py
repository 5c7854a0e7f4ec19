"""Plans by lot under a cap: the best chances, and one plan drawn from them by a published seed.

Nobody can be sure to get, or to be kept away from, one file: the chance of every pair is capped
(Jecmen and others, "Mitigating manipulation in peer review via randomized reviewer assignments",
NeurIPS 2020). The best chances solve a linear programme that is a flow; in thousandths of a place
it has whole capacities, so the flow is exact.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monarca.engines.matching.network import Network, flow_of_pairs, priced, solved
from monarca.engines.matching.pricing import Outcome, weighed
from monarca.engines.matching.problem import SCALE, Refused
from monarca.engines.matching.rounding import rounded
from monarca.engines.reasons import Reason, Value

if TYPE_CHECKING:
    from monarca.engines.matching.candidates import Flags, Ints

OFFERED = 800
"""The cap that is offered, in thousandths; it costs a small committee about 6 % of the total."""


def best_chances(network: Network, cap: int) -> "Ints":
    """The flow of chances, in thousandths, with the largest expected total under the cap.

    Raises Refused: the cap is below what the reviewers of one application, or the loads, allow; the
    least cap that is possible is named.
    """
    _refuse_few(network, cap)
    flows = _at(network, cap)
    if flows is None:
        least = _least(network, cap)
        raise Refused("matching.cap_and_loads", cap_share=cap / SCALE, least_share=least)
    return flows


def _at(network: Network, cap: int) -> "Ints | None":
    arcs = priced(network, network.candidates.affinity, unit=SCALE, cap=cap)
    return solved(network, arcs, unit=SCALE)


def _refuse_few(network: Network, cap: int) -> None:
    """A cap times the number of eligible reviewers must fill all places of an application."""
    eligible = network.candidates.eligible.tolist()
    for file, places in zip(network.problem.applications, network.places, strict=True):
        mine = eligible.pop(0)
        if mine * cap < len(places) * SCALE:
            raise Refused(
                "matching.cap_too_low",
                cap_share=cap / SCALE,
                application=file.id,
                eligible=mine,
                wanted=len(places),
                least_share=_least(network, cap),
            )


def _least(network: Network, refused: int) -> float:
    """The least cap with which there are chances for everything, as a share."""
    low, high = refused, SCALE
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _at(network, middle) is not None else (middle, high)
    return high / SCALE


@dataclass(frozen=True, slots=True)
class Lot:
    """Chances as a flow in thousandths, the candidates drawn from them, the cap and the seed."""

    flows: "Ints"
    taken: "Flags"
    cap: int
    seed: str


def drawn(network: Network, flows: "Ints", seed: str) -> "Flags":
    """The candidates of one plan drawn from chances; every load is its expectation, rounded."""
    import numpy as np

    people = len(network.problem.reviewers)
    inner = len(network.candidates.row) + len(network.inner.tails)
    loads = flows[inner : inner + people] + flows[inner + people : inner + 2 * people]
    tails = (network.tails, network.inner.tails, network.reviewers(np.arange(people)))
    heads = (
        network.reviewers(network.candidates.column),
        network.inner.heads,
        np.full(people, network.sink),
    )
    ends = zip(np.concatenate(tails).tolist(), np.concatenate(heads).tolist(), strict=True)
    whole = [*flows[:inner].tolist(), *loads.tolist()]
    found = rounded(list(ends), whole, unit=SCALE, seed=seed)
    taken: Flags = flow_of_pairs(network, np.array(found, dtype=np.int64)) > 0
    return taken


def outcome_of(network: Network, first: Outcome, lot: Lot) -> Outcome:
    """What the drawn plan amounts to; bounds are those of the problem without lot."""
    import numpy as np

    weights = np.ones(len(first.bests), dtype=np.int64)
    own = weighed(network, lot.taken, weights, first.bests)
    return replace(own, bound=first.bound, most=first.most)


def by_candidate(network: Network, lot: Lot) -> dict[int, int]:
    """The chance of every candidate that has one, by its number."""
    chances = flow_of_pairs(network, lot.flows)
    some = chances.nonzero()[0]
    return dict(zip(some.tolist(), chances[some].tolist(), strict=True))


def named(network: Network, lot: Lot) -> tuple[tuple[str, str, int], ...]:
    """Application, reviewer and chance of every pair that could have been drawn."""
    files, people = network.problem.applications, network.problem.reviewers
    rows, columns = network.candidates.row, network.candidates.column
    return tuple(
        (files[rows[place]].id, people[columns[place]].id, chance)
        for place, chance in by_candidate(network, lot).items()
    )


def told(network: Network, first: Outcome, lot: Lot) -> tuple[Reason, ...]:
    """Cap and seed, and what the lot costs in expectation."""
    chances = flow_of_pairs(network, lot.flows)
    expected = int((chances * network.candidates.affinity).sum())
    values: dict[str, Value] = {"cap_share": lot.cap / SCALE, "seed": lot.seed}
    said = [Reason("matching.drawn_with", values)]
    if first.most:
        share = expected / (SCALE * first.most)
        values = {"expected": expected / SCALE**2, "expected_share": share}
        said.append(Reason("matching.expected", values))
    return tuple(said)
