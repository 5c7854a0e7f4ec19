"""The panels that keep every quota, as whole numbers of each kind, and how one is found."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.sortition.pool import Kind, Quota

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Vector = NDArray[float64]

CLOSE = 1e-7
"""Two numbers of people nearer than this are the same (HiGHS's own tolerance)."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """All panels: x people of each kind with 0 <= x <= `most` and `low` <= rows · x <= `high`.

    The rows are the quotas in their order, one row for each sort of household with people of
    several kinds (no more of them than there are such homes), and the seats. `sizes` are the people
    of each kind, so x / sizes is everybody's chance.
    """

    sizes: "Vector"
    most: "Vector"
    rows: "csr_array"
    low: "Vector"
    high: "Vector"


def space(kinds: Sequence[Kind], quotas: Sequence[Quota], seats: int) -> Space:
    """The panels of a task."""
    import numpy as np
    from scipy.sparse import csr_array

    at: dict[tuple[str, str], list[int]] = defaultdict(list)
    companies: dict[int, list[int]] = defaultdict(list)
    for place, kind in enumerate(kinds):
        companies[kind.company].append(place)
        for answer in kind.answers:
            at[answer].append(place)
    rows = [(at[each.feature, each.value], each.least, each.most) for each in quotas]
    rows += [(each, 0, kinds[each[0]].most) for each in companies.values() if len(each) > 1]
    rows.append((list(range(len(kinds))), seats, seats))
    places = [(line, place) for line, row in enumerate(rows) for place in row[0]]
    lines, columns = zip(*places, strict=True)
    filled = (np.ones(len(places)), (np.array(lines), np.array(columns)))
    return Space(
        sizes=np.array([kind.size for kind in kinds], dtype=float),
        most=np.array([kind.most for kind in kinds], dtype=float),
        rows=csr_array(filled, shape=(len(rows), len(kinds))),
        low=np.array([row[1] for row in rows], dtype=float),
        high=np.array([row[2] for row in rows], dtype=float),
    )


def best(within: Space, weights: "Vector") -> "Vector | None":
    """A panel with the largest weights · x, proved; None where no panel keeps every quota."""
    import numpy as np

    nothing = np.zeros(len(weights))
    return _panel(within, weights, (nothing, within.most), (within.low, within.high))


def beside(within: Space, point: "Vector", weights: "Vector") -> "Vector | None":
    """A panel of the smallest face around `point`: each number rounded up or down, the largest of
    weights · x; what `point` uses up of a quota, the panel uses up as well.

    None where the face holds no panel, which is possible where `point` mixes no panels.
    """
    import numpy as np

    point = snapped(point)
    used = within.rows @ point
    low = np.where(np.abs(used - within.high) < CLOSE, within.high, within.low)
    high = np.where(np.abs(used - within.low) < CLOSE, within.low, within.high)
    return _panel(within, weights, (np.floor(point), np.ceil(point)), (low, high))


def snapped(point: "Vector") -> "Vector":
    """The point with every number that is nearly whole made whole."""
    import numpy as np

    whole = np.round(point)
    return np.where(np.abs(point - whole) < CLOSE, whole, point)


def answered(found: "Vector | None") -> "Vector":
    """What a solver found where there is something to be found. Raises ArithmeticError."""
    if found is None:
        raise ArithmeticError("the solver found nothing where there is an answer")
    return found


def _panel(
    within: Space,
    weights: "Vector",
    box: tuple["Vector", "Vector"],
    limits: tuple["Vector", "Vector"],
) -> "Vector | None":
    """Only the kinds whose number is open go to the solver."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    floor, ceiling = box
    panel: Vector = floor.copy()
    held = within.rows @ floor
    low, high = limits[0] - held, limits[1] - held
    free = np.flatnonzero(ceiling > floor)
    if not len(free):
        return panel if (low <= CLOSE).all() and (high >= -CLOSE).all() else None
    solved = milp(
        -weights[free],
        integrality=np.ones(len(free), dtype=int),
        bounds=Bounds(0, (ceiling - floor)[free]),
        constraints=LinearConstraint(within.rows[:, free], low, high),
        options={"mip_rel_gap": 0.0},
    )
    if solved.x is None:
        return None
    panel[free] += np.round(solved.x)
    return panel
