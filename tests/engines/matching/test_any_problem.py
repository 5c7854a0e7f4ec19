"""Any small problem, against every plan there is: total, floor, kept pairs, smallest changes."""

import random
from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from monarca.engines import matching
from monarca.engines.matching import Plan, Relaxation
from tests.engines.matching import oracle
from tests.engines.matching.strategies import problems


def taken(problem, plan):
    """The plan as the oracle has plans."""
    people = {each.id: each for each in problem.reviewers}
    found = {each.id: [] for each in problem.applications}
    for each in plan.places:
        found[each.application].append(people[each.reviewer])
    return {file: tuple(few) for file, few in found.items()}


def is_sound(problem, plan):
    """Does nobody read what they may not, or more than they take, or one file twice?"""
    chosen = taken(problem, plan)
    for file in problem.applications:
        few = chosen[file.id]
        assert len(set(few)) == len(few) == problem.wanted(file)
        assert all(oracle.may(problem, file, each) for each in few)
        assert oracle.is_met(file, few)
    assert all(each.places <= each.most for each in plan.loads)
    return True


@settings(max_examples=40, deadline=None)
@given(problems())
def test_the_total_is_the_largest_of_all_plans(problem):
    plan = matching.assign(problem, is_fair=False)
    every = oracle.best_kept(problem)
    assert isinstance(plan, Plan) == bool(every)
    assume(every)
    assert is_sound(problem, plan)
    assert plan.proof.total == max(sum(oracle.scores(problem, each)) for each in every)
    assert plan.proof.total == sum(oracle.scores(problem, taken(problem, plan)))


@settings(max_examples=40, deadline=None)
@given(problems(needs=2))
def test_two_needs_get_two_people_where_that_can_be_and_one_who_has_both_otherwise(problem):
    plan = matching.assign(problem, is_fair=False)
    every = oracle.best_kept(problem)
    if not every:
        assume(isinstance(plan, Plan))
        for file in problem.applications:
            skills = set().union(*(each.skills for each in taken(problem, plan)[file.id]))
            assert set(file.needs) <= skills
        return
    assert is_sound(problem, plan)
    assert plan.proof.total == max(sum(oracle.scores(problem, each)) for each in every)


@settings(max_examples=40, deadline=None)
@given(problems(with_keep=True))
def test_the_floor_is_proved_and_no_plan_has_a_higher_one(problem):
    every = oracle.best_kept(problem)
    assume(every)
    plan = matching.assign(problem)
    assert is_sound(problem, plan)
    highest = max(min(oracle.scores(problem, each)) for each in every)
    assert plan.proof.floor == highest == plan.proof.bound <= plan.proof.ceiling
    assert plan.proof.is_proved
    assert plan.proof.floor == min(oracle.scores(problem, taken(problem, plan)))


@settings(max_examples=40, deadline=None)
@given(problems())
def test_what_is_called_leximin_is_not_beaten_by_any_plan(problem):
    every = list(oracle.plans(problem))
    assume(every)
    plan = matching.assign(problem)
    level = plan.proof.level
    ours = sorted(each.score for each in plan.served)[:level]
    assert all(sorted(oracle.scores(problem, each))[:level] <= ours for each in every)


@settings(max_examples=40, deadline=None)
@given(problems(with_keep=True))
def test_as_few_pairs_move_as_can_be(problem):
    every = list(oracle.plans(problem))
    assume(every and problem.keep)
    plan = matching.assign(problem)
    chosen = taken(problem, plan)
    assert oracle.kept(problem, chosen) == max(oracle.kept(problem, each) for each in every)
    assert sum(each.is_kept for each in plan.places) == oracle.kept(problem, chosen)
    gone = set(problem.keep) - {(e.application, e.reviewer) for e in plan.places}
    assert {(each.application, each.reviewer) for each in plan.dropped} == gone
    wished = max(oracle.wished(problem, each) for each in oracle.best_kept(problem))
    assert oracle.wished(problem, chosen) == wished


