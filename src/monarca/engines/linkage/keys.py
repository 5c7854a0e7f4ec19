"""Keys under which rows are laid together: rows that share a rare one are worth comparing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb

from monarca.engines import spelling
from monarca.engines.linkage.columns import Column, Ints, Rows
from monarca.engines.linkage.kinds import APART

WORDS = 7
"""Of a longer name, the pairs of its first words only."""


@dataclass(frozen=True, slots=True)
class Family:
    """Keys of one sort: key `keys[i]` stands on row `rows[i]`; `label` names the fields."""

    label: str
    rows: Ints
    keys: Ints


def families(rows: Rows) -> Iterator[Family]:
    """Every sort of key: of one field (its value, its parts), then of every two fields together."""
    import numpy as np

    for column in rows.columns:
        for spell in SINGLE[column.field.kind]:
            yield _spread(column, spell)
    rough = [(column.field.name, _rough(column)) for column in rows.columns]
    for (name, left), (other, right) in combinations(rough, 2):
        there = np.flatnonzero((left >= 0) & (right >= 0))
        keys = left[there] * (int(right.max(initial=0)) + 1) + right[there]
        yield Family(f"{name} + {other}", there, keys)


def sorts(rows: Rows) -> int:
    """How many families there are."""
    fields = len(rows.columns)
    return sum(len(SINGLE[column.field.kind]) for column in rows.columns) + comb(fields, 2)


def _spread(column: Column, spell: Callable[[str], Iterable[str]]) -> Family:
    """The keys of each row, from those of its value."""
    import numpy as np

    number: dict[str, int] = {}
    listed = [
        [number.setdefault(key, len(number)) for key in set(spell(value)) if key]
        for value in column.values
    ]
    sizes = np.array([len(keys) for keys in listed], np.int64)
    flat = np.array([key for keys in listed for key in keys], np.int64)
    starts = np.cumsum(sizes) - sizes
    there = np.flatnonzero(column.codes >= 0)
    codes = column.codes[there]
    counts = sizes[codes]
    inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return Family(
        column.field.name, np.repeat(there, counts), flat[np.repeat(starts[codes], counts) + inside]
    )


def _rough(column: Column) -> Ints:
    """One key a row that survives a slip of the pen, to be joined with another field's."""
    import numpy as np

    if not column.values:
        return column.codes
    if column.field.kind == "name":
        rough = _rarest_sounds(column)
    else:
        rough = [ROUGH.get(column.field.kind, str)(value) for value in column.values]
    number: dict[str, int] = {"": -1}
    codes = [number.setdefault(key, len(number) - 1) for key in rough]
    return np.where(column.codes >= 0, np.array(codes, np.int64)[column.codes], -1)


def _rarest_sounds(column: Column) -> list[str]:
    """The sound of the word of each name that fewest names have."""
    sounds = [_words(value) for value in column.values]
    known = Counter(sound for each in sounds for sound in set(each))
    return [min(each, key=lambda sound: (known[sound], sound), default="") for each in sounds]


def _words(value: str) -> list[str]:
    return [spelling.sound(word) for word in value.partition(APART)[0].split()]


def _sounds(value: str) -> str:
    return " ".join(_words(value))


def _town(value: str) -> str:
    return value.partition(APART)[0]


def _itself(value: str) -> Iterable[str]:
    return (value,)


def _all_words(value: str) -> Iterable[str]:
    return (" ".join(sorted(value.partition(APART)[0].split())),)


def _two_words(value: str) -> Iterable[str]:
    return map(" ".join, combinations(sorted(set(_words(value)))[:WORDS], 2))


def _acronyms(value: str) -> Iterable[str]:
    """What is written, and the initials the name would have (from three letters on)."""
    words, _, written = value.partition(APART)
    letters = spelling.initials(tuple(words.split()))
    return (written, letters if len(letters) >= 3 else "")


def _halves(value: str) -> Iterable[str]:
    middle = len(value) // 2
    return (f"<{value[:middle]}", f">{value[middle:]}") if len(value) >= 6 else ()


def _parts(value: str) -> Iterable[str]:
    return value.split(APART)


def _hosts(value: str) -> Iterable[str]:
    return (part.partition("@")[2] for part in value.split(APART))


def _sound_alike(value: str) -> Iterable[str]:
    return (_sounds(value),)


ROUGH: dict[str, Callable[[str], str]] = {"person": _sounds, "text": _sounds, "place": _town}
SINGLE: dict[str, tuple[Callable[[str], Iterable[str]], ...]] = {
    "name": (_all_words, _words, _two_words, _acronyms),
    "person": (_sound_alike, _two_words),
    "id": (_itself, _halves),
    "phone": (_parts,),
    "email": (_parts, _hosts),
    "place": (_itself,),
    "date": (_itself,),
    "postcode": (_itself,),
    "text": (_itself, _sound_alike),
}
