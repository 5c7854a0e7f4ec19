"""What it costs to decide otherwise, project by project, and how firm the plan is."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from monarca.engines.portfolio import (
    Effort,
    Goal,
    Level,
    Limit,
    Pin,
    Project,
    Rules,
    envelopes,
    near,
    prices,
    select,
    stability,
    verdicts,
)
from tests.engines.portfolio.oracle import cases, plans, worth
from tests.engines.portfolio.test_choosing import crowd


@settings(max_examples=40, deadline=None)
@given(cases(most=4))
def test_every_price_is_what_trying_all_plans_says_and_never_below_nought(case):
    projects, rules = case
    selection = select(projects, rules)
    assume(selection.plan)
    good = [
        (worth(problem, chosen), {award.project for award in problem.awards(chosen)})
        for problem, chosen, bad in plans(projects, rules)
        if not bad
    ]

    found = prices(projects, rules, selection, among=[project.id for project in projects])

    for name, price in found.items():
        other = [value for value, funded in good if (name in funded) != price.is_funded]
        expected = selection.plan.value - max(other) if other else None
        assert price.cost == expected
        assert price.is_exact
        assert price.floor >= 0
        assert selection.floors.get(name, 0) <= (price.cost if price.cost is not None else 10**18)


def project(name, score, cents, **given):
    return Project(name, score, (Level(100, (cents,)),), **given)


THREE = [project("A", 5000, 600), project("B", 3000, 400), project("C", 1900, 400)]


def told(projects, rules, **given):
    selection = select(projects, rules)
    found = prices(projects, rules, selection, **given)
    return verdicts(projects, rules, selection, found)


def test_a_reason_names_the_price_and_who_would_swap():
    reasons = told(THREE, Rules(envelope_cents=1000))
    assert (reasons["B"].code, dict(reasons["B"].values)) == (
        "portfolio.funded_price_swap",
        {"percent": 100, "points": 1.1, "others": "C"},
    )
    assert (reasons["C"].code, dict(reasons["C"].values)) == (
        "portfolio.left_price_swap",
        {"points": 1.1, "others": "B"},
    )
    assert reasons["A"].code == "portfolio.funded_price_swap"


def test_without_a_search_the_bound_says_what_it_costs_at_least():
    selection = select(THREE, Rules(envelope_cents=1000))
    reasons = verdicts(THREE, Rules(envelope_cents=1000), selection, {})
    costs = prices(THREE, Rules(envelope_cents=1000), selection, among="ABC")
    for name, reason in reasons.items():
        said = reason.values.get("points", 0)
        assert 0 <= said <= costs[name].points


def test_what_people_decided_is_said_so():
    pins = (Pin("C"), Pin("A", is_in=False))
    reasons = told(THREE, Rules(envelope_cents=1000, pins=pins))
    assert reasons["C"].code == "portfolio.funded_pinned"
    assert reasons["A"].code == "portfolio.left_pinned"


def test_what_the_rules_leave_no_choice_about_is_said_so():
    water = Limit("water", 1, is_floor=True, measure="projects", tag="water")
    projects = [replace(THREE[0], tags=frozenset({"water"})), project("D", 5000, 1001)]
    reasons = told(projects, Rules(envelope_cents=1000, limits=(water,)))
    assert reasons["A"].code == "portfolio.funded_must"
    assert reasons["D"].code == "portfolio.left_must"


def test_prices_keep_what_later_goals_reached():
    projects = [
        project("A", 5000, 500),
        project("B", 4996, 500, tags=frozenset({"first"})),
    ]
    rules = Rules(envelope_cents=500, goals=(Goal("first-time", "first"),))
    selection = select(projects, rules)
    assert selection.plan.funded == {"B"}
    found = prices(projects, rules, selection)
    assert {name: price.cost for name, price in found.items()} == {"A": None, "B": None}


def test_the_projects_near_the_line_come_first_and_progress_is_told():
    projects, rules = crowd(60)
    selection = select(projects, rules)
    steps = []
    wanted = near(selection, 2)
    found = prices(
        projects, rules, selection, among=wanted, progress=lambda *step: steps.append(step)
    )
    assert len(wanted) == 4
    assert sorted(found) == sorted(wanted)
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert all(price.cost is None or price.cost >= price.floor >= 0 for price in found.values())


def test_when_the_time_is_up_what_is_known_is_answered():
    selection = select(THREE, Rules(envelope_cents=1000))
    over = Effort(left=lambda: 0.0)
    assert prices(THREE, Rules(envelope_cents=1000), selection, effort=over) == {}
    assert stability(THREE, Rules(envelope_cents=1000), selection.plan, effort=over)[1] == 0


def test_where_there_is_no_plan_there_is_no_price_and_no_verdict():
    selection = select(THREE, Rules(envelope_cents=0, pins=(Pin("A"),), firm=frozenset()))
    assert selection.plan is None
    assert (near(selection), prices(THREE, Rules(), selection)) == ((), {})
    assert verdicts(THREE, Rules(), selection, {}) == {}


def test_another_envelope_shows_who_comes_in_and_who_falls_out():
    rules = Rules(envelope_cents=1000)
    plan = select(THREE, rules).plan
    steps = envelopes(THREE, rules, plan, changes=(-10, 0, 10))
    assert [(each.percent, each.envelope_cents, each.points) for each in steps] == [
        (-10, 900, 5.0),
        (0, 1000, 8.0),
        (10, 1100, 8.0),
    ]
    assert [(each.enters, each.leaves) for each in steps] == [((), ("B",)), ((), ()), ((), ())]


def test_an_envelope_too_small_for_the_rules_is_an_answer_too():
    rules = Rules(envelope_cents=1000, pins=(Pin("A"), Pin("B")))
    [step] = envelopes(THREE, rules, select(THREE, rules).plan, changes=(-10,))
    assert (step.value, step.points, step.projects) == (None, None, 0)


def test_sure_scores_are_chosen_always_and_equal_ones_about_half_the_time():
    sure = [replace(each, error=0) for each in THREE]
    rules = Rules(envelope_cents=1000)
    assert stability(sure, rules, select(sure, rules).plan, draws=5) == (
        {"A": 1.0, "B": 1.0, "C": 0.0},
        5,
    )
    even = [project(name, 3000, 400, error=500) for name in "AB"]
    rules = Rules(envelope_cents=400)
    shares, made = stability(even, rules, select(even, rules).plan, draws=200)
    assert made == 200
    assert sum(shares.values()) == pytest.approx(1.0)
    assert 0.39 < shares["A"] < 0.61


def test_draws_depend_on_the_seed_and_not_on_the_order_of_the_rows():
    rules = Rules(envelope_cents=1000)
    doubtful = [replace(each, error=1500) for each in THREE]
    plan = select(doubtful, rules).plan
    one = stability(doubtful, rules, plan, draws=30, effort=Effort(seed=3))
    assert stability(doubtful[::-1], rules, plan, draws=30, effort=Effort(seed=3)) == one
    assert stability(doubtful, rules, plan, draws=30, effort=Effort(seed=4)) != one
