"""Why a score moved: one explanation a review, and one line a reviewer, as data."""

from dataclasses import dataclass

from monarca.engines.reasons import Reason, Value
from monarca.engines.scoring.reviews import Readings
from monarca.engines.scoring.severity import Severities


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One reviewer: how many files, and how much higher than colleagues on the same files.

    `severity` is below nought for a severe reviewer; `error` is its standard error.
    """

    reviewer: str
    readings: int
    severity: float
    error: float
    is_adjusted: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """One review, what it counts for after calibration, and why."""

    application: str
    reviewer: str
    score: float
    adjusted: float
    reason: Reason


def reviewers(found: Readings, known: Severities) -> tuple[Reviewer, ...]:
    """Every reviewer in order of name, in the units of the scores."""
    import numpy as np

    counts = np.bincount(found.by, minlength=len(found.reviewers))
    return tuple(
        Reviewer(
            name,
            int(counts[place]),
            float(known.estimates[place] * found.scale),
            float(known.errors[place] * found.scale),
            bool(known.adjusted[place]),
        )
        for place, name in enumerate(found.reviewers)
    )


def explained(found: Readings, people: tuple[Reviewer, ...]) -> tuple[Explained, ...]:
    """Every scored review in order of application and reviewer."""
    import numpy as np

    taken = np.array([[person.severity * person.is_adjusted] for person in people])
    several = np.add.reduceat(taken[found.by, 0] != 0, found.starts, dtype=np.intp).tolist()
    raw = found.centre + found.scale * found.means
    moved = [_shown(each) for each in (raw - found.of_files(taken)[:, 0]).tolist()]
    raws = [_shown(each) for each in raw.tolist()]
    counts = found.counts.tolist()
    scores = (found.centre + found.scale * found.scores).tolist()
    said = [
        {"reviewer": each.reviewer, "gap": _shown(abs(each.severity)), "error": _shown(each.error)}
        for each in people
    ]
    rows = []
    for file, by, score in zip(found.of.tolist(), found.by.tolist(), scores, strict=True):
        person = people[by]
        values: dict[str, Value] = {**said[by], "raw": raws[file], "calibrated": moved[file]}
        values["part"] = _shown(-person.severity / counts[file])
        reason = Reason(_code(person, several[file]), values)
        adjusted = score - person.severity * person.is_adjusted
        rows.append(Explained(found.applications[file], person.reviewer, score, adjusted, reason))
    return tuple(rows)


def _code(person: Reviewer, several: int) -> str:
    way = "low" if person.severity < 0 else "high"
    if not person.is_adjusted:
        return f"scoring.kept_{way}" if abs(person.severity) > person.error else "scoring.kept_even"
    return f"scoring.reads_{way}" if several == 1 else f"scoring.among_{way}"


def _shown(value: float) -> float:
    """Two decimals, or as many as two figures that count need."""
    return round(value, 2) if abs(value) >= 0.1 else float(f"{value:.2g}")