@settings(max_examples=40, deadline=None)
@given(problems(with_keep=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(problem, chance):
    def mixed(rows):
        return tuple(chance.sample(rows, len(rows)))

    other = replace(
        problem,
        applications=mixed(problem.applications),
        reviewers=mixed(problem.reviewers),
        pairs=mixed(problem.pairs),
        keep=mixed(problem.keep),
    )
    assert matching.assign(other) == matching.assign(problem)


@settings(max_examples=40, deadline=None)
@given(problems(files=3, people=3))
def test_a_way_out_is_enough_and_nothing_smaller_of_its_kind_is(problem):
    found = matching.assign(problem)
    assume(isinstance(found, Relaxation))
    assert found.ways
    assert [way.size for way in found.ways] == sorted(way.size for way in found.ways)
    for way in found.ways:
        assert sum(change.count for change in way.changes) == way.size > 0
        assert next(oracle.plans(matching.relaxed(problem, way)), None)
        assert isinstance(matching.assign(matching.relaxed(problem, way)), Plan)
    for way in found.ways:
        if way.kind in {"language", "conflict"}:
            assert way.size == least_waived(problem, way.kind)
        if way.kind == "load":
            assert way.size == least_load(problem)
    if "load" not in {way.kind for way in found.ways}:
        assert least_load(problem) is None


def least_waived(problem, kind):
    """The fewest pairs whose bar must go, tried one set after the other."""
    barred = [
        (file.id, person.id)
        for file in problem.applications
        for person in problem.reviewers
        if not oracle.may(problem, file, person)
    ]
    for size in range(1, len(barred) + 1):
        for few in combinations(barred, size):
            changes = tuple(matching.Change(kind, *cell, 1, "", None) for cell in few)
            other = matching.relaxed(problem, matching.Way(kind, size, changes))
            if next(oracle.plans(other), None):
                return size
    return None


def least_load(problem):
    """The fewest places of load beyond the limits, over every plan without limits."""
    free = replace(problem, reviewers=tuple(replace(each, most=99) for each in problem.reviewers))
    over = []
    for plan in oracle.plans(free):
        loads = [each.id for few in plan.values() for each in few]
        more = (max(0, loads.count(each.id) - each.most) for each in problem.reviewers)
        over.append(sum(more))
    return min(over, default=None)


@settings(max_examples=25, deadline=None)
@given(problems(), st.integers(1, 1000), st.integers())
def test_a_plan_by_lot_obeys_whatever_a_plan_obeys(problem, cap, seed):
    why = refusal(problem, cap)
    if why:
        assert why.code in {"matching.cap_too_low", "matching.cap_and_loads"}
        least = round(why.values["least_share"] * 1000)
        assert cap < least <= 1000
        assert refusal(problem, least - 1)
        cap = least
    plan = matching.draw(problem, cap=cap, seed=str(seed))
    assume(isinstance(plan, Plan))
    assert is_sound(problem, plan)
    assert plan == matching.draw(problem, cap=plan.cap, seed=str(seed))
    assert all(0 < chance <= plan.cap for _, _, chance in plan.chances)
    wanted = {each.id: problem.wanted(each) * 1000 for each in problem.applications}
    for file, _, chance in plan.chances:
        wanted[file] -= chance
    assert set(wanted.values()) == {0}


def refusal(problem, cap):
    try:
        matching.draw(problem, cap=cap, seed="any")
    except matching.Refused as refused:
        return refused.reason
    return None


def test_ten_seeded_problems_of_the_middle_size_are_sound():
    chance = random.Random(3)
    for _ in range(10):
        files = tuple(
            matching.Application(f"A{n:02}", topics=(chance.choice("abc"),)) for n in range(30)
        )
        people = tuple(
            matching.Reviewer(f"R{n}", topics=tuple(chance.sample("abc", 2)), least=5, most=16)
            for n in range(8)
        )
        problem = matching.Problem(files, people)
        assert is_sound(problem, matching.assign(problem))
