"""`make bench`: what we promised about speed and memory, beside what this machine does.

A missed goal is printed, never hidden, and fails nothing. `--only NAME` measures one group,
`--json` prints one document.
"""

import argparse
import json
import os
import platform
import signal
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import django

from bench import engines
from bench.figures import FIGURES as RIVER
from bench.figures import Figure

FIGURES = RIVER | engines.FIGURES
NAME = 44
"""How wide the first column is."""


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in read("/proc/cpuinfo").splitlines()
            if line.startswith("model name")
        ),
        platform.processor() or "unknown",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": cpu,
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.1f} GiB",
        "load": " ".join(f"{each:.1f}" for each in os.getloadavg()),
        "python": platform.python_version(),
        "django": django.get_version(),
        "engine": f"SQLite {sqlite3.sqlite_version}",
    }


def read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def measured(name: str) -> Iterator[Figure]:
    """The figures of one group, each as it is known; a group that breaks off says why."""
    try:
        yield from FIGURES[name]()
    except (RuntimeError, OSError, AssertionError, ValueError) as problem:
        yield Figure(name, 0, "", note=f"not measured: {type(problem).__name__}: {problem}")


def row(figure: Figure) -> str:
    """One line of the table: figure, goal, how far it is used up, and MISSED where it is."""
    if figure.value is None:
        return f"{figure.name:<{NAME}} {'—':>10} {figure.note}"
    shown = f"{figure.value:,.1f} {figure.unit}".strip()
    goal = f"{figure.goal:g} {figure.unit}".strip()
    ratio = figure.ratio or 0.0
    missed = "MISSED" if ratio > 1 else ""
    return f"{figure.name:<{NAME}} {shown:>16} {goal:>14} {ratio:>6.2f} {missed:<7}{figure.note}"


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__)
    parser.add_argument("--only", choices=FIGURES, action="append", metavar="NAME")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that homes and servers are put away
    facts = machine()
    found = []
    if not given.json:
        print(" · ".join(f"{name} {fact}" for name, fact in facts.items()))
        print(f"{'figure':<{NAME}} {'measured':>16} {'goal':>14} {'ratio':>6}")
    for name in given.only or FIGURES:
        for figure in measured(name):
            found.append(figure)
            if not given.json:
                print(row(figure), flush=True)
    if given.json:
        rows = [{**asdict(figure), "ratio": figure.ratio} for figure in found]
        print(json.dumps({"machine": facts, "figures": rows}, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
