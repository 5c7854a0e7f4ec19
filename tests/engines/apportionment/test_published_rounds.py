"""The published rounds of COVAX: how much there was and for how many; their populations are not ours.

Round 1: 237 million doses for 142 participants, towards 3 % of everybody first. Round 4: 17,366,400
doses for 43. Round 6: shipments of 1,200, and of 20,400 at least above a million people. Round 14:
more than 400 million, the first with more doses than were asked for.
"""

from fractions import Fraction
from random import Random

import pytest

from monarca.engines.apportionment import Claim, Terms, divide

LOT = 1_200
LARGE = 20_400
MILLION = 1_000_000


def participants(count, seed, **given):
    """So many, from small islands to large countries, the same on every machine."""
    random = Random(seed)
    sizes = [int(10 ** random.uniform(4.5, 8.3)) for _ in range(count)]
    return [
        Claim(
            f"p{place:03}",
            given.get("claim", 10**12),
            population=size,
            minimum=LARGE if size > MILLION else LOT,
        )
        for place, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("doses", "count", "target"),
    [(237 * MILLION, 142, Fraction(1, 5)), (17_366_400, 43, Fraction(1, 5))],
    ids=["round-1", "round-4"],
)
def test_a_published_round_goes_out_whole_in_shipments(doses, count, target):
    claims = participants(count, seed=count)
    terms = Terms(doses, unit=LOT, buffer=Fraction(1, 20), target=target)
    division = divide(claims, terms, "covax")
    given = [share.amount for share in division.shares]
    assert sum(given) + division.left + division.buffer == doses
    assert division.left < LOT
    assert {amount % LOT for amount in given} == {0}
    for claim, amount in zip(claims, given, strict=True):
        assert amount == 0 or amount >= claim.minimum
        assert amount <= claim.population * 2 * target


def test_round_four_is_a_whole_number_of_shipments():
    assert 17_366_400 % LOT == 0
    division = divide(participants(43, seed=43), Terms(17_366_400, unit=LOT), "covax")
    assert division.left == 0


def test_everybody_who_receives_is_at_one_coverage_to_a_shipment():
    claims = [
        Claim(claim.id, claim.claim, population=claim.population)
        for claim in participants(142, seed=1)
    ]
    division = divide(claims, Terms(237 * MILLION, unit=LOT), "covax")
    level = Fraction(
        sum(share.amount for share in division.shares), sum(claim.population for claim in claims)
    )
    for claim, share in zip(claims, division.shares, strict=True):
        assert abs(share.amount - level * claim.population) <= LOT


def test_the_first_three_percent_stop_there_until_all_have_them():
    claims = participants(142, seed=7, claim=10**12)
    three = Terms(10 * MILLION, unit=1, target=Fraction(3, 100))
    division = divide(
        [Claim(c.id, c.claim, population=c.population) for c in claims], three, "covax"
    )
    for claim, share in zip(claims, division.shares, strict=True):
        assert share.amount <= claim.population * 2 * Fraction(3, 100) + 1


def test_a_round_with_more_doses_than_were_asked_for_meets_everybody():
    claims = [
        Claim(c.id, LOT * (place + 1) * 100, population=c.population)
        for place, c in enumerate(participants(120, seed=14))
    ]
    asked = sum(claim.claim for claim in claims)
    division = divide(claims, Terms(asked + 5 * MILLION, unit=LOT), "covax")
    assert [share.amount for share in division.shares] == [claim.claim for claim in claims]
    assert division.left == 5 * MILLION
