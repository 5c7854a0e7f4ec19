"""Why each share is what it is, as data: what bounded it, what it was measured by, how rounded."""

from fractions import Fraction

from monarca.engines.apportionment.claims import Claim, Share, Terms
from monarca.engines.apportionment.rules import goal_of
from monarca.engines.reasons import Reason, Value

Found = tuple[int, Fraction, int]
"""Lots, exact lots, and the phase of the COVAX rule (nought elsewhere)."""

MEASURES = {
    "water_filling": "apportionment.by_level",
    "weighted_water_filling": "apportionment.by_weight",
    "equal_losses": "apportionment.by_loss",
    "talmud": "apportionment.by_halves",
}
"""The sentence of a share that nothing bounds; of the other rules, by claim or by weight."""


def aside(claim: Claim) -> Share:
    """The share, nought, of somebody who takes no part."""
    reason = Reason("apportionment.excluded", {"why": claim.excluded})
    return Share(claim.id, 0, Fraction(0), reason)


def waits(claim: Claim, amount: int, most: int) -> Share:
    """The share, nought, of who would receive `amount` of `most`, less than is worth sending."""
    values: dict[str, Value] = {"amount": amount, "minimum": claim.minimum}
    code = "apportionment.below_minimum"
    if most < claim.minimum:
        code, values = "apportionment.below_whole", {**values, "most": most}
    return Share(claim.id, 0, Fraction(0), Reason(code, values))


def share_of(rule: str, claim: Claim, bound: tuple[int, int], found: Found, terms: Terms) -> Share:
    """A share with its reason and, where whole lots were not the exact answer, its rounding."""
    lots, exact, phase = found
    amount = lots * terms.unit
    bounding = _bounded(claim, bound, lots, terms) if rule != "covax" else None
    if 0 < amount < claim.minimum:
        reason = _small(claim, amount)
    elif bounding and (not lots or exact == lots):
        reason = bounding
    elif rule == "covax":
        reason = _covax(claim, amount, phase, terms)
    else:
        reason = _measured(rule, claim, amount, terms)
    whole = exact if terms.unit == 1 else exact * terms.unit
    return Share(claim.id, amount, whole, reason, _rounding(amount, whole, terms))


def _bounded(claim: Claim, bound: tuple[int, int], lots: int, terms: Terms) -> Reason | None:
    """A claim met, a cap, a floor, or nothing asked for: what needs no rule to explain."""
    least, most = bound
    amount = lots * terms.unit
    if claim.claim == 0:
        return Reason("apportionment.nothing_asked")
    if lots == most:
        return _at_most(claim, amount, terms)
    if lots == least > 0:
        return _at_least(claim, amount)
    return None


def _at_least(claim: Claim, amount: int) -> Reason:
    values: dict[str, Value] = {"amount": amount, "floor": claim.floor}
    if claim.minimum > claim.floor:
        values["minimum"] = claim.minimum
        return Reason("apportionment.at_floor_worth_sending", values)
    return Reason("apportionment.at_floor", values)


def _small(claim: Claim, amount: int) -> Reason:
    """Below the smallest shipment and sent all the same, as it is all that may be had."""
    values: dict[str, Value] = {"amount": amount, "claim": claim.claim, "minimum": claim.minimum}
    return Reason("apportionment.small_but_whole", values)


def _at_most(claim: Claim, amount: int, terms: Terms) -> Reason:
    values: dict[str, Value] = {"amount": amount, "claim": claim.claim}
    if amount == claim.claim:
        return Reason("apportionment.in_full", {"amount": amount})
    if claim.most < claim.claim:
        return Reason("apportionment.at_cap", {**values, "cap": claim.most})
    return Reason("apportionment.in_whole_lots", {**values, "unit": terms.unit})


def _measured(rule: str, claim: Claim, amount: int, terms: Terms) -> Reason:
    values: dict[str, Value] = {"amount": amount, "claim": claim.claim}
    by = "apportionment.by_weight" if terms.by == "weight" else "apportionment.by_claim"
    code = MEASURES.get(rule, by)
    if code == "apportionment.by_weight":
        values["weight"] = shown(claim.weight)
    elif code == "apportionment.by_claim":
        values["met_share"] = amount / claim.claim
    elif code == "apportionment.by_loss":
        values["loss"] = claim.claim - amount
    elif code == "apportionment.by_halves":
        code = _half(claim, amount)
        values["loss"] = claim.claim - amount
    return Reason(code, values)


def _half(claim: Claim, amount: int) -> str:
    """Which side of half its claim a share stands on (Talmud)."""
    if abs(2 * amount - claim.claim) <= 1:
        return "apportionment.by_half"
    if 2 * amount > claim.claim:
        return "apportionment.by_loss"
    return "apportionment.by_level"


def _covax(claim: Claim, amount: int, phase: int, terms: Terms) -> Reason:
    """How far the doses of a person's need reach, and in which phase."""
    reached = claim.received + amount
    values: dict[str, Value] = {
        "amount": amount,
        "received": claim.received,
        "covered_share": reached / (terms.doses * claim.population),
        "target_share": float(terms.target),
    }
    goal = goal_of(claim, terms)
    if reached >= claim.claim:
        return Reason("apportionment.covax_request_met", values)
    if reached + terms.unit > claim.claim:
        return Reason("apportionment.covax_request_near", {**values, "unit": terms.unit})
    if reached + terms.unit > goal and (phase == 1 or reached <= goal):
        return Reason("apportionment.covax_target_met", values)
    if phase == 2:
        return Reason("apportionment.covax_phase_two", {**values, "risk": shown(claim.risk)})
    if amount == 0 and claim.received:
        return Reason("apportionment.covax_ahead", values)
    return Reason("apportionment.covax_phase_one", values)


def _rounding(amount: int, exact: Fraction, terms: Terms) -> Reason | None:
    if exact.denominator == 1 and exact == amount:
        return None
    is_up = amount > exact
    said: dict[str, Value] = {"exact": shown(exact)}
    if terms.unit == 1:
        code = "apportionment.rounded_up" if is_up else "apportionment.rounded_down"
    else:
        said["unit"] = terms.unit
        code = "apportionment.lots_up" if is_up else "apportionment.lots_down"
    return Reason(code, said)


def shown(exact: Fraction) -> float | int:
    """A fraction as a figure for a sentence: to the nearest whole where floats end."""
    try:
        return exact.numerator / exact.denominator
    except OverflowError:
        return round(exact)


def left_over(left: int, terms: Terms) -> Reason:
    """Why something is left: less than a lot, or nobody may be given more."""
    if left < terms.unit:
        return Reason("apportionment.less_than_a_lot", {"left": left, "unit": terms.unit})
    return Reason("apportionment.nobody_may_have_more", {"left": left})
