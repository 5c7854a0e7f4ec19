"""How sure an order is: intervals, expected ranks, chances to be above the line, the tie band."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monarca.engines.scoring import beliefs as believing
from monarca.engines.scoring.beliefs import Beliefs, Progress
from monarca.engines.scoring.lines import Line, Side
from monarca.engines.scoring.severity import LEVEL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Doubts:
    """An entry an application: half the 80 % interval (scaled), expected rank, chance, tie band.

    None: nothing tells how much the scores err, or there is no line to be above of.
    """

    band: "Truths"
    reach: "Floats | None" = None
    expected: "Floats | None" = None
    chances: "Floats | None" = None


def doubts(
    first: Beliefs, sides: list[Side], line: Line, *, seed: int, progress: Progress
) -> Doubts:
    """What is believed about the true scores, asked for everything a ranking shows."""
    import numpy as np
    from scipy.special import ndtri

    tied = np.array([side == "tied" for side in sides])
    if first.found.freedom == 0:
        return Doubts(tied)
    reach = float(ndtri((1 + LEVEL) / 2)) * np.sqrt(first.variances)
    small = len(believing.different(first)[0]) <= believing.PAIRWISE
    chances = ranks = None
    if line.fund is not None or not small:
        chances, ranks = believing.chances(first, line.fund or 0, seed=seed, progress=progress)
    expected = believing.expected_ranks(first, progress) if small else ranks
    found = Doubts(tied, reach, expected)
    if line.score is not None:
        return _reaching(found, first, line.score)
    if line.fund is None:
        return found
    above = tied | np.array([side == "above" for side in sides])
    below = tied | np.array([side == "below" for side in sides])
    return replace(found, band=believing.tie_band(first, above, below), chances=chances)


def _reaching(found: Doubts, first: Beliefs, score: float) -> Doubts:
    """The chance to reach a fixed score, and who cannot be told apart from it."""
    import numpy as np
    from scipy.special import ndtr

    gaps = np.round(first.scores - (score - first.found.centre) / first.found.scale, 9)
    spans = np.sqrt(first.variances)
    certain = spans <= 1e-9
    reached = ndtr(gaps / np.where(certain, 1.0, spans))
    chances = np.where(certain, (gaps >= 0).astype(np.float64), reached)
    surely = (1 + LEVEL) / 2
    return replace(found, band=(chances < surely) & (chances > 1 - surely), chances=chances)
