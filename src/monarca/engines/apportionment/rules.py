"""The rules: each turns claims into whole lots and into the exact shares they were rounded from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from monarca.engines.apportionment.claims import Claim, Refused, Terms
from monarca.engines.apportionment.pouring import SIGNPOSTS, Glass, held, levels, placed, pour
from monarca.engines.reasons import Reason

RULES = (
    "proportional",
    "largest_remainder",
    "webster",
    "dhondt",
    "adams",
    "hill",
    "dean",
    "water_filling",
    "weighted_water_filling",
    "equal_losses",
    "talmud",
    "covax",
)

ALIASES = {
    "hamilton": "largest_remainder",
    "hare_niemeyer": "largest_remainder",
    "sainte_lague": "webster",
    "jefferson": "dhondt",
    "huntington_hill": "hill",
    "huntington": "hill",
    "max_min": "water_filling",
    "leximin": "water_filling",
    "equal_awards": "water_filling",
    "nash": "weighted_water_filling",
    "weighted_nash": "weighted_water_filling",
    "contested_garment": "talmud",
}
"""Other names people know the rules by."""


WEBSTER = SIGNPOSTS["webster"]
"""To the nearest whole lot: what level water is rounded by."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Lots and exact lots of each claim, in order; the phase reached under the COVAX rule."""

    lots: list[int]
    exact: list[Fraction]
    phase: int = 0


Lots = tuple[int, int]
"""The fewest and the most whole lots a claimant can have."""


def named(rule: str) -> str:
    """The rule's own name, whatever it was called. Raises Refused: there is no such rule."""
    said = rule.strip().lower().replace("-", "_").replace("'", "")
    said = ALIASES.get(said, said)
    if said not in RULES:
        values = {"rule": rule, "rules": ", ".join(RULES)}
        raise Refused(Reason("apportionment.no_such_rule", values))
    return said


def apply(rule: str, claims: Sequence[Claim], bounds: Sequence[Lots], terms: Terms) -> Outcome:
    """Share `terms.lots` out by a rule (its own name). O(n log n), exact."""
    lots = min(terms.lots, sum(most for _, most in bounds))
    if rule in KEEPING_TO_ITSELF:
        return KEEPING_TO_ITSELF[rule](bounds, lots)
    if rule == "covax":
        return _covax(claims, bounds, terms)
    glasses = glasses_for(rule, claims, bounds, terms)
    if rule in {"proportional", "largest_remainder"}:
        exact = held(glasses, levels(glasses, [lots])[0])
        return Outcome(_rounded(rule, exact, lots), exact)
    return Outcome(*pour(glasses, lots, signpost=SIGNPOSTS.get(rule, WEBSTER)))


def glasses_for(
    rule: str, claims: Sequence[Claim], bounds: Sequence[Lots], terms: Terms
) -> list[Glass]:
    """The claims as glasses: as wide as what the rule goes by, as high as what may be given."""
    if rule == "water_filling":
        widths = [1] * len(claims)
    elif rule == "weighted_water_filling" or terms.by == "weight":
        widths = whole([claim.weight for claim in claims])
    else:
        widths = [claim.claim or 1 for claim in claims]
    return [Glass(width, *bound) for width, bound in zip(widths, bounds, strict=True)]


