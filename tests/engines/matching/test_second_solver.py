"""The same numbers from scipy's HiGHS: totals, chances under a cap; and chances kept by the lot."""

import random
from collections import Counter
from math import sqrt

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import coo_array

from monarca.engines import matching
from monarca.engines.matching import Application, Pair, Problem, Refused, Reviewer
from monarca.engines.matching.rounding import Draws, rounded


def middle(seed, files=60, people=12, needs=()):
    """A seeded problem of middle size; affinities in thousandths for every pair."""
    chance = random.Random(seed)
    applications = tuple(
        Application(f"A{n:03}", needs=needs if chance.random() < 0.3 else ()) for n in range(files)
    )
    reviewers = tuple(
        Reviewer(f"R{n:03}", skills=frozenset(s for s in needs if chance.random() < 0.5), most=18)
        for n in range(people)
    )
    pairs = tuple(
        Pair(a.id, r.id, chance.randrange(1001), chance.random() < 0.03)
        for a in applications
        for r in reviewers
    )
    return Problem(applications, reviewers, pairs)


def programme(problem):
    """Worths, rows of "exactly three", of loads, and of needs, with their right sides."""
    free = [each for each in problem.pairs if not each.is_conflict]
    files = {each.id: n for n, each in enumerate(problem.applications)}
    people = {each.id: n for n, each in enumerate(problem.reviewers)}
    skills = {each.id: each.skills for each in problem.reviewers}
    count = np.arange(len(free))
    rows = [files[each.application] for each in free]
    three = coo_array((np.ones(len(free)), (rows, count)), shape=(len(files), len(free)))
    rows = [people[each.reviewer] for each in free]
    loads = coo_array((np.ones(len(free)), (rows, count)), shape=(len(people), len(free)))
    asked = [(f, need) for f in problem.applications for need in f.needs]
    needs = np.array(
        [[e.application == f.id and need in skills[e.reviewer] for e in free] for f, need in asked],
        dtype=float,
    ).reshape(len(asked), len(free))
    return np.array([each.affinity for each in free]), three, loads, needs


@pytest.mark.parametrize("seed", range(4))
def test_the_total_is_that_of_a_linear_programme(seed):
    problem = middle(seed)
    worth, three, loads, _ = programme(problem)
    solved = linprog(
        -worth, A_ub=loads, b_ub=np.full(12, 18), A_eq=three, b_eq=np.full(60, 3), bounds=(0, 1)
    )
    assert matching.assign(problem, is_fair=False).proof.total == round(-solved.fun)
    assert matching.assign(problem).proof.most == round(-solved.fun)


@pytest.mark.parametrize("seed", range(3))
def test_with_a_need_the_total_is_that_of_an_integer_programme(seed):
    problem = middle(seed, needs=("gba",))
    worth, three, loads, needs = programme(problem)
    solved = milp(
        -worth,
        constraints=[
            LinearConstraint(three, 3, 3),
            LinearConstraint(loads, 0, 18),
            LinearConstraint(needs, 1),
        ],
        integrality=np.ones(len(worth)),
        bounds=(0, 1),
    )
    assert matching.assign(problem, is_fair=False).proof.total == round(-solved.fun)


@pytest.mark.parametrize("cap", [1000, 800, 500, 334])
def test_expected_totals_under_a_cap_are_those_of_a_linear_programme(cap):
    problem = middle(7)
    worth, three, loads, _ = programme(problem)
    solved = linprog(
        -worth,
        A_ub=loads,
        b_ub=np.full(12, 18),
        A_eq=three,
        b_eq=np.full(60, 3),
        bounds=(0, cap / 1000),
    )
    plan = matching.draw(problem, cap=cap, seed="2026")
    known = {(each.application, each.reviewer): each.affinity for each in problem.pairs}
    expected = sum(known[file, person] * chance for file, person, chance in plan.chances)
    assert expected / 1000 == pytest.approx(-solved.fun, abs=1e-4)
    least = matching.draw(problem, cap=1000, seed="2026").proof.total
    assert least == plan.proof.most


def test_over_many_seeds_every_pair_is_drawn_as_often_as_its_chance_and_loads_hardly_move():
    problem = middle(2, files=8, people=8)
    runs = 400
    drawn, chances, loads = Counter(), {}, {}
    for seed in range(runs):
        plan = matching.draw(problem, cap=600, seed=str(seed))
        drawn.update((each.application, each.reviewer) for each in plan.places)
        chances = {(file, person): chance / 1000 for file, person, chance in plan.chances}
        for each in plan.loads:
            loads.setdefault(each.reviewer, set()).add(each.places)
    for pair, chance in chances.items():
        spread = sqrt(chance * (1 - chance) / runs)
        assert abs(drawn[pair] / runs - chance) <= 4.5 * spread + 1e-9
    assert set(drawn) <= set(chances)
    expected = Counter()
    for (_, person), chance in chances.items():
        expected[person] += round(chance * 1000)
    for person, seen in loads.items():
        assert seen <= {expected[person] // 1000, -(-expected[person] // 1000)}


def test_a_lot_is_the_same_for_the_same_seed_and_another_for_another():
    problem = middle(1)
    first = matching.draw(problem, cap=500, seed="Bogotá 12")
    assert matching.draw(problem, cap=500, seed="Bogotá 12") == first
    assert matching.draw(problem, cap=500, seed="Bogotá 13").places != first.places


def test_the_numbers_of_a_seed_can_be_drawn_again_by_anybody():
    draws = Draws("2026-03-01")
    assert [draws.below(1000) for _ in range(4)] == [439, 570, 268, 849]


def test_a_flow_that_is_whole_is_not_touched_and_a_broken_node_is_refused():
    ends = [(0, 2), (0, 3), (1, 2), (1, 3)]
    assert rounded(ends, [10, 0, 0, 10], unit=10, seed="1") == [10, 0, 0, 10]
    seen = {tuple(rounded(ends, [4, 6, 6, 4], unit=10, seed=str(n))) for n in range(30)}
    assert seen == {(10, 0, 0, 10), (0, 10, 10, 0)}
    with pytest.raises(ValueError, match="not whole"):
        rounded(ends, [4, 0, 0, 0], unit=10, seed="1")


def test_a_cap_that_the_readers_or_the_loads_do_not_allow_is_refused_with_the_least():
    files, people = (Application("A"), Application("B")), tuple(map(Reviewer, "xyzw"))
    with pytest.raises(Refused) as refused:
        matching.draw(Problem(files, people), cap=700, seed="1")
    assert dict(refused.value.reason.values) == {
        "cap_share": 0.7,
        "application": "A",
        "eligible": 4,
        "wanted": 3,
        "least_share": 0.75,
    }
    tight = (Reviewer("x", most=0), *people[1:])
    with pytest.raises(Refused) as refused:
        matching.draw(Problem(files, tight), cap=800, seed="1")
    assert refused.value.reason.code == "matching.cap_and_loads"
    assert refused.value.reason.values["least_share"] == 1.0


@pytest.mark.parametrize("cap", [0, -5, 1001])
def test_a_cap_lies_between_nought_and_one(cap):
    with pytest.raises(Refused) as refused:
        matching.draw(Problem((), ()), cap=cap, seed="1")
    assert refused.value.reason.code == "matching.cap_out_of_range"


def test_a_lot_does_not_keep_an_earlier_plan():
    with pytest.raises(Refused) as refused:
        matching.draw(Problem((), (), keep=(("A", "R"),)), cap=500, seed="1")
    assert refused.value.reason.code == "matching.cap_and_keep"
