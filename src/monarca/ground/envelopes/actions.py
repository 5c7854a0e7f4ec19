"""Everything that can happen to an envelope: its size, and movements other rooms deposit."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from monarca.ground.envelopes import policy, queries
from monarca.ground.envelopes.models import Envelope, Movement
from monarca.ground.envelopes.states import Kinds
from monarca.ground.journal.actions import label, record
from monarca.ground.people.models import Mission, User
from monarca.kit.guard import Refused, require


class EnvelopeIsSpent(Refused):
    """The movement would promise more than the envelope holds."""


class BelowWhatIsPromised(EnvelopeIsSpent):
    """An envelope never holds less than what was promised from it."""


class NotThatMuch(Refused):
    """More would be released or paid than was promised before."""


@transaction.atomic
def set_size(
    mission: Mission, fiscal_year: str, cents: int, *, by: User | None, at: datetime
) -> Envelope:
    """Make the year's envelope, or change its size, in CAD cents.

    Raises `BelowWhatIsPromised`.
    """
    require(policy.may_set(by, mission, at=at))
    envelope, made = Envelope.objects.select_for_update().get_or_create(
        mission=mission, fiscal_year=fiscal_year, defaults={"cents": cents}
    )
    if not made and envelope.cents != cents:
        promised = queries.balance(envelope).promised_cents
        if cents < promised:
            raise BelowWhatIsPromised(promised_cents=promised, asked_cents=cents)
        envelope.cents = cents
        envelope.save(update_fields=["cents"])
    record("envelope.set", envelope, by=by, at=at, year=fiscal_year, cents=cents)
    return envelope


@transaction.atomic
def lock(envelope_id: int, *, by: User | None, at: datetime) -> Envelope:  # noqa: ARG001
    """Take the envelope's row; sums read after this stay true until the transaction ends."""
    require(by is None or by.is_active)
    return Envelope.objects.select_for_update().get(pk=envelope_id)


@transaction.atomic
def deposit(  # noqa: PLR0913
    envelope: Envelope,
    kind: str,
    cents: int,
    *,
    subject: Model,
    by: User | None,
    at: datetime,
    file: Model | None = None,
) -> Movement:
    """Write one movement, tested inside the envelope's lock.

    Raises `EnvelopeIsSpent` when a promise exceeds what is left, `NotThatMuch` when more is
    released than this file holds.
    """
    require(by is None or by.is_active)
    held = lock(envelope.pk, by=by, at=at)
    balance = queries.balance(held)
    if kind in {Kinds.RESERVED, Kinds.COMMITTED} and cents > balance.left_cents:
        raise EnvelopeIsSpent(asked_cents=cents, left_cents=balance.left_cents)
    if kind == Kinds.RELEASED and cents > balance.promised_cents:
        raise NotThatMuch(asked_cents=cents, left_cents=balance.promised_cents)
    made = Movement.objects.create(
        envelope=held,
        kind=kind,
        cents=cents,
        at=at,
        subject=label(subject),
        file=label(file) if file else "",
    )
    record(f"envelope.{kind}", subject, by=by, at=at, file=file, cents=cents)
    return made
