"""Which axioms each rule keeps, and for each it breaks the smallest division that shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from monarca.engines.apportionment.axioms import AXIOMS, Problem
from monarca.engines.apportionment.claims import Claim, Terms
from monarca.engines.apportionment.rules import named
from monarca.engines.reasons import Reason

LETTERS = "abcdefghij"
WEIGHTS = (1, 2, 3)
POPULATIONS = (5, 10, 20)

Asked = tuple[int | tuple[int, int], ...]

BROKEN: dict[str, dict[str, tuple[Asked, int]]] = {
    "proportional": {
        "resource_monotone": ((2, 1, 2), 2),
        "no_envy": ((2, 1), 2),
        "consistency": ((1, 1, 2), 2),
    },
    "largest_remainder": {
        "resource_monotone": ((1, 3, 3), 3),
        "no_envy": ((3, 1), 2),
        "consistency": ((1, 1, 3), 3),
    },
    "webster": {"no_envy": ((3, 1), 2), "quota": ((1, 1, 1, 3), 4)},
    "dhondt": {"no_envy": ((2, 1), 2), "quota": ((2, 1, 1), 2)},
    "adams": {"no_envy": ((4, 2), 4), "quota": ((1, 1, 4), 3)},
    "hill": {"no_envy": ((2, 4), 4), "quota": ((1, 1, 4), 3)},
    "dean": {"no_envy": ((2, 4), 4), "quota": ((1, 1, 4), 3)},
    "water_filling": {"quota": ((2, 4), 3)},
    "weighted_water_filling": {
        "no_envy": (((2, 3), (1, 1)), 2),
        "quota": (((2, 3), (2, 1)), 2),
    },
    "equal_losses": {"no_envy": ((2, 1), 2), "quota": ((4, 2), 3)},
    "talmud": {"no_envy": ((3, 1), 2), "quota": ((2, 2, 4), 2)},
    "covax": {"no_envy": (((1, 5), (2, 20)), 2), "quota": (((2, 5), (2, 20)), 2)},
}
"""By rule and axiom: the claims (with weight or population where the rule looks at one) and supply.

Each is what `first` finds: fewest claimants, then fewest units asked for, then smallest claims.
What is not here is kept: no counterexample in an exhaustive search of small problems, nor in the
random ones of the tests.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """One axiom under one rule: kept, or broken by a problem, with what is wrong there."""

    axiom: str
    problem: Problem | None = None
    broken: Reason | None = None

    @property
    def is_kept(self) -> bool:
        """Whether no counterexample is known."""
        return self.problem is None


def standings(rule: str) -> tuple[Standing, ...]:
    """Every axiom with how it stands under a rule. Raises Refused: there is no such rule."""
    rule = named(rule)
    found = []
    for axiom, test in AXIOMS.items():
        if axiom not in BROKEN[rule]:
            found.append(Standing(axiom))
            continue
        asked, supply = BROKEN[rule][axiom]
        problem = posed(rule, asked, supply)
        found.append(Standing(axiom, problem, test(problem)))
    return tuple(found)


def posed(rule: str, asked: Asked, supply: int) -> Problem:
    """A small problem of claimants a, b, c …; one dose a person under the COVAX rule."""
    claims = tuple(_claim(rule, LETTERS[place], each) for place, each in enumerate(asked))
    return Problem(rule, claims, Terms(supply, doses=1))


def _claim(rule: str, letter: str, asked: int | tuple[int, int]) -> Claim:
    if isinstance(asked, int):
        return Claim(letter, asked)
    claim, size = asked
    if rule == "covax":
        return Claim(letter, claim, population=size)
    return Claim(letter, claim, weight=Fraction(size))


def first(rule: str, axiom: str, *, claimants: int = 4, total: int = 8) -> Problem | None:
    """The smallest problem that breaks an axiom, by exhaustive search; None when there is none.

    Up to so many claimants and units asked for in all. The order never changes.
    """
    test = AXIOMS[axiom]
    return next((each for each in _smallest(named(rule), claimants, total) if test(each)), None)


def _smallest(rule: str, claimants: int, total: int) -> Iterator[Problem]:
    for count in range(1, claimants + 1):
        for whole in range(count, total + 1):
            for claims in _parts(whole, count):
                for asked in _sized(rule, claims):
                    for supply in range(1, whole + 1):
                        yield posed(rule, asked, supply)


def _parts(whole: int, count: int) -> Iterator[tuple[int, ...]]:
    """Every way to write a number as so many positive ones in a row."""
    if count == 1:
        yield (whole,)
        return
    for head in range(1, whole - count + 2):
        for rest in _parts(whole - head, count - 1):
            yield (head, *rest)


def _sized(rule: str, claims: tuple[int, ...]) -> Iterator[Asked]:
    sizes = {"weighted_water_filling": WEIGHTS, "covax": POPULATIONS}.get(rule)
    if sizes is None:
        yield claims
        return
    for chosen in product(sizes, repeat=len(claims)):
        yield tuple(zip(claims, chosen, strict=True))
