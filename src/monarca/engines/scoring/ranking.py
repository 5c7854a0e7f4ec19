"""The ranking: raw means first, the calibrated score as second opinion, and what is in doubt."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from monarca.engines.reasons import Reason
from monarca.engines.scoring import beliefs as believing
from monarca.engines.scoring import lines
from monarca.engines.scoring.beliefs import Beliefs, Progress
from monarca.engines.scoring.doubts import Doubts, doubts
from monarca.engines.scoring.lines import Line, Side
from monarca.engines.scoring.reviews import Readings, Review, readings
from monarca.engines.scoring.severity import Severities, refusal, severities
from monarca.engines.scoring.telling import Explained, Reviewer, explained, reviewers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

type Way = Literal["raw", "calibrated"]


@dataclass(frozen=True, slots=True)
class Standing:
    """One application in the ranking; scores and intervals in the units of the scores.

    `low` to `high` holds the true score eight times in ten. `rank`: equal scores share the best.
    `expected_rank` and `chance` (to be above the line) come from what is believed about all true
    scores. None: nothing tells how much the scores err (no application was read twice). `side`:
    "tied" when equal scores stand on both sides of the line, so that nothing but chance parts them.
    """

    application: str
    readings: int
    raw: float
    calibrated: float | None
    low: float | None
    high: float | None
    rank: int
    expected_rank: float | None
    chance: float | None
    side: Side
    is_in_tie_band: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """The whole answer, best first. `way`: which score ranks. `refusal`: why none is calibrated.

    `within` and `between` are the standard deviations of one reading and of the reviewers; `fund`
    how many stand above the line (None: no such line), `cut` the score it stands at; `unread`:
    applications without a score; `seed`: of the draws behind the chances.
    """

    way: Way
    standings: tuple[Standing, ...]
    unread: tuple[str, ...]
    reviewers: tuple[Reviewer, ...]
    reviews: tuple[Explained, ...]
    refusal: Reason | None
    notes: tuple[Reason, ...]
    within: float | None
    between: float | None
    fund: int | None
    cut: float | None
    seed: int


def rank(
    reviews: Iterable[Review],
    *,
    way: Way = "raw",
    line: Line | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Ranking:
    """Rank applications by their raw means, or by calibrated scores where these can be had.

    Where they cannot, `refusal` says why and the raw means rank. Raises Unfit.
    """
    found = readings(reviews)
    line = lines.checked(line or Line())
    reason = refusal(found)
    known = None if reason else severities(found)
    second = believing.calibrated(found, known) if known else None
    first = second if second and way == "calibrated" else _raw(found)
    places = lines.order(first)
    sides = lines.sides(first, places, line)
    unsure = doubts(first, sides, line, seed=seed, progress=progress or _silent)
    people = reviewers(found, known) if known else ()
    return Ranking(
        way="calibrated" if first is second else "raw",
        standings=_standings(first, second, sides, unsure),
        unread=found.unread,
        reviewers=people,
        reviews=explained(found, people) if known else (),
        refusal=reason,
        notes=_notes(found, line),
        within=_within(found, known),
        between=found.scale * known.between**0.5 if known else None,
        fund=None if line.fund is None else min(line.fund, len(found.applications)),
        cut=lines.cut(first, places, line),
        seed=seed,
    )


def _silent(done: int, whole: int) -> None:
    """Nobody watches."""


def _notes(found: Readings, line: Line) -> tuple[Reason, ...]:
    notes = []
    files = len(found.applications)
    if found.freedom == 0:
        notes.append(Reason("scoring.no_doubt_known"))
    if line.fund is not None and line.fund >= files:
        notes.append(Reason("scoring.all_above", {"fund": line.fund, "files": files}))
    if found.unread:
        notes.append(Reason("scoring.unread", {"files": len(found.unread)}))
    return tuple(notes)


def _raw(found: Readings) -> Beliefs:
    """The plain means; without repetition there is no error to go by, and none is made up."""
    return believing.raw(found, _pooled(found) if found.freedom else 0.0)


def _pooled(found: Readings) -> float:
    apart = found.scores - found.means[found.of]
    return float(apart @ apart) / found.freedom


def _within(found: Readings, known: Severities | None) -> float | None:
    if known:
        return float(found.scale * known.within**0.5)
    return float(found.scale * _pooled(found) ** 0.5) if found.freedom else None


def _standings(
    first: Beliefs, second: Beliefs | None, sides: list[Side], unsure: Doubts
) -> tuple[Standing, ...]:
    places = lines.order(first)
    ranks = lines.ranks(first, places)
    found = first.found
    reach = unsure.reach
    low = None if reach is None else _real(found, first.scores - reach)
    high = None if reach is None else _real(found, first.scores + reach)
    raw = _real(found, found.means)
    calibrated = _real(found, second.scores) if second else None
    return tuple(
        Standing(
            application=found.applications[place],
            readings=int(found.counts[place]),
            raw=float(raw[place]),
            calibrated=_at(calibrated, place),
            low=_at(low, place),
            high=_at(high, place),
            rank=ranks[place],
            expected_rank=_at(unsure.expected, place),
            chance=_at(unsure.chances, place),
            side=sides[place],
            is_in_tie_band=bool(unsure.band[place]),
        )
        for place in places
    )


def _real(found: Readings, scores: "Floats") -> list[float]:
    """Scaled scores in their own units, without the dust of rounding."""
    values = (found.centre + found.scale * scores).tolist()
    return [float(f"{value:.12g}") for value in values]


def _at(values: "list[float] | Floats | None", place: int) -> float | None:
    return None if values is None else float(values[place])
