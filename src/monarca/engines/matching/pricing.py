"""Flows that are priced again and again: the largest total, and the highest floor with its proof.

No plan can give an application more than its own best eligible reviewers, so the least of those
sums is a ceiling over every floor. Where a plan's floor meets it, the plan is proved. The same
holds further up: where the sorted scores of a plan begin with the same numbers as the sorted own
bests, no plan serves that many of its worst served better (leximin). Where the ceiling is not
met, each priced flow still bounds the floor: the worst served cannot be above a weighted mean.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.matching import seats
from monarca.engines.matching.network import (
    LARGEST_COST,
    Network,
    flow_of_pairs,
    load_bonus,
    priced,
    solved,
)

if TYPE_CHECKING:
    from monarca.engines.matching.candidates import Flags, Ints

Step = Callable[[int, int], None]

START = 16
"""The weight of an application before anything is priced again; up to STEEPEST times that."""

STEEPEST = 4096
FEW, FEW_GROW, MANY_GROW = 500, 16, 2
"""Prices below the target grow fast where they are few: one in so many, or three."""

PATIENCE = 5
"""Flows that try for one target before a nearer one is taken."""

WORK = 600_000
"""Candidates times flows spent on going up from a floor that is proved."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which candidates are taken, what each application gets from them, and the proof.

    `bests` are the applications' own bests, `bound` an upper bound of any plan's floor, `level` the
    number of worst served that no plan serves better; `most` the largest total of any plan.
    """

    taken: "Flags"
    scores: "Ints"
    bests: "Ints"
    bound: int
    level: int
    most: int

    @property
    def floor(self) -> int:
        """What the worst served application gets."""
        return int(self.scores.min()) if len(self.scores) else 0

    @property
    def total(self) -> int:
        """The sum over all pairs."""
        return int(self.scores.sum())


def largest(network: Network) -> Outcome | None:
    """The plan with the largest total, or None where there is no plan."""
    import numpy as np

    files = len(network.problem.applications)
    flows = solved(network, priced(network, network.candidates.affinity))
    if flows is None:
        return None
    weights = np.ones(files, dtype=np.int64)
    return weighed(network, flow_of_pairs(network, flows) > 0, weights, bests(network))


def weighed(network: Network, taken: "Flags", weights: "Ints", own: "Ints") -> Outcome:
    """What a plan amounts to, and the bound that follows where it is best for these weights."""
    import numpy as np

    pairs = network.candidates
    scores = np.bincount(pairs.row[taken], pairs.affinity[taken], minlength=len(own))
    whole: Ints = scores.astype(np.int64)
    differs = np.flatnonzero(np.sort(whole) != np.sort(own))
    level = int(differs[0]) if len(differs) else len(own)
    mean = int((weights * whole).sum() // weights.sum()) if len(own) else 0
    bound = min(mean, int(own.min())) if len(own) else 0
    return Outcome(taken, whole, own, bound, level, int(whole.sum()))


def bests(network: Network) -> "Ints":
    """For each application the sum of its own best eligible reviewers, its needs met."""
    import numpy as np

    pairs = network.candidates
    files = len(network.places)
    order = np.lexsort((-pairs.affinity, pairs.row))
    starts = np.searchsorted(pairs.row, np.arange(files + 1))
    rank = np.arange(len(order)) - np.repeat(starts[:-1], np.diff(starts))
    wanted = np.array([len(each) for each in network.places], dtype=np.int64)
    top = order[rank < wanted[pairs.row[order]]]
    sums = np.bincount(pairs.row[top], pairs.affinity[top], minlength=files).astype(np.int64)
    for file, places in enumerate(network.places):
        if any(places):
            own = order[starts[file] : starts[file + 1]]
            ranking = zip(pairs.affinity[own].tolist(), network.met[own].tolist(), strict=True)
            sums[file] = seats.best_of(list(ranking), places) or 0
    return sums


def fairest(network: Network, first: Outcome, *, progress: Step | None = None) -> Outcome:
    """The plan with the highest floor found, and of those the furthest proved, then the total.

    `first` is the plan with the largest total. Every round gives the applications that are still
    below the target a steeper price. The target is the ceiling; once it is met, the next own best
    that is not; while it is not, after a while, half the way.
    """
    import numpy as np

    if not len(first.scores):
        return first
    found, aim = first, _Aim(first)
    weights: Ints = np.full(len(first.bests), START, dtype=np.int64)
    rounds = _rounds(network)
    for number in range(rounds):
        if progress:
            progress(number + 1, rounds)
        if not aim.wants_more(found, number, rounds):
            break
        weights = aim.steeper(weights, _steepest(network))
        tried = _tried(network, weights, first.bests)
        aim.saw(tried)
        found = _better(found, tried)
    return found


def _tried(network: Network, weights: "Ints", own: "Ints") -> Outcome:
    worth = network.candidates.affinity * weights[network.candidates.row]
    flows = solved(network, priced(network, worth))
    if flows is None:
        raise RuntimeError("a flow that was possible at other prices is not possible now")
    return weighed(network, flow_of_pairs(network, flows) > 0, weights, own)


def _better(found: Outcome, tried: Outcome) -> Outcome:
    def key(each: Outcome) -> tuple[int, int, int]:
        return each.floor, each.level, each.total

    best = max(found, tried, key=key)
    bound = min(found.bound, tried.bound)
    return Outcome(best.taken, best.scores, best.bests, bound, best.level, found.most)


def _rounds(network: Network) -> int:
    return max(10, min(30, WORK // max(1, len(network.candidates.row))))


def _steepest(network: Network) -> int:
    """The highest weight whose costs are still exact."""
    room = LARGEST_COST // (2 * (len(network.supplies) + 1))
    once = load_bonus(network, network.candidates.affinity)
    return max(START, min(START * STEEPEST, room // once - 1))


class _Aim:
    """Which scores the next flow should raise: those below a target, or below their own best."""

    def __init__(self, first: Outcome) -> None:
        self.last = first
        self.target = first.bound
        self.failed = 0
        self.is_reset = False
        self.after_proof = 0
        self.saw(first)

    def wants_more(self, found: Outcome, number: int, rounds: int) -> bool:
        """Is there something left to raise, and work left to spend on it?"""
        if found.floor < found.bound:
            return self.target > found.floor
        self.after_proof += 1
        work = WORK // max(1, len(found.taken))
        return found.level < len(found.scores) and self.after_proof <= min(work, rounds - number)

    def saw(self, tried: Outcome) -> None:
        """Take the next target from what a flow reached."""
        import numpy as np

        self.last = tried
        ceiling = int(tried.bests.min())
        if tried.floor >= ceiling:
            own = np.sort(tried.bests)
            self.target = int(own[min(tried.level, len(own) - 1)])
        elif tried.floor >= self.target:
            self.target, self.failed = (self.target + ceiling + 1) // 2, 0
        else:
            self.failed += 1
            if self.failed >= PATIENCE:
                self.target, self.failed = (self.target + tried.floor) // 2, 0
                self.is_reset = True

    def steeper(self, weights: "Ints", steepest: int) -> "Ints":
        """Raise the price of whatever is below the target, or begin anew after giving one up."""
        import numpy as np

        if self.is_reset:
            self.is_reset = False
            weights = np.full(len(weights), START, dtype=np.int64)
        wanted = np.minimum(self.last.bests, self.target)
        low = self.last.scores < wanted
        growth = FEW_GROW if low.sum() <= max(3, len(weights) // FEW) else MANY_GROW
        raised: Ints = np.where(low, np.minimum(weights * growth, steepest), weights)
        return raised
