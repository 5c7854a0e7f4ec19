"""The same claims under several rules, side by side, with how unequal each division is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from monarca.engines.apportionment.claims import Claim, Division, Terms
from monarca.engines.apportionment.dividing import divide

FINE = 10**12
"""Met parts are compared in millionths of a millionth."""


@dataclass(frozen=True, slots=True)
class Inequality:
    """How unequal a division is, among those who take part and ask for something.

    `least_met` and `most_met`: the smallest and largest part of a claim that is met, exactly (by
    the COVAX rule with what was received before).
    `with_nothing`: how many receive nothing. `gini_amounts`, `gini_met`: 0 where all amounts (all
    met parts) are equal, towards 1 where one has everything; Fractions, exact for amounts.
    """

    least_met: Fraction
    most_met: Fraction
    with_nothing: int
    gini_amounts: Fraction
    gini_met: Fraction


@dataclass(frozen=True, slots=True)
class Compared:
    """One rule's division and its measures."""

    division: Division
    inequality: Inequality


def compare(claims: Iterable[Claim], terms: Terms, rules: Iterable[str]) -> tuple[Compared, ...]:
    """Divide the same supply by each rule. Raises Refused as `divide` does."""
    listed = list(claims)
    found = [divide(listed, terms, rule) for rule in rules]
    return tuple(Compared(division, inequality(listed, division)) for division in found)


def inequality(claims: Iterable[Claim], division: Division) -> Inequality:
    """How unequal a division of these claims is. O(n log n)."""
    amounts = {share.id: share.amount for share in division.shares}
    taking = [claim for claim in claims if claim.claim > 0 and not claim.excluded]
    given = [amounts[claim.id] for claim in taking]
    had = [claim.received if division.rule == "covax" else 0 for claim in taking]
    met = [
        Fraction(amount + before, claim.claim)
        for amount, before, claim in zip(given, had, taking, strict=True)
    ]
    return Inequality(
        least_met=min(met, default=Fraction(0)),
        most_met=max(met, default=Fraction(0)),
        with_nothing=given.count(0),
        gini_amounts=gini(given),
        gini_met=gini([int(part * FINE) for part in met]),
    )


def gini(values: Sequence[int]) -> Fraction:
    """The Gini coefficient of whole numbers, exactly; 0 for none, or when all are nought."""
    total = sum(values)
    if not total:
        return Fraction(0)
    count = len(values)
    weighted = sum((2 * place - count - 1) * value for place, value in enumerate(sorted(values), 1))
    return Fraction(weighted, count * total)
