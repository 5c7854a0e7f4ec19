"""Opinion: two thousand people by nine hundred statements, and real conversations beside Polis."""

import csv
import os
import random
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.figures import Figure
from monarca.engines.opinion import Opinions, Vote, adjusted_rand, survey

SEED = 2021
PEOPLE, STATEMENTS = 2_000, 900
SEEN = 0.2
FIXTURES = Path(__file__).resolve().parents[1] / "tests" / "data"
REFERENCE = {"brexit-consensus": (0.876, 0.636), "15-per-hour-seattle": (0.479, 0.459)}
"""Adjusted Rand index against the groups Polis exported: our goal, and red-dwarf 0.4.0's figure."""


def crowd() -> list[Vote]:
    """Seeded: three camps, each statement seen by a fifth of the people."""
    chance = random.Random(SEED)
    views = [[chance.uniform(0.15, 0.85) for _ in range(STATEMENTS)] for _ in range(3)]
    votes = []
    for person in range(PEOPLE):
        view = views[chance.randrange(3)]
        for text in range(STATEMENTS):
            if chance.random() < SEEN:
                passes = chance.random() < 0.12
                vote = 0 if passes else 1 if chance.random() < view[text] else -1
                votes.append(Vote(f"p{person}", f"s{text}", vote))
    return votes


def exported(name: str) -> tuple[list[Vote], dict[str, str]]:
    """A real conversation (MONARCA_SHARED_DATA, or the tests' copy) and Polis's own groups."""
    folder = Path(os.environ.get("MONARCA_SHARED_DATA", FIXTURES)) / "polis"
    with (folder / f"{name}.participants-votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    votes = [
        Vote(row["participant"], text, int(row[text]))
        for row in rows
        for text in row
        if text.isdigit() and row[text]
    ]
    return votes, {row["participant"]: row["group-id"] for row in rows}


def timed(votes: list[Vote], times: int) -> tuple[float, Opinions]:
    """Seconds, the median of several runs, and what was found."""
    spent = []
    for _ in range(times):
        start = perf_counter()
        found = survey(votes)
        spent.append(perf_counter() - start)
    return median(spent), found


def figures() -> Iterator[Figure]:
    """Time at size with the stability figure; likeness to Polis's groups on two exports."""
    votes = crowd()
    seconds, found = timed(votes, 5)
    said = f"{len(votes):,} votes, {len(found.groups)} groups, stability {found.stability:.2f}"
    yield Figure("opinions 2,000 x 900", 5, "s", seconds, note=said)
    for name, (goal, other) in REFERENCE.items():
        votes, polis = exported(name)
        seconds, found = timed(votes, 5)
        mine = {person: group.letter for group in found.groups for person in group.members}
        people = sorted(mine)
        alike = adjusted_rand([mine[each] for each in people], [polis[each] for each in people])
        note = (
            f"red-dwarf 0.4.0 published {other}; {seconds:.2f} s, stability {found.stability:.2f}"
        )
        yield Figure(f"ARI {name}", goal, "", round(alike, 3), more_is_better=True, note=note)
