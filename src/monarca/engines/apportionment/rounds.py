"""Rounds: whoever was set aside in one is served first in the next, and then the rule goes on.

Source: the COVAX papers' practice of listing exclusions with their reasons and carrying them to the
next round; the arithmetic is ours: what somebody is owed is what the same rule would have given
had they taken part, and what cannot be served of it at once is shared by Webster's method.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from monarca.engines.apportionment.claims import Claim, Division, Share, Terms
from monarca.engines.apportionment.comparing import Compared, inequality
from monarca.engines.apportionment.dividing import divide
from monarca.engines.apportionment.rules import named
from monarca.engines.reasons import Reason, Value


def owed(claims: Iterable[Claim], terms: Terms, rule: str, kept: Collection[str]) -> dict[str, int]:
    """Units that each of `kept` (ids) would have received had nobody among them been set aside.

    Those who waited because their share was below their smallest shipment are owed that share.
    Raises Refused as `divide` does.
    """
    listed = list(claims)
    back = [
        replace(claim, excluded="", minimum=0)
        if claim.id in kept and (claim.population or named(rule) != "covax")
        else claim
        for claim in listed
    ]
    return {
        share.id: share.amount
        for share in divide(back, terms, rule).shares
        if share.id in kept and share.amount
    }


def divide_round(
    claims: Iterable[Claim], terms: Terms, rule: str, due: Mapping[str, int] | None = None
) -> Division:
    """Divide, after serving first what is `due` (units by id) from an earlier round.

    Nobody is served first who is excluded again, nor beyond the claim. Raises Refused.
    """
    listed, rule, due = list(claims), named(rule), due or {}
    first = _served_first(listed, terms, due, rule)
    if not first:
        return divide(listed, terms, rule)
    left = terms.supply - sum(first.values())
    rest = divide(
        [_after(claim, first.get(claim.id, 0), rule) for claim in listed],
        replace(terms, supply=left, buffer=_buffer(terms, left)),
        rule,
    )
    asked = {claim.id: claim.claim for claim in listed}
    shares = tuple(
        _with(share, first[share.id], due[share.id], asked[share.id])
        if share.id in first
        else share
        for share in rest.shares
    )
    return replace(rest, terms=terms, shares=shares)


def compare_rounds(
    claims: Iterable[Claim],
    terms: Terms,
    rules: Iterable[str],
    due: Mapping[str, int] | None = None,
) -> tuple[Compared, ...]:
    """The same round by several rules, with how unequal each is. Raises Refused."""
    listed = list(claims)
    found = [divide_round(listed, terms, rule, due) for rule in rules]
    return tuple(Compared(division, inequality(listed, division)) for division in found)


def _served_first(
    claims: Sequence[Claim], terms: Terms, due: Mapping[str, int], rule: str
) -> dict[str, int]:
    """Whole lots of what is due; by Webster's method where there is not enough for all of it."""
    waiting = [
        Claim(claim.id, min(due[claim.id], _most(claim, rule)))
        for claim in claims
        if due.get(claim.id, 0) > 0 and not claim.excluded
    ]
    given = divide(waiting, replace(terms, by="claim"), "webster") if waiting else None
    return {share.id: share.amount for share in given.shares if share.amount} if given else {}


def _most(claim: Claim, rule: str) -> int:
    """The COVAX rule counts what was received before as part of the claim; the others do not."""
    return max(0, claim.most - claim.received) if rule == "covax" else claim.most


def _after(claim: Claim, served: int, rule: str) -> Claim:
    """The claim that is left once somebody was served first."""
    if rule == "covax":
        return replace(claim, received=claim.received + served, minimum=_smallest(claim, served))
    return replace(
        claim,
        claim=claim.claim - served,
        cap=None if claim.cap is None else claim.cap - served,
        floor=max(0, claim.floor - served),
        minimum=_smallest(claim, served),
    )


def _smallest(claim: Claim, served: int) -> int:
    """What goes out together counts together against the smallest shipment."""
    return max(0, claim.minimum - served)


def _buffer(terms: Terms, left: int) -> Fraction:
    """The same units are kept back as before anybody was served."""
    return Fraction(terms.supply - terms.to_give, left) if left else Fraction(0)


def _with(share: Share, served: int, due: int, asked: int) -> Share:
    said: dict[str, Value] = {
        "amount": share.amount + served,
        "first": served,
        "owed": due,
        "claim": asked,
    }
    reason = Reason("apportionment.owed", said)
    return Share(share.id, share.amount + served, share.exact + served, reason)
