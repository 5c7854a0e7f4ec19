"""How severe each reviewer is: applications fixed, reviewers random, the variance ratio by REML."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.reasons import Reason
from monarca.engines.scoring.reviews import Readings, groups

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_REVIEWERS = 6_000
MOST_CELLS = 100_000_000
"""More reviewers, or applications times reviewers, need more memory than a small machine has."""

LEVEL = 0.8
"""The share of truth that an interval is meant to hold."""

CERTAIN = 2.0
"""A reviewer is adjusted only when the severity is at least this many standard errors."""

NEGLIGIBLE = 1e-12
SPARSE = 8
"""A table is worked through whole where more than one cell in so many is filled in."""
NAMED = 6


@dataclass(frozen=True, slots=True)
class Severities:
    """What was learned about the reviewers, in the scaled units of the readings.

    `estimates`: above nought scores higher than the average colleague; their sum is nought.
    `errors`: their standard errors against that average. `sides` times its transpose is the
    covariance of all severities given the scores. `within` and `between`: the variances of one
    reading and of the reviewers; `adjusted`: whose severity is beyond doubt.
    """

    estimates: "Floats"
    errors: "Floats"
    sides: "Floats"
    within: float
    between: float
    adjusted: "NDArray[np.bool_]"


@dataclass(frozen=True, slots=True)
class Contrasts:
    """What the scores say inside applications, along directions that do not disturb each other.

    `sizes` and `axes`: eigenvalues and eigenvectors of Z'MZ (reviewers' indicators, with the
    applications' means taken out); `pulls`: the scores along them; `left`: the sum of squares that
    no severity explains; `freedom`: readings less applications.
    """

    sizes: "Floats"
    axes: "Floats"
    pulls: "Floats"
    left: float
    total: float
    freedom: int

    @property
    def rank(self) -> int:
        """How many directions the reviewers can differ in."""
        return int((self.sizes > 0).sum())


def stretch(freedom: int) -> float:
    """How much wider Student's 80 % interval is than the Gaussian one, with so much freedom."""
    from scipy.special import ndtri, stdtrit

    share = (1 + LEVEL) / 2
    return float(stdtrit(freedom, share) / ndtri(share))


def refusal(found: Readings) -> Reason | None:
    """Why the reviewers of these scores cannot be compared; None when they can."""
    if len(found.reviewers) == 1:
        return Reason("scoring.one_reviewer", {"reviewer": found.reviewers[0]})
    if found.freedom == 0:
        return Reason("scoring.no_file_twice", {"files": len(found.applications)})
    parts = groups(found)
    if len(parts) > 1:
        return _apart(parts)
    if found.freedom < len(found.reviewers):
        values = {"comparisons": found.freedom, "reviewers": len(found.reviewers)}
        return Reason("scoring.too_few_shared", values)
    people, files = len(found.reviewers), len(found.applications)
    if people > MOST_REVIEWERS or people * files > MOST_CELLS:
        return Reason("scoring.too_large", {"reviewers": people, "files": files})
    return None


def _apart(parts: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]) -> Reason:
    said = "; ".join(
        f"({place}) {_few(people)} [{_few(files)}]"
        for place, (people, files) in enumerate(parts[:NAMED], 1)
    )
    more = "; …" if len(parts) > NAMED else ""
    return Reason(
        "scoring.disconnected",
        {
            "groups": len(parts),
            "named": said + more,
            "bridges": len(parts) - 1,
            "reviewer": parts[0][0][0],
            "application": parts[1][1][0],
        },
    )


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names if len(names) <= NAMED else (*names[: NAMED - 1], "…", names[-1]))


def contrasts(found: Readings) -> Contrasts:
    """The differences inside applications, by one eigendecomposition of reviewers by reviewers."""
    import numpy as np

    apart = found.scores - found.means[found.of]
    sizes, axes = np.linalg.eigh(_shared(found))
    sizes = np.where(sizes > 1e-9 * max(1.0, float(sizes.max())), sizes, 0.0)
    pulls = axes.T @ np.bincount(found.by, weights=apart, minlength=len(found.reviewers))
    pulls = np.where(sizes > 0, pulls, 0.0)
    total = float(apart @ apart)
    some = sizes > 0
    left = max(0.0, total - float((pulls[some] ** 2 / sizes[some]).sum()))
    return Contrasts(sizes, axes, pulls, left, total, found.freedom)


def _shared(found: Readings) -> "Floats":
    """Z'MZ: how often each reviewer read, less what is shared with each colleague."""
    cells = len(found.reviewers) * len(found.applications)
    return _of_table(found) if len(found.by) * SPARSE > cells else _of_meetings(found)


def _of_meetings(found: Readings) -> "Floats":
    """Where few read a file: one by one, every two readings of it."""
    import numpy as np

    people = len(found.reviewers)
    parts = 1 / found.counts[found.of]
    met = np.zeros(people * people)
    for step in range(1, int(found.counts.max())):
        one = np.flatnonzero(found.of[:-step] == found.of[step:])
        np.subtract.at(met, found.by[one] * people + found.by[one + step], parts[one])
    above = met.reshape(people, people)
    shared = above + above.T
    np.fill_diagonal(shared, np.bincount(found.by, 1 - parts, minlength=people))
    return shared


