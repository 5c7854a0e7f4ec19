"""The second solver: the same lines given to scipy's HiGHS, its answer checked in integers."""

from collections.abc import Sequence

from monarca.engines.portfolio.bounding import matrices, relaxed
from monarca.engines.portfolio.lines import Problem, broken
from monarca.engines.portfolio.shapes import Effort

LONGEST = 30.0
"""Seconds it may take where it only tries to improve what is there."""


def improved(
    problem: Problem, undecided: Sequence[int], chosen: Sequence[int], effort: Effort
) -> tuple[int, ...] | None:
    """What HiGHS chooses of the undecided columns beside those chosen; None when it finds nothing.

    HiGHS works with tolerances: an answer that breaks a line by one cent is thrown away.
    """
    seconds = min(LONGEST, effort.seconds())
    picked = _chosen(problem, undecided, chosen, seconds)
    return None if picked is None or broken(problem, picked) else picked


def best_value(problem: Problem, *, seconds: float = 60.0) -> int | None:
    """The best value by HiGHS alone, over all columns: the oracle; None when it finds no plan."""
    every = [column for column, is_open in enumerate(problem.open) if is_open]
    picked = _chosen(problem, every, (), seconds)
    if picked is None or broken(problem, picked):
        return None
    return sum(problem.values[column] for column in picked)


def _chosen(
    problem: Problem, undecided: Sequence[int], chosen: Sequence[int], seconds: float
) -> tuple[int, ...] | None:
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not undecided:
        return tuple(sorted(chosen))
    left, right = matrices(problem)
    room = right - np.asarray(left[:, list(chosen)].sum(axis=1)).ravel()
    places = list(undecided)
    rows, most, _ = relaxed(left[:, places], room, np.array(problem.groups)[places])
    values = np.array([problem.values[column] for column in undecided], dtype=float)
    answer = milp(
        -values / max(1.0, float(abs(values).max())),
        constraints=LinearConstraint(rows, -np.inf, most),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(undecided), dtype=np.int64),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if answer.x is None:
        return None
    taken = [column for column, part in zip(undecided, answer.x, strict=True) if part > 0.5]
    return tuple(sorted((*taken, *chosen)))
