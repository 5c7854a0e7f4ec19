"""Maximin and leximin level by level over real panels, where their mixtures miss the bound."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from monarca.engines.sortition.mixing import EXACT, PATIENCE, TOLERATED, Mixture, Step, around
from monarca.engines.sortition.panels import Space, answered, best
from monarca.engines.sortition.relaxation import NOUGHT

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

    Flags = NDArray[bool_]
    Vector = NDArray[float64]

SMOOTH = 0.7
"""Wentges: how much of the best prices so far is mixed into the prices a panel is sought for."""


@dataclass(slots=True, eq=False)
class _Level:
    """One level: the weights of the panels, how high it is, its prices, the best bound so far."""

    weights: "Vector"
    height: float
    prices: "Vector"
    ceiling: float = field(default=float("inf"))
    centre: "Vector | None" = None


def by_stages(
    within: Space, panels: "list[Vector]", *, is_leximin: bool, progress: Step
) -> Mixture:
    """The fairest mixture, level by level (Flanigan et al. 2021, Algorithm 1), each level proved.

    `panels` is what is known already, one at least; more are found by their price. The gap of the
    answer is the largest distance between a level and its bound.
    """
    import numpy as np

    kinds = len(within.sizes)
    floors, free, gap = np.zeros(kinds), np.ones(kinds, dtype=bool), 0.0
    panels = list(panels)
    weights = np.zeros(0)
    while free.any():
        level = _level(within, panels, floors, free)
        weights = level.weights
        gap = max(gap, level.ceiling - level.height)
        height = max(0.0, level.height)
        floors[free] = height
        if not is_leximin and height > NOUGHT:
            break
        free &= level.prices < min(NOUGHT, level.prices[free].max())
        progress(int(kinds - free.sum()), kinds)
    return Mixture(panels[: len(weights)], weights, max(0.0, gap))


def _level(within: Space, panels: "list[Vector]", floors: "Vector", free: "Flags") -> _Level:
    """Raise the least chance of the free kinds until no panel can raise it; panels are added."""
    import numpy as np

    tilt = np.random.default_rng(len(panels))
    level = _raised(within, panels, floors, free)
    turn = 0
    while level.ceiling - level.height > (EXACT if turn < PATIENCE else TOLERATED):
        turn += 1
        found = _sought(within, level, floors, free)
        if found is None:
            break
        panels.append(found)
        known = panels[: len(level.weights)]
        panels += around(within, level.weights @ np.array(known), level.prices / within.sizes, tilt)
        ceiling, centre = level.ceiling, level.centre
        level = _raised(within, panels, floors, free)
        level.ceiling, level.centre = ceiling, centre
    return level


def _sought(within: Space, level: _Level, floors: "Vector", free: "Flags") -> "Vector | None":
    """A panel that can raise the level: sought at smoothed prices first, then at the true ones.

    Every search also proves a bound on the level. None: no panel can raise it.
    """
    smooth = level.prices
    if level.centre is not None:
        smooth = SMOOTH * level.centre + (1 - SMOOTH) * level.prices
    worth = level.height + float(level.prices[~free] @ floors[~free])
    for prices in (smooth, level.prices):
        panel = best(within, prices / within.sizes)
        if panel is None:
            return None
        bound = float(prices @ (panel / within.sizes) - prices[~free] @ floors[~free])
        if bound < level.ceiling:
            level.ceiling, level.centre = bound, prices
        if float(level.prices @ (panel / within.sizes)) > worth + EXACT / 10:
            return panel
    level.ceiling = min(level.ceiling, level.height)
    return None


def _raised(within: Space, panels: "list[Vector]", floors: "Vector", free: "Flags") -> _Level:
    """The highest level these panels reach while whoever is settled keeps their chance."""
    import numpy as np
    from scipy.optimize import linprog

    chances = np.array(panels).T / within.sizes[:, None]
    count = len(panels)
    solved = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.hstack([-chances, np.where(free, 1.0, 0.0)[:, None]]),
        b_ub=np.where(free, 0.0, 1e-9 - floors),
        A_eq=[[*np.ones(count), 0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * count + [(None, None)],
        method="highs",
    )
    prices = np.maximum(-solved.ineqlin.marginals, 0.0)
    prices /= prices[free].sum() or 1.0
    found = answered(solved.x)
    return _Level(found[:count], float(found[count]), prices)
