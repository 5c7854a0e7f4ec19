"""Small random divisions, with whatever each rule looks at."""

from fractions import Fraction

from hypothesis import strategies as st

from monarca.engines.apportionment import RULES, Claim, Problem, Terms

LETTERS = "abcdefgh"
fractions = st.builds(Fraction, st.integers(1, 9), st.integers(1, 4))


@st.composite
def problems(draw, rule, *, claimants=7, largest=60):
    """A problem of one rule in single units; ids in order."""
    count = draw(st.integers(0, claimants))
    claims = tuple(draw(claim(rule, LETTERS[place], largest)) for place in range(count))
    supply = draw(st.integers(0, sum(each.claim for each in claims) + 2))
    return Problem(rule, claims, Terms(supply, doses=draw(st.integers(1, 2))))


@st.composite
def claim(draw, rule, letter, largest=60):
    """One claim with weights where the rule goes by them, with a population where by that."""
    asked = draw(st.integers(0, largest))
    if rule == "weighted_water_filling":
        return Claim(letter, asked, weight=draw(fractions))
    if rule == "covax":
        return Claim(
            letter,
            asked,
            population=draw(st.integers(1, 200)),
            received=draw(st.sampled_from([0, 0, 3, 11])),
            risk=draw(fractions),
        )
    return Claim(letter, asked)


rules = st.sampled_from(RULES)
