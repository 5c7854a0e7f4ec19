"""Scores as they were given: one row a review, and the same as columns of numbers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isfinite
from typing import TYPE_CHECKING

from monarca.engines.reasons import Reason, Value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.intp]

LARGEST = 1e12
"""No score is larger, in either direction: beyond it, differences drown in rounding."""


class Unfit(Exception):
    """Scores, or a question about them, that no ranking can answer; `reason` says why."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer gave one application; `score` None: assigned, and not scored yet."""

    application: str
    reviewer: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One criterion of one review; marks of equal `weight` count alike. `score` None: left open."""

    application: str
    reviewer: str
    criterion: str
    score: float | None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Readings:
    """The scored reviews as columns, sorted by application and reviewer, one entry a review.

    `scores` are centred and scaled so that none leaves -1 to 1; a score is
    `centre + scale * scores`. `starts` is the first reading of each application, `counts` how many
    it has, `means` their mean (scaled). `unread`: named applications without any score.
    """

    applications: tuple[str, ...]
    reviewers: tuple[str, ...]
    unread: tuple[str, ...]
    of: "Places"
    by: "Places"
    scores: "Floats"
    starts: "Places"
    counts: "Floats"
    means: "Floats"
    centre: float
    scale: float

    @property
    def freedom(self) -> int:
        """Degrees of freedom inside applications: readings less applications."""
        return len(self.scores) - len(self.applications)

    def of_files(self, columns: "Floats") -> "Floats":
        """The mean over each application's readers of what is known about them, a row a reviewer.

        Returns a row an application.
        """
        import numpy as np

        means = np.empty((len(self.starts), columns.shape[1]))
        stride = max(1, 4_000_000 // (1 + columns.shape[1]))
        bounds = [*self.starts.tolist(), len(self.by)]
        for first in range(0, len(means), stride):
            last = min(first + stride, len(means))
            rows = columns[self.by[bounds[first] : bounds[last]]]
            means[first:last] = np.add.reduceat(rows, self.starts[first:last] - bounds[first])
        return means / self.counts[:, None]


def whole(marks: Iterable[Mark]) -> tuple[Review, ...]:
    """Reviews from their criteria: the weighted mean over the criteria that were scored.

    Raises Unfit: a criterion twice in one review, a weight that is not above nought.
    """
    found: dict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.application, mark.reviewer].append(mark)
    return tuple(_whole(each) for _, each in sorted(found.items()))


def _whole(marks: Sequence[Mark]) -> Review:
    first = marks[0]
    names = {"application": first.application, "reviewer": first.reviewer}
    if len({mark.criterion for mark in marks}) < len(marks):
        raise Unfit("scoring.criterion_twice", **names)
    if not all(isfinite(mark.weight) and mark.weight > 0 for mark in marks):
        raise Unfit("scoring.weight", **names)
    scored = sorted(
        (mark.criterion, mark.score, mark.weight) for mark in marks if mark.score is not None
    )
    if not scored:
        return Review(first.application, first.reviewer, None)
    total = fsum(weight for _, _, weight in scored)
    score = fsum(weight * score for _, score, weight in scored) / total
    return Review(first.application, first.reviewer, score)


def readings(reviews: Iterable[Review]) -> Readings:
    """The same reviews as columns; the order they came in is forgotten.

    Raises Unfit: somebody scored one application twice, a score that is no usable number, no score.
    """
    import numpy as np

    rows = sorted(reviews, key=lambda row: (row.application, row.reviewer))
    scored = [row for row in rows if row.score is not None]
    _check(rows, scored)
    applications, of = _numbered([row.application for row in scored])
    reviewers, by = _numbered([row.reviewer for row in scored])
    given = np.array([row.score for row in scored], dtype=np.float64)
    centre = float((given.max() + given.min()) / 2)
    scale = float(np.abs(given - centre).max()) or 1.0
    scores = (given - centre) / scale
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    counts = np.diff(starts, append=len(scored)).astype(np.float64)
    return Readings(
        applications=applications,
        reviewers=reviewers,
        unread=tuple(sorted({row.application for row in rows} - set(applications))),
        of=of,
        by=by,
        scores=scores,
        starts=starts,
        counts=counts,
        means=np.add.reduceat(scores, starts) / counts,
        centre=centre,
        scale=scale,
    )


def _check(rows: Sequence[Review], scored: Sequence[Review]) -> None:
    for one, other in pairwise(rows):
        if (one.application, one.reviewer) == (other.application, other.reviewer):
            raise Unfit("scoring.twice", application=one.application, reviewer=one.reviewer)
    for row in scored:
        if row.score is not None and not abs(row.score) <= LARGEST:
            raise Unfit("scoring.not_usable", application=row.application, reviewer=row.reviewer)
    if not scored:
        raise Unfit("scoring.nothing_scored")


def _numbered(names: Sequence[str]) -> "tuple[tuple[str, ...], Places]":
    import numpy as np

    known = sorted(set(names))
    places = {name: place for place, name in enumerate(known)}
    return tuple(known), np.array([places[name] for name in names], dtype=np.intp)


def groups(found: Readings) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Reviewers and applications that hang together, each group as (reviewers, applications).

    Two reviewers of one application are together, and so on along the chain; the largest group
    comes first. More than one group: scores of different groups were never compared by anybody.
    """
    parent = list(range(len(found.reviewers)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    of, by = found.of.tolist(), found.by.tolist()
    for place in range(1, len(of)):
        if of[place] == of[place - 1]:
            one, other = root(by[place - 1]), root(by[place])
            parent[max(one, other)] = min(one, other)
    people: dict[int, list[str]] = defaultdict(list)
    files: dict[int, set[str]] = defaultdict(set)
    for place, name in enumerate(found.reviewers):
        people[root(place)].append(name)
    for file, reader in zip(of, by, strict=True):
        files[root(reader)].add(found.applications[file])
    parts = [(tuple(people[each]), tuple(sorted(files[each]))) for each in people]
    return tuple(sorted(parts, key=lambda part: (-len(part[0]), -len(part[1]), part)))
