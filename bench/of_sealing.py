"""Sealing: a tree of a hundred thousand receipts, one proof, and an outsider's verification."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import perf_counter

from bench.figures import Figure
from monarca.engines import sealing

RECEIPTS = 100_000
RUNS = 5


def spent(work: Callable[[], object]) -> float:
    """Seconds: the median of five runs."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def by_definition(leaves: Sequence[bytes]) -> bytes:
    """The reference: RFC 6962, section 2.1, as it is written."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    pair = by_definition(leaves[:half]) + by_definition(leaves[half:])
    return hashlib.sha256(b"\x01" + pair).digest()


def figures() -> Iterator[Figure]:
    """The figures of the issue, each beside its goal."""
    listed = [hashlib.sha256(number.to_bytes(4)).hexdigest() for number in range(RECEIPTS)]
    tree = sealing.tree(listed)
    build = spent(lambda: sealing.tree(listed))
    plain = spent(lambda: by_definition([sealing.merkle.leaf(each) for each in listed]))
    note = f"the definition as written {plain:.2f} s, {plain / build:.2f} x; same root"
    if by_definition([sealing.merkle.leaf(each) for each in listed]).hex() != tree.root:
        note = "another root than the definition's"
    yield Figure(f"sealing: tree of {RECEIPTS:,}", 1.0, "s", build, note=note)
    places = range(0, RECEIPTS, 997)
    proving = spent(lambda: [tree.inclusion(place) for place in places]) / len(places)
    yield Figure("sealing: one proof", 1.0, "ms", 1000 * proving, note=f"mean of {len(places)}")
    proofs = [(listed[place], tree.inclusion(place)) for place in places]
    checking = spent(lambda: [sealing.includes(tree.root, *each) for each in proofs]) / len(proofs)
    yield Figure("sealing: one check", 1.0, "ms", 1000 * checking)
    growing = spent(lambda: [tree.consistency(place) for place in places]) / len(places)
    yield Figure("sealing: one proof of growth", 1.0, "ms", 1000 * growing)
