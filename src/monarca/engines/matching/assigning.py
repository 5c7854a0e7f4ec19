"""The two questions: the plan for a problem, and a plan drawn by lot; or the ways out."""

from dataclasses import dataclass, replace

from monarca.engines.matching import candidates as finding
from monarca.engines.matching import chances, exact, plan, pricing
from monarca.engines.matching.candidates import ALL_KEPT, BEST, Candidates
from monarca.engines.matching.network import Network, laid
from monarca.engines.matching.plan import Plan
from monarca.engines.matching.pricing import Outcome, Step
from monarca.engines.matching.problem import SCALE, Problem, Refused, in_order, to_be_read
from monarca.engines.matching.relaxing import Relaxation, is_hopeless, relaxation

WIDEST = 5_000_000
"""Candidates to which a table that was cut is widened before it is given up."""


def assign(
    problem: Problem, *, is_fair: bool = True, progress: Step | None = None
) -> Plan | Relaxation:
    """Who reads what: the fairest plan with its proof, or with `is_fair` off the largest total.

    First as many pairs of an earlier plan as possible are kept, then as much of the wished loads as
    possible is met, then comes the floor (or the total). A problem that no plan meets gets the ways
    out. Raises Refused: the problem is not well put.
    """
    problem = to_be_read(in_order(problem))
    start = _started(problem)
    if isinstance(start, Relaxation):
        return start
    outcome = start.first
    if is_fair:
        outcome = pricing.fairest(start.network, outcome, progress=progress)
        outcome = exact.closed(start.network, outcome)
    return _told(start.network, outcome)


def draw(problem: Problem, *, cap: int, seed: str) -> Plan | Relaxation:
    """A plan drawn from the best chances, of which none is above `cap` (thousandths).

    The expected total is the largest possible under the cap. The same problem, cap and seed give
    the same plan. Raises Refused: the cap is too low for the reviewers there are, or the problem is
    not well put, or an earlier plan is to be kept as well.
    """
    problem = to_be_read(in_order(problem))
    if not 0 < cap <= SCALE:
        raise Refused("matching.cap_out_of_range", cap_share=cap / SCALE)
    if problem.keep:
        raise Refused("matching.cap_and_keep")
    start = _started(problem)
    if isinstance(start, Relaxation):
        return start
    flows = chances.best_chances(start.network, cap)
    taken = chances.drawn(start.network, flows, seed)
    return _drawn(start, chances.Lot(flows, taken, cap, seed))


@dataclass(frozen=True, slots=True)
class _Start:
    network: Network
    first: Outcome


def _started(problem: Problem) -> _Start | Relaxation:
    """The network and the largest total; a table that is cut is widened where it must be."""
    table = finding.grids(problem)
    cells = len(problem.applications) * len(problem.reviewers)
    best = BEST if cells > ALL_KEPT else None
    while True:
        found = finding.free(table, best=best)
        start = _tried(problem, found)
        if start:
            return start
        wider = 4 * (best or 0)
        is_over = is_hopeless(problem, found) or wider * len(problem.applications) > WIDEST
        if is_over or not found.is_cut:
            return relaxation(problem, table, found, best=best)
        best = wider


def _tried(problem: Problem, found: Candidates) -> _Start | None:
    """Each need in a place of its own; where that is impossible, needs put together."""
    for is_merged in (False, True):
        network = laid(problem, found, is_merged=is_merged)
        try:
            first = pricing.largest(network)
        except OverflowError:
            raise Refused("matching.too_large") from None
        if first:
            return _Start(network, first)
        if not any(any(each) for each in network.places):
            return None
    return None


def _told(network: Network, outcome: Outcome) -> Plan:
    proof, loads = plan.proof_of(outcome), plan.loads_of(network, outcome)
    dropped = plan.dropped_from(network, outcome)
    return Plan(
        places=plan.places_of(network, outcome),
        served=plan.served_by(network, outcome),
        loads=loads,
        dropped=dropped,
        proof=proof,
        said=plan.told(network, proof, loads, dropped=dropped),
        is_cut=network.candidates.is_cut,
    )


def _drawn(start: _Start, lot: chances.Lot) -> Plan:
    network = start.network
    outcome = chances.outcome_of(start.network, start.first, lot)
    whole = _told(network, outcome)
    said = chances.told(network, start.first, lot)
    return replace(
        whole,
        places=plan.places_of(network, outcome, chances.by_candidate(network, lot)),
        said=(*said, *whole.said),
        cap=lot.cap,
        seed=lot.seed,
        chances=chances.named(network, lot),
    )
