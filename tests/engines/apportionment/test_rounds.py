"""Rounds: what was set aside in one is served first in the next."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.apportionment import RULES, Claim, Terms, divide, divide_round, owed

A, B, C = Claim("a", 100), Claim("b", 100), Claim("c", 100)


def amounts(division):
    return {share.id: share.amount for share in division.shares}


def late(claim):
    return Claim(claim.id, claim.claim, excluded="not ready")


def test_who_was_not_ready_is_owed_what_the_rule_would_have_given():
    claims = [late(A), B, C]
    assert amounts(divide(claims, Terms(90), "webster")) == {"a": 0, "b": 45, "c": 45}
    assert owed(claims, Terms(90), "webster", {"a"}) == {"a": 30}


def test_who_waited_for_a_shipment_too_small_is_owed_it():
    small = Claim("a", 10, minimum=8)
    assert amounts(divide([small, B, C], Terms(105), "webster"))["a"] == 0
    assert owed([small, B, C], Terms(105), "webster", {"a"}) == {"a": 5}


def test_what_is_owed_goes_out_first_and_the_rest_by_the_rule():
    division = divide_round([A, B, C], Terms(90), "webster", {"a": 30})
    assert amounts(division) == {"a": 46, "b": 22, "c": 22}
    first = division.shares[0]
    assert first.reason.code == "apportionment.owed"
    assert first.reason.values["first"] == 30
    assert (
        first.amount == 30 + divide([Claim("a", 70), B, C], Terms(60), "webster").shares[0].amount
    )


def test_two_rounds_of_covax_bring_the_late_one_level():
    people = [Claim(name, 10**6, population=1_000) for name in "abc"]
    one = divide(
        [Claim("a", 10**6, population=1_000, excluded="x"), *people[1:]], Terms(400), "covax"
    )
    had = amounts(one)
    again = [Claim(c.id, c.claim, population=1_000, received=had[c.id]) for c in people]
    two = divide_round(again, Terms(300), "covax", {"a": 133})
    after = {c.id: had[c.id] + amounts(two)[c.id] for c in people}
    assert max(after.values()) - min(after.values()) <= 1


def test_too_little_for_all_that_is_owed_is_shared_by_it():
    division = divide_round([A, B, C], Terms(30), "water_filling", {"a": 40, "b": 20})
    assert amounts(division) == {"a": 20, "b": 10, "c": 0}


def test_nobody_is_served_first_who_is_set_aside_again():
    division = divide_round([late(A), B], Terms(50), "webster", {"a": 30})
    assert amounts(division) == {"a": 0, "b": 50}


@given(
    claims=st.lists(st.integers(0, 60), min_size=1, max_size=6),
    due=st.lists(st.integers(0, 60), min_size=6, max_size=6),
    supply=st.integers(0, 200),
    unit=st.integers(1, 7),
    buffer=st.fractions(0, 1, max_denominator=20),
    rule=st.sampled_from(RULES),
)
def test_nothing_is_lost_and_nobody_has_more_than_asked(claims, due, supply, unit, buffer, rule):
    listed = [
        Claim(f"c{place}", claim, population=10 + place) for place, claim in enumerate(claims)
    ]
    ids = {claim.id: owed for claim, owed in zip(listed, due, strict=False)}
    terms = Terms(supply, unit, Fraction(buffer))
    division = divide_round(listed, terms, rule, ids)
    given = amounts(division)
    assert sum(given.values()) + division.left + division.buffer == supply
    assert all(0 <= given[claim.id] <= claim.claim for claim in listed)
    assert all(amount % unit == 0 for amount in given.values())
    assert divide_round(reversed(listed), terms, rule, ids) == division


@pytest.mark.parametrize("rule", RULES)
def test_with_nothing_owed_it_is_the_plain_division(rule):
    claims = [Claim("a", 10, population=5), Claim("b", 20, population=9)]
    assert divide_round(claims, Terms(17), rule) == divide(claims, Terms(17), rule)
    assert divide_round(claims, Terms(17), rule, {"a": 0}) == divide(claims, Terms(17), rule)
