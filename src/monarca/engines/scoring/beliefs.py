"""What the scores let us believe about the applications, and what follows for their order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.scoring.reviews import Readings
from monarca.engines.scoring.severity import LEVEL, Severities, stretch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Halves = NDArray[np.float32]
    Places = NDArray[np.intp]
    Truths = NDArray[np.bool_]

DRAWS = 2_000
"""Draws behind a chance; only what the others do is drawn, so the error is below half a point."""

PAIRWISE = 4_000
"""Up to so many different beliefs expected ranks are exact sums over pairs; beyond, draws tell."""

AT_ONCE = 50
"""Rows worked through together: so few that what is at hand stays near the processor."""

CERTAIN = 1e-14
"""A smaller variance, in scaled units, is what rounding leaves of none."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Beliefs:
    """A Gaussian over the applications' true scores, in the scaled units of the readings.

    Centre `scores`; covariance = `own` (each one's own variance, on the diagonal) + `shared` times
    its transpose: a row an application, a column for each independent thing that moves several.
    """

    found: Readings
    scores: "Floats"
    own: "Floats"
    shared: "Floats"

    @property
    def variances(self) -> "Floats":
        """The variance of each application's score."""
        import numpy as np

        return np.asarray(self.own + np.einsum("ij,ij->i", self.shared, self.shared))


def raw(found: Readings, error: float) -> Beliefs:
    """The plain means, each with the pooled variance `error` of one reading inside a file."""
    import numpy as np

    own = error * stretch(found.freedom) ** 2 / found.counts if error else found.counts * 0
    return Beliefs(found, found.means, own, np.zeros((len(own), 0)))


def calibrated(found: Readings, known: Severities) -> Beliefs:
    """The means after the severities beyond doubt are taken out.

    The Gaussian posterior has its centre where every severity is taken out; the variance about a
    centre elsewhere is larger by the square of the distance. So the adjustments that were not made
    are one more thing that moves applications together, and stay in the answer as doubt.
    """
    import numpy as np

    taken = np.where(known.adjusted, known.estimates, 0.0)
    moves = np.column_stack((known.sides, known.estimates - taken))
    wide = stretch(found.freedom)
    return Beliefs(
        found,
        found.means - found.of_files(taken[:, None])[:, 0],
        known.within * wide**2 / found.counts,
        found.of_files(moves) * wide,
    )


def better(beliefs: Beliefs, rows: "Places", columns: "Places") -> "Iterator[Floats]":
    """The chance that each of `rows` is truly better than each of `columns`, AT_ONCE rows a time.

    Equal scores, and an application against itself, are better and worse by halves.
    """
    import numpy as np
    from scipy.special import ndtr

    variances, scores = beliefs.variances, beliefs.scores
    across = np.ascontiguousarray(beliefs.shared[columns].T)
    for first in range(0, len(rows), AT_ONCE):
        here = rows[first : first + AT_ONCE]
        spans = variances[here, None] + variances[columns] - 2 * beliefs.shared[here] @ across
        gaps = np.round(scores[here, None] - scores[columns], 9)
        certain = spans <= CERTAIN
        found = ndtr(gaps / np.sqrt(np.where(certain, 1.0, spans)))
        yield np.where(certain, (1 + np.sign(gaps)) / 2, found)


def expected_ranks(beliefs: Beliefs, progress: Progress) -> "Floats":
    """1 + the sum of the chances that each other application is better; exact, no draws.

    Applications of which the same is believed are counted and not compared one by one.
    """
    import numpy as np

    kinds, of, counts = different(beliefs)
    ranks: list[float] = []
    for chances in better(beliefs, kinds, kinds):
        ranks += (len(of) + 0.5 - chances @ counts).tolist()
        progress(len(ranks), len(kinds))
    return np.round(np.array(ranks)[of], 6)


def different(beliefs: Beliefs) -> "tuple[Places, Places, Places]":
    """One application of each kind, the kind of every application, and how many are of each.

    Equal scores with equal errors are of a kind, where nothing moves several together.
    """
    import numpy as np

    everybody = np.arange(len(beliefs.scores))
    if beliefs.shared.shape[1]:
        return everybody, everybody, np.ones_like(everybody)
    both = np.round(beliefs.scores, 9) + 1j * beliefs.own
    _, kinds, of, counts = np.unique(
        both, return_index=True, return_inverse=True, return_counts=True
    )
    return kinds, of, counts


