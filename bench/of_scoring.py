"""Scoring: the speed of one ranking, and in simulation what its intervals hold and whom it funds.

True scores are known: normal, standard deviation 0.7 around 3 (0.5 of it between themes, where they
are unequal); one reading adds the reviewer's severity and normal noise of 0.6, is rounded to
quarters and kept within 1 to 5. Three readers a file; the best third is funded. The reference is a
second solver written here: the older model with random applications *and* random reviewers, both
variances by EM on Henderson's equations.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import mean, median
from time import perf_counter

import numpy as np

from bench.figures import Figure
from monarca.engines import scoring

RUNS = 200
COMPARED = 30
SEED = 20_240_311
READERS = 3


@dataclass(frozen=True)
class Scenario:
    """One of the five: how severe reviewers are, and whether they see themes of one quality."""

    name: str
    severity: float
    files: int = 200
    people: int = 20
    themes: float = 0.0


SCENARIOS = (
    Scenario("severity sd 0.3", 0.3),
    Scenario("severity sd 0.8", 0.8),
    Scenario("sd 0.8, themes of unequal quality", 0.8, themes=0.5),
    Scenario("small committee 60x6, sd 0.6", 0.6, files=60, people=6),
    Scenario("no severity", 0.0),
)


@dataclass(frozen=True)
class Round:
    """One simulated round: the truth, who read what, and the scores."""

    truth: np.ndarray
    of: np.ndarray
    by: np.ndarray
    scores: np.ndarray

    def reviews(self) -> list[scoring.Review]:
        rows = zip(self.of, self.by, self.scores, strict=True)
        return [scoring.Review(f"A{i:05}", f"R{j:04}", float(score)) for i, j, score in rows]


def simulated(scenario: Scenario, rng: np.random.Generator) -> Round:
    files, people = scenario.files, scenario.people
    themes = rng.integers(5, size=files)
    shifts = rng.normal(0, scenario.themes, 5)
    truth = rng.normal(3, (0.7**2 - scenario.themes**2) ** 0.5, files) + shifts[themes]
    harsh = rng.normal(0, scenario.severity, people)
    of = np.repeat(np.arange(files), READERS)
    by = np.concatenate([readers(scenario, theme, rng) for theme in themes])
    scores = truth[of] + harsh[by] + rng.normal(0, 0.6, len(of))
    return Round(truth, of, by, np.clip(np.round(scores * 4) / 4, 1, 5))


def readers(scenario: Scenario, theme: int, rng: np.random.Generator) -> np.ndarray:
    """Three different readers; with themes, two of the theme's own and one of all."""
    if not scenario.themes:
        return rng.choice(scenario.people, READERS, replace=False)
    home = rng.choice(np.arange(theme, scenario.people, 5), READERS - 1, replace=False)
    rest = np.setdiff1d(np.arange(scenario.people), home)
    return np.append(home, rng.choice(rest))


def plain_means(one: Round) -> np.ndarray:
    return np.bincount(one.of, one.scores) / np.bincount(one.of)


def z_scores(one: Round) -> np.ndarray:
    """Every reviewer's scores brought to the same mean and spread, then averaged."""
    counts = np.bincount(one.by)
    means = np.bincount(one.by, one.scores) / counts
    apart = one.scores - means[one.by]
    spread = np.sqrt(np.bincount(one.by, apart**2) / counts)
    spread[spread == 0] = 1.0
    return plain_means(replace(one, scores=apart / spread[one.by]))


