"""Divisions as people ask for them: lots, buffers, exclusions, waiting, and a reason for each."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.apportionment import (
    RULES,
    Claim,
    Refused,
    Terms,
    compare,
    divide,
    gini,
    named,
)
from tests.engines.apportionment.strategies import claim as claim_of

LETTERS = "abcdefgh"


def by_id(division):
    return {share.id: share for share in division.shares}


def reasons(division):
    return {share.id: share.reason.code.removeprefix("apportionment.") for share in division.shares}


@pytest.mark.parametrize("rule", RULES)
def test_nobody_asks(rule):
    division = divide([], Terms(10), rule)
    assert (division.shares, division.left) == ((), 10)
    assert division.left_reason.code == "apportionment.nobody_may_have_more"


@pytest.mark.parametrize("rule", RULES)
def test_there_is_nothing(rule):
    division = divide([Claim("a", 5, population=9), Claim("b", 0, population=9)], Terms(0), rule)
    assert [share.amount for share in division.shares] == [0, 0]
    assert division.left_reason is None


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_amounts_left_and_buffer_add_up_in_whole_lots_and_rows_may_come_in_any_order(rule, data):
    claims = [
        data.draw(claim_of(rule, letter)) for letter in LETTERS[: data.draw(st.integers(0, 6))]
    ]
    terms = Terms(
        data.draw(st.integers(0, 300)),
        unit=data.draw(st.integers(1, 9)),
        buffer=Fraction(data.draw(st.integers(0, 10)), 20),
    )
    division = divide(claims, terms, rule)
    assert (
        sum(share.amount for share in division.shares) + division.left + division.buffer
        == terms.supply
    )
    assert division.buffer >= terms.supply * terms.buffer
    assert all(share.amount % terms.unit == 0 for share in division.shares)
    shuffled = claims[:]
    random.Random(4).shuffle(shuffled)
    assert divide(shuffled, terms, rule) == division


@pytest.mark.parametrize("rule", RULES)
def test_all_tied_are_one_unit_apart_in_the_order_of_ids(rule):
    claims = [Claim(letter, 7, population=50) for letter in "dcba"]
    division = divide(claims, Terms(10), rule)
    assert [share.amount for share in division.shares] == [3, 3, 2, 2]


@pytest.mark.parametrize("rule", RULES)
def test_numbers_beyond_every_machine_word_stay_exact(rule):
    claims = [Claim("a", 10**30, population=10**30), Claim("b", 10**30 + 1, population=10**30)]
    division = divide(claims, Terms(10**30 + 1, doses=5), rule)
    assert sum(share.amount for share in division.shares) == 10**30 + 1
    assert all(isinstance(share.amount, int) for share in division.shares)


def test_numbers_beyond_every_float_are_divided_too():
    large = 10**400
    claims = [Claim(letter, large, weight=Fraction(large)) for letter in "abc"]
    for rule in ("water_filling", "weighted_water_filling", "talmud", "hamilton"):
        division = divide(claims, Terms(large), rule)
        assert sum(share.amount for share in division.shares) == large
        assert by_id(division)["a"].rounding.values["exact"] == round(Fraction(large, 3))


def test_a_share_says_what_bounded_it():
    claims = [
        Claim("a", 10),
        Claim("b", 90, cap=30),
        Claim("c", 90),
        Claim("d", 90, floor=60),
        Claim("e", 0),
        Claim("f", 90, excluded="not ready"),
    ]
    division = divide(claims, Terms(150), "water_filling")
    assert [share.amount for share in division.shares] == [10, 30, 50, 60, 0, 0]
    assert reasons(division) == {
        "a": "in_full",
        "b": "at_cap",
        "c": "by_level",
        "d": "at_floor",
        "e": "nothing_asked",
        "f": "excluded",
    }
    assert by_id(division)["b"].reason.values == {"amount": 30, "claim": 90, "cap": 30}
    assert by_id(division)["f"].reason.values == {"why": "not ready"}


def test_a_rounded_share_gives_its_exact_value():
    division = divide([Claim("a", 50), Claim("b", 50), Claim("c", 50)], Terms(100), "proportional")
    shares = by_id(division)
    assert [share.amount for share in division.shares] == [34, 33, 33]
    assert {share.exact for share in division.shares} == {Fraction(100, 3)}
    assert shares["a"].rounding.code == "apportionment.rounded_up"
    assert shares["c"].rounding.code == "apportionment.rounded_down"
    assert shares["a"].reason.values["met_share"] == 34 / 50


def test_lots_leave_what_does_not_fill_one():
    division = divide([Claim("a", 25), Claim("b", 100)], Terms(99, unit=10), "water_filling")
    assert [share.amount for share in division.shares] == [20, 70]
    assert reasons(division)["a"] == "in_whole_lots"
    assert (division.left, division.left_reason.code) == (9, "apportionment.less_than_a_lot")


def test_what_a_cap_holds_back_is_shared_again():
    """A budget among missions: floor, cap, in proportion to weight."""
    claims = [
        Claim("lima", 800, weight=Fraction(1), floor=200),
        Claim("mexico", 900, weight=Fraction(6), cap=500),
        Claim("quito", 900, weight=Fraction(3)),
    ]
    division = divide(claims, Terms(1000), "weighted_water_filling")
    assert [share.amount for share in division.shares] == [200, 500, 300]
    assert reasons(division) == {"lima": "at_floor", "mexico": "at_cap", "quito": "by_weight"}
    assert [s.amount for s in divide(claims, Terms(1000, by="weight"), "dhondt").shares] == [
        200,
        500,
        300,
    ]


def test_a_shipment_too_small_waits_and_its_lots_go_to_the_others():
    claims = [Claim("a", 100, minimum=40), Claim("b", 100, minimum=40), Claim("c", 5, minimum=40)]
    division = divide(claims, Terms(65), "water_filling")
    assert [share.amount for share in division.shares] == [0, 60, 5]
    assert reasons(division) == {"a": "below_minimum", "b": "by_level", "c": "small_but_whole"}
    assert by_id(division)["a"].reason.values == {"amount": 30, "minimum": 40}
    assert by_id(division)["c"].reason.values == {"amount": 5, "claim": 5, "minimum": 40}


def test_a_claim_smaller_than_its_smallest_shipment_is_sent_whole_or_waits():
    claims = [Claim("a", 30, minimum=40), Claim("b", 30), Claim("c", 30)]
    division = divide(claims, Terms(60), "water_filling")
    assert [share.amount for share in division.shares] == [0, 30, 30]
    assert by_id(division)["a"].reason.code == "apportionment.below_whole"
    assert by_id(division)["a"].reason.values == {"amount": 20, "minimum": 40, "most": 30}
    assert divide(claims, Terms(90), "water_filling").shares[0].amount == 30


def test_a_cap_below_the_smallest_shipment_counts_as_all_that_may_be_had():
    claims = [Claim("a", 100, cap=30, minimum=40), Claim("b", 100)]
    division = divide(claims, Terms(60), "water_filling")
    assert [share.amount for share in division.shares] == [30, 30]
    assert reasons(division) == {"a": "small_but_whole", "b": "by_level"}
    assert [share.amount for share in divide(claims, Terms(40), "water_filling").shares] == [0, 40]


def test_a_floor_below_the_smallest_shipment_guarantees_that_shipment():
    claims = [Claim("a", 100, floor=10, minimum=40), Claim("b", 100), Claim("c", 100)]
    division = divide(claims, Terms(60), "water_filling")
    assert [share.amount for share in division.shares] == [40, 10, 10]
    assert reasons(division)["a"] == "at_floor_worth_sending"
    assert by_id(division)["a"].reason.values == {"amount": 40, "floor": 10, "minimum": 40}


def test_a_floor_of_a_small_claim_guarantees_all_of_it():
    claims = [Claim("a", 30, floor=10, minimum=40), Claim("b", 100)]
    division = divide(claims, Terms(50), "water_filling")
    assert [share.amount for share in division.shares] == [30, 20]
    assert reasons(division)["a"] == "small_but_whole"


def test_guaranteed_shipments_beyond_what_there_is_are_refused_by_name():
    claims = [Claim(name, 100, floor=1, minimum=40) for name in "abc"]
    with pytest.raises(Refused) as refused:
        divide(claims, Terms(100), "webster")
    assert refused.value.reason.code == "apportionment.floors_exceed"
    assert refused.value.clash == ("a", "b", "c")


BOUNDED = [rule for rule in RULES if rule not in {"covax", "talmud"}]


@pytest.mark.parametrize("rule", BOUNDED)
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_nothing_too_small_is_sent_and_whoever_has_a_floor_never_waits(rule, data):
    unit = data.draw(st.integers(1, 5))
    claims = []
    for letter in LETTERS[: data.draw(st.integers(1, 6))]:
        most = data.draw(st.integers(0, 60))
        floor = data.draw(st.sampled_from([0, 0, most // unit * unit // 3]))
        claims.append(Claim(letter, most, floor=floor, minimum=data.draw(st.integers(0, 50))))
    terms = Terms(data.draw(st.integers(0, 200)), unit=unit)
    try:
        division = divide(claims, terms, rule)
    except Refused as refused:
        assert refused.reason.code.startswith("apportionment.floor")  # noqa: PT017
        return
    for claim, share in zip(claims, division.shares, strict=True):
        whole = claim.most // unit * unit
        assert share.amount in {0, whole} or share.amount >= claim.minimum
        assert share.amount >= claim.floor
        assert share.amount >= (min(claim.minimum, whole) if claim.floor else 0)


@pytest.mark.parametrize(
    ("claim", "rule", "code"),
    [
        (Claim("a", -1), "webster", "negative"),
        (Claim("a", 1, weight=Fraction(0)), "nash", "negative"),
        (Claim("a", 5, floor=6), "webster", "floor_above_claim"),
        (Claim("a", 5, floor=4, cap=3), "webster", "floor_above_claim"),
        (Claim("a", 5), "covax", "no_population"),
        (Claim("a", 5, cap=3), "talmud", "takes_no_bounds"),
        (Claim("a", 5, population=9, floor=3), "covax", "takes_no_bounds"),
    ],
)
def test_a_claim_that_contradicts_itself_or_the_rule_is_named(claim, rule, code):
    with pytest.raises(Refused) as refused:
        divide([claim, Claim("b", 3, population=9)], Terms(5), rule)
    assert refused.value.reason.code == f"apportionment.{code}"
    assert refused.value.clash == ("a",)


def test_a_floor_between_two_lots_is_named():
    with pytest.raises(Refused) as refused:
        divide([Claim("a", 15, floor=12)], Terms(50, unit=10), "webster")
    assert refused.value.reason.code == "apportionment.floor_between_lots"


def test_an_id_given_twice_is_named():
    with pytest.raises(Refused) as refused:
        divide([Claim("a", 1), Claim("a", 2)], Terms(5), "webster")
    assert refused.value.reason.values == {"id": "a"}


@pytest.mark.parametrize("terms", [Terms(-1), Terms(1, unit=0), Terms(1, buffer=Fraction(2))])
def test_terms_that_make_no_sense_are_refused(terms):
    with pytest.raises(Refused) as refused:
        divide([Claim("a", 1)], terms, "webster")
    assert refused.value.reason.code == "apportionment.terms_wrong"


def test_rules_answer_to_the_names_people_use():
    assert [
        named(each) for each in ("Sainte-Lague", "hamilton", "Jefferson", "MAX-MIN", "D'Hondt")
    ] == [
        "webster",
        "largest_remainder",
        "dhondt",
        "water_filling",
        "dhondt",
    ]
    with pytest.raises(Refused):
        named("fairest")


def test_rules_side_by_side_with_how_unequal_each_is():
    claims = [Claim("a", 100), Claim("b", 300), Claim("c", 0), Claim("d", 50, excluded="late")]
    equal, proportional = compare(claims, Terms(200), ["water_filling", "proportional"])
    assert (equal.inequality.gini_amounts, proportional.inequality.gini_amounts) == (
        0,
        Fraction(1, 4),
    )
    assert (equal.inequality.least_met, equal.inequality.most_met) == (Fraction(1, 3), 1)
    assert (proportional.inequality.least_met, proportional.inequality.gini_met) == (
        Fraction(1, 2),
        0,
    )


@given(st.lists(st.integers(0, 50), max_size=7))
def test_gini_is_the_mean_difference_over_twice_the_mean(values):
    whole = sum(values)
    pairs = sum(abs(one - other) for one in values for other in values)
    assert gini(values) == (Fraction(pairs, 2 * len(values) * whole) if whole else 0)
