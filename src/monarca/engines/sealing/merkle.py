"""One hash for a closed list of hashes, and short proofs that one is in it and none was taken out.

The tree of RFC 6962, section 2.1 (Certificate Transparency), over the bytes of SHA-256 hashes:
a leaf is SHA-256(0x00 ‖ hash), an inner node SHA-256(0x01 ‖ left ‖ right), and a level's last
node without a neighbour rises as it is. Building is linear; a proof has at most ⌈log₂ n⌉ hashes.
Proofs are checked as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monarca.engines.sealing.spelling import HEX

EMPTY = hashlib.sha256(b"").hexdigest()
"""The root of a list with nothing in it."""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That a hash stands at `place` (from 0) of a list of `size`: what to hash it with, upwards."""

    place: int
    size: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consistency:
    """That a list of `size` begins with all of the list of `old_size` it once was."""

    old_size: int
    size: int
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The nodes of a list's tree, level by level from the leaves to the root."""

    levels: tuple[tuple[bytes, ...], ...]

    @property
    def size(self) -> int:
        """How many hashes the list has."""
        return len(self.levels[0])

    @property
    def root(self) -> str:
        """The one hash that stands for the list."""
        return self.levels[-1][0].hex() if self.size else EMPTY

    def inclusion(self, place: int) -> Inclusion:
        """The proof that the hash at `place` (from 0) is in the list. IndexError: no such place."""
        if not 0 <= place < self.size:
            raise IndexError(place)
        path, at = [], place
        for level in self.levels[:-1]:
            if at ^ 1 < len(level):
                path.append(level[at ^ 1].hex())
            at >>= 1
        return Inclusion(place, self.size, tuple(path))

    def consistency(self, old_size: int) -> Consistency:
        """The proof that the first `old_size` hashes are those of the list it once was.

        Nothing needs to be proved of an empty or the same list. ValueError: it never had so many.
        """
        if not 0 <= old_size <= self.size:
            raise ValueError(old_size)
        path = [] if old_size in {0, self.size} else self._grown(old_size, 0, self.size, True)
        return Consistency(old_size, self.size, tuple(node.hex() for node in path))

    def _grown(self, old: int, start: int, end: int, known: bool) -> list[bytes]:
        """RFC 6962, 2.1.2: SUBPROOF(old, D[start:end], known)."""
        if old == end - start:
            return [] if known else [self._node(start, end)]
        half = _half(end - start)
        if old <= half:
            return [*self._grown(old, start, start + half, known), self._node(start + half, end)]
        return [*self._grown(old - half, start + half, end, False), self._node(start, start + half)]

    def _node(self, start: int, end: int) -> bytes:
        """The hash of the leaves from `start` up to `end`, a subtree of RFC 6962's tree."""
        size = end - start
        height = (size - 1).bit_length()
        if end == self.size or size == 1 << height:
            return self.levels[height][start >> height]
        half = _half(size)
        return _join(self._node(start, start + half), self._node(start + half, end))


def tree(hashes: Iterable[str]) -> Tree:
    """The tree of hashes in their order. ValueError: one is no lower-case hexadecimal SHA-256."""
    level = tuple(leaf(each) for each in hashes)
    levels = [level]
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        level = (*(_join(left, right) for left, right in pairs), *level[len(level) & ~1 :])
        levels.append(level)
    return Tree(tuple(levels))


def merkle_root(hashes: Sequence[str]) -> str:
    """One hash for a closed list of hashes, as RFC 6962 section 2.1 builds it from their bytes."""
    return tree(hashes).root


def includes(root: str, sha256: str, proof: Inclusion) -> bool:
    """Does the proof show that `sha256` is in the list whose root this is?"""
    if not 0 <= proof.place < proof.size or not _are_hashes(root, sha256, *proof.path):
        return False
    at, last, node = proof.place, proof.size - 1, leaf(sha256)
    for each in map(bytes.fromhex, proof.path):
        if last == 0:
            return False
        if at % 2 or at == last:
            node = _join(each, node)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            node = _join(node, each)
        at, last = at >> 1, last >> 1
    return last == 0 and node.hex() == root


def extends(root: str, old_root: str, proof: Consistency) -> bool:
    """Does the proof show that the list of `root` begins with all of the list of `old_root`?"""
    old, size, path = proof.old_size, proof.size, proof.path
    if not 0 <= old <= size or not _are_hashes(root, old_root, *path):
        return False
    if old in {0, size}:
        return not path and old_root == (EMPTY if old == 0 else root)
    nodes = [bytes.fromhex(each) for each in path]
    if old & (old - 1) == 0:
        nodes = [bytes.fromhex(old_root), *nodes]
    return bool(nodes) and _climb(nodes, old - 1, size - 1) == (old_root, root)


def _climb(nodes: Sequence[bytes], at: int, last: int) -> tuple[str, str] | None:
    """RFC 9162, 2.1.4.2: the old root and the new one that these nodes lead to."""
    while at % 2:
        at, last = at >> 1, last >> 1
    old = new = nodes[0]
    for each in nodes[1:]:
        if last == 0:
            return None
        if at % 2 or at == last:
            old, new = _join(each, old), _join(each, new)
            while at % 2 == 0 and at:
                at, last = at >> 1, last >> 1
        else:
            new = _join(new, each)
        at, last = at >> 1, last >> 1
    return (old.hex(), new.hex()) if last == 0 else None


def leaf(sha256: str) -> bytes:
    """The lowest node of a hash. ValueError: it is no SHA-256 in lower-case hexadecimal."""
    if not HEX.fullmatch(sha256):
        raise ValueError("a seal is 64 lower-case hexadecimal letters")
    return hashlib.sha256(b"\x00" + bytes.fromhex(sha256)).digest()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _half(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _are_hashes(*given: str) -> bool:
    return all(HEX.fullmatch(each) for each in given)