def _of_table(found: Readings) -> "Floats":
    """Where many do: by products of whole pieces of the table."""
    import numpy as np

    people, files = len(found.reviewers), len(found.applications)
    shared = np.diag(np.bincount(found.by, minlength=people).astype(np.float64))
    stride = max(1, 4_000_000 // people)
    for first in range(0, files, stride):
        last = min(first + stride, files)
        here = (found.of >= first) & (found.of < last)
        read = np.zeros((last - first, people))
        read[found.of[here] - first, found.by[here]] = 1.0
        shared -= read.T @ (read / found.counts[first:last, None])
    return shared


def remaining(found: Readings) -> tuple[float, float, int]:
    """What `contrasts` finds, without the directions: sums of squares left and in all, their rank.

    One reviewer of each group that hangs together is the measure of its others, so that the
    equations have one answer; as many directions remain as there are others.
    """
    import numpy as np
    from scipy.linalg import solve

    apart = found.scores - found.means[found.of]
    total = float(apart @ apart)
    first = {names[0] for names, _ in groups(found)}
    others = np.flatnonzero([name not in first for name in found.reviewers])
    pulls = np.bincount(found.by, weights=apart, minlength=len(found.reviewers))[others]
    if not len(others):
        return total, total, 0
    moves = solve(_shared(found)[np.ix_(others, others)], pulls, assume_a="pos")
    return max(0.0, total - float(pulls @ moves)), total, len(others)


def severities(found: Readings) -> Severities:
    """The reviewers' severities, where `refusal` has nothing to say.

    The best linear unbiased prediction at the variance ratio that maximises the restricted
    likelihood; with a ratio of nought nobody differs. Henderson's mixed model equations;
    Patterson and Thompson (1971) for REML.
    """
    import numpy as np

    known = contrasts(found)
    gains, spreads, within, between = _variances(known)
    estimates = known.axes @ (gains * known.pulls)
    sides = known.axes * np.sqrt(spreads)
    errors = np.sqrt((sides[:, known.sizes > 0] ** 2).sum(axis=1)) * stretch(known.freedom)
    adjusted = (np.abs(estimates) >= CERTAIN * errors) & (np.abs(estimates) > NEGLIGIBLE)
    return Severities(estimates, errors, sides, within, between, adjusted)


def _variances(known: Contrasts) -> "tuple[Floats, Floats, float, float]":
    """Along each axis: what a pull is worth, the doubt left; then the two variances.

    Along the axis that no comparison touches, the common level, only the reviewers' own variance
    speaks; it rests on few reviewers, so Student's interval with one freedom less than them holds.
    """
    import numpy as np

    some = known.sizes > 0
    level = (stretch(known.rank) / stretch(known.freedom)) ** 2
    if known.left <= NEGLIGIBLE * known.total or known.total <= NEGLIGIBLE**2:
        gains = np.where(some, 1 / np.where(some, known.sizes, 1.0), 0.0)
        between = float(((gains * known.pulls) ** 2).sum()) / max(1, known.rank)
        return gains, np.where(some, 0.0, between * level), 0.0, between
    ratio = best_ratio(known)
    within = _unexplained(known, ratio) / known.freedom
    gains = ratio / (1 + ratio * known.sizes)
    return gains, within * gains * np.where(some, 1.0, level), within, within * ratio


def _unexplained(known: Contrasts, ratio: float) -> float:
    """The generalised sum of squares at a ratio of variances, without cancelling digits."""
    some = known.sizes > 0
    sizes, pulls = known.sizes[some], known.pulls[some]
    return known.left + float((pulls**2 / (sizes * (1 + ratio * sizes))).sum())


def deviance(known: Contrasts, ratio: float) -> float:
    """Minus twice the restricted log likelihood at a ratio, but for a constant."""
    import numpy as np

    spread = float(np.log1p(ratio * known.sizes).sum())
    return known.freedom * float(np.log(_unexplained(known, ratio))) + spread


def best_ratio(known: Contrasts) -> float:
    """The ratio of variances (reviewers' to one reading's) of the largest restricted likelihood.

    A grid over sixteen powers of ten finds the valley, Brent's method its floor; nought when no
    ratio does better.
    """
    import numpy as np
    from scipy.optimize import minimize_scalar

    grid = np.linspace(-8.0, 8.0, 129) - np.log10(known.sizes.max())
    depths = [deviance(known, 10.0**power) for power in grid]
    place = int(np.argmin(depths))
    around = (grid[max(0, place - 1)], grid[min(len(grid) - 1, place + 1)])
    found = minimize_scalar(
        lambda power: deviance(known, 10.0**power),
        bounds=around,
        method="bounded",
        options={"xatol": 1e-9},
    )
    return 10.0 ** float(found.x) if found.fun < deviance(known, 0.0) - 1e-10 else 0.0
