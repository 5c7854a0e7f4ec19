"""Questions about divisions: who may see which, what each rule gives, what was published."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.engines import apportionment, sealing
from monarca.engines.apportionment import Claim, Compared, Division, Inequality, Terms
from monarca.engines.reasons import Reason
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.paging import Inbox
from monarca.programmes.shares.models import MILLION, Allocation, Claimant, Remark, Share
from monarca.programmes.shares.states import KEEPS_ITS_PLACE, SHOWN, Status


@dataclass(frozen=True, slots=True)
class Told:
    """A rule's shares by claimant code, as they stand or would stand, and how unequal they are."""

    rule: str
    amounts: Mapping[str, int]
    exact: Mapping[str, Fraction]
    reasons: Mapping[str, tuple[Reason, ...]]
    left: int
    buffer: int
    left_reason: Reason | None
    inequality: Inequality


def public() -> QuerySet[Allocation]:
    """What everybody may read: what was published, withdrawn ones with the reason included."""
    rows = Allocation.objects.exclude(published_at=None)
    return rows.order_by("-published_at", "-pk")


def visible_to(user: User | None, *, at: datetime) -> QuerySet[Allocation]:
    """Published ones, and every one of the missions that the person serves."""
    if user is None or not user.is_authenticated:
        return public()
    ours = people.missions_of(user, at=at).order_by().values("pk")
    rows = Allocation.objects.filter(Q(published_at__isnull=False) | Q(mission__in=ours))
    return rows.order_by("-made_at", "-pk")


def kept_by(user: User, *, at: datetime) -> QuerySet[Allocation]:
    """Those of the missions that the person serves, drafts included."""
    ours = people.missions_of(user, at=at).order_by().values("pk")
    return Allocation.objects.filter(mission__in=ours).order_by("-made_at", "-pk")


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """Proposed divisions that wait for a second person to publish them."""
    if not people.held(user, at=at) & {Roles.MANAGER, Roles.HEAD_OF_MISSION}:
        return ()
    rows = kept_by(user, at=at).filter(status=Status.PROPOSED).exclude(proposed_by=user)
    return (Inbox("shares", _("Divisions to publish"), rows, reverse("shares:desk")),)


def next_of(allocation: Allocation) -> Allocation | None:
    """The round that follows, drafts included; a withdrawn one leaves its place free."""
    rows = Allocation.objects.filter(after=allocation).exclude(status=Status.WITHDRAWN)
    return rows.first()


def claimants_of(allocation: Allocation) -> QuerySet[Claimant]:
    return Claimant.objects.filter(allocation=allocation).order_by("code")


def remarks_of(allocation: Allocation) -> QuerySet[Remark]:
    return Remark.objects.filter(allocation=allocation).order_by("at", "pk")


def terms_of(allocation: Allocation) -> Terms:
    return Terms(
        supply=allocation.supply,
        unit=allocation.unit,
        buffer=Fraction(allocation.buffer, MILLION),
        by=allocation.by,
        target=Fraction(allocation.target, MILLION),
        doses=allocation.doses,
    )


def claim_of(row: Claimant) -> Claim:
    return Claim(
        id=row.code,
        claim=row.claim,
        weight=Fraction(row.weight),
        floor=row.floor,
        cap=row.cap,
        minimum=row.minimum,
        excluded=row.aside,
        population=row.population,
        received=row.received,
        risk=Fraction(row.risk),
    )


def compared(
    allocation: Allocation, rows: Sequence[Claimant], rules: Iterable[str] = ()
) -> tuple[Told, ...]:
    """What each rule gives now. Raises `apportionment.Refused`."""
    found = apportionment.compare_rounds(
        [claim_of(row) for row in rows],
        terms_of(allocation),
        rules or allocation.rules or SHOWN,
        {row.code: row.due for row in rows if row.due},
    )
    return tuple(told(each) for each in found)


def told(each: Compared) -> Told:
    division = each.division
    return Told(
        rule=division.rule,
        amounts={share.id: share.amount for share in division.shares},
        exact={share.id: share.exact for share in division.shares},
        reasons={
            share.id: (share.reason, share.rounding) if share.rounding else (share.reason,)
            for share in division.shares
        },
        left=division.left,
        buffer=division.buffer,
        left_reason=division.left_reason,
        inequality=each.inequality,
    )


def published(allocation: Allocation, rows: Sequence[Claimant]) -> tuple[Told, ...]:
    """What was published, read back from the rows that nobody can rewrite."""
    shares: dict[str, list[Share]] = {rule: [] for rule in allocation.rules}
    codes = {row.pk: row.code for row in rows}
    for share in Share.objects.filter(allocation=allocation).order_by("pk"):
        shares.setdefault(share.rule, []).append(share)
    claims, terms = [claim_of(row) for row in rows], terms_of(allocation)
    return tuple(
        _read_back(rule, kept, codes, claims, terms) for rule, kept in shares.items() if kept
    )


def _read_back(
    rule: str,
    kept: Sequence[Share],
    codes: Mapping[int, str],
    claims: Sequence[Claim],
    terms: Terms,
) -> Told:
    found = tuple(
        apportionment.Share(
            codes[share.claimant_id],
            share.amount,
            Fraction(share.exact),
            _reason(share.reason),
            _reason(share.rounding) if share.rounding else None,
        )
        for share in kept
    )
    left = terms.to_give - sum(share.amount for share in found)
    buffer = terms.supply - terms.to_give
    division = Division(
        rule, terms, found, left, buffer, apportionment.left_over(left, terms) if left else None
    )
    return told(Compared(division, apportionment.inequality(claims, division)))


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(data["code"], data["values"])


def due_after(allocation: Allocation, rows: Sequence[Claimant]) -> Mapping[str, int]:
    """What the next round owes: to those set aside who keep their place, and to who waited."""
    amounts = published(allocation, rows)
    chosen = next(each for each in amounts if each.rule == allocation.rule)
    keeps = {row.code for row in rows if row.aside in KEEPS_ITS_PLACE}
    waited = {
        code
        for code, reasons in chosen.reasons.items()
        if reasons[0].code == "apportionment.below_minimum"
    }
    kept = keeps | waited
    claims = [claim_of(row) for row in rows]
    return apportionment.owed(claims, terms_of(allocation), allocation.rule, kept) if kept else {}


def content(allocation: Allocation, rows: Sequence[Claimant]) -> dict[str, Any]:
    """What is published, as plain JSON: anyone can hash it and compute it again."""
    terms = ("supply", "unit", "buffer", "by", "target", "doses", "round", "what")
    claims = ("code", "name", "claim", "weight", "floor", "cap", "minimum", "population")
    more = ("received", "risk", "due", "aside", "note")
    chosen = published(allocation, rows)
    return {
        "reference": allocation.reference,
        **{name: getattr(allocation, name) for name in terms},
        "rule": allocation.rule,
        "claimants": [{name: getattr(row, name) for name in (*claims, *more)} for row in rows],
        "shares": {each.rule: dict(each.amounts) for each in chosen},
    }


def sha256(allocation: Allocation) -> str:
    """The fingerprint of what was published (canonical JSON, SHA-256)."""
    return sealing.sha256(content(allocation, list(claimants_of(allocation))))
