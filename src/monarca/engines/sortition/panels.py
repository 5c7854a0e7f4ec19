"""The panels that keep every quota, as whole numbers of each kind, and how one is found."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monarca.engines.sortition.hushing import hushed
from monarca.engines.sortition.pool import Kind, Quota

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Vector = NDArray[float64]

CLOSE = 1e-7
"""Two numbers of people nearer than this are the same (HiGHS's own tolerance)."""
OPEN = 3
"""Numbers left open for each row of quotas where a panel is found by rounding a corner."""


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
    """The panels of a task. Quotas beyond the pool are taken as just beyond it."""
    import numpy as np
    from scipy.sparse import csr_array

    at: dict[tuple[str, str], list[int]] = defaultdict(list)
    companies: dict[int, list[int]] = defaultdict(list)
    for place, kind in enumerate(kinds):
        companies[kind.company].append(place)
        for answer in kind.answers:
            at[answer].append(place)
    people = sum(kind.size for kind in kinds)
    rows = [
        (at[each.feature, each.value], min(each.least, people + 1), min(each.most, people))
        for each in quotas
    ]
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


def tightened(within: Space, places: Iterable[int]) -> "Space | None":
    """The same panels, with the most people of these kinds that any real panel has room for.

    None where no panel bound gets smaller. This is how a bound learns who can never sit.
    """
    import numpy as np

    most = within.most.copy()
    for place in places:
        only = np.zeros(len(most))
        only[place] = 1.0
        panel = best(within, only)
        if panel is not None:
            most[place] = min(most[place], panel[place])
    return None if (most == within.most).all() else replace(within, most=most)


def beside(within: Space, point: "Vector", weights: "Vector") -> "Vector | None":
    """A panel of the smallest face around `point`, with a large (not the largest) weights · x.

    Each number is rounded up or down, and what `point` uses up of a quota, the panel uses up as
    well. A corner of the face without whole numbers is rounded first: it has few broken numbers,
    and they and their nearest neighbours go to the integer programme. None where the face holds no
    panel, which is possible where `point` mixes no panels.
    """
    import numpy as np

    point = snapped(point)
    used = within.rows @ point
    low = np.where(np.abs(used - within.high) < CLOSE, within.high, within.low)
    high = np.where(np.abs(used - within.low) < CLOSE, within.low, within.high)
    box = (np.floor(point), np.ceil(point))
    few = _few_open(within, weights, box, (low, high))
    panel = None if few is None else _panel(within, weights, few, (low, high))
    return _panel(within, weights, box, (low, high)) if panel is None else panel


def _few_open(
    within: Space,
    weights: "Vector",
    box: tuple["Vector", "Vector"],
    limits: tuple["Vector", "Vector"],
) -> "tuple[Vector, Vector] | None":
    """The box closed around a corner, but for numbers that are broken there, or could well move."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    free = np.flatnonzero(box[1] > box[0])
    if len(free) <= OPEN * within.rows.shape[0]:
        return None
    held, rows = within.rows @ box[0], within.rows[:, free]
    solved = linprog(
        -weights[free],
        A_ub=csr_array(vstack([rows, -rows])),  # type: ignore[call-overload]
        b_ub=np.concatenate([limits[1] - held, held - limits[0]]),
        bounds=(0.0, 1.0),
        method="highs-ds",
    )
    if solved.x is None:
        return None
    price = np.abs(solved.lower.marginals + solved.upper.marginals)
    price[np.abs(solved.x - np.round(solved.x)) > CLOSE] = -1.0
    closed = free[np.argsort(price, kind="stable")[OPEN * within.rows.shape[0] :]]
    floor, ceiling = box[0].copy(), box[1].copy()
    corner = box[0].copy()
    corner[free] += np.round(solved.x)
    floor[closed] = ceiling[closed] = corner[closed]
    return floor, ceiling


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
    with hushed():
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
