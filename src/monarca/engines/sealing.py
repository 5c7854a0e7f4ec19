"""Seals: one spelling of a value, its SHA-256, and a chain in which each entry guards the last."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from monarca.engines.reasons import Reason

CODES = ("sealing.position_missing", "sealing.link_differs", "sealing.content_differs")

GENESIS = "0" * 64
"""What the first entry of a chain has before it."""

HEX = re.compile(r"[0-9a-f]{64}")


def canonical(value: object) -> bytes:
    """The one spelling of a JSON value: keys sorted by code point, no blanks, UTF-8.

    Text is written as it is (no Unicode normalisation). TypeError: floats, and whatever else JSON
    cannot hold exactly; keys that are not text. ValueError: half a surrogate pair.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no exact spelling in canonical JSON")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key must be text, not {type(key).__name__}")
    return key


def sha256(value: object) -> str:
    """The SHA-256, in 64 hexadecimal letters, of the canonical spelling of `value`."""
    return hashlib.sha256(canonical(value)).hexdigest()


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


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an applicant keeps: reference, the instant in UTC, and the hash of what was received."""

    reference: str
    received_at: str
    sha256: str

    @property
    def short(self) -> str:
        """The first sixteen letters in fours, to read out on the telephone."""
        return " ".join(self.sha256[i : i + 4] for i in range(0, 16, 4))


def receipt(reference: str, content: object, *, at: datetime) -> Receipt:
    """The receipt for `content` received `at` (an aware instant; written in UTC to the second)."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    instant = at.astimezone(UTC).replace(microsecond=0)
    return Receipt(reference, instant.strftime("%Y-%m-%dT%H:%M:%SZ"), sha256(content))


def confirms(held: Receipt, content: object) -> bool:
    """Is `content` exactly what this receipt was given for?"""
    return held.sha256 == sha256(content)


def merkle_root(hashes: Sequence[str]) -> str:
    """One hash for a closed list of hashes, as RFC 6962 section 2.1 builds it from their bytes."""
    if not hashes:
        return hashlib.sha256(b"").hexdigest()
    return _root([bytes.fromhex(each) for each in hashes]).hex()


def _root(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + _root(leaves[:half]) + _root(leaves[half:])).digest()
