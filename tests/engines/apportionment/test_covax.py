"""The COVAX rule as WHO explained it in November 2020, and the published figures."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.apportionment import Claim, Terms, divide, targets

MILLION = 1_000_000


def shares(claims, terms):
    return {share.id: share.amount for share in divide(claims, terms, "covax").shares}


def codes(claims, terms):
    found = divide(claims, terms, "covax").shares
    return {share.id: share.reason.code.removeprefix("apportionment.covax_") for share in found}


def test_a_fifth_of_mexicos_population_in_two_doses():
    """128.9 million people: 51.56 million doses, what Mexico paid for (about 51.5 million)."""
    mexico = Claim("mex", 10**9, population=128_900_000)
    assert targets([mexico], Terms(0)) == [51_560_000]


def test_phase_one_goes_by_population_alone_whatever_the_risk():
    claims = [
        Claim("a", 10 * MILLION, population=10 * MILLION, risk=Fraction(5)),
        Claim("b", 30 * MILLION, population=30 * MILLION),
    ]
    assert shares(claims, Terms(4 * MILLION)) == {"a": MILLION, "b": 3 * MILLION}
    assert set(codes(claims, Terms(4 * MILLION)).values()) == {"phase_one"}


def test_whoever_was_left_behind_catches_up_first():
    claims = [
        Claim("a", 9999, population=1000, received=100),
        Claim("b", 9999, population=1000),
        Claim("c", 9999, population=1000, received=250),
    ]
    assert shares(claims, Terms(120)) == {"a": 10, "b": 110, "c": 0}
    assert codes(claims, Terms(120)) == {"a": "phase_one", "b": "phase_one", "c": "ahead"}


def test_the_target_or_less_if_less_was_asked_for_and_then_by_population_and_risk():
    claims = [
        Claim("a", 100, population=1000),
        Claim("b", 2000, population=1000, risk=Fraction(3)),
        Claim("c", 2000, population=1000),
    ]
    assert shares(claims, Terms(900)) == {"a": 100, "b": 400, "c": 400}
    assert codes(claims, Terms(900)) == {"a": "request_met", "b": "target_met", "c": "target_met"}
    assert shares(claims, Terms(1300)) == {"a": 100, "b": 700, "c": 500}
    assert codes(claims, Terms(1300))["b"] == "phase_two"
    assert shares(claims, Terms(9000)) == {"a": 100, "b": 2000, "c": 2000}


def test_the_excluded_get_nothing_keep_their_reason_and_catch_up_in_the_next_round():
    one = [Claim("a", 999, population=1000), Claim("b", 999, population=1000, excluded="not ready")]
    first = divide(one, Terms(200), "covax").shares
    assert [share.amount for share in first] == [200, 0]
    assert first[1].reason.values == {"why": "not ready"}
    two = [Claim("a", 999, population=1000, received=200), Claim("b", 999, population=1000)]
    assert shares(two, Terms(200)) == {"a": 0, "b": 200}


def test_a_buffer_is_kept_back_and_everything_leaves_in_shipments():
    claims = [Claim(name, 10**9, population=MILLION) for name in "abc"]
    division = divide(claims, Terms(100_000, unit=1200, buffer=Fraction(1, 20)), "covax")
    assert division.buffer == 5_000
    assert [share.amount for share in division.shares] == [32_400, 31_200, 31_200]
    assert division.left == 200
    assert {share.exact for share in division.shares} == {Fraction(94_800, 3)}


def test_round_six_smallest_shipments():
    """1,200 doses, or 20,400 where the population is above a million."""
    claims = [
        Claim("large", 10**9, population=90 * MILLION, minimum=20_400),
        Claim("middle", 10**9, population=2 * MILLION, minimum=20_400),
        Claim("small", 10**9, population=200_000, minimum=1_200),
    ]
    given_out = shares(claims, Terms(600_000, unit=1200))
    assert given_out == {"large": 598_800, "middle": 0, "small": 1_200}
    assert shares(claims, Terms(1_200_000, unit=1200))["middle"] == 26_400


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.integers(1, 300), st.integers(0, 200), st.integers(0, 90), st.integers(1, 4)),
        min_size=1,
        max_size=6,
    ),
    supply=st.integers(0, 600),
)
def test_phase_two_waits_for_phase_one(rows, supply):
    claims = [
        Claim("abcdef"[place], asked, population=people, received=had, risk=Fraction(risk))
        for place, (people, asked, had, risk) in enumerate(rows)
    ]
    terms = Terms(supply)
    found = [share.amount for share in divide(claims, terms, "covax").shares]
    goals = targets(claims, terms)
    totals = [claim.received + amount for claim, amount in zip(claims, found, strict=True)]
    behind = any(total < goal for total, goal in zip(totals, goals, strict=True))
    rows_found = zip(claims, goals, found, strict=True)
    beyond = any(claim.received + amount > goal and amount for claim, goal, amount in rows_found)
    assert not (behind and beyond)
    wanted = sum(max(0, claim.claim - claim.received) for claim in claims)
    assert sum(found) == min(supply, wanted)
