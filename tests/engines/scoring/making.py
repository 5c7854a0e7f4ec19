"""Scores made for a test: tables from small numbers, and rounds with a known truth."""

import numpy as np
from hypothesis import strategies as st

from monarca.engines.scoring import Review


def table(*rows):
    """Every reviewer read every file: a row a file, a column a reviewer; None was not read."""
    return [
        Review(f"A{file}", f"r{reader}", score)
        for file, row in enumerate(rows)
        for reader, score in enumerate(row)
        if score is not None
    ]


def simulated(files, people, readers, *, severity=0.5, seed=1, rounded=True):
    """A round with known truth: 3 ± 0.7, noise 0.6; quarters from 1 to 5."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(3, 0.7, files)
    harsh = rng.normal(0, severity, people)
    rows = []
    for file in range(files):
        for reader in rng.choice(people, readers, replace=False):
            score = truth[file] + harsh[reader] + rng.normal(0, 0.6)
            score = np.clip(np.round(score * 4) / 4, 1, 5) if rounded else score
            rows.append(Review(f"A{file:03}", f"r{reader:02}", float(score)))
    return rows, {f"A{file:03}": value for file, value in enumerate(truth)}


@st.composite
def scored(draw, most=24):
    """Any table at all: who read what, and quarters; disconnected, tied and thin ones too."""
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, 5), st.integers(0, 4)), min_size=1, max_size=most, unique=True
        )
    )
    scores = draw(
        st.lists(st.integers(4, 20), min_size=len(pairs), max_size=len(pairs)).map(
            lambda quarters: [quarter / 4 for quarter in quarters]
        )
    )
    return [
        Review(f"A{file}", f"r{reader}", score)
        for (file, reader), score in zip(pairs, scores, strict=True)
    ]
