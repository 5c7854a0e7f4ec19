"""Who could read what, and how well it suits: affinities and bars, a block of rows at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.matching.problem import MOST_AFFINITY, SCALE, Problem

if TYPE_CHECKING:
    import numpy as np

    type Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    type Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    type Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

FREE, LANGUAGE, CONFLICT = 0, 1, 2
"""Why a pair is barred; sums of them where there are several reasons."""

DECLARED, PAST = 2, 1
MAIN, OTHER = 2, 1
ALL_KEPT = 500_000
"""Cells of a table that is kept whole; of a larger one, the best candidates of each row."""

BEST = 60
STEP = 7919
"""How far the turn of tied candidates moves from one application to the next (a prime)."""

BLOCK = 1_000_000


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs that can be given, in order of application and reviewer (places in the problem).

    `is_given`: the affinity was given, not computed. `eligible` counts the reviewers of each
    application before the cut to its best candidates.
    """

    row: "Ints"
    column: "Ints"
    affinity: "Ints"
    is_given: "Flags"
    eligible: "Ints"
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Grids:
    """The problem in numbers: who reads which language, which topics weigh how much."""

    problem: Problem
    tongues: "Floats"
    lacking: "Floats"
    weights: "Floats"
    points: "Floats"
    pairs: "Ints"


def grids(problem: Problem) -> Grids:
    """The tables from which affinities and bars are computed."""
    import numpy as np

    files, people = problem.applications, problem.reviewers
    tongues = _places(each for file in files for each in file.languages)
    topics = _places(each for file in files for each in file.topics)
    spoken = np.zeros((len(files), len(tongues)))
    weights = np.zeros((len(files), len(topics)))
    for place, file in enumerate(files):
        spoken[place, [tongues[each] for each in file.languages]] = 1
        for order, each in reversed(list(enumerate(file.topics))):
            weights[place, topics[each]] = OTHER if order else MAIN
    lacking = np.ones((len(people), len(tongues)))
    points = np.zeros((len(people), len(topics)))
    for place, person in enumerate(people):
        lacking[place, [tongues[each] for each in person.languages if each in tongues]] = 0
        points[place, [topics[each] for each in person.past if each in topics]] = PAST
        points[place, [topics[each] for each in person.topics if each in topics]] = DECLARED
    return Grids(problem, spoken, lacking, weights, points, _pairs(problem))


