"""Signatures on paper are recorded; with both, it is in force and its money committed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from monarca.grants.agreements import policy, queries
from monarca.grants.agreements.actions.drafting import NotApproved
from monarca.grants.agreements.actions.telling import tell
from monarca.grants.agreements.models import Agreement, Amendment, Signature
from monarca.grants.agreements.states import MOVES, Party, Status
from monarca.grants.decisions import queries as decisions
from monarca.ground.envelopes import actions as envelopes
from monarca.ground.envelopes import queries as ledger
from monarca.ground.envelopes.states import Kinds
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class NotSentYet(Refused):
    """Signatures are recorded on an agreement that was sent and waits for them."""


class SignedAlready(Refused):
    """This party's signature is recorded."""


class SignedOutOfTime(Refused):
    """A signature is not older than the paper it stands on, nor from a day that is to come."""


@transaction.atomic
def record_signature(  # noqa: PLR0913
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    party: str,
    name: str,
    title: str = "",
    signed_on: date,
) -> Signature:
    """Record who signed for one party; the second signature puts the agreement in force.

    The head of mission signs for Canada; a coordinator or manager records the recipient's.
    """
    require(policy.may_record(by, agreement, party, at=at))
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if held.status != Status.SENT or held.sent_at is None:
        raise NotSentYet(number=held.number)
    if party in queries.signatures_of(held):
        raise SignedAlready
    file = held.application
    first, last = queries.local_day(file, held.sent_at), queries.local_day(file, at)
    if not first <= signed_on <= last:
        raise SignedOutOfTime(first_on=first.isoformat(), last_on=last.isoformat())
    made = Signature.objects.create(
        agreement=held,
        party=Party(party),
        name=name.strip(),
        title=title.strip(),
        signed_on=signed_on,
        recorded_at=at,
        recorded_by=by,
    )
    record("agreement.signed", held, by=by, at=at, file=file, party=party)
    if len(queries.signatures_of(held)) == len(Party.values):
        _put_in_force(held, by=by, at=at)
    agreement.refresh_from_db()
    return made


def _put_in_force(agreement: Agreement, *, by: User, at: datetime) -> None:
    """What the decision reserved becomes committed, within one lock of the envelope."""
    file = agreement.application
    if not decisions.approved().filter(pk=agreement.decision_id).exists():
        raise NotApproved(reference=file.reference)
    signed_on = max(one.signed_on for one in queries.signatures_of(agreement).values())
    move(agreement, MOVES, "sign", signed_on=signed_on)
    _commit(agreement, by=by, at=at)
    cents = agreement.amount_cents
    Amendment.objects.create(
        agreement=agreement,
        sequence=0,
        signed_on=signed_on,
        amount_cents=cents,
        ends_on=agreement.ends_on,
        by=by,
        at=at,
    )
    facts: dict[str, Any] = {"number": agreement.number, "cents": cents}
    facts |= {"signed_on": signed_on.isoformat()}
    record("agreement.active", agreement, by=by, at=at, file=file, **facts)
    tell(agreement, "agreement.active", by=by, at=at)


def _commit(agreement: Agreement, *, by: User, at: datetime) -> None:
    """The decision's reservation is released, the agreement's amount committed."""
    file, decision = agreement.application, agreement.decision
    envelope = envelopes.lock(agreement.envelope_id, by=by, at=at)
    held = ledger.of_record(decision)
    if reserved := held[Kinds.RESERVED] - held[Kinds.RELEASED]:
        envelopes.deposit(
            envelope, Kinds.RELEASED, reserved, subject=decision, by=by, at=at, file=file
        )
    cents = agreement.amount_cents
    envelopes.deposit(envelope, Kinds.COMMITTED, cents, subject=agreement, by=by, at=at, file=file)
