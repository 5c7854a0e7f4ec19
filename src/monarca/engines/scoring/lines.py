"""Places in the order, and the line through it: who stands above, below, or level across it."""

from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Literal

from monarca.engines.scoring.beliefs import Beliefs
from monarca.engines.scoring.reviews import Unfit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

type Side = Literal["above", "below", "tied", ""]


@dataclass(frozen=True, slots=True)
class Line:
    """Where the line is drawn: under the best `fund` applications, or at a score that is enough."""

    fund: int | None = None
    score: float | None = None


def checked(line: Line) -> Line:
    """The same line. Raises Unfit: two lines at once, a number below nought or not usable."""
    if line.fund is not None and line.score is not None:
        raise Unfit("scoring.two_lines")
    if line.fund is not None and line.fund < 0:
        raise Unfit("scoring.fund_below_nought", fund=line.fund)
    if line.score is not None and not isfinite(line.score):
        raise Unfit("scoring.line_not_usable")
    return line


def level(scores: "Floats") -> "Floats":
    """Scores as they are compared: what differs by rounding alone is equal."""
    import numpy as np

    return np.round(scores, 9)


def order(first: Beliefs) -> list[int]:
    """Best first; equal scores in the order of their names."""
    import numpy as np

    return [int(place) for place in np.argsort(-level(first.scores), kind="stable")]


def ranks(first: Beliefs, places: list[int]) -> dict[int, int]:
    """The rank of each application; equal scores share the best of their ranks."""
    scores = level(first.scores)
    found = {place: count for count, place in enumerate(places, 1)}
    for before, place in pairwise(places):
        if scores[before] == scores[place]:
            found[place] = found[before]
    return found


def sides(first: Beliefs, places: list[int], line: Line) -> list[Side]:
    """Above, below, or "tied": level with others on both sides; all blank without a line."""
    scores = level(first.scores)
    if line.score is not None:
        enough = round((line.score - first.found.centre) / first.found.scale, 9)
        return ["above" if score >= enough else "below" for score in scores]
    if line.fund is None:
        return [""] * len(places)
    if not 0 < line.fund < len(places):
        return ["above" if line.fund else "below"] * len(places)
    last, after = scores[places[line.fund - 1]], scores[places[line.fund]]
    if last > after:
        return ["above" if score >= last else "below" for score in scores]
    return ["tied" if score == last else "above" if score > last else "below" for score in scores]


def cut(first: Beliefs, places: list[int], line: Line) -> float | None:
    """The score at the line: as given, or halfway between the last above and the first below."""
    if line.score is not None:
        return line.score
    if line.fund is None or not 0 < line.fund < len(places):
        return None
    middle = (first.scores[places[line.fund - 1]] + first.scores[places[line.fund]]) / 2
    return float(first.found.centre + first.found.scale * middle)
