"""The fast integer methods against the slow definitions they come from."""

from fractions import Fraction
from itertools import product
from math import isqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.apportionment import Claim, Refused, Terms, divide

names = "abcdefgh"
counts = st.lists(st.integers(0, 40), min_size=1, max_size=6)


def claims_of(numbers, **more):
    return [Claim(names[place], number, **more) for place, number in enumerate(numbers)]


def amounts(claims, terms, rule):
    return [share.amount for share in divide(claims, terms, rule).shares]


def exact(claims, terms, rule):
    return [share.exact for share in divide(claims, terms, rule).shares]


def divisors(k):
    """Where the next seat after k is due, squared, under each of the five methods."""
    return {
        "adams": Fraction(k) ** 2,
        "dean": Fraction(2 * k * (k + 1), 2 * k + 1) ** 2,
        "hill": Fraction(k * (k + 1)),
        "webster": Fraction(2 * k + 1, 2) ** 2,
        "dhondt": Fraction(k + 1) ** 2,
    }


def one_seat_at_a_time(rule, claims, supply):
    """The textbook: each seat to the largest claim over divisor; none yet is first, larger first."""
    seats = [claim.floor for claim in claims]
    for _ in range(supply - sum(seats)):
        best = None
        for place, claim in enumerate(claims):
            if seats[place] >= claim.most:
                continue
            due = divisors(seats[place])[rule]
            key = (due > 0, due / claim.claim**2 if due else -claim.claim, place)
            best = min(best, key) if best else key
        if best is None:
            break
        seats[best[2]] += 1
    return seats


@pytest.mark.parametrize("rule", ["adams", "dean", "hill", "webster", "dhondt"])
@settings(max_examples=40, deadline=None)
@given(numbers=counts, data=st.data())
def test_a_divisor_method_gives_one_seat_at_a_time(rule, numbers, data):
    claims = []
    for place, number in enumerate(numbers):
        cap = data.draw(st.one_of(st.none(), st.integers(0, number)))
        floor = data.draw(st.integers(0, min(3, number if cap is None else cap)))
        claims.append(Claim(names[place], number, floor=floor, cap=cap))
    least = sum(claim.floor for claim in claims)
    supply = data.draw(st.integers(least, least + sum(numbers)))
    assert amounts(claims, Terms(supply), rule) == one_seat_at_a_time(rule, claims, supply)


@settings(max_examples=60, deadline=None)
@given(numbers=st.lists(st.integers(0, 5), min_size=1, max_size=4), data=st.data())
def test_water_filling_is_the_best_for_the_worst_off_then_the_next(numbers, data):
    """Brute force: of all divisions, the one whose sorted losers are largest (leximin)."""
    supply = data.draw(st.integers(0, sum(numbers)))
    best = max(
        sorted(division)
        for division in product(*(range(number + 1) for number in numbers))
        if sum(division) == supply
    )
    assert sorted(amounts(claims_of(numbers), Terms(supply), "max-min")) == best


@settings(max_examples=60, deadline=None)
@given(numbers=st.lists(st.integers(0, 5), min_size=1, max_size=4), data=st.data())
def test_equal_losses_are_the_best_for_whoever_loses_most(numbers, data):
    supply = data.draw(st.integers(0, sum(numbers)))
    best = min(
        sorted(
            (claim - share for claim, share in zip(numbers, division, strict=True)), reverse=True
        )
        for division in product(*(range(number + 1) for number in numbers))
        if sum(division) == supply
    )
    shares = amounts(claims_of(numbers), Terms(supply), "equal_losses")
    losses = [claim - share for claim, share in zip(numbers, shares, strict=True)]
    assert sorted(losses, reverse=True) == best