def em_blup(one: Round, *, most: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Predictions and errors with applications and reviewers random, by EM for REML."""
    files, people, count = len(one.truth), int(one.by.max()) + 1, len(one.scores)
    design = np.zeros((count, 1 + files + people))
    design[:, 0] = 1
    design[np.arange(count), 1 + one.of] = 1
    design[np.arange(count), 1 + files + one.by] = 1
    square, right = design.T @ design, design.T @ one.scores
    good = harsh = rest = float(one.scores.var()) / 3
    for _ in range(most):
        penalty = np.repeat([0.0, rest / good, rest / harsh], [1, files, people])
        inverse = np.linalg.inv(square + np.diag(penalty))
        found = inverse @ right
        before = np.array([good, harsh, rest])
        theta, severe, doubt = found[1 : files + 1], found[files + 1 :], np.diag(inverse)
        rest = float(one.scores @ one.scores - found @ right) / (count - 1)
        good = float(theta @ theta + before[2] * doubt[1 : files + 1].sum()) / files
        harsh = float(severe @ severe + before[2] * doubt[files + 1 :].sum()) / people
        harsh = max(harsh, 1e-6)
        if np.allclose(before, [good, harsh, rest], rtol=1e-4, atol=1e-6):
            break
    sums = inverse[0, 0] + doubt[1 : files + 1] + 2 * inverse[0, 1 : files + 1]
    return found[0] + theta, np.sqrt(rest * sums)


@dataclass
class Tally:
    """What a way of scoring funded of the truly best third, and what its intervals held."""

    funded: list[float]
    held: list[float]


def share(truth: np.ndarray, scores: np.ndarray) -> float:
    third = len(truth) // 3
    best = set(np.argsort(-truth)[:third].tolist())
    return len(best & set(np.argsort(-scores, kind="stable")[:third].tolist())) / third


WAYS = ("calibrated", "mean", "median", "z-score", "EM-BLUP")


def tallied(scenario: Scenario) -> dict[str, Tally]:
    """Coverage over all simulated rounds; the first of them scored in every way."""
    rng = np.random.default_rng([SEED, SCENARIOS.index(scenario)])
    found = {name: Tally([], []) for name in WAYS}
    for number in range(RUNS):
        one = simulated(scenario, rng)
        scores = {}
        for way, name in (("calibrated", "calibrated"), ("raw", "mean")):
            rows = sorted(
                scoring.rank(one.reviews(), way=way).standings, key=lambda r: r.application
            )
            low, high = (np.array([getattr(row, end) for row in rows]) for end in ("low", "high"))
            found[name].held.append(float(((low <= one.truth) & (one.truth <= high)).mean()))
            scores[name] = (low + high) / 2
        if number < COMPARED:
            scores |= others(one, found["EM-BLUP"])
            for name, values in scores.items():
                found[name].funded.append(share(one.truth, values))
    return found


def others(one: Round, blup: Tally) -> dict[str, np.ndarray]:
    """The ways that the engine does not offer."""
    scores, errors = em_blup(one)
    blup.held.append(float((abs(scores - one.truth) <= 1.2816 * errors).mean()))
    middle = [np.median(one.scores[one.of == file]) for file in range(len(one.truth))]
    return {"median": np.array(middle), "z-score": z_scores(one), "EM-BLUP": scores}


def speed() -> Iterator[Figure]:
    """One whole ranking of 200 files by 20 reviewers, and the agreement beside it."""
    one = simulated(SCENARIOS[1], np.random.default_rng(SEED))
    reviews = one.reviews()

    def ranked() -> None:
        scoring.rank(reviews, way="calibrated", line=scoring.Line(fund=66))
        scoring.agreement(reviews)

    ours = 1000 * timed(ranked)
    theirs = 1000 * timed(lambda: em_blup(one))
    note = f"all of it; EM-BLUP's fit alone {theirs:.0f} ms, {theirs / ours:.1f} times as long"
    yield Figure("scoring 200x20", 50, "ms", ours, note=note)
    large = simulated(Scenario("", 0.8, 10_000, 1_000), np.random.default_rng(SEED)).reviews()
    line = scoring.Line(fund=1_000)
    spent = timed(lambda: scoring.rank(large, way="calibrated", line=line), runs=1)
    yield Figure("scoring 10,000x1,000", 60, "s", spent, note="one run; no goal in the issue")


def timed(work: object, runs: int = 5) -> float:
    """The median of some runs, after one that warms up."""
    if not callable(work):
        raise TypeError(work)
    if runs > 1:
        work()
    spent = []
    for _ in range(runs):
        start = perf_counter()
        work()
        spent.append(perf_counter() - start)
    return median(spent)


def figures() -> Iterator[Figure]:
    """Speed; then for each scenario the coverage of 80 % intervals, and whom each way funds."""
    yield from speed()
    held, lost = {}, {}
    for scenario in SCENARIOS:
        found = tallied(scenario)
        shares = {name: mean(tally.funded) for name, tally in found.items()}
        held[scenario.name] = mean(found["calibrated"].held)
        lost[scenario.name] = max(shares.values()) - shares["calibrated"]
        said = ", ".join(f"{name} {value:.3f}" for name, value in shares.items())
        theirs = f"EM-BLUP {mean(found['EM-BLUP'].held):.1%}, mean {mean(found['mean'].held):.1%}"
        yield Figure(
            f"coverage, {scenario.name}",
            78,
            "%",
            100 * held[scenario.name],
            more_is_better=True,
            note=f"{RUNS} rounds; {theirs}; truly best third funded ({COMPARED}): {said}",
        )
    most = max(held, key=lambda name: held[name])
    yield Figure("coverage, the largest", 85, "%", 100 * held[most], note=most)
    worst = max(lost, key=lambda name: lost[name])
    note = f"points of the truly best third behind the best of five ways; {worst}"
    yield Figure("funded, behind the best", 1.5, "points", 100 * lost[worst], note=note)


if __name__ == "__main__":
    for figure in figures():
        print(figure)
