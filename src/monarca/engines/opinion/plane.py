"""People on a plane: votes as a matrix in an order that names do not decide, and two directions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

UNSEEN = 2
ROUNDS = 2
SMALL = 100
EXACT = 1e-9
PLACES = 9
"""Coordinates are rounded so that the order of a sum does not show."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """People (rows) by statements (columns): 1, 0, -1, or 2 where there is no vote."""

    people: tuple[str, ...]
    statements: tuple[str, ...]
    votes: "NDArray[np.int8]"


def matrix(
    votes: Mapping[tuple[str, str], int], people: Sequence[str], statements: Sequence[str]
) -> Matrix:
    """The votes of some people, rows and columns ordered by how people voted; ids break ties."""
    import numpy as np

    rows = {name: place for place, name in enumerate(sorted(people))}
    columns = {name: place for place, name in enumerate(sorted(statements))}
    cells = np.full((len(rows), len(columns)), UNSEEN, dtype=np.int8)
    for (person, statement), vote in votes.items():
        row = rows.get(person)
        if row is not None:
            cells[row, columns[statement]] = vote
    down, across = _order(cells)
    names, texts = list(rows), list(columns)
    return Matrix(
        tuple(names[place] for place in down),
        tuple(texts[place] for place in across),
        cells[np.ix_(down, across)],
    )


def _order(cells: "NDArray[np.int8]") -> tuple[list[int], list[int]]:
    """Rows and columns by what stands in them: first how often each vote, then by whom and on what.

    Colour refinement: each round sorts a row by the multiset of (vote, rank of column), and columns
    likewise. Only rows or columns that no vote tells apart keep the order of their ids.
    """
    import numpy as np

    codes = cells.astype(np.int64) + 1
    down = np.zeros(codes.shape[0], dtype=np.int64)
    across = np.zeros(codes.shape[1], dtype=np.int64)
    for _ in range(ROUNDS):
        down = _ranks(np.sort(across[None, :] * 4 + codes, axis=1))
        across = _ranks(np.sort(down[None, :] * 4 + codes.T, axis=1))
    down = _ranks(np.sort(across[None, :] * 4 + codes, axis=1))
    return (
        [int(place) for place in np.argsort(down, kind="stable")],
        [int(place) for place in np.argsort(across, kind="stable")],
    )


def _ranks(rows: "Whole") -> "Whole":
    """The rank of each row among the different rows."""
    import numpy as np

    keys = [row.tobytes() for row in np.ascontiguousarray(rows.astype(">i8"))]
    ranks = {key: rank for rank, key in enumerate(sorted(set(keys)))}
    return np.array([ranks[key] for key in keys], dtype=np.int64)


class Plane:
    """Two principal directions of the votes, of all statements or of some.

    An unseen statement counts as its mean; who saw few is moved outwards as much as they saw
    less, so that newcomers do not all stand in the middle. Source: Small, Björkegren, Erkkilä, Shaw
    and Megill, Polis: scaling deliberation by mapping high dimensional opinion spaces (2021).
    """

    def __init__(self, votes: "NDArray[np.int8]") -> None:
        import numpy as np

        self.seen = votes != UNSEEN
        shown = np.where(self.seen, votes, 0).astype(np.float64)
        mean = shown.sum(axis=0) / np.maximum(1, self.seen.sum(axis=0))
        self.values = np.where(self.seen, shown - mean, 0.0)
        self.gram: Any = self.values.T @ self.values if self._is_tall(votes.shape) else None

    @staticmethod
    def _is_tall(shape: tuple[int, ...]) -> bool:
        return shape[1] <= shape[0]

    def points(self, columns: Sequence[int] | None = None) -> "Floats":
        """Where each person stands, from all statements or from these columns only."""
        import numpy as np

        chosen = list(range(self.values.shape[1])) if columns is None else sorted(columns)
        values = self.values[:, chosen]
        seen = self.seen[:, chosen].sum(axis=1)
        outwards = np.sqrt(len(chosen) / np.maximum(1, seen))
        standing: Floats = values @ self._directions(values, chosen) * outwards[:, None]
        return np.round(standing, PLACES)

    def strength(self) -> float:
        """The part of all differences between people that lies in the leading direction."""
        import numpy as np

        whole = float((self.values**2).sum())
        if not whole:
            return 0.0
        every = range(self.values.shape[1])
        along: Floats = self.values @ self._directions(self.values, every)[:, 0]
        return float(np.round((along**2).sum() / whole, PLACES))

    def _directions(self, values: "Floats", chosen: Sequence[int]) -> "Floats":
        """The two leading right singular vectors, by the smaller of the two Gram matrices."""
        import numpy as np

        if self.gram is not None:
            return _leading(self.gram[np.ix_(chosen, chosen)])
        left = _leading(values @ values.T)
        right: Floats = values.T @ left
        return right / np.maximum(np.linalg.norm(right, axis=0), 1e-12)


def _leading(gram: "Floats") -> "Floats":
    """The eigenvectors of the two largest eigenvalues, by Lanczos where the matrix is large.

    The start is fixed and products are summed in one thread, so that the answer does not depend
    on the machine's load; what Lanczos cannot do (a matrix of noughts) is done the long way.
    """
    import numpy as np
    from scipy.linalg import eigh
    from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh

    size = gram.shape[0]
    if size > SMALL:
        once = LinearOperator(gram.shape, lambda way: np.einsum("ij,j->i", gram, way.ravel()))
        try:
            start = np.linspace(1.0, 2.0, size)
            values, vectors = eigsh(once, k=2, which="LA", v0=start, tol=EXACT)
        except ArpackError:
            pass
        else:
            return np.asarray(vectors[:, np.argsort(-values)], dtype=np.float64)
    _, vectors = eigh(gram, subset_by_index=[max(0, size - 2), size - 1])
    return np.asarray(vectors[:, ::-1], dtype=np.float64)