def whole(weights: Sequence[Fraction]) -> list[int]:
    """The same proportions in whole numbers."""
    scale = lcm(*(weight.denominator for weight in weights))
    return [weight.numerator * (scale // weight.denominator) for weight in weights]


def _rounded(rule: str, exact: Sequence[Fraction], lots: int) -> list[int]:
    """Rounded down; what is left goes, one each, to those rounded: in the order of ids, or by rule
    largest_remainder in the order of what they lost, then of ids.
    """
    counts = [int(share) for share in exact]
    rounded = [place for place, share in enumerate(exact) if share.denominator > 1]
    if rule == "largest_remainder":
        common = lcm(*{share.denominator for share in exact})
        lost = [
            share.numerator % share.denominator * (common // share.denominator) for share in exact
        ]
        rounded.sort(key=lost.__getitem__, reverse=True)
    for place in rounded[: lots - sum(counts)]:
        counts[place] += 1
    return counts


def _equal_losses(bounds: Sequence[Lots], lots: int) -> Outcome:
    """Everyone loses the same, nobody below the floor: water-filling of what is missing.

    The lots that are left over are lost from the end of the list, so that they are given from its
    beginning. Source: Herrero and Villar, The three musketeers (2001).
    """
    widest = [most for _, most in bounds]
    lost = [Glass(1, 0, most - least) for least, most in bounds]
    missing = sum(widest) - lots
    losses, exact = pour(lost[::-1], missing, signpost=WEBSTER)
    return Outcome(
        [most - loss for most, loss in zip(widest, reversed(losses), strict=True)],
        [most - loss for most, loss in zip(widest, reversed(exact), strict=True)],
    )


def _talmud(bounds: Sequence[Lots], lots: int) -> Outcome:
    """Up to half of every claim by equal awards, above half by equal losses.

    A claim of an odd number of lots has a middle one; the middle ones are given in the order of
    ids once every claim has its lower half, and before any has its upper. Source: Aumann and
    Maschler, Game theoretic analysis of a bankruptcy problem from the Talmud (1985).
    """
    claims = [most for _, most in bounds]
    halves = [Glass(1, 0, claim // 2) for claim in claims]
    odd = [claim % 2 for claim in claims]
    lower, middle = sum(half.high for half in halves), sum(odd)
    if lots <= lower:
        counts, _ = placed(halves, lots, signpost=WEBSTER)
    elif lots <= lower + middle:
        first = [place for place, is_odd in enumerate(odd) if is_odd][: lots - lower]
        counts = [half.high for half in halves]
        for place in first:
            counts[place] += 1
    else:
        losses, _ = placed(halves[::-1], 2 * lower + middle - lots, signpost=WEBSTER)
        counts = [claim - loss for claim, loss in zip(claims, reversed(losses), strict=True)]
    return Outcome(counts, _talmud_exact(claims, lots))


def _talmud_exact(claims: Sequence[int], lots: int) -> list[Fraction]:
    """The divisible answer: who has more than half a claim loses what the others would receive."""
    is_above = 2 * lots > sum(claims)
    half = _level(claims, 2 * (sum(claims) - lots if is_above else lots)) / 2
    top, bottom = half.numerator, half.denominator
    found = []
    for claim in claims:
        if claim * bottom <= 2 * top:
            found.append(Fraction(claim, 2))
        else:
            found.append(Fraction(claim * bottom - top, bottom) if is_above else half)
    return found


def _level(claims: Sequence[int], total: int) -> Fraction:
    """The height up to which all are met when that takes `total`, which is no more than all."""
    left, count = total, len(claims)
    for place, claim in enumerate(sorted(claims)):
        if claim * (count - place) >= left:
            return Fraction(left, count - place)
        left -= claim
    return Fraction(0)


KEEPING_TO_ITSELF: dict[str, Callable[[Sequence[Lots], int], Outcome]] = {
    "equal_losses": _equal_losses,
    "talmud": _talmud,
}
"""Rules that look at nothing but claims and supply."""


def goal_of(claim: Claim, terms: Terms) -> int:
    """Doses of phase one: the target part of the population, or less if less was asked for."""
    part = terms.target
    return min(claim.claim, part.numerator * terms.doses * claim.population // part.denominator)


def targets(claims: Sequence[Claim], terms: Terms) -> list[int]:
    """Doses of phase one, each."""
    return [goal_of(claim, terms) for claim in claims]


def _covax(claims: Sequence[Claim], bounds: Sequence[Lots], terms: Terms) -> Outcome:
    """Phase one, everybody's coverage in step up to the target; then by population and risk.

    Doses received before count, so whoever was left behind catches up first. Source: WHO,
    Allocation mechanism for COVAX Facility vaccines: explainer (12 November 2020).
    """
    goals = targets(claims, terms)
    firsts = [
        max(0, min(most, (goal - claim.received) // terms.unit))
        for goal, claim, (_, most) in zip(goals, claims, bounds, strict=True)
    ]
    starts = [claim.received for claim in claims]
    one = [
        Glass(claim.population, 0, first, start)
        for claim, first, start in zip(claims, firsts, starts, strict=True)
    ]
    lots = min(terms.lots, sum(most for _, most in bounds))
    if lots <= sum(firsts):
        return Outcome(*pour(one, lots, signpost=WEBSTER, step=terms.unit), phase=1)
    widths = whole([claim.population * claim.risk for claim in claims])
    two = [
        Glass(width, 0, most - first, max(0, claim.received - goal))
        for width, first, goal, claim, (_, most) in zip(
            widths, firsts, goals, claims, bounds, strict=True
        )
    ]
    counts, exact = pour(two, lots - sum(firsts), signpost=WEBSTER, step=terms.unit)
    return Outcome(
        [first + more for first, more in zip(firsts, counts, strict=True)],
        [
            first + more if more else Fraction(first)
            for first, more in zip(firsts, exact, strict=True)
        ],
        phase=2,
    )
