"""Groups of people who vote alike: k-means on the plane, and only what survives hiding votes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isqrt
from random import Random
from typing import TYPE_CHECKING

from monarca.engines.opinion.likeness import adjusted_rand
from monarca.engines.opinion.plane import UNSEEN, Matrix, Plane
from monarca.engines.opinion.votes import SMALLEST_GROUP

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

MOST_GROUPS = 5
PEOPLE_A_SQUARE = 12
STABLE = 0.6
HIDDEN = 0.2
REPEATS = 20
FEWEST_STATEMENTS = 5
MANY_STATEMENTS, SHUFFLES = 100, 39
STEPS = 200
FEWEST_PICKS, MOST_PICKS, PICKED = 4, 60, 8000
"""Starts of k-means among people: so many by the number of people, within bounds."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Grouping:
    """A grouping of the rows of a matrix, and its stability."""

    labels: tuple[int, ...]
    stability: float

    @property
    def number(self) -> int:
        """How many groups."""
        return max(self.labels) + 1


def most_groups(people: int) -> int:
    """The cap on the number of groups: the root of a twelfth of the people, and never over five."""
    return min(MOST_GROUPS, isqrt(people // PEOPLE_A_SQUARE))


def best_grouping(
    matrix: Matrix, *, seed: int, repeats: int = REPEATS, progress: Progress | None = None
) -> Grouping | None:
    """Of all numbers of groups, the grouping that changes least when statements are hidden.

    Groupings with a group under five people are not considered; None where none is left. The fewer
    groups on a tie. Stability: mean adjusted Rand index with the groups found again, at the same
    number, when a seeded fifth of the statements is hidden (Ben-Hur, Elisseeff and Guyon 2002).
    """
    plane = Plane(matrix.votes)
    points = plane.points()
    tried = {}
    for number in range(2, most_groups(len(matrix.people)) + 1):
        labels = cluster(points, number)
        sizes = [labels.count(each) for each in range(number)]
        if min(sizes) >= SMALLEST_GROUP:
            tried[number] = labels
    if not tried:
        return None
    stability = _stability(plane, tried, Random(seed), repeats, progress)  # noqa: S311
    number = max(tried, key=lambda each: (round(stability[each], 9), -each))
    return Grouping(tuple(tried[number]), stability[number])


def _stability(
    plane: Plane,
    tried: dict[int, list[int]],
    chance: Random,
    repeats: int,
    progress: Progress | None,
) -> dict[int, float]:
    columns = range(plane.values.shape[1])
    kept = len(columns) - max(1, round(HIDDEN * len(columns)))
    totals = dict.fromkeys(tried, 0.0)
    for done in range(repeats):
        points = plane.points(chance.sample(columns, kept))
        for number, labels in tried.items():
            totals[number] += adjusted_rand(labels, cluster(points, number))
        if progress:
            progress(done + 1, repeats)
    return {number: total / repeats for number, total in totals.items()}


def pattern(matrix: Matrix, *, seed: int) -> tuple[float, float]:
    """How much of all differences lies in the one direction that holds most: of these votes, and
    the most that 39 shuffles of them reach.

    Below a hundred statements even votes without any pattern can look stable at times. A shuffle
    leaves each statement its votes and lets others who saw it have cast them (parallel analysis:
    Horn, Psychometrika 30, 1965; as a permutation test, p = 0.025). From a hundred statements on
    nothing is shuffled, and 0 stands for the shuffles.
    """
    mine = Plane(matrix.votes).strength()
    if len(matrix.statements) >= MANY_STATEMENTS:
        return mine, 0.0
    chance = Random(seed)  # noqa: S311
    return mine, max(Plane(_shuffled(matrix, chance).votes).strength() for _ in range(SHUFFLES))


def _shuffled(matrix: Matrix, chance: Random) -> Matrix:
    """As many of each vote on each statement, cast by other people who saw it."""
    import numpy as np

    votes = matrix.votes.copy()
    for column in votes.T:
        rows = np.flatnonzero(column != UNSEEN)
        column[rows] = column[chance.sample(rows.tolist(), len(rows))]
    return replace(matrix, votes=votes)


def cluster(points: "Floats", number: int) -> list[int]:
    """k-means from many starts, always the same ones; the tightest grouping found.

    Groupings with a group under five people count only if every start ends in one: somebody who
    stands far out must not hide the groups of the others. Labels are in the order of their first
    member, so they say nothing by themselves.
    """
    import numpy as np

    spreads, groupings = _settled(points, np.stack(_starts(points, number)))
    sizes = np.array([np.bincount(each, minlength=number).min() for each in groupings])
    if (sizes >= SMALLEST_GROUP).any():
        spreads = np.where(sizes >= SMALLEST_GROUP, spreads, np.inf)
    labels: list[int] = groupings[int(np.round(spreads, 6).argmin())].tolist()
    ranks = {label: rank for rank, label in enumerate(dict.fromkeys(labels))}
    return [ranks[label] for label in labels]


def _starts(points: "Floats", number: int) -> "list[Floats]":
    """Centres of equal slices along both directions and around the middle, far from each other,
    and of people picked by a fixed seed (their order does not depend on names): fewer of many.
    """
    import numpy as np

    away = points - points.mean(axis=0)
    ways = [points[:, 0], points[:, -1], np.arctan2(away[:, -1], away[:, 0])]
    starts = [_slices(points, np.argsort(way, kind="stable"), number) for way in ways]
    far = [points[int((away**2).sum(axis=1).argmax())]]
    while len(far) < number:
        gaps = np.min([((points - each) ** 2).sum(axis=1) for each in far], axis=0)
        far.append(points[int(gaps.argmax())])
    chance, rows = Random(number), range(len(points))  # noqa: S311
    picks = max(FEWEST_PICKS, min(MOST_PICKS, PICKED // len(points)))
    picked = [points[chance.sample(rows, number)] for _ in range(picks)]
    return [*starts, np.array(far), *picked]


def _slices(points: "Floats", order: "Whole", number: int) -> "Floats":
    import numpy as np

    return np.array([points[part].mean(axis=0) for part in np.array_split(order, number)])


def _settled(points: "Floats", centres: "Floats") -> "tuple[Floats, Whole]":
    """Lloyd's steps from every start (start, group, way) at once, until nobody moves anywhere.

    The spread and the labels of each start; an empty group keeps its centre.
    """
    import numpy as np

    starts, number, ways = centres.shape
    labels = np.full((starts, len(points)), -1)
    first = np.arange(starts)[:, None] * number
    for _ in range(STEPS):
        gaps = (centres**2).sum(axis=2)[:, None, :] - 2 * points @ centres.transpose(0, 2, 1)
        nearest = gaps.argmin(axis=2)
        if (nearest == labels).all():
            break
        labels = nearest
        groups = (first + labels).ravel()
        sizes = np.bincount(groups, minlength=starts * number)[:, None]
        sums = np.stack(
            [np.bincount(groups, np.tile(way, starts), starts * number) for way in points.T], axis=1
        )
        means = np.where(sizes > 0, sums / np.maximum(1, sizes), centres.reshape(-1, ways))
        centres = means.reshape(centres.shape)
    return (points**2).sum() + gaps.min(axis=2).sum(axis=1), labels


def members(matrix: Matrix, labels: Sequence[int]) -> list[tuple[str, ...]]:
    """Who is in each group, the largest first; ids in order."""
    groups: dict[int, list[str]] = {}
    for person, label in zip(matrix.people, labels, strict=True):
        groups.setdefault(label, []).append(person)
    ordered = sorted(groups.items(), key=lambda row: (-len(row[1]), row[0]))
    return [tuple(sorted(people)) for _, people in ordered]