def tie_band(beliefs: Beliefs, above: "Truths", below: "Truths") -> "Truths":
    """Applications that cannot be told apart from one across the line.

    Two cannot be told apart when the 80 % interval of their difference holds nought. `above` and
    `below`: the sides of the line (level ones are on both); only those whose intervals can meet
    across it are compared.
    """
    import numpy as np
    from scipy.special import ndtri

    surely = (1 + LEVEL) / 2
    band = np.zeros(len(above), dtype=np.bool_)
    if not above.any() or not below.any():
        return band
    errors = np.sqrt(beliefs.variances)
    reach = float(ndtri(surely)) * (errors + float(errors.max())) + 1e-9
    tops = np.flatnonzero(above & (beliefs.scores - beliefs.scores[below].max() <= reach))
    feet = np.flatnonzero(below & (beliefs.scores[above].min() - beliefs.scores <= reach))
    for place, chances in enumerate(better(beliefs, tops, feet)):
        doubtful = (chances < surely) & (chances > 1 - surely)
        here = tops[place * AT_ONCE : (place + 1) * AT_ONCE]
        band[here] |= doubtful.any(axis=1)
        band[feet] |= doubtful.any(axis=0)
    return band


def chances(
    beliefs: Beliefs, fund: int, *, seed: int, progress: Progress
) -> "tuple[Floats, Floats]":
    """The chance of each application to be among the best `fund`, and its mean rank, by draws.

    Seeded: the same scores and seed give the same answer. Every draw comes with its mirror image.
    Mean ranks are counted above PAIRWISE different beliefs only (below, where sums are exact, they
    are nought).
    """
    import numpy as np

    files, many = len(beliefs.scores), len(different(beliefs)[0]) > PAIRWISE
    pairs = max(250, min(DRAWS // 2, 20_000_000 // files))
    rng = np.random.default_rng(seed)
    sums, ranks, in_order = np.zeros(files), np.zeros(files), np.arange(1.0, files + 1)
    done = 0
    for bases, noise in _draws(beliefs, pairs, rng):
        drawn = bases + noise
        sums += _shares(drawn, bases, np.sqrt(beliefs.own), fund)
        if many:
            for best_first in np.argsort(-drawn, axis=1):
                ranks[best_first] += in_order
        done += len(drawn)
        progress(done, 2 * pairs)
    return np.round(sums / (2 * pairs), 6), np.round(ranks / (2 * pairs), 6)


def _draws(
    beliefs: Beliefs, pairs: int, rng: "np.random.Generator"
) -> "Iterator[tuple[Halves, Halves]]":
    """Draws, a row a draw, AT_ONCE at most: without own noise, and that noise; then mirrored."""
    import numpy as np

    centre = np.round(beliefs.scores, 9).astype(np.float32)
    own = np.sqrt(beliefs.own).astype(np.float32)
    shared = beliefs.shared.astype(np.float32)
    for first in range(0, pairs, AT_ONCE):
        count = min(AT_ONCE, pairs - first)
        noise = rng.standard_normal((count, len(centre)), dtype=np.float32) * own
        away = rng.standard_normal((count, shared.shape[1]), dtype=np.float32) @ shared.T
        yield centre + away, noise
        yield centre - away, -noise


def _shares(drawn: "Halves", bases: "Halves", own: "Floats", fund: int) -> "Floats":
    """How many draws have each application among the best, each one's own noise summed exactly.

    An application is among the best when it beats the last of the best of the *others*; given
    those, its own noise is Gaussian. Without such noise equal draws share the places.
    """
    import numpy as np
    from scipy.special import ndtr

    draws, files = drawn.shape
    if fund <= 0 or fund >= files:
        return np.full(files, float(draws if fund > 0 else 0))
    parts = np.partition(drawn, (files - fund - 1, files - fund), axis=1)
    after, last = parts[:, files - fund - 1, None], parts[:, files - fund, None]
    over = drawn > last
    if own.all():
        cuts = np.where(over | (drawn == last), after, last)
        return np.asarray(ndtr((bases - cuts) / own.astype(np.float32)).sum(axis=0, dtype=float))
    level = drawn == last
    left = (fund - over.sum(axis=1)) / level.sum(axis=1)
    return np.asarray(over.sum(axis=0) + left @ level)
