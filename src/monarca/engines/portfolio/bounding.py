"""A proved ceiling on what any plan can be worth, and on any plan with one given column in it.

The linear relaxation (scipy's HiGHS) gives a price for every line. Rounded to integers, those
prices give a Lagrangian bound in exact arithmetic: right whatever the tolerance of the solver was.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monarca.engines.portfolio.lines import LARGEST, Problem
from monarca.engines.portfolio.shapes import Effort

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SPACE = 2**60
CLOSED = -(2**61)


@dataclass(frozen=True, slots=True)
class Bound:
    """`total` is what no plan passes; `reach[c]` what no plan with column c passes.

    `leaders` are the columns that a plan at the bound would choose, one a group at most, and
    `without[c]` is what no plan lacking that leader passes. `reduced` are reduced values, `scale`
    times too large. All in the units of the problem's values.
    """

    total: int
    reach: "NDArray[np.int64]"
    leaders: "NDArray[np.int64]"
    without: "NDArray[np.int64]"
    reduced: "NDArray[np.int64]"
    scale: int
    exact: int

    def with_any(self, columns: Sequence[int]) -> int:
        """What no plan that chooses one of these columns passes."""
        return max((int(self.reach[column]) for column in columns), default=CLOSED)

    def lacking(self, columns: Sequence[int], group: Sequence[int]) -> int:
        """What no plan passes that chooses none of these columns, which are of one group."""
        best = max((int(self.reduced[column]) for column in group), default=0)
        others = [int(self.reduced[column]) for column in group if column not in columns]
        return (self.exact - max(0, best) + max([0, *others])) // self.scale


def matrices(problem: Problem) -> tuple[Any, Any]:
    """The lines as an exact sparse matrix of 64-bit integers, and their right sides."""
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = [0]
    columns: list[int] = []
    said: list[int] = []
    for line in problem.lines:
        columns += line.terms.keys()
        said += line.terms.values()
        starts.append(len(columns))
    shape = (len(problem.lines), len(problem.columns))
    left = csr_matrix(
        (np.array(said, dtype=np.int64), np.array(columns, dtype=np.int64), starts), shape=shape
    )
    return left, np.array([line.most for line in problem.lines], dtype=np.int64)


def relaxed(left: Any, right: Any, groups: Any) -> tuple[Any, Any, Any]:
    """Lines and groups as rows of floats about one in size; and what each line was divided by."""
    import numpy as np
    from scipy.sparse import csr_matrix, diags_array, vstack

    largest = abs(left).max(axis=1).toarray().ravel() if left.nnz else np.ones(left.shape[0])
    sizes = np.maximum(1.0, largest.astype(float))
    count = len(groups)
    names, places = np.unique(groups, return_inverse=True)
    one = csr_matrix((np.ones(count), (places, np.arange(count))), shape=(len(names), count))
    rows = vstack([diags_array(1 / sizes) @ left.astype(float), one]).tocsr()
    return rows, np.concatenate([right / sizes, np.ones(len(names))]), sizes


def bound_of(problem: Problem, effort: Effort) -> Bound | None:
    """The bound; None where the relaxation has no answer (no plan, no columns, or no time)."""
    import numpy as np
    from scipy.optimize import linprog

    if not problem.columns:
        return None
    left, right = matrices(problem)
    values = np.array(problem.values, dtype=np.int64)
    groups = np.array(problem.groups, dtype=np.int64)
    rows, most, sizes = relaxed(left, right, groups)
    unit = max(1.0, float(np.abs(values).max(initial=1)))
    answer = linprog(
        -values / unit,
        A_ub=rows,
        b_ub=most,
        bounds=[(0.0, float(is_open)) for is_open in problem.open],
        method="highs",
        options={"time_limit": effort.seconds()},
    )
    if answer.status != 0:
        return None
    prices = np.maximum(0.0, -answer.ineqlin.marginals[: len(right)]) * unit / sizes
    return _exactly(problem, (left, right, values, groups), prices)


def _exactly(problem: Problem, parts: tuple[Any, Any, Any, Any], prices: Any) -> Bound | None:
    import numpy as np

    left, right, values, groups = parts
    weight = abs(left).astype(float) @ np.ones(len(values)) + np.abs(right)
    size = float(np.abs(values).astype(float).sum() + prices @ weight) + 1.0
    if size > LARGEST:
        return None
    scale = 2 ** int(math.log2(SPACE / size))
    whole = np.rint(prices * scale).astype(np.int64)
    reduced = values * scale - left.T @ whole
    reduced[~np.array(problem.open, dtype=bool)] = CLOSED
    return _gathered(reduced, groups, int(whole @ right), scale)


def _gathered(reduced: Any, groups: Any, base: int, scale: int) -> Bound:
    """Sum up the best of every group, and what each column and each lack would lose."""
    import numpy as np

    order = np.lexsort((np.arange(len(reduced)), -reduced, groups))
    names, starts = np.unique(groups[order], return_index=True)
    first = order[starts]
    ends = np.append(starts[1:], len(order))
    has_second = ends - starts > 1
    second = np.full(len(names), CLOSED)
    second[has_second] = reduced[order[starts[has_second] + 1]]
    best = np.maximum(0, reduced[first])
    exact = base + int(best.sum())
    of_group = np.empty(len(reduced), dtype=np.int64)
    of_group[order] = np.repeat(best, ends - starts)
    leads = reduced[first] > 0
    without = np.full(len(reduced), exact // scale)
    without[first] = (exact - best + np.maximum(0, second)) // scale
    reach = (exact - of_group + np.maximum(reduced, CLOSED // 2)) // scale
    reach[reduced == CLOSED] = CLOSED
    return Bound(exact // scale, reach, first[leads], without, reduced, scale, exact)
