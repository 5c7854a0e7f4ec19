"""Matching: fair plans with their proof at four sizes, the exact total beside HiGHS, the lot."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from bench.figures import Figure
from monarca.engines import matching
from monarca.engines.matching import Application, Pair, Plan, Problem, Reviewer

SEED = 1
TOPICS = 24
BEST = 60
EACH = 3
SIZES = ((200, 20, 0.2, 5), (2_000, 200, 1.0, 5), (10_000, 1_000, 5.0, 3))
LARGEST = (10_124, 5_680)


def problem(files: int, people: int) -> Problem:
    """Seeded: affinity of topic profiles, languages, 2 % conflicts, loads around the mean.

    The best sixty free reviewers of each application are listed, and only those may be given.
    """
    chance = np.random.default_rng(SEED)
    about = unit(chance.dirichlet(np.full(TOPICS, 0.3), files))
    knows = unit(chance.dirichlet(np.full(TOPICS, 0.3), people))
    language = chance.choice(3, files, p=[0.8, 0.1, 0.1])
    reads = chance.random((people, 3)) < (0.85, 0.4, 0.15)
    pairs: list[Pair] = []
    for file in range(files):
        affinity = (about[file] @ knows.T * matching.SCALE).round().astype(int)
        free = np.flatnonzero(reads[:, language[file]] & (chance.random(people) > 0.02))
        best = free[np.argsort(-affinity[free], kind="stable")][:BEST].tolist()
        pairs += [Pair(f"A{file:05}", f"R{each:05}", int(affinity[each])) for each in best]
    mean = EACH * files / people
    least, most = int(mean / 2), int(np.ceil(mean * 1.5))
    return Problem(
        tuple(Application(f"A{each:05}") for each in range(files)),
        tuple(Reviewer(f"R{each:05}", least=least, most=most) for each in range(people)),
        tuple(pairs),
        EACH,
        is_listed_only=True,
    )


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def spent(work: Callable[[], object], times: int) -> float:
    """Seconds, the median of several runs."""
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return median(found)


def figures() -> Iterator[Figure]:
    """Fair with proof at every size, then the exact total beside HiGHS, then the lot."""
    for files, people, goal, times in SIZES:
        given = problem(files, people)
        seconds = spent(lambda given=given: matching.assign(given), times)  # type: ignore[misc]
        name = f"fair plan {files:,}x{people:,}"
        yield Figure(name, goal, "s", seconds, note=proved(matching.assign(given), times))
        yield beside_highs(given, f"exact total {files:,}x{people:,}", goal)
        lot = perf_counter()
        plan = matching.draw(given, cap=matching.OFFERED, seed="bench")
        lot = perf_counter() - lot
        yield Figure(f"lot at 0.8, {files:,}x{people:,}", goal, "s", lot, note=expected(plan))
    yield from largest()


def proved(plan: object, times: int) -> str:
    """Floor beside ceiling, the price of fairness, and how many runs."""
    assert isinstance(plan, Plan)
    proof = plan.proof
    said = "floor = ceiling" if proof.floor == proof.ceiling else f"ceiling {proof.ceiling / 1000}"
    price = 1 - proof.total / proof.most
    return f"floor {proof.floor / 1000}, {said}, costs {price:.3%}; median of {times}"


def expected(plan: object) -> str:
    assert isinstance(plan, Plan)
    share = next(e.values["expected_share"] for e in plan.said if e.code == "matching.expected")
    return f"expected total {share:.1%} of the largest; one run"


def beside_highs(given: Problem, name: str, goal: float) -> Figure:
    """Our exact total, and scipy's HiGHS on the same linear programme in the same process.

    The programme has no wished loads, so ours is asked without them too.
    """
    reviewers = tuple(Reviewer(each.id, most=each.most) for each in given.reviewers)
    free = Problem(given.applications, reviewers, given.pairs, given.each, is_listed_only=True)
    start = perf_counter()
    ours = matching.assign(free, is_fair=False)
    mine = perf_counter() - start
    start = perf_counter()
    theirs = highs(free)
    highs_seconds = perf_counter() - start
    assert isinstance(ours, Plan)
    same = "the same total" if ours.proof.total == theirs else f"DIFFERS: {theirs}"
    note = f"HiGHS {highs_seconds:.2f} s, {highs_seconds / mine:.1f}x, {same}; one run"
    return Figure(name, goal, "s", mine, note=note)


def highs(given: Problem) -> int:
    """The largest total by scipy's linprog."""
    files = {each.id: place for place, each in enumerate(given.applications)}
    people = {each.id: place for place, each in enumerate(given.reviewers)}
    count = np.arange(len(given.pairs))
    ones = np.ones(len(count))
    rows = [files[each.application] for each in given.pairs]
    columns = [people[each.reviewer] for each in given.pairs]
    solved = linprog(
        [-(each.affinity or 0) for each in given.pairs],
        A_eq=coo_array((ones, (rows, count)), shape=(len(files), len(count))).tocsr(),
        b_eq=np.full(len(files), given.each),
        A_ub=coo_array((ones, (columns, count)), shape=(len(people), len(count))).tocsr(),
        b_ub=[each.most for each in given.reviewers],
        bounds=(0, 1),
        method="highs",
    )
    return round(-solved.fun)


def largest() -> Iterator[Figure]:
    """The size others published, in a process of its own so that its memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.of_matching"], capture_output=True, text=True, check=False
    )
    name = f"fair plan {LARGEST[0]:,}x{LARGEST[1]:,}"
    if done.returncode:
        raise RuntimeError(done.stderr.strip().rpartition("\n")[2])
    found = json.loads(done.stdout)
    note = f"{found['note']}; published: FairColor 68 s, FairFlow 45 min, on other data"
    yield Figure(name, 15.0, "s", found["seconds"], note=note)
    yield Figure(f"{name}, memory", 1000, "MB", found["megabytes"], note="with making the data")


def peak_megabytes() -> float:
    """The most this process held since it was started; rusage would count its parent as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1000


def alone() -> None:
    given = problem(*LARGEST)
    note = proved(matching.assign(given), 3)
    memory = peak_megabytes()
    seconds = spent(lambda: matching.assign(given), 3)
    print(json.dumps({"seconds": seconds, "megabytes": memory, "note": note}))


if __name__ == "__main__":
    alone()
