"""Dividing: claims are checked, set aside or bounded in lots, shared out by a rule, explained."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from monarca.engines.apportionment.claims import Claim, Division, Refused, Share, Terms
from monarca.engines.apportionment.explaining import aside, left_over, share_of, waits
from monarca.engines.apportionment.rules import Lots, Outcome, apply, named
from monarca.engines.reasons import Reason, Value


def divide(claims: Iterable[Claim], terms: Terms, rule: str) -> Division:
    """Share `terms.supply` out among the claims by a rule; shares come in the order of ids.

    Units that cannot be cut go one at a time in an order fixed by ids, never by the size of a
    claim (except by the remainders of largest_remainder, which is what that rule is).
    Raises Refused, with the ids that clash, when claims contradict the rule or one another.
    """
    rule = named(rule)
    listed = sorted(claims, key=lambda claim: claim.id)
    _check(listed, terms, rule)
    taking = [claim for claim in listed if not claim.excluded]
    set_aside = [aside(claim) for claim in listed if claim.excluded]
    waiting: list[Share] = []
    while True:
        bounds = [_bounds(claim, terms, rule) for claim in taking]
        _check_floors(taking, bounds, terms)
        outcome = apply(rule, taking, bounds, terms)
        late = _too_small(taking, bounds, outcome, terms)
        if not late:
            break
        waiting += [waits(*each) for each in late]
        gone = {claim.id for claim, _, _ in late}
        taking = [claim for claim in taking if claim.id not in gone]
    served = _shares(rule, taking, bounds, outcome, terms)
    return _division(rule, terms, [*served, *set_aside, *waiting])


def _division(rule: str, terms: Terms, shares: Sequence[Share]) -> Division:
    buffer = terms.supply - terms.to_give
    left = terms.to_give - sum(share.amount for share in shares)
    return Division(
        rule=rule,
        terms=terms,
        shares=tuple(sorted(shares, key=lambda share: share.id)),
        left=left,
        buffer=buffer,
        left_reason=left_over(left, terms) if left else None,
    )


def _shares(
    rule: str, claims: Sequence[Claim], bounds: Sequence[Lots], outcome: Outcome, terms: Terms
) -> list[Share]:
    rows = zip(claims, bounds, outcome.lots, outcome.exact, strict=True)
    return [
        share_of(rule, claim, bound, (lots, exact, outcome.phase), terms)
        for claim, bound, lots, exact in rows
    ]


def _bounds(claim: Claim, terms: Terms, rule: str) -> Lots:
    """The fewest and the most whole lots somebody can have.

    A floor with a smallest shipment above it guarantees that shipment: something must be sent,
    and less than that is not worth sending.
    """
    if rule == "covax":
        return 0, max(0, claim.claim - claim.received) // terms.unit
    least, most = -(-claim.floor // terms.unit), claim.most // terms.unit
    if claim.floor and claim.minimum > claim.floor:
        least = max(least, min(-(-claim.minimum // terms.unit), most))
    return least, most


def _too_small(
    claims: Sequence[Claim], bounds: Sequence[Lots], outcome: Outcome, terms: Terms
) -> list[tuple[Claim, int, int]]:
    """Of those with less than their smallest shipment, the tenth (at least one) farthest below.

    They wait, and what they leave is shared out again, until nobody is below. Of somebody who can
    have no more than less than it, all that may be had is the smallest shipment. Each comes with
    its share and the most it may have, in units.
    """
    below = [
        (
            Fraction(lots * terms.unit, min(claim.minimum, most * terms.unit)),
            claim.id,
            (claim, lots * terms.unit, most * terms.unit),
        )
        for claim, (_, most), lots in zip(claims, bounds, outcome.lots, strict=True)
        if 0 < lots * terms.unit < claim.minimum and lots < most
    ]
    below.sort(key=lambda row: row[:2])
    return [late for _, _, late in below[: -(-len(below) // 10)]]


def _check(claims: Sequence[Claim], terms: Terms, rule: str) -> None:
    if terms.supply < 0 or terms.unit < 1 or not 0 <= terms.buffer <= 1:
        raise Refused(Reason("apportionment.terms_wrong"))
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise Refused(Reason("apportionment.twice", {"id": claim.id}), (claim.id,))
        seen.add(claim.id)
        wrong = _wrong(claim, rule)
        if wrong:
            values: dict[str, Value] = {"id": claim.id, "rule": rule}
            raise Refused(Reason(wrong, values), (claim.id,))


def _wrong(claim: Claim, rule: str) -> str:
    """The code of what one claim contradicts; blank when nothing."""
    least = min(claim.claim, claim.floor, claim.minimum, claim.population, claim.received)
    if least < 0 or claim.most < 0 or min(claim.weight.numerator, claim.risk.numerator) <= 0:
        return "apportionment.negative"
    if claim.floor > claim.most:
        return "apportionment.floor_above_claim"
    if rule == "covax" and claim.population == 0 and not claim.excluded:
        return "apportionment.no_population"
    is_bound = claim.floor > 0 or claim.cap is not None
    if is_bound and rule in {"covax", "talmud"}:
        return "apportionment.takes_no_bounds"
    return ""


def _check_floors(claims: Sequence[Claim], bounds: Sequence[Lots], terms: Terms) -> None:
    """Floors need no more than there is; otherwise the fewest claimants whose floors alone do."""
    for claim, (least, most) in zip(claims, bounds, strict=True):
        if least > most:
            values: dict[str, Value] = {"id": claim.id, "unit": terms.unit}
            raise Refused(Reason("apportionment.floor_between_lots", values), (claim.id,))
    needed = sum(least for least, _ in bounds)
    if needed <= terms.lots:
        return
    floors = sorted(zip(bounds, claims, strict=True), key=lambda row: (-row[0][0], row[1].id))
    clash: list[str] = []
    total = 0
    for (least, _), claim in floors:
        clash.append(claim.id)
        total += least
        if total > terms.lots:
            break
    said: dict[str, Value] = {
        "needed": needed * terms.unit,
        "there": terms.lots * terms.unit,
        "short": (needed - terms.lots) * terms.unit,
        "count": len(clash),
        "ids": ", ".join(clash[:5]) + (" …" if len(clash) > 5 else ""),
    }
    raise Refused(Reason("apportionment.floors_exceed", said), tuple(clash))
