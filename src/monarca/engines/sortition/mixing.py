"""Mixtures of real panels that give every kind the chance it is to get, by column generation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.sortition.panels import Space, answered, beside, best, snapped
from monarca.engines.sortition.relaxation import Bound

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

    Vector = NDArray[float64]

Step = Callable[[int, int], None]
"""What long work calls now and then: how much is done, of how much."""

EXACT = 1e-6
"""A chance this near to its optimum is called exact: one in a million."""
TOLERATED = 2e-4
"""How far a chance may stay below its optimum when getting nearer takes too long."""
PATIENCE = 60
"""Rounds of column generation after which TOLERATED is enough."""
BESIDE = 3
"""Panels added in a round beside the one with the best price."""


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """Panels (people of each kind) and their weights, which sum to one.

    `gap`: nobody's chance is further than this below what was to be reached.
    """

    panels: "list[Vector]"
    weights: "Vector"
    gap: float


def mixed(within: Space, aim: Bound, first: "Vector", *, progress: Step) -> tuple[Mixture, bool]:
    """The mixture nearest to the chances of `aim`, and whether it reaches them.

    `first` is any panel. False: proved that no mixture of panels reaches them, or not found in
    the rounds that are given to it.
    """
    import numpy as np

    panels = peeled(within, aim.point, progress) or [first]
    tilt = np.random.default_rng(0)
    mixture, reached = Mixture(panels, np.zeros(len(panels)), 1.0), False
    for turn in range(4 * PATIENCE):
        weights, gap, prices = _nearest(within, aim.floors, panels)
        mixture = Mixture(list(panels), weights, gap)
        reached = gap <= EXACT or (turn >= PATIENCE and gap <= TOLERATED)
        if reached:
            break
        panel = best(within, prices / within.sizes)
        if panel is None or prices @ (aim.floors - panel / within.sizes) > EXACT:
            break
        panels.append(panel)
        panels += around(within, aim.point, prices / within.sizes, tilt)
        progress(min(99, turn), 100)
    return mixture, reached


def short_of(within: Space, aim: Bound, mixture: Mixture) -> list[int]:
    """The kinds that the mixture leaves below what they were to get."""
    import numpy as np

    chances = mixture.weights @ np.array(mixture.panels) / within.sizes
    return [int(place) for place in np.flatnonzero(chances < aim.floors - EXACT / 2)]


def peeled(within: Space, point: "Vector", progress: Step) -> "list[Vector]":
    """Panels of which `point` is (nearly) a mixture, each found on the face the rest stands on.

    Take a panel next to the point, walk away from it until a quota or a whole number stops the
    walk, and go on from there: the rest stands on a smaller face each time.
    """
    import numpy as np

    panels: list[Vector] = []
    rest = 1.0
    while rest > 1e-5:
        point = snapped(point)
        panel = beside(within, point, point - np.floor(point) - 0.5)
        if panel is None:
            break
        panels.append(panel)
        step = _walk(within, point, point - panel)
        if not 1e-9 < step < np.inf:
            break
        point = point + step * (point - panel)
        rest /= 1 + step
        progress(int(100 * (1 - rest)), 100)
    return panels


def _walk(within: Space, point: "Vector", way: "Vector") -> float:
    """How far the point can move before a whole number or a quota stops it."""
    import numpy as np

    used, change = within.rows @ point, within.rows @ way
    at = np.concatenate([point, used])
    speed = np.concatenate([way, change])
    up = np.concatenate([np.ceil(point), within.high])
    down = np.concatenate([np.floor(point), within.low])
    room = np.where(speed > 0, up - at, at - down)
    moves = np.abs(speed) > 1e-7
    steps = np.maximum(room[moves], 0.0) / np.abs(speed[moves])
    return float(steps.min()) if len(steps) else float("inf")


def around(
    within: Space, point: "Vector", weights: "Vector", tilt: "Generator"
) -> "Iterator[Vector]":
    """A few panels next to the point that are good, each in its own way, at these weights."""
    scale = float(abs(weights).mean())
    for _ in range(BESIDE):
        tilted = weights + scale * 0.1 * tilt.standard_normal(len(weights))
        panel = beside(within, point, tilted)
        if panel is not None:
            yield panel


def _nearest(
    within: Space, floors: "Vector", panels: "list[Vector]"
) -> "tuple[Vector, float, Vector]":
    """Weights that keep everybody as near above the floors as these panels can, how far below the
    worst one stays, and the price of each kind's floor."""
    import numpy as np
    from scipy.optimize import linprog

    chances = np.array(panels).T / within.sizes[:, None]
    count = len(panels)
    solved = linprog(
        np.append(np.zeros(count), 1.0),
        A_ub=np.hstack([-chances, -np.ones((len(floors), 1))]),
        b_ub=-floors,
        A_eq=[[*np.ones(count), 0.0]],
        b_eq=[1.0],
        method="highs",
    )
    prices = np.maximum(-solved.ineqlin.marginals, 0.0)
    found = answered(solved.x)
    return found[:count], float(found[count]), prices
