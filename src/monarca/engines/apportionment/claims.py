"""What is asked for, what each receives, and why: the values that go in and come out."""

from dataclasses import dataclass
from fractions import Fraction

from monarca.engines.reasons import Reason


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimant. Quantities are whole: doses, cents, seats; all in the same unit.

    `claim` is what is asked for and never exceeded; `cap` a lower ceiling, `floor` a guaranteed
    minimum. `weight` counts where a rule goes by weight. `minimum` is the smallest shipment worth
    sending: who has a floor, too, is guaranteed the larger of the two; who can have no more than
    less than it, by claim or cap, is sent all of that or nothing. `excluded` says in words why
    somebody takes no part; blank takes part.
    For the COVAX rule: `population` (people), `received` (doses until now), `risk` (threat and
    vulnerability together, 1 is ordinary).
    """

    id: str
    claim: int
    weight: Fraction = Fraction(1)
    floor: int = 0
    cap: int | None = None
    minimum: int = 0
    excluded: str = ""
    population: int = 0
    received: int = 0
    risk: Fraction = Fraction(1)

    @property
    def most(self) -> int:
        """The most that may be given: the claim, or the cap below it."""
        return self.claim if self.cap is None else min(self.claim, self.cap)


@dataclass(frozen=True, slots=True)
class Terms:
    """How much there is and how it may be handed out.

    `unit`: everything goes out in lots of this size. `buffer`: the part, 0 to 1, kept back first
    (rounded so that at least this much stays). `by`: what proportional, largest-remainder and
    divisor rules go by, "claim" or "weight". `target` and `doses`: for the COVAX rule, the part
    of the population of phase one and the doses a person needs.
    """

    supply: int
    unit: int = 1
    buffer: Fraction = Fraction(0)
    by: str = "claim"
    target: Fraction = Fraction(1, 5)
    doses: int = 2

    @property
    def to_give(self) -> int:
        """What is left once the buffer is kept back."""
        return int(self.supply * (1 - self.buffer))

    @property
    def lots(self) -> int:
        """Whole lots there are to give."""
        return self.to_give // self.unit


@dataclass(frozen=True, slots=True)
class Share:
    """What one claimant receives, what it would be if everything could be cut, and why.

    `rounding` says how the exact share became whole lots; None where it was whole.
    """

    id: str
    amount: int
    exact: Fraction
    reason: Reason
    rounding: Reason | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """A whole division, shares in the order of ids. amounts + left + buffer = supply."""

    rule: str
    terms: Terms
    shares: tuple[Share, ...]
    left: int
    buffer: int
    left_reason: Reason | None = None


class Refused(Exception):
    """A problem that has no answer: why, and the smallest set of claimants that clash (ids)."""

    def __init__(self, reason: Reason, clash: tuple[str, ...] = ()) -> None:
        super().__init__(reason.code)
        self.reason, self.clash = reason, clash
