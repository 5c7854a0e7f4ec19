"""What each rule promises holds without exception; what it breaks is shown by the smallest case."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.engines.apportionment import AXIOMS, RULES, Claim, Problem, Terms, first, standings
from monarca.engines.apportionment.counterexamples import BROKEN
from tests.engines.apportionment.strategies import problems

KEPT = [(rule, axiom) for rule in RULES for axiom in AXIOMS if axiom not in BROKEN[rule]]


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_rule_keeps_what_it_promises(rule, data):
    problem = data.draw(problems(rule))
    broken = [axiom for axiom in AXIOMS if axiom not in BROKEN[rule] and AXIOMS[axiom](problem)]
    assert broken == []


@pytest.mark.parametrize("rule", RULES)
def test_the_counterexample_shown_is_the_smallest_there_is(rule):
    for standing in standings(rule):
        total = 4 if rule in {"covax", "weighted_water_filling"} else 8
        claimants = 3 if rule in {"covax", "weighted_water_filling"} else 4
        assert first(rule, standing.axiom, claimants=claimants, total=total) == standing.problem


def test_the_table_of_the_rules():
    broken = {rule: sorted(BROKEN[rule]) for rule in RULES}
    monotone = [rule for rule in RULES if "resource_monotone" not in broken[rule]]
    assert {rule for rule in RULES if "no_envy" not in broken[rule]} == {"water_filling"}
    assert {rule for rule in RULES if "quota" not in broken[rule]} == {
        "proportional",
        "largest_remainder",
    }
    assert set(RULES) - set(monotone) == {"proportional", "largest_remainder"}
    assert len(KEPT) == 12 * 9 - sum(map(len, broken.values()))


@pytest.mark.parametrize("rule", RULES)
def test_what_is_broken_is_told_with_a_reason(rule):
    for standing in standings(rule):
        assert standing.is_kept == (standing.broken is None)
        if standing.broken:
            assert standing.broken.code == f"apportionment.breaks_{standing.axiom}"


@pytest.mark.parametrize(
    ("axiom", "shares", "claims"),
    [
        ("efficient", [1, 1], (2, 2)),
        ("within_claim", [3, 0], (2, 2)),
        ("equal_treatment", [3, 0], (3, 3)),
        ("order_preservation", [0, 3], (4, 3)),
        ("no_envy", [0, 3], (4, 3)),
        ("quota", [0, 3], (3, 3)),
    ],
)
def test_an_axiom_sees_a_wrong_division(monkeypatch, axiom, shares, claims):
    asked = tuple(Claim(name, claim) for name, claim in zip("ab", claims, strict=True))
    problem = Problem("webster", asked, Terms(3))
    monkeypatch.setattr("monarca.engines.apportionment.axioms.given", lambda *_: shares)
    assert AXIOMS[axiom](problem) is not None


@pytest.mark.parametrize(
    ("axiom", "answers"),
    [
        ("resource_monotone", {(2, 2, 3): [1, 2], (2, 2, 4): [0, 4]}),
        ("claim_monotone", {(2, 2, 3): [1, 2], (3, 2, 3): [0, 3], (2, 3, 3): [1, 2]}),
        ("consistency", {(2, 2, 3): [1, 2], (2, 2): [1], (2, 1): [0]}),
    ],
)
def test_an_axiom_sees_a_share_that_falls(monkeypatch, axiom, answers):
    def wrong(_rule, claims, terms):
        return answers[(*(claim.claim for claim in claims), terms.supply)]

    monkeypatch.setattr("monarca.engines.apportionment.axioms.given", wrong)
    problem = Problem("webster", (Claim("a", 2), Claim("b", 2)), Terms(3))
    assert AXIOMS[axiom](problem) is not None