@settings(max_examples=80, deadline=None)
@given(numbers=counts, data=st.data())
def test_largest_remainder_is_hamiltons_rule(numbers, data):
    whole = sum(numbers)
    supply = data.draw(st.integers(0, whole))
    quotas = [Fraction(number * supply, whole) if whole else Fraction(0) for number in numbers]
    seats = [int(quota) for quota in quotas]
    order = sorted(range(len(numbers)), key=lambda place: (seats[place] - quotas[place], place))
    for place in order[: supply - sum(seats)]:
        seats[place] += 1
    assert amounts(claims_of(numbers), Terms(supply), "hamilton") == seats
    assert exact(claims_of(numbers), Terms(supply), "hamilton") == quotas


def garment(one, other, amount):
    """Each concedes what they do not claim; the rest is halved (Mishnah, Baba Metzia 2a)."""
    conceded = max(Fraction(0), amount - other), max(Fraction(0), amount - one)
    half = (amount - sum(conceded)) / 2
    return conceded[0] + half, conceded[1] + half


@settings(max_examples=80, deadline=None)
@given(numbers=counts, data=st.data())
def test_under_the_talmud_any_two_share_what_they_have_together_as_the_garment(numbers, data):
    """What Aumann and Maschler proved to be the only such rule."""
    supply = data.draw(st.integers(0, sum(numbers)))
    shares = exact(claims_of(numbers), Terms(supply), "talmud")
    assert sum(shares) == supply
    for one, other in zip(range(len(numbers)), range(1, len(numbers)), strict=False):
        pair = garment(numbers[one], numbers[other], shares[one] + shares[other])
        assert pair == (shares[one], shares[other])


@pytest.mark.parametrize(
    ("estate", "shares"),
    [(100, [34, 33, 33]), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_the_three_wives_of_the_mishnah(estate, shares):
    """Kethubot 93a, claims of 100, 200 and 300; a third is 33 and one left over."""
    assert amounts(claims_of([100, 200, 300]), Terms(estate), "talmud") == shares


@settings(max_examples=60, deadline=None)
@given(
    numbers=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), min_size=1, max_size=5),
    data=st.data(),
)
def test_weighted_water_stands_level(numbers, data):
    """Nobody below what they may have stands lower than another stands above nought."""
    claims = [
        Claim(names[place], asked, weight=Fraction(weight, 3))
        for place, (asked, weight) in enumerate(numbers)
    ]
    supply = data.draw(st.integers(0, sum(asked for asked, _ in numbers)))
    shares = exact(claims, Terms(supply), "nash")
    assert sum(shares) == supply
    heights = [share / claim.weight for share, claim in zip(shares, claims, strict=True)]
    open_ones = [
        height
        for height, share, claim in zip(heights, shares, claims, strict=True)
        if share < claim.claim
    ]
    assert all(height == max(heights) for height in open_ones)


@pytest.mark.parametrize("rule", ["webster", "adams", "hill", "dean", "dhondt"])
def test_seats_of_a_real_parliament_do_not_depend_on_how_large_the_numbers_are(rule):
    """Apportioning by populations of millions places almost everything at once; the end decides."""
    populations = [9_217_464, 4_967_838, 1_799_541, 1_189_447, 651_319, 87_341]
    claims = claims_of(populations)
    shares = amounts(claims, Terms(251), rule)
    assert shares == one_seat_at_a_time(rule, claims, 251)
    assert sum(shares) == 251


def test_hill_compares_roots_exactly():
    """k(k+1) of neighbours agree to the last bit of a double; the integers still order them."""
    big = 10**9
    root = isqrt(big * (big + 1))
    claims = [Claim("a", root), Claim("b", root + 1)]
    assert amounts(claims, Terms(1), "hill") == [0, 1]
    assert amounts(claims, Terms(3), "hill") == [1, 2]


def test_floors_that_need_more_than_there_is_name_the_fewest_that_clash():
    claims = [Claim("a", 9, floor=2), Claim("b", 9, floor=6), Claim("c", 9, floor=5)]
    with pytest.raises(Refused) as refused:
        divide(claims, Terms(10), "webster")
    assert refused.value.clash == ("b", "c")
    assert refused.value.reason.values == {
        "needed": 13,
        "there": 10,
        "short": 3,
        "count": 2,
        "ids": "b, c",
    }
