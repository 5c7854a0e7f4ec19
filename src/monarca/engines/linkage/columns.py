"""A table as columns of codes: each different spelling has a number, and knows who shares it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines.linkage.kinds import APART, KINDS, Kind
from monarca.engines.linkage.records import Field, Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Floats = NDArray[np.float64]
type Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """One field of all rows: `codes[row]` is the place of its value, -1 where nothing is said.

    `values` are sorted. Values that count as the same (a name with and without its acronym, its
    words in another order) have one number in `groups`; `shared[code]` is how many rows have a
    value of its group.
    """

    field: Field
    kind: Kind
    values: tuple[str, ...]
    codes: Ints
    groups: Ints
    shared: Ints


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one or two tables in the order of (table, id), with their columns.

    `first` rows belong to the first table; `is_link`: only pairs across the tables count.
    """

    names: tuple[tuple[int, str], ...]
    first: int
    is_link: bool
    columns: tuple[Column, ...]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def possible(self) -> int:
        """How many pairs there are."""
        count = len(self)
        return self.first * (count - self.first) if self.is_link else count * (count - 1) // 2


def rows_of(tables: Sequence[Sequence[Record]], fields: Sequence[Field]) -> Rows:
    """The rows of one table (to find doubles in it) or of two (to find one in the other)."""
    listed = [
        (table, record)
        for table, records in enumerate(tables)
        for record in sorted(records, key=lambda record: record.id)
    ]
    columns = tuple(_column(field, [record for _, record in listed]) for field in fields)
    names = tuple((table, record.id) for table, record in listed)
    return Rows(names, len(tables[0]), len(tables) > 1, columns)


def _column(field: Field, records: Sequence[Record]) -> Column:
    import numpy as np

    kind = KINDS[field.kind]
    sources = field.sources
    cells = [tuple(record.values.get(source) or "" for source in sources) for record in records]
    spelled = {cell: kind.spell(cell) for cell in set(cells)}
    values = tuple(sorted(set(spelled.values()) - {""}))
    number = {value: code for code, value in enumerate(values)} | {"": -1}
    codes = np.fromiter((number[spelled[cell]] for cell in cells), np.int64, len(cells))
    groups = _groups(field.kind, values)
    return Column(field, kind, values, codes, groups, _shared(codes, groups))


def _groups(kind: str, values: Sequence[str]) -> Ints:
    import numpy as np

    if kind != "name":
        return np.arange(len(values))
    number: dict[str, int] = {}
    words = (" ".join(sorted(value.partition(APART)[0].split())) or value for value in values)
    return np.array([number.setdefault(each, len(number)) for each in words], np.int64)


def _shared(codes: Ints, groups: Ints) -> Ints:
    import numpy as np

    counts = np.bincount(groups[codes[codes >= 0]], minlength=int(groups.max(initial=-1)) + 1)
    return counts.astype(np.int64)[groups]
