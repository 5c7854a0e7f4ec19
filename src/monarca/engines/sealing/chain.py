"""A chain in which each entry guards the last, and the first place where it no longer holds."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from monarca.engines.reasons import Reason
from monarca.engines.sealing.spelling import HEX, canonical

GENESIS = "0" * 64
"""What the first entry of a chain has before it."""


def link(previous: str, position: int, sha256: str) -> str:
    """What the entry after this one must carry as `previous`.

    It is the SHA-256 of the canonical list [previous, position, sha256]. ValueError: not a hash.
    """
    for part in (previous, sha256):
        if not HEX.fullmatch(part):
            raise ValueError("a seal is 64 lower-case hexadecimal letters")
    return hashlib.sha256(canonical([previous, position, sha256])).hexdigest()


@dataclass(frozen=True, slots=True)
class Entry:
    """One sealed entry: its place (from 1), what stood before it, and the hash it was given.

    `recomputed` is the hash of the content as it is now, when the caller has computed it.
    """

    position: int
    previous: str
    sha256: str
    recomputed: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain no longer holds, and why."""

    position: int
    reason: Reason


def chain(hashes: Iterable[str], *, previous: str = GENESIS, position: int = 1) -> list[Entry]:
    """Entries for hashes in order, the first at `position` after `previous`."""
    entries = []
    for place, each in enumerate(hashes, position):
        entries.append(Entry(place, previous, each))
        previous = link(previous, place, each)
    return entries


def first_broken(entries: Iterable[Entry], *, previous: str = GENESIS) -> Break | None:
    """Where a chain, read in order from position 1, first differs from what was sealed."""
    for place, entry in enumerate(entries, 1):
        if entry.position != place:
            return Break(place, Reason("sealing.position_missing", {"position": place}))
        if entry.previous != previous:
            return Break(place, Reason("sealing.link_differs", {"position": place}))
        if entry.recomputed and entry.recomputed != entry.sha256:
            return Break(place, Reason("sealing.content_differs", {"position": place}))
        previous = link(entry.previous, entry.position, entry.sha256)
    return None
