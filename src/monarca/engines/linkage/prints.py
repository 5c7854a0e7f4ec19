"""Fingerprints of a text by winnowing: few, stable, and sure to meet where texts agree.

Of every run of GRAM words a hash is taken, of every WINDOW neighbouring hashes the smallest is
kept (the rightmost of equals). Two texts that share GRAM + WINDOW - 1 words in a row share a
fingerprint; none is shared by less than GRAM words. Words are compared without accents and case.
Source: S. Schleimer, D. S. Wilkerson and A. Aiken, Winnowing: local algorithms for document
fingerprinting, SIGMOD 2003. Linear in the words.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monarca.engines import spelling
from monarca.engines.linkage.columns import Flags, Ints

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

type Hashes = NDArray[np.uint64]

GRAM, WINDOW = 5, 4
REPEATS = 16
WORDS = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""A word, its accents written apart or not."""


class Vocabulary(dict[str, int]):
    """Numbers of words as they are spelled; `hashes` has the hash of each number's folded form."""

    def __init__(self) -> None:
        super().__init__()
        self.hashes: list[int] = []
        self._folded: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        folded = spelling.fold(word).replace(" ", "")
        number = self._folded.get(folded)
        if number is None:
            number = self._folded[folded] = len(self.hashes)
            digest = hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=8).digest()
            self.hashes.append(int.from_bytes(digest, "big"))
        self[word] = number
        return number


@dataclass(frozen=True, slots=True)
class Words:
    """Texts as numbers of words, one after the other; text i begins at `starts[i]`."""

    numbers: Ints
    starts: Ints
    hashes: "Hashes"

    def of(self, text: int) -> Ints:
        """The words of one text."""
        return self.numbers[self.starts[text] : self.starts[text + 1]]


@dataclass(frozen=True, slots=True)
class Prints:
    """Fingerprints of all texts: a hash, whose it is, and the word in its text where it begins."""

    hashes: "Hashes"
    texts: Ints
    places: Ints


@dataclass(frozen=True, slots=True)
class Print:
    """One fingerprint of a text, to be kept: its hash, and the characters it was taken from."""

    hash: int
    start: int
    end: int


def words_of(texts: Iterable[str]) -> Words:
    """The words of texts as numbers."""
    import numpy as np

    known = Vocabulary()
    numbers: list[int] = []
    starts = [0]
    for text in texts:
        numbers += [known[word] for word in WORDS.findall(text)]
        starts.append(len(numbers))
    return Words(
        np.array(numbers, np.int64), np.array(starts, np.int64), np.array(known.hashes, np.uint64)
    )


def spans(text: str) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends, in characters."""
    return [found.span() for found in WORDS.finditer(text)]


def fingerprints(text: str) -> tuple[Print, ...]:
    """The fingerprints of one text with their places, the same in every process and year."""
    found, where = prints_of(words_of([text])), spans(text)
    return tuple(
        Print(hash_, where[place][0], where[min(place + GRAM, len(where)) - 1][1])
        for hash_, place in zip(found.hashes.tolist(), found.places.tolist(), strict=True)
    )


def prints_of(words: Words) -> Prints:
    """The fingerprints of all texts, in order of their place."""
    import numpy as np

    sizes = np.diff(words.starts)
    grams = np.maximum(sizes - GRAM + 1, 0)
    texts = np.repeat(np.arange(len(sizes)), grams)
    first = np.cumsum(grams) - grams
    places = np.arange(int(grams.sum())) - np.repeat(first, grams)
    hashes = _grams(words)[words.starts[texts] + places]
    kept = np.flatnonzero(_winnowed(hashes, texts, grams))
    return Prints(hashes[kept], texts[kept], places[kept])


def _grams(words: Words) -> "Hashes":
    """A well-mixed hash of the GRAM words from each word on."""
    import numpy as np

    single = words.hashes[words.numbers] if len(words.numbers) else np.empty(0, np.uint64)
    count = max(len(single) - GRAM + 1, 0)
    mixed = np.zeros(count, np.uint64)
    for apart in range(GRAM):
        mixed = (mixed ^ single[apart : apart + count]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _winnowed(hashes: "Hashes", texts: Ints, grams: Ints) -> Flags:
    """Which hashes are the smallest of some window that lies in one text."""
    import numpy as np

    kept = np.repeat(grams < WINDOW, grams)
    windows = len(hashes) - WINDOW + 1
    if windows <= 0:
        return kept
    least, at = hashes[:windows].copy(), np.zeros(windows, np.int64)
    for apart in range(1, WINDOW):
        later = hashes[apart : apart + windows]
        is_less = later <= least
        least = np.where(is_less, later, least)
        at[is_less] = apart
    inside = texts[:windows] == texts[WINDOW - 1 :]
    kept[(np.arange(windows) + at)[inside]] = True
    return kept


def shared_by(prints: Prints, *, most: int, known: Sequence[int] = ()) -> Flags:
    """Which fingerprints stand in two texts or more, in no more than `most`, in none of `known`.

    Of one that a text repeats over and over, the first REPEATS places.
    """
    import numpy as np

    if not len(prints.hashes):
        return np.zeros(0, bool)
    order = np.argsort(prints.hashes, kind="stable")
    hashes, texts = prints.hashes[order], prints.texts[order]
    is_new = np.append(True, hashes[1:] != hashes[:-1])
    is_another = is_new | np.append(True, texts[1:] != texts[:-1])
    starts = np.flatnonzero(is_new)
    holders = np.add.reduceat(is_another.astype(np.int64), starts)
    is_known = np.isin(texts, np.array(known, np.int64))
    holders[np.logical_or.reduceat(is_known, starts)] = 0
    sizes = np.diff(np.append(starts, len(hashes)))
    shared = np.empty(len(hashes), bool)
    runs = np.flatnonzero(is_another)
    repeated = np.arange(len(hashes)) - np.repeat(runs, np.diff(np.append(runs, len(hashes))))
    is_shared = np.repeat((holders >= 2) & (holders <= most), sizes)
    shared[order] = is_shared & (repeated < REPEATS)
    return shared
