"""Copied text: which texts share passages, where in both, and how much of each it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from monarca.engines.linkage.columns import Ints
from monarca.engines.linkage.prints import (
    GRAM,
    WINDOW,
    Prints,
    Words,
    prints_of,
    shared_by,
    spans,
    words_of,
)
from monarca.engines.linkage.records import Refused, Step
from monarca.engines.reasons import Reason

SHORTEST = 20
"""Words that not everybody uses: a shorter passage may be a turn of phrase."""

ALIKE = 0.6
"""At least this share of a passage's words stand in both texts, in the same order."""

REACH, DRIFT = 24, 8
"""Fingerprints belong to one passage when so few words lie between, about as many in both."""

COMMON, COMMON_SHARE = 10, 0.005
"""What more than so many texts share, or this share of them where that is more, nobody copied."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text and its id."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in both texts, as characters from start up to end, and how alike its words are."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    words: int
    alike_share: float


@dataclass(frozen=True, slots=True)
class Copy:
    """Two texts that share passages; shares are of the words of each text."""

    left: str
    right: str
    words: int
    left_share: float
    right_share: float
    passages: tuple[Passage, ...]
    reason: Reason


def copied(
    texts: Sequence[Text],
    *,
    known: Sequence[str] = (),
    shortest: int = SHORTEST,
    most: int | None = None,
    progress: Step | None = None,
) -> tuple[Copy, ...]:
    """Pairs of texts that share a passage of `shortest` words or more, the longest first.

    `known` are texts that everybody may repeat (the form's own, the call's). What more than `most`
    texts share is nobody's. The order of the texts changes nothing. Raises Refused: an id twice.
    """
    listed = sorted(texts, key=lambda text: text.id)
    for one, other in pairwise(listed):
        if one.id == other.id:
            raise Refused(Reason("linkage.id_twice", {"id": one.id}))
    limit = max(COMMON, int(len(listed) * COMMON_SHARE)) if most is None else most
    words = words_of([*(text.text for text in listed), *known])
    prints = prints_of(words)
    tail = range(len(listed), len(listed) + len(known))
    kept = shared_by(prints, most=limit, known=tail)
    hits = _hits(Prints(prints.hashes[kept], prints.texts[kept], prints.places[kept]))
    found = []
    for place, (left, right, places) in enumerate(hits):
        copy = _copy(listed, words, (left, right), places, shortest)
        found += [copy] if copy else []
        if progress and place % 256 == 0:
            progress(place, 0)
    return tuple(sorted(found, key=lambda copy: (-copy.words, copy.left, copy.right)))


def _hits(prints: Prints) -> Iterator[tuple[int, int, Ints]]:
    """Every two texts with two fingerprints in common or more, and the places in both, in order."""
    import numpy as np

    order = np.lexsort((prints.places, prints.texts, prints.hashes))
    hashes, texts, places = prints.hashes[order], prints.texts[order], prints.places[order]
    pieces = []
    apart = 1
    left = np.flatnonzero(hashes[1:] == hashes[:-1])
    while len(left):
        different = texts[left] != texts[left + apart]
        one, other = left[different], left[different] + apart
        pieces.append(np.stack((texts[one], texts[other], places[one], places[other]), axis=1))
        apart += 1
        left = left[left + apart < len(hashes)]
        left = left[hashes[left] == hashes[left + apart]]
    if not pieces:
        return
    rows = np.concatenate(pieces)
    rows = rows[np.lexsort((rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))]
    new = np.any(np.diff(rows[:, :2], axis=0, prepend=-1), axis=1)
    starts = np.append(np.flatnonzero(new), len(rows))
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        if end - start >= 2:
            yield int(rows[start, 0]), int(rows[start, 1]), rows[start:end, 2:]


def _copy(
    texts: Sequence[Text], words: Words, pair: tuple[int, int], places: Ints, shortest: int
) -> Copy | None:
    """What two texts share, or None where no passage is long and alike enough."""
    chains = [chain for chain in _chains(places.tolist()) if chain.own >= shortest]
    if not chains:
        return None
    left, right = (words.of(text).tolist() for text in pair)
    ranges = _apart([_stretched(chain.range, left, right) for chain in chains])
    measured = [(each, _alike(each, left, right)) for each in ranges]
    passages = [(each, alike) for each, alike in measured if alike >= ALIKE]
    if not passages:
        return None
    return _told((texts[pair[0]], texts[pair[1]]), (len(left), len(right)), passages)


def _told(
    pair: tuple[Text, Text], sizes: tuple[int, int], passages: list[tuple["Range", float]]
) -> Copy:
    """The copy with its shares, its places in characters, and its reason."""
    mine = sum(end - start for (start, end, _, _), _ in passages)
    theirs = sum(end - start for (_, _, start, end), _ in passages)
    shares = {
        "left_share": round(mine / sizes[0], 3),
        "right_share": round(theirs / sizes[1], 3),
    }
    reason = Reason("linkage.copied", {"words": mine, "passages": len(passages), **shares})
    return Copy(
        pair[0].id,
        pair[1].id,
        mine,
        shares["left_share"],
        shares["right_share"],
        _placed(pair[0].text, pair[1].text, passages),
        reason,
    )


Range = tuple[int, int, int, int]
"""Words of a passage: from, up to (left); from, up to (right)."""


@dataclass(slots=True)
class Chain:
    """Common fingerprints in a row in both texts; `own` words of the left one lie at them.

    Phrases that everybody uses have no fingerprints here, so hardly any of their words count.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    own: int = GRAM

    def takes(self, one: int, other: int) -> bool:
        before, after = one - self.last[0], other - self.last[1]
        return before >= 0 and 0 <= after <= REACH and abs(before - after) <= DRIFT

    def add(self, one: int, other: int) -> None:
        self.own += min(GRAM + WINDOW, one - self.last[0])
        self.last = (one, other)

    @property
    def range(self) -> Range:
        return self.first[0], self.last[0] + GRAM, self.first[1], self.last[1] + GRAM