def _places(names: Iterator[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(sorted(set(names)))}


def _pairs(problem: Problem) -> "Ints":
    """Listed pairs as columns: row, column, affinity (-1: to be computed), conflict, waiver."""
    import numpy as np

    files = {each.id: place for place, each in enumerate(problem.applications)}
    people = {each.id: place for place, each in enumerate(problem.reviewers)}
    pairs = problem.pairs
    columns = (
        [files[each.application] for each in pairs],
        [people[each.reviewer] for each in pairs],
        [-1 if each.affinity is None else each.affinity for each in pairs],
        [each.is_conflict for each in pairs],
        [each.is_language_waived for each in pairs],
    )
    return np.array([np.array(each, dtype=np.int64) for each in columns])


def free(table: Grids, *, best: int | None = None) -> Candidates:
    """The pairs that nothing bars; with `best`, that many of each application at most."""
    import numpy as np

    eligible = np.zeros(len(table.problem.applications), dtype=np.int64)
    parts = []
    for first, *cells, barred in _cells(table):
        open_ = barred == FREE
        row, column, affinity = (each[open_] for each in cells)
        counted = np.bincount(row - first)
        eligible[first : first + len(counted)] = counted
        is_over = best is not None and counted.max(initial=0) > best
        kept = _best(table, row, column, affinity, best or 0) if is_over else slice(None)
        parts.append((row[kept], column[kept], affinity[kept]))
    is_cut = best is not None and bool((eligible > best).any())
    row, column, affinity = _joined(parts, 3)
    is_given = _given(table, row, column)
    return Candidates(row, column, affinity, is_given, eligible, is_cut)


@dataclass(frozen=True, slots=True)
class Barred:
    """The pairs that a language or a conflict bars, and why (LANGUAGE, CONFLICT or their sum).

    The two counts are of all such reviewers of each application, before any cut.
    """

    pairs: Candidates
    why: "Ints"
    by_language: "Ints"
    by_conflict: "Ints"


def barred(table: Grids, *, best: int | None = None) -> Barred:
    """What is barred; with `best`, the likeliest that many pairs of each application."""
    import numpy as np

    files = len(table.problem.applications)
    parts, counts = [], np.zeros((2, files), dtype=np.int64)
    for first, *cells, why in _cells(table):
        shut = np.flatnonzero(why != FREE)
        row, column, affinity, why_shut = (each[shut] for each in (*cells, why))
        for place, bar in enumerate((LANGUAGE, CONFLICT)):
            counted = np.bincount(row[(why_shut & bar) > 0] - first)
            counts[place, first : first + len(counted)] += counted
        kept = slice(None) if best is None else _best(table, row, column, affinity, best)
        parts.append((row[kept], column[kept], affinity[kept], why_shut[kept]))
    row, column, affinity, whys = _joined(parts, 4)
    none = np.zeros(files, dtype=np.int64)
    pairs = Candidates(row, column, affinity, _given(table, row, column), none)
    return Barred(pairs, whys, counts[0], counts[1])


def _given(table: Grids, row: "Ints", column: "Ints") -> "Flags":
    """Which of these pairs have an affinity in the list; both stand in order of row and column."""
    import numpy as np

    width = len(table.problem.reviewers)
    listed = table.pairs[:, table.pairs[2] >= 0]
    known, cells = listed[0] * width + listed[1], row * width + column
    if not len(known):
        return np.zeros(len(cells), dtype=bool)
    nearest = known[np.minimum(np.searchsorted(known, cells), len(known) - 1)]
    found: Flags = nearest == cells
    return found


def _joined(parts: "Sequence[tuple[Ints, ...]]", count: int) -> "list[Ints]":
    """Each of `count` columns from all its parts."""
    import numpy as np

    none = np.zeros(0, dtype=np.int64)
    return [np.concatenate([none, *(part[place] for part in parts)]) for place in range(count)]


def _cells(table: Grids) -> "Iterator[tuple[int, Ints, Ints, Ints, Ints]]":
    """First row, rows, columns, affinities and bars of one block after the other."""
    if table.problem.is_listed_only:
        yield _listed(table)
        return
    import numpy as np

    width = len(table.problem.reviewers)
    height = max(1, BLOCK // max(1, width))
    for first in range(0, len(table.problem.applications), height):
        last = min(first + height, len(table.problem.applications))
        affinity = _affinity(table.weights[first:last] @ table.points.T, table.weights[first:last])
        why = (table.tongues[first:last] @ table.lacking.T > 0).astype(np.int64) * LANGUAGE
        start, stop = np.searchsorted(table.pairs[0], (first, last))
        row, column, given, conflict, waived = table.pairs[:, start:stop]
        row = row - first
        affinity[row, column] = np.where(given >= 0, given, affinity[row, column])
        why[row, column] = np.where(waived > 0, FREE, why[row, column]) + conflict * CONFLICT
        whole, across = np.divmod(np.arange((last - first) * width), width)
        yield first, whole + first, across, affinity.ravel(), why.ravel()


def _listed(table: Grids) -> "tuple[int, Ints, Ints, Ints, Ints]":
    import numpy as np

    row, column, given, conflict, waived = table.pairs
    lacks = (table.tongues[row] * table.lacking[column]).sum(axis=1) > 0
    why = np.where(lacks & (waived == 0), LANGUAGE, FREE) + conflict * CONFLICT
    affinity = given.copy()
    blank = np.flatnonzero(given < 0)
    weights, points = table.weights[row[blank]], table.points[column[blank]]
    affinity[blank] = _affinity((weights * points).sum(axis=1, keepdims=True), weights)[:, 0]
    return 0, row, column, affinity, why


def _affinity(met: "Floats", weights: "Floats") -> "Ints":
    """Points met of the points possible, in thousandths, rounded half up."""
    import numpy as np

    possible = (weights.sum(axis=1, keepdims=True) * DECLARED).astype(np.int64)
    possible = np.maximum(possible, 1)
    doubled: Ints = (2 * SCALE * met.astype(np.int64) + possible) // (2 * possible)
    return doubled


def _best(table: Grids, row: "Ints", column: "Ints", affinity: "Ints", best: int) -> "Ints":
    """Places of the best candidates of each row; ties go round, so that not all get the same.

    For each skill an application needs, its best candidates who have it stay as well, and so do
    pairs of the earlier plan.
    """
    import numpy as np

    width = max(1, len(table.problem.reviewers))
    turn = (column - row * STEP) % width
    order = np.argsort((row * (MOST_AFFINITY + 1) - affinity) * width + turn)
    rank = _ranks(row[order])
    kept = np.zeros(len(row), dtype=bool)
    kept[order[rank < best]] = True
    for skill, asking in _needed(table.problem).items():
        having = np.array([skill in each.skills for each in table.problem.reviewers])
        able = order[np.isin(row[order], asking) & having[column[order]]]
        kept[able[_ranks(row[able]) < max(best // 4, 1)]] = True
    kept |= np.isin(row * width + column, kept_cells(table.problem))
    return np.flatnonzero(kept)


def _ranks(rows: "Ints") -> "Ints":
    """0, 1, 2 ... inside every run of the same row."""
    import numpy as np

    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]]) if len(rows) else rows
    counts = np.diff(np.r_[starts, len(rows)])
    ranks: Ints = np.arange(len(rows)) - np.repeat(starts, counts)
    return ranks


def _needed(problem: Problem) -> dict[str, list[int]]:
    asking: dict[str, list[int]] = {}
    for place, each in enumerate(problem.applications):
        for skill in sorted(set(each.needs)):
            asking.setdefault(skill, []).append(place)
    return asking


def kept_cells(problem: Problem) -> "Ints":
    """The pairs of the earlier plan, each as row x width + column; those that left are not here."""
    import numpy as np

    files = {each.id: place for place, each in enumerate(problem.applications)}
    people = {each.id: place for place, each in enumerate(problem.reviewers)}
    known = [
        files[file] * len(people) + people[person]
        for file, person in problem.keep
        if file in files and person in people
    ]
    return np.array(known, dtype=np.int64)
