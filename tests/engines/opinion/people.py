"""Made-up conversations, and the two real ones kept in tests/data/polis."""

import csv
from pathlib import Path
from random import Random

from monarca.engines.opinion import Vote

POLIS = Path(__file__).parents[2] / "data" / "polis"


def conversation(sizes, statements, *, seed=1, seen=0.8, loyal=0.9):
    """Camps that each hold a view on every statement, and mostly vote by it."""
    chance = Random(seed)
    votes = []
    for camp, size in enumerate(sizes):
        view = Random(100 * seed + camp)
        side = {text: view.choice([1, -1]) for text in range(statements)}
        for person in range(size):
            for text in range(statements):
                if chance.random() < seen:
                    vote = side[text] if chance.random() < loyal else chance.choice([1, 0, -1])
                    votes.append(Vote(f"p{camp}-{person:03}", f"s{text:02}", vote))
    return votes


def noise(people, statements, *, seed=1):
    """People who agree on nothing in particular."""
    chance = Random(seed)
    return [
        Vote(f"p{person:03}", f"s{text:02}", chance.choice([1, 0, -1]))
        for person in range(people)
        for text in range(statements)
    ]


def exported(name):
    """A real conversation: its votes, and the group Polis put each person in."""
    path = POLIS / f"{name}.participants-votes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    votes = [
        Vote(row["participant"], text, int(row[text]))
        for row in rows
        for text in row
        if text.isdigit() and row[text]
    ]
    return votes, {row["participant"]: row["group-id"] for row in rows}


def labelled(opinions):
    """The letter of everybody who is in a group."""
    return {person: group.letter for group in opinions.groups for person in group.members}