def _chains(places: list[list[int]]) -> list[Chain]:
    """Common places in a row, in both texts."""
    chains: list[Chain] = []
    recent: list[Chain] = []
    for one, other in places:
        recent = [chain for chain in recent if one - chain.last[0] <= REACH]
        fitting = [chain for chain in recent if chain.takes(one, other)]
        if fitting:
            shift = other - one
            near = min(fitting, key=lambda each: abs(each.last[1] - each.last[0] - shift))
            near.add(one, other)
        else:
            recent.append(Chain((one, other), (one, other)))
            chains.append(recent[-1])
    return chains


def _stretched(found: Range, left: list[int], right: list[int]) -> Range:
    """The passage with the equal words before and after it."""
    a, b, c, d = found
    while a and c and left[a - 1] == right[c - 1]:
        a, c = a - 1, c - 1
    while b < len(left) and d < len(right) and left[b] == right[d]:
        b, d = b + 1, d + 1
    return a, b, c, d


def _apart(ranges: list[Range]) -> list[Range]:
    """The longest passages that overlap in neither text, in the order of the left one."""
    kept: list[Range] = []
    for one in sorted(ranges, key=lambda each: (each[0] - each[1], each)):
        if all(
            (one[1] <= other[0] or other[1] <= one[0])
            and (one[3] <= other[2] or other[3] <= one[2])
            for other in kept
        ):
            kept.append(one)
    return sorted(kept)


def _alike(found: Range, left: list[int], right: list[int]) -> float:
    a, b, c, d = found
    return float(LCSseq.normalized_similarity(left[a:b], right[c:d]))


def _placed(left: str, right: str, passages: list[tuple[Range, float]]) -> tuple[Passage, ...]:
    """Passages in characters."""
    one, other = spans(left), spans(right)
    return tuple(
        Passage(one[a][0], one[b - 1][1], other[c][0], other[d - 1][1], b - a, round(alike, 3))
        for (a, b, c, d), alike in passages
    )
