"""A lottery of real weights as a lottery of whole tickets, with nobody's chance moved by much."""

from typing import TYPE_CHECKING

from monarca.engines.sortition.fairness import Chances

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Vector = NDArray[float64]

WHOLE = 1e-7
SWAPS = 20


def whole_tickets(chances: Chances, tickets: int) -> tuple[int, ...]:
    """How many of the tickets each panel of the lottery gets: its weight, rounded up or down.

    Controlled rounding (Beck and Fiala 1981, used for panels by Flanigan et al. 2021, "Fair
    sortition made transparent"): while some panels are open, keep the expected tickets of every
    kind, except of kinds whose people have at most one ticket each left at stake, or, where that is
    not enough, least at stake; a corner of what is left settles at least one panel more. Then
    single tickets change place as long as the largest difference gets smaller.
    """
    import numpy as np

    wanted = np.array(chances.weights) * tickets
    given = np.floor(wanted + WHOLE)
    part = np.clip(wanted - given, 0.0, 1.0)
    load = np.array(chances.panels, dtype=float).T
    load /= np.array([each.kind.size for each in chances.kinds])[:, None]
    part[part < WHOLE] = 0.0
    rounded = given + _settled(load, part, round(tickets - given.sum()))
    _swap(load, wanted, rounded)
    return tuple(int(number) for number in rounded)


def _settled(load: "Vector", part: "Vector", tickets: int) -> "Vector":
    """Noughts and ones near the parts, `tickets` ones in all."""
    import numpy as np

    part = part.copy()
    kept = np.ones(len(load), dtype=bool)
    while True:
        open_ = (part > WHOLE) & (part < 1 - WHOLE)
        if not open_.any():
            return np.round(part)
        stake = load[:, open_].sum(axis=1)
        kept &= stake > 1.0
        if kept.sum() + 1 >= open_.sum():
            kept[np.argmin(np.where(kept, stake, np.inf))] = False
        settled = tickets - round(float(part[~open_].sum()))
        part[open_] = _corner(load[kept][:, open_], part[open_], settled)


def _corner(load: "Vector", part: "Vector", tickets: int) -> "Vector":
    """A corner of all the ways to keep these loads and the number of tickets."""
    import numpy as np
    from scipy.optimize import linprog

    solved = linprog(
        np.arange(len(part), dtype=float) % 7,
        A_eq=np.vstack([load, np.ones(len(part))]),
        b_eq=np.append(load @ part, tickets),
        bounds=(0.0, 1.0),
        method="highs-ds",
    )
    if solved.x is not None and not np.allclose(solved.x, part, atol=WHOLE):
        corner: Vector = solved.x
        return corner
    return _nearest_one(part, tickets)


def _nearest_one(part: "Vector", tickets: int) -> "Vector":
    """Where the solver's tolerance hides every corner: the largest parts get the tickets."""
    import numpy as np

    rounded = np.zeros(len(part))
    rounded[np.argsort(-part, kind="stable")[:tickets]] = 1.0
    return rounded


def _swap(load: "Vector", wanted: "Vector", rounded: "Vector") -> None:
    """Move single tickets between panels while that makes the largest difference smaller."""
    import numpy as np

    off = load @ (rounded - wanted)
    for _ in range(SWAPS):
        best = (float(np.abs(off).max()), -1, -1)
        for taken in np.flatnonzero(rounded > np.floor(wanted + WHOLE)):
            tried = np.abs((off - load[:, taken])[:, None] + load).max(axis=0)
            tried[rounded >= np.ceil(wanted - WHOLE)] = np.inf
            place = int(tried.argmin())
            best = min(best, (float(tried[place]) + WHOLE, int(taken), place))
        if best[1] < 0:
            return
        rounded[best[1]] -= 1
        rounded[best[2]] += 1
        off = load @ (rounded - wanted)
