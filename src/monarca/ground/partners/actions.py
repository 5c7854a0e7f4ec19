"""Everything that can happen to organisations: founding, members, and deposited facts."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from monarca.ground.journal.actions import record
from monarca.ground.partners import policy
from monarca.ground.partners.models import Membership, Organisation, Standing
from monarca.ground.partners.states import May
from monarca.ground.people.models import User
from monarca.kit.guard import require

COLUMNS = ("legal_name", "short_name", "kind", "country", "state", "city", "email", "phone")


@transaction.atomic
def found(legal_name: str, *, by: User | None, at: datetime, **columns: str) -> Organisation:
    """Begin an organisation's file; the person who does so may submit for it."""
    require(policy.may_found(by))
    made = Organisation.objects.create(legal_name=legal_name, made_at=at, **columns)
    record("organisation.founded", made, by=by, at=at)
    return made


@transaction.atomic
def describe(
    organisation: Organisation, *, by: User | None, at: datetime, **columns: str
) -> Organisation:
    """Bring the organisation's own data up to date, for the next application to reuse."""
    require(policy.may_describe(by, organisation, at=at))
    changed = {
        name: value
        for name, value in columns.items()
        if name in COLUMNS and getattr(organisation, name) != value
    }
    if changed:
        for name, value in changed.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=list(changed))
        record("organisation.described", organisation, by=by, at=at, columns=sorted(changed))
    return organisation


@transaction.atomic
def admit(
    user: User,
    *,
    by: User | None,
    at: datetime,
    organisation: Organisation,
    may: str = May.SUBMIT,
) -> Membership:
    """Let a person speak for an organisation."""
    require(policy.may_admit(by, organisation, at=at))
    held = Membership.objects.in_force(at).filter(user=user, organisation=organisation).first()
    if held:
        return held
    made = Membership.objects.create(user=user, organisation=organisation, may=may, since=at)
    record("membership.given", made, by=by, at=at, user=user.pk, may=may)
    return made


@transaction.atomic
def deposit(
    organisation: Organisation, fact: str, *, by: User | None, at: datetime, source: Model
) -> Standing:
    """Deposit a fact about the organisation; called inside another room's own action."""
    require(by is None or by.is_active)
    label = f"{source._meta.label_lower}:{source.pk}"
    rows = Standing.objects.in_force(at).filter(organisation=organisation, fact=fact)
    known = rows.filter(source=label).first()
    if known:
        return known
    made = Standing.objects.create(organisation=organisation, fact=fact, source=label, since=at)
    record("standing.deposited", made, by=by, at=at, fact=fact)
    return made


@transaction.atomic
def lift(fact: str, *, by: User | None, at: datetime, source: Model) -> int:
    """End the facts that this record deposited; returns how many."""
    require(by is None or by.is_active)
    label = f"{source._meta.label_lower}:{source.pk}"
    standing = list(Standing.objects.in_force(at).filter(fact=fact, source=label))
    for row in standing:
        row.until = at
        row.save(update_fields=["until"])
        record("standing.lifted", row, by=by, at=at, fact=fact)
    return len(standing)
