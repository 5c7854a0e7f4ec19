"""What makes a rule fair, said exactly: nine axioms, each a test that names what breaks it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from monarca.engines.apportionment.claims import Claim, Terms
from monarca.engines.apportionment.rules import apply
from monarca.engines.reasons import Reason, Value

Claims = Sequence[Claim]


@dataclass(frozen=True, slots=True)
class Problem:
    """A division asked of a rule, in single units, without floors and caps; ids are in order."""

    rule: str
    claims: tuple[Claim, ...]
    terms: Terms

    @property
    def given(self) -> list[int]:
        """What the rule gives."""
        return given(self.rule, self.claims, self.terms)


def given(rule: str, claims: Claims, terms: Terms) -> list[int]:
    """What a rule gives to each claim, in order."""
    bounds = [(0, max(0, claim.claim - _had(rule, claim))) for claim in claims]
    return apply(rule, claims, bounds, terms).lots


def _had(rule: str, claim: Claim) -> int:
    return claim.received if rule == "covax" else 0


def _room(problem: Problem) -> list[int]:
    return [max(0, claim.claim - _had(problem.rule, claim)) for claim in problem.claims]


def efficient(problem: Problem) -> Reason | None:
    """Nothing is left while somebody still asks: shares add up to the supply or to all claims."""
    wanted = min(problem.terms.supply, sum(_room(problem)))
    total = sum(problem.given)
    if total == wanted:
        return None
    return Reason("apportionment.breaks_efficient", {"total": total, "wanted": wanted})


def within_claim(problem: Problem) -> Reason | None:
    """Nobody receives less than nothing or more than was asked for."""
    for claim, share, room in zip(problem.claims, problem.given, _room(problem), strict=True):
        if not 0 <= share <= room:
            values: dict[str, Value] = {"id": claim.id, "amount": share, "claim": room}
            return Reason("apportionment.breaks_within_claim", values)
    return None


def equal_treatment(problem: Problem) -> Reason | None:
    """Two who are alike in everything but their ids are at most one unit apart."""
    for (one, share), (other, less) in _pairs(problem):
        if replace(one, id=other.id) == other and share > less + 1:
            return _two("apportionment.breaks_equal_treatment", (one, share), (other, less))
    return None


def order_preservation(problem: Problem) -> Reason | None:
    """Of two alike in all else, whoever asks for more does not receive less by more than a unit."""
    for (one, share), (other, more) in _pairs(problem):
        is_larger = one.claim > other.claim
        alike = replace(one, id=other.id, claim=other.claim) == other
        if is_larger and alike and share < more - 1:
            return _two("apportionment.breaks_order_preservation", (one, share), (other, more))
    return None


def resource_monotone(problem: Problem) -> Reason | None:
    """When there is one unit more to share, nobody receives less."""
    more = replace(problem.terms, supply=problem.terms.supply + 1)
    after = given(problem.rule, problem.claims, more)
    return _falls("apportionment.breaks_resource_monotone", problem, after)


def claim_monotone(problem: Problem) -> Reason | None:
    """Whoever asks for one unit more does not receive less for it."""
    before = problem.given
    for place, claim in enumerate(problem.claims):
        asked = [*problem.claims]
        asked[place] = replace(claim, claim=claim.claim + 1)
        after = given(problem.rule, asked, problem.terms)[place]
        if after < before[place]:
            return Reason(
                "apportionment.breaks_claim_monotone",
                {
                    "id": claim.id,
                    "claim": claim.claim,
                    "more": claim.claim + 1,
                    "before": before[place],
                    "after": after,
                },
            )
    return None


def no_envy(problem: Problem) -> Reason | None:
    """Whoever is not met in full sees nobody with more than one unit more (max-min fairness)."""
    room = dict(zip((claim.id for claim in problem.claims), _room(problem), strict=True))
    for (one, share), (other, more) in _pairs(problem):
        if share < room[one.id] and more > share + 1:
            return _two("apportionment.breaks_no_envy", (one, share), (other, more))
    return None


def quota(problem: Problem) -> Reason | None:
    """Each share is the exact proportion of the claims, rounded down or up."""
    room = _room(problem)
    whole = sum(room)
    supply = min(problem.terms.supply, whole)
    for claim, share, asked in zip(problem.claims, problem.given, room, strict=True):
        if abs(share * whole - asked * supply) >= whole > 0:
            exact = asked * supply / whole
            values: dict[str, Value] = {"id": claim.id, "amount": share, "exact": exact}
            return Reason("apportionment.breaks_quota", values)
    return None


def consistency(problem: Problem) -> Reason | None:
    """When somebody leaves with what they have, dividing the rest again changes nobody's share."""
    before = problem.given
    for place, claim in enumerate(problem.claims):
        rest = [*problem.claims[:place], *problem.claims[place + 1 :]]
        stays = [*before[:place], *before[place + 1 :]]
        terms = replace(problem.terms, supply=sum(stays))
        for other, old, new in zip(rest, stays, given(problem.rule, rest, terms), strict=True):
            if old != new:
                return Reason(
                    "apportionment.breaks_consistency",
                    {
                        "left": claim.id,
                        "taken": before[place],
                        "id": other.id,
                        "before": old,
                        "after": new,
                    },
                )
    return None


Pair = tuple[Claim, int]
AXIOMS: dict[str, Callable[[Problem], Reason | None]] = {
    "efficient": efficient,
    "within_claim": within_claim,
    "equal_treatment": equal_treatment,
    "order_preservation": order_preservation,
    "resource_monotone": resource_monotone,
    "claim_monotone": claim_monotone,
    "no_envy": no_envy,
    "quota": quota,
    "consistency": consistency,
}
"""Each axiom: None where a problem keeps it, otherwise what breaks it. Sources: Balinski and Young
(1982); Thomson, Axiomatic and game-theoretic analysis of bankruptcy problems (2003); Moulin,
Priority rules and other asymmetric rationing methods (2000), for indivisible units."""


def _pairs(problem: Problem) -> Iterator[tuple[Pair, Pair]]:
    return permutations(zip(problem.claims, problem.given, strict=True), 2)


def _two(code: str, one: Pair, other: Pair) -> Reason:
    values: dict[str, Value] = {
        "id": one[0].id,
        "claim": one[0].claim,
        "amount": one[1],
        "other": other[0].id,
        "other_claim": other[0].claim,
        "other_amount": other[1],
    }
    return Reason(code, values)


def _falls(code: str, problem: Problem, after: Sequence[int]) -> Reason | None:
    for claim, old, new in zip(problem.claims, problem.given, after, strict=True):
        if new < old:
            supply = problem.terms.supply
            values: dict[str, Value] = {
                "id": claim.id,
                "supply": supply,
                "more": supply + 1,
                "before": old,
                "after": new,
            }
            return Reason(code, values)
    return None
