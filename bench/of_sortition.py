"""Sortition: the fairest chances of large pools, and the public example of the paper.

The public examples (pgoelz/citizensassemblies-replication) are read where MONARCA_SHARED_DATA says
that shared data is: `sortition/example_large_200/categories.csv` and `respondents.csv`. The
reference solver is the paper's own way, column generation level by level, here on HiGHS and started
from one panel; where it takes too long its published time stands in the note.
"""

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import numpy as np

from bench.figures import Figure
from monarca.engines import sortition
from monarca.engines.sortition import Chances, Person, Quota, Task
from monarca.engines.sortition.panels import best, space
from monarca.engines.sortition.stages import by_stages

SEED = 20_240_503
SHAPE = (2, 2, 3, 3, 4, 2)
"""Values of each of the six features: 288 sorts of people."""
PUBLISHED = {"example_large_200": "1,162 s with Gurobi", "example_small_20": "2.7 s with Gurobi"}


def figures() -> Iterator[Figure]:
    """The figures of the issue."""
    yield public("example_large_200", 200)
    yield public("example_small_20", 20)
    task = synthetic(1000, 40)
    for method, goal in (("maximin", 30), ("leximin", 120)):
        chances, spent = timed(lambda way=method: sortition.fair_chances(task, method=way), 5)
        yield Figure(f"40 from 1,000, {method}", goal, "s", spent, note=told(chances))
    yield reference(synthetic(150, 22), "22 from 150, leximin")
    chances = sortition.fair_chances(task)
    table, spent = timed(lambda: sortition.table(chances), 5)
    off = f"no one is more than {table.largest_difference:.2f} tickets off"
    yield Figure("1,000 tickets for 40 from 1,000", 5, "s", spent, note=off)
    found, spent = timed(lambda: sortition.check(table, task), 5)
    yield Figure("checking 1,000 tickets of 40", 1, "s", spent, note=f"{len(found)} findings")


def public(name: str, seats: int) -> Figure:
    """LEXIMIN of a public example: at most a second, everybody at 10.0 %."""
    folder = Path(os.environ.get("MONARCA_SHARED_DATA", "")) / "sortition" / name
    title = f"{name}, leximin"
    if not os.environ.get("MONARCA_SHARED_DATA") or not folder.is_dir():
        return Figure(title, 1, "s", note="not here: MONARCA_SHARED_DATA names no folder with it")
    chances, spent = timed(lambda: sortition.fair_chances(read(folder, seats)), 5)
    note = f"{told(chances)}; published {PUBLISHED[name]}, least 10.0 %"
    return Figure(title, 1, "s", spent, note=note)


def read(folder: Path, seats: int) -> Task:
    """The pool and quotas of a public example."""
    with (folder / "respondents.csv").open(encoding="utf-8") as file:
        people = [Person(f"p{place:04}", row) for place, row in enumerate(csv.DictReader(file))]
    with (folder / "categories.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    quotas = [Quota(r["category"], r["feature"], int(r["min"]), int(r["max"])) for r in rows]
    return Task(tuple(people), tuple(quotas), seats)


def synthetic(people: int, seats: int) -> Task:
    """A pool that volunteered, with quotas as the population is: each within one seat."""
    random = Random(SEED)
    pool = [[random.random() + 0.3 for _ in range(size)] for size in SHAPE]
    population = [[random.random() + 0.5 for _ in range(size)] for size in SHAPE]
    drawn = tuple(
        Person(
            f"p{number:04}",
            {
                f"f{place}": str(random.choices(range(size), weights=pool[place])[0])
                for place, size in enumerate(SHAPE)
            },
        )
        for number in range(people)
    )
    quotas = []
    for place, shares in enumerate(population):
        for value, share in enumerate(shares):
            seat = int(seats * share / sum(shares))
            quotas.append(Quota(f"f{place}", str(value), seat, seat + 1))
    return Task(drawn, tuple(quotas), seats)


def reference(task: Task, name: str) -> Figure:
    """The same lottery by the paper's column generation alone, and how much longer it takes."""
    chances, spent = timed(lambda: sortition.fair_chances(task), 5)
    found = sortition.kinds(task)
    within = space(found, task.quotas, task.seats)
    first = best(within, np.zeros(len(found)))
    start = perf_counter()
    slow = by_stages(within, [first], is_leximin=True, progress=silent)
    longer = perf_counter() - start
    shares = slow.weights @ np.array(slow.panels) / within.sizes
    same = max(abs(a - b.chance) for a, b in zip(shares, chances.kinds, strict=True))
    note = f"{told(chances)}; level by level alone {longer:.1f} s, {longer / spent:.0f} times as "
    note += f"long; no chance differs by more than {same:.1e}"
    return Figure(name, 10, "s", spent, note=note)


def silent(done: int, whole: int) -> None:
    """Nobody watches a benchmark."""


def timed[Answer](act: Callable[[], Answer], times: int) -> tuple[Answer, float]:
    """What the act answers, and the median of its seconds."""
    spent = []
    for _ in range(times):
        start = perf_counter()
        answer = act()
        spent.append(perf_counter() - start)
    return answer, median(spent)


def told(chances: Chances) -> str:
    """What was found, in a line."""
    return (
        f"median of five; {len(chances.kinds)} kinds, {len(chances.panels)} panels, least "
        f"{chances.least:.3%} of a proved {chances.ceiling:.3%}, gap {chances.gap:.0e}"
    )
