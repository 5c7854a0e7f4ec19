"""Chances when panels may hold parts of people: a bound that no lottery of real panels can pass."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.sortition.panels import Space, answered

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Flags = NDArray[bool_]
    Vector = NDArray[float64]

NOUGHT = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """`floors`: the chance each kind is to get; `point`: people of each kind who give it."""

    floors: "Vector"
    point: "Vector"

    @property
    def least(self) -> float:
        """The smallest chance of those who can sit at all."""
        return float(self.floors[self.floors > NOUGHT].min())


def bound(within: Space, *, is_leximin: bool) -> Bound:
    """The fairest chances among fractional panels: every mixture of panels is one of them.

    Raise the least chance as far as it goes; whoever the linear programme's prices show to be stuck
    there stays, and the rest are raised further. For maximin only the first level of those who can
    sit is asked for, and the same point gives it. There must be a panel.
    """
    import numpy as np

    kinds = len(within.sizes)
    floors, free = np.zeros(kinds), np.ones(kinds, dtype=bool)
    point = np.zeros(kinds)
    while free.any():
        raised, prices = _raised(within, floors, free)
        point, level = raised[:-1], max(0.0, float(raised[-1]))
        floors[free] = level
        places = np.flatnonzero(free)
        free[places[prices >= min(NOUGHT, prices.max())]] = False
    if not is_leximin:
        floors = np.minimum(floors, Bound(floors, point).least)
    return Bound(floors, point)


def _raised(within: Space, floors: "Vector", free: "Flags") -> "tuple[Vector, Vector]":
    """People of each kind and, last, the level; and the price of each free kind's level."""
    import numpy as np
    from scipy.optimize import linprog

    kinds = len(floors)
    low = np.where(free, 0.0, np.minimum(floors * within.sizes, within.most))
    bounds = np.vstack([np.column_stack([low, within.most]), [[0.0, 1.0]]])
    above, limits = _above(within, free)
    aim = np.append(np.zeros(kinds), -1.0)
    solved = linprog(aim, A_ub=above, b_ub=limits, bounds=bounds, method="highs")  # type: ignore[call-overload]
    return answered(solved.x), -solved.ineqlin.marginals[-int(free.sum()) :]


def _above(within: Space, free: "Flags") -> "tuple[csr_array, Vector]":
    """Quotas from above and from below, then: the level is no higher than any free chance."""
    import numpy as np
    from scipy.sparse import csr_array, hstack, vstack

    places = np.flatnonzero(free)
    lines, ones = np.arange(len(places)), np.ones(len(places))
    chances = csr_array(
        (-1 / within.sizes[places], (lines, places)), shape=(len(places), len(free))
    )
    quotas = vstack([within.rows, -within.rows])
    blank = csr_array((quotas.shape[0], 1))
    table = vstack([hstack([quotas, blank]), hstack([chances, csr_array(ones[:, None])])])
    limits = np.concatenate([within.high, -within.low, np.zeros(len(places))])
    return csr_array(table), limits
