"""The figures of the engines, each measured by its own `bench/of_<engine>.py` beside its goal.

`python -m bench.engines [--only NAME]`; `make bench` prints them after the river's. Sizes, seeds
and the number of runs stand in each module; the reference solver runs in the same process and its
ratio is the note beside the figure.
"""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from bench.figures import Figure

ENGINES = tuple(sorted(path.stem[3:] for path in Path(__file__).parent.glob("of_*.py")))


def figures_of(name: str) -> Iterator[Figure]:
    """The figures of one engine; its libraries are loaded now and not before."""
    yield from import_module(f"bench.of_{name}").figures()


FIGURES: dict[str, Callable[[], Iterator[Figure]]] = {
    name: partial(figures_of, name) for name in ENGINES
}

if __name__ == "__main__":
    from bench.run import main

    chosen = [] if "--only" in sys.argv else [w for name in ENGINES for w in ("--only", name)]
    main([*chosen, *sys.argv[1:]])
