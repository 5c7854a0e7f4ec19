"""Where no plan exists, the fewest rules give way, by the least, and then there is a plan."""

from dataclasses import replace

from hypothesis import assume, given, settings

from monarca.engines.portfolio import (
    Effort,
    Level,
    Limit,
    Pin,
    Project,
    Rules,
    broken,
    choosing,
    problem_of,
    select,
)
from monarca.engines.portfolio.yielding import alone, weight_of
from tests.engines.portfolio.oracle import best_worth, cases, fewest, plans


@settings(max_examples=60, deadline=None)
@given(cases(most=4))
def test_a_relaxation_is_the_smallest_and_really_works(case):
    projects, rules = case
    answer = select(projects, rules)
    if answer.plan is not None:
        assert answer.relaxation is None
        return
    assert answer.reason.code == "portfolio.no_plan"
    eased = answer.relaxation
    assert (eased.is_verified, eased.is_smallest) == (True, True)
    assert len(eased.easings) == fewest(projects, rules)
    assert best_worth(projects, eased.rules) is not None
    assert select(projects, eased.rules).plan is not None


@settings(max_examples=30, deadline=None)
@given(cases(most=4))
def test_one_rule_alone_is_found_where_one_is_enough(case):
    projects, rules = case
    problem = problem_of(projects, rules)
    best = [
        worth_of_breach(problem, bad[0], chosen)
        for _, chosen, bad in plans(projects, rules)
        if len(bad) == 1 and not bad[0].startswith("organisation:")
    ]
    assume(select(projects, rules).plan is None)

    found = alone(problem, rules, Effort())

    assert (found is None) == (not best)
    if found:
        [rule] = broken(problem, found[0])
        assert worth_of_breach(problem, rule, found[0]) == min(best)
        assert found[1]


def worth_of_breach(problem, rule, chosen):
    lines = [line for line in problem.lines if line.rule == rule]
    return sum(max(0, line.excess(chosen)) * weight_of(line) for line in lines)


def project(name, cents, **given):
    return Project(name, 3000, (Level(100, (cents,)),), **given)


def easings(projects, rules):
    relaxation = select(projects, rules).relaxation
    return [(each.rule, each.was, each.becomes, each.reason.code) for each in relaxation.easings]


def test_two_pins_that_cost_more_than_there_is_need_exactly_that_much_more_money():
    rules = Rules(envelope_cents=900, pins=(Pin("A"), Pin("B")))
    assert easings([project("A", 500), project("B", 600)], rules) in (
        [("envelope", 900, 1100, "portfolio.ease_envelope")],
        [("pin:A", 1, 0, "portfolio.ease_pin")],
        [("pin:B", 1, 0, "portfolio.ease_pin")],
    )


def test_of_single_rules_the_one_that_gives_the_least_is_eased():
    rules = Rules(envelope_cents=1000, pins=(Pin("A"), Pin("B")))
    assert easings([project("A", 500), project("B", 501)], rules) == [
        ("envelope", 1000, 1001, "portfolio.ease_envelope")
    ]


def test_of_two_rules_that_would_do_alone_the_one_that_gives_less_is_eased():
    water = frozenset({"water"})
    projects = [project("W", 600, tags=water), project("V", 290, tags=water)]
    floor = Limit("water", 310, is_floor=True, tag="water")
    rules = Rules(envelope_cents=300, limits=(floor,))
    problem = problem_of(projects, rules)
    chosen, is_smallest = alone(problem, rules, Effort())
    assert broken(problem, chosen) == ("water",)
    assert is_smallest
    assert easings(projects, rules) == [("water", 310, 290, "portfolio.ease_floor_cents")]


def test_a_firm_rule_stays_and_another_gives_way():
    rules = Rules(envelope_cents=1000, pins=(Pin("A"), Pin("B")), firm=frozenset({"envelope"}))
    found = easings([project("A", 500), project("B", 501)], rules)
    assert len(found) == 1
    assert found[0][0] in {"pin:A", "pin:B"}


def test_when_everything_is_firm_nothing_helps():
    rules = Rules(envelope_cents=1000, pins=(Pin("A"),), firm=frozenset({"envelope", "pin:A"}))
    answer = select([project("A", 2000)], rules)
    assert (answer.plan, answer.relaxation) == (None, None)
    assert answer.reason.code == "portfolio.nothing_helps"


def test_a_project_both_wanted_and_refused_names_the_pin():
    rules = Rules(pins=(Pin("A"), Pin("A", is_in=False)))
    assert easings([project("A", 1)], rules) == [("pin:A", 1, 0, "portfolio.ease_pin")]


def test_two_pins_in_one_organisation_are_two_grants_for_it_or_one_pin_less():
    projects = [project("A", 1, organisation="O"), project("B", 1, organisation="O")]
    rules = Rules(pins=(Pin("A"), Pin("B")), firm=frozenset({"pin:A", "pin:B"}))
    assert easings(projects, rules) == [("organisation:O", 1, 2, "portfolio.ease_organisation")]


def test_floors_nobody_can_reach_come_down_to_what_can_be_reached():
    projects = [project("A", 400, tags=frozenset({"water"})), project("B", 600)]
    firm = frozenset({"pin:B"})
    cases = {
        "cents": (700, 400, "portfolio.ease_floor_cents"),
        "projects": (2, 1, "portfolio.ease_floor_projects"),
        "share_of_money": (5000, 4000, "portfolio.ease_floor_share"),
    }
    for measure, (amount, reached, code) in cases.items():
        limit = Limit("water", amount, is_floor=True, measure=measure, tag="water")
        rules = Rules(envelope_cents=2000, limits=(limit,), pins=(Pin("B"),), firm=firm)
        assert easings(projects, rules) == [("water", amount, reached, code)]


def test_a_ceiling_and_a_year_in_the_way_are_raised():
    only = replace(project("A", 400), tags=frozenset({"water"}))
    firm = frozenset({"pin:A"})
    ceiling = Rules(limits=(Limit("water", 300, tag="water"),), pins=(Pin("A"),), firm=firm)
    assert easings([only], ceiling) == [("water", 300, 400, "portfolio.ease_ceiling_cents")]
    year = Rules(years=("2024-2025",), year_cents=(399,), pins=(Pin("A"),), firm=firm)
    assert easings([only], year) == [("envelope:2024-2025", 399, 400, "portfolio.ease_year")]


def test_when_the_time_is_up_nobody_says_that_nothing_helps(monkeypatch):
    """There is no plan, and no time to find out which rules would have to give way."""
    left = [60.0]
    monkeypatch.setattr(choosing, "relax", lambda *_args, **_given: left.clear())
    projects = (project("A", 100), project("B", 100))
    rules = Rules(envelope_cents=150, pins=(Pin("A"), Pin("B")))

    hurried = select(projects, rules, effort=Effort(left=lambda: sum(left)))
    patient = select(projects, rules)

    assert hurried.reason.code == "portfolio.no_way_known"
    assert patient.reason.code == "portfolio.nothing_helps"
