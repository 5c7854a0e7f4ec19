"""The plan chosen is the best there is: against every plan of tiny cases, and a second solver."""

from dataclasses import replace
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from ortools.sat.python import cp_model

from monarca.engines.portfolio import (
    Effort,
    Goal,
    Level,
    Limit,
    Pin,
    Project,
    Rules,
    WrongRules,
    best_value,
    broken,
    by_score,
    levels_of,
    problem_of,
    scaled,
    select,
    solving,
)
from monarca.engines.portfolio.searching import refuse_interrupted
from monarca.engines.portfolio.shapes import USUAL
from tests.engines.portfolio.oracle import FIRST, best_worth, cases, plans, worth

OFFERS = ((100, 1000), (85, 900), (70, 780))


def crowd(count, seed=5):
    """Candidates as a fund's year brings them, and rules of every kind."""
    random = Random(seed)
    projects = []
    for number in range(count):
        tags = {f"theme={random.choice('abcd')}"}
        tags |= {tag for tag, chance in (("first", 0.3), ("ge2", 0.6)) if random.random() < chance}
        asked = random.randrange(800_000, 4_500_000, 100)
        projects.append(
            Project(
                f"P-{number:03}",
                random.randrange(1000, 5001, 50),
                levels_of((asked * 2 // 3, asked - asked * 2 // 3), OFFERS),
                f"O-{random.randrange(count)}",
                frozenset(tags),
                error=250,
            )
        )
    whole = sum(sum(project.levels[0].cents) for project in projects)
    limits = [
        Limit(f"theme {theme}", 1000, is_floor=True, measure="share_of_money", tag=f"theme={theme}")
        for theme in "abcd"
    ]
    limits.append(Limit("most a", 3500, measure="share_of_envelope", tag="theme=a"))
    limits.append(Limit("gender", 8000, is_floor=True, measure="share_of_projects", tag="ge2"))
    rules = Rules(
        envelope_cents=whole // 8,
        years=("2024-2025", "2025-2026"),
        year_cents=(whole // 12, None),
        limits=tuple(limits),
        pins=(Pin("P-003"), Pin("P-004", is_in=False), Pin("P-005", percent=70)),
    )
    return projects, rules


@settings(max_examples=80, deadline=None)
@given(cases())
def test_no_plan_is_better_than_the_one_chosen(case):
    projects, rules = case
    expected = best_worth(projects, rules)

    answer = select(projects, rules)

    assert (answer.plan.value if answer.plan else None) == expected
    if answer.plan:
        assert answer.plan.is_proved
        assert answer.plan.bound == expected


@settings(max_examples=25, deadline=None)
@given(cases())
def test_with_a_core_of_one_column_the_answer_is_still_the_best(case):
    projects, rules = case
    before, solving.CORE = solving.CORE, 0
    try:
        answer = select(projects, rules)
    finally:
        solving.CORE = before
    assert (answer.plan.value if answer.plan else None) == best_worth(projects, rules)


@settings(max_examples=25, deadline=None)
@given(cases())
def test_a_later_goal_takes_no_more_than_its_share_of_the_points(case):
    projects, rules = case
    rules = replace(rules, goals=(FIRST,), keep=9000)
    good = [
        (worth(p, chosen), p.awards(chosen)) for p, chosen, bad in plans(projects, rules) if not bad
    ]
    assume(good)
    best = max(value for value, _ in good)
    first = {project.id for project in projects if "first" in project.tags}
    allowed = [
        (sum(award.project in first for award in awards), value)
        for value, awards in good
        if value >= best - best // 10
    ]

    plan = select(projects, rules).plan

    most = max(count for count, _ in allowed)
    assert plan.stages[1].value == most
    assert plan.value == max(value for count, value in allowed if count == most)


def test_two_solvers_agree_on_the_value_of_a_year():
    projects, rules = crowd(60)
    plan = select(projects, rules).plan
    assert plan.is_proved
    assert plan.value == best_value(problem_of(projects, rules))


def test_the_plan_keeps_every_rule_to_the_cent():
    projects, rules = crowd(60)
    plan = select(projects, rules).plan
    problem = problem_of(projects, rules)
    given = {(award.project, award.percent) for award in plan.awards}
    chosen = [
        column
        for column, (place, level) in enumerate(problem.columns)
        if (problem.projects[place].id, problem.projects[place].levels[level].percent) in given
    ]
    assert broken(problem, chosen) == ()
    assert sum(plan.cents) <= rules.envelope_cents
    assert plan.cents[0] <= rules.year_cents[0]
    assert ("P-005", 70) in given
    assert "P-003" in plan.funded
    assert "P-004" not in plan.funded


def test_the_order_of_the_rows_changes_nothing():
    projects, rules = crowd(60)
    plan = select(projects, rules).plan
    mixed = list(projects)
    Random(1).shuffle(mixed)
    assert select(mixed, rules).plan == plan


@settings(max_examples=25, deadline=None)
@given(cases())
def test_more_money_never_buys_less(case):
    projects, rules = case
    limits = tuple(each for each in rules.limits if each.measure != "share_of_envelope")
    rules = replace(rules, limits=limits)
    answer = select(projects, rules).plan
    assume(answer)
    assert select(projects, scaled(rules, 10)).plan.value >= answer.value


def equals(count):
    return [Project(f"P-{n:02}", 3000, (Level(100, (1000,)),)) for n in range(count)]


def test_among_equals_a_lot_of_the_seed_decides_and_not_the_alphabet():
    rules = Rules(envelope_cents=10_000)
    plans = {select(equals(40), rules, effort=Effort(seed=seed)).plan.funded for seed in range(3)}
    assert len(plans) == 3
    assert {len(plan) for plan in plans} == {10}
    assert frozenset(f"P-{n:02}" for n in range(10)) not in plans


def test_the_same_seed_gives_the_same_lot():
    rules = Rules(envelope_cents=10_000)
    one, other = (select(equals(40), rules, effort=Effort(seed=7)).plan for _ in range(2))
    assert one == other


def test_nobody_asks_and_nobody_gets():
    answer = select([], Rules(envelope_cents=0))
    assert answer.plan.awards == ()
    assert answer.plan.cents == (0,)
    assert answer.plan.is_proved


def test_one_project_that_fits_is_funded_and_one_cent_less_is_not_enough():
    project = Project("P", 4000, levels_of((4_500_000,)))
    assert select([project], Rules(envelope_cents=4_500_000)).plan.funded == {"P"}
    assert select([project], Rules(envelope_cents=4_499_999)).plan.funded == frozenset()


def test_a_level_is_exact_to_the_cent_in_every_year():
    whole, part = levels_of((333_33, 666_68), ((100, 1000), (85, 900)))
    assert whole.cents == (33333, 66668)
    assert part.cents == (28333, 56667)
    assert sum(part.cents) == 100_001 * 85 // 100
    assert levels_of((0, 0), ((85, 900),))[0].cents == (0, 0)


def test_without_an_envelope_everybody_is_funded():
    assert len(select(equals(30), Rules()).plan.awards) == 30


def test_a_share_of_nothing_is_kept_by_funding_nothing():
    floor = Limit("water", 5000, is_floor=True, measure="share_of_money", tag="water")
    assert select(equals(3), Rules(envelope_cents=5000, limits=(floor,))).plan.awards == ()


def test_a_goal_in_cents_is_reached_for():
    projects = [
        Project("A", 4000, (Level(100, (900,)),), tags=frozenset({"water"})),
        Project("B", 4000, (Level(100, (1000,)),), tags=frozenset({"water"})),
    ]
    goal = Goal("money for water", "water", "cents")
    plan = select(projects, Rules(envelope_cents=1000, goals=(goal,))).plan
    assert plan.funded == {"B"}
    assert plan.stages[1].value == 1000


def test_enormous_numbers_are_refused_and_large_ones_exact():
    huge = Project("A", 10**16, (Level(100, (10**15,)),))
    with pytest.raises(WrongRules) as caught:
        select([huge, replace(huge, id="B")], Rules(envelope_cents=10**15))
    assert caught.value.reason.code == "portfolio.too_large"
    large = [Project(f"{n}", 5000, (Level(100, (10**12 + n,)),)) for n in range(4)]
    assert select(large, Rules(envelope_cents=2 * 10**12 + 1)).plan.funded == {"0", "1"}


@pytest.mark.parametrize(
    ("projects", "rules", "code"),
    [
        ([*equals(1), *equals(1)], Rules(), "portfolio.id_twice"),
        (equals(1), Rules(years=("a", "b")), "portfolio.years_differ"),
        (equals(1), Rules(pins=(Pin("X"),)), "portfolio.pin_unknown"),
        (equals(1), Rules(limits=(Limit("x", 1, year="1999"),)), "portfolio.limit_unknown"),
        (
            equals(1),
            Rules(limits=(Limit("x", 1, measure="share_of_envelope"),)),
            "portfolio.no_envelope",
        ),
    ],
)
def test_rules_that_mean_nothing_are_refused_with_a_reason(projects, rules, code):
    with pytest.raises(WrongRules) as caught:
        select(projects, rules)
    assert caught.value.reason.code == code


def test_an_answer_stopped_by_the_clock_says_its_gap_and_keeps_the_rules():
    projects, rules = crowd(150)
    plan = select(projects, rules, effort=Effort(work=0.0005)).plan
    best = best_value(problem_of(projects, rules))
    if plan is not None:
        assert plan.value <= best <= plan.stages[0].bound
        assert plan.is_proved or plan.gap_share >= 0


def test_sorting_by_score_is_worth_less_and_breaks_rules():
    projects, rules = crowd(60)
    usual = by_score(projects, rules)
    assert usual.value < select(projects, rules).plan.value
    assert usual.cents <= rules.envelope_cents
    assert "pin:P-003" in usual.broken


def test_what_the_first_solver_could_not_find_the_second_finds():
    projects, rules = crowd(150)
    plan = select(projects, rules, effort=Effort(work=0.001)).plan
    assert plan.method == "highs"
    assert plan.value == best_value(problem_of(projects, rules))
    assert not plan.is_proved
    assert 0 < plan.gap_share < 0.01


def test_at_the_size_of_a_country_the_better_of_two_answers_is_kept(monkeypatch):
    projects, rules = crowd(150)
    alone = select(projects, rules, effort=Effort(work=0.1)).plan
    monkeypatch.setattr(solving, "MANY", 100)
    both = select(projects, rules, effort=Effort(work=0.1)).plan
    assert both.value >= alone.value
    assert both.value == best_value(problem_of(projects, rules))


NOTHING = solving.Found(None, 0, 10**15, is_proved=False)
"""What a search answers that had no time to find anything."""


def test_a_search_that_finds_nothing_in_its_time_leaves_the_plan_that_was_known(monkeypatch):
    """At a country's size the relaxation itself may run out of time, and then nothing is found."""
    problem = problem_of(*crowd(60))
    known = solving.best(problem, USUAL).chosen
    monkeypatch.setattr(solving, "bound_of", lambda *_: None)
    monkeypatch.setattr(solving, "searched", lambda *_args, **_given: NOTHING)

    found = solving.best(problem, USUAL, known=known)

    assert (found.chosen, found.value) == (known, worth(problem, known))
    assert (found.bound, found.is_proved) == (NOTHING.bound, False)
    assert solving.best(problem, USUAL).chosen is None, "nothing known, nothing made up"


def test_a_goal_that_has_no_time_leaves_the_points_as_they_were(monkeypatch):
    """The first search ends in time and the goal after it has none: the plan stays, unproved."""
    projects, rules = crowd(60)
    rules = replace(rules, goals=())
    first = select(projects, rules).plan
    asked, bound, search = [], solving.bound_of, solving.searched

    def bound_once(*given):
        asked.append(given)
        return bound(*given) if len(asked) == 1 else None

    def search_once(*given, **more):
        return search(*given, **more) if len(asked) == 1 else NOTHING

    monkeypatch.setattr(solving, "bound_of", bound_once)
    monkeypatch.setattr(solving, "searched", search_once)

    answer = select(projects, replace(rules, goals=(Goal("many"),)))

    assert (answer.plan.value, answer.plan.is_proved) == (first.value, False)
    assert answer.reason.code == "portfolio.not_proved"


def test_a_person_who_stops_the_solver_stops_everything():
    """CP-SAT swallows the signal and answers early: neither proved nor at its limits."""

    class Stopped:
        deterministic_time = 1.0
        wall_time = 1.0
        parameters = SimpleNamespace(max_deterministic_time=40.0, max_time_in_seconds=60.0)

    with pytest.raises(KeyboardInterrupt):
        refuse_interrupted(Stopped(), cp_model.FEASIBLE, Effort())
    refuse_interrupted(Stopped(), cp_model.OPTIMAL, Effort())
    Stopped.deterministic_time = 40.0
    refuse_interrupted(Stopped(), cp_model.UNKNOWN, Effort())
