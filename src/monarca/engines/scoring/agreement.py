"""How much reviewers agree: intraclass correlations, and weighted kappa of each pair."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.reasons import Reason, Value
from monarca.engines.scoring.reviews import Readings, Review, readings
from monarca.engines.scoring.severity import MOST_REVIEWERS, remaining

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

LEAST_COMMON = 2
"""A pair with fewer common applications has no kappa."""

FORMS = {
    "ICC(1)": "Shrout & Fleiss 1979, case 1; McGraw & Wong 1996, one-way random",
    "ICC(A)": "Shrout & Fleiss 1979, case 2; McGraw & Wong 1996, two-way, absolute agreement",
    "ICC(C)": "Shrout & Fleiss 1979, case 3; McGraw & Wong 1996, two-way, consistency",
}
"""Each form, and where it is defined."""


@dataclass(frozen=True, slots=True)
class Correlation:
    """One form of the intraclass correlation: of a single reading, and of the mean of `readings`.

    None where the scores cannot tell (nothing varies, or nobody was read twice). Below nought:
    two readings of one application are less alike than readings of two.
    """

    form: str
    source: str
    single: float | None
    mean: float | None
    readings: float


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's weighted kappa (1968, quadratic weights) of two reviewers on their common files."""

    one: str
    other: str
    common: int
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike the readings are; `kappa` is the pairs' mean, each weighing its common files."""

    correlations: tuple[Correlation, ...]
    pairs: tuple[Kappa, ...]
    kappa: float | None
    reason: Reason


def agreement(reviews: Iterable[Review]) -> Agreement:
    """Agreement between the reviewers, also when each application was read by different ones.

    Variances are estimated by the analysis of variance; with empty cells by Henderson's third
    method (1953), which gives the same where every reviewer read every file. Raises Unfit.
    """
    found = readings(reviews)
    correlations = _correlations(found)
    pairs = kappas(found)
    whole = sum(pair.common for pair in pairs if pair.kappa is not None)
    total = sum(pair.common * pair.kappa for pair in pairs if pair.kappa is not None)
    kappa = total / whole if whole else None
    return Agreement(correlations, pairs, kappa, _said(correlations, kappa, len(pairs)))


def _said(correlations: tuple[Correlation, ...], kappa: float | None, pairs: int) -> Reason:
    best = next((each for each in correlations[1::-1] if each.single is not None), None)
    if best is None or best.single is None or best.mean is None:
        return Reason("scoring.agreement_unknown")
    values: dict[str, Value] = {
        "form": best.form,
        "single": round(best.single, 2),
        "mean": round(best.mean, 2),
        "readings": round(best.readings, 1),
    }
    if kappa is None:
        return Reason("scoring.agreement_without_kappa", values)
    return Reason("scoring.agreement", {**values, "kappa": round(kappa, 2), "pairs": pairs})


def _correlations(found: Readings) -> tuple[Correlation, ...]:
    usual = _usual_count(found)
    one_way = _one_way(found, usual)
    two_way = _two_way(found)
    parts = {
        "ICC(1)": one_way,
        "ICC(A)": two_way and (two_way[0], two_way[1] + two_way[2]),
        "ICC(C)": two_way and (two_way[0], two_way[2]),
    }
    return tuple(
        Correlation(form, FORMS[form], *_of(variances, usual), usual)
        for form, variances in parts.items()
    )


def _of(variances: tuple[float, float] | None, usual: float) -> tuple[float | None, float | None]:
    """True variance over all of it, for one reading and for the mean of the usual number."""
    if variances is None:
        return None, None
    true, error = variances
    single, mean = true + error, true + error / usual
    return (
        true / single if single > 1e-12 else None,
        true / mean if mean > 1e-12 else None,
    )


def _usual_count(found: Readings) -> float:
    """The number of readings a file that stands for unequal ones: (N - sum k²/N) / (n - 1)."""
    total, files = float(found.counts.sum()), len(found.counts)
    if files == 1:
        return total
    return (total - float((found.counts**2).sum()) / total) / (files - 1)


def _one_way(found: Readings, usual: float) -> tuple[float, float] | None:
    """The variance between files, and of readings inside one."""
    files = len(found.counts)
    if found.freedom == 0 or files == 1:
        return None
    apart = found.scores - found.means[found.of]
    level = float(found.scores.mean())
    inside = float(apart @ apart) / found.freedom
    between = float((found.counts * (found.means - level) ** 2).sum()) / (files - 1)
    return (between - inside) / usual, inside


def _two_way(found: Readings) -> tuple[float, float, float] | None:
    """The variances of files, of reviewers and of what is left, by Henderson's third method."""
    files, people = len(found.applications), len(found.reviewers)
    if not 1 < people <= MOST_REVIEWERS or files == 1 or len(found.scores) == people:
        return None
    left, total, rank = remaining(found)
    spare = found.freedom - rank
    if spare <= 0:
        return None
    rest = left / spare
    harsh = (total - left - rank * rest) / found.freedom
    return _true(found, left, rank, rest), harsh, rest


def _true(found: Readings, left: float, rank: int, rest: float) -> float:
    """The variance of files: what they add to the reviewers' own means."""
    import numpy as np

    people = len(found.reviewers)
    counts = np.bincount(found.by, minlength=people)
    means = np.bincount(found.by, weights=found.scores, minlength=people) / counts
    apart = found.scores - means[found.by]
    added = float(apart @ apart) - left
    ways = len(found.applications) - (people - rank)
    return (added - ways * rest) / (len(found.scores) - people)


def kappas(found: Readings) -> tuple[Kappa, ...]:
    """Every pair with enough common files, in order of names.

    With weights that grow with the square of the difference, kappa is 2 cov / (var + var + gap²):
    no table of categories is needed, and any scale of scores will do.
    """
    import numpy as np

    people = len(found.reviewers)
    often = np.bincount(found.by)[found.by] >= LEAST_COMMON
    of, by, scores = found.of[often], found.by[often], found.scores[often]
    one, other = _meetings(of)
    if not len(one):
        return ()
    pairs, place = np.unique(by[one] * people + by[other], return_inverse=True)
    x, y = scores[one], scores[other]
    count = np.bincount(place).astype(np.float64)
    mean_x, mean_y = np.bincount(place, x) / count, np.bincount(place, y) / count
    far_x, far_y = x - mean_x[place], y - mean_y[place]
    both = np.bincount(place, far_x * far_y) / count
    spread = np.bincount(place, far_x**2 + far_y**2) / count + (mean_x - mean_y) ** 2
    return tuple(
        Kappa(
            found.reviewers[pair // people],
            found.reviewers[pair % people],
            int(count[row]),
            float(2 * both[row] / spread[row]) if spread[row] > 1e-18 else None,
        )
        for row, pair in enumerate(pairs.tolist())
        if count[row] >= LEAST_COMMON
    )


def _meetings(of: "Places") -> "tuple[Places, Places]":
    """Every two readings of one file, the first reviewer before the second by name."""
    import numpy as np

    ones, others = [], []
    for step in range(1, int(np.bincount(of).max(initial=0))):
        one = np.flatnonzero(of[:-step] == of[step:])
        ones.append(one)
        others.append(one + step)
    if not ones:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
    return np.concatenate(ones), np.concatenate(others)
