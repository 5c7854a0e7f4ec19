"""The register: its slowest look among ten thousand commitments, and the one that asks most."""

import sys
from collections.abc import Iterator

from bench.figures import Figure
from bench.places import home

COUNT = 10_000


def figures() -> Iterator[Figure]:
    """Processor time of one look, best of seven, for anybody and for a coordinator."""
    with home() as place:
        found = place.made("bench.commitments", str(COUNT))
    print(
        "\n".join(f"  {ms:7.1f} ms {n:3} q  {name}" for name, (ms, n, _) in found.items()),
        file=sys.stderr,
    )
    register = {name: cost for name, cost in found.items() if name.startswith("register")}
    slowest = max(register, key=lambda name: register[name][0])
    yield Figure("register of 10,000 commitments", 60, "ms", register[slowest][0], note=slowest)
    most = max(register, key=lambda name: register[name][1])
    yield Figure("queries of the register", 8, "", register[most][1], note=most)
