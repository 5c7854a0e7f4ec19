"""An agreement in force changes by numbered amendments, stands still, or ends early."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError

from monarca.engines import calendar
from monarca.engines.money import Money
from monarca.engines.reasons import Reason
from monarca.grants.agreements import policy, queries
from monarca.grants.agreements.actions.drafting import DatesOutOfOrder
from monarca.grants.agreements.actions.telling import tell
from monarca.grants.agreements.models import Agreement, Amendment, Instalment
from monarca.grants.agreements.states import MOVES, Status
from monarca.ground.envelopes import actions as envelopes
from monarca.ground.envelopes import queries as ledger
from monarca.ground.envelopes.states import Kinds
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class BelowWhatWasPaid(Refused):
    """An amount is never brought below what was paid, nor to nothing."""


class AboveTheCall(Refused):
    """No amendment brings an agreement above what the call allows for one project."""


class NothingChanges(Refused):
    """An amendment changes the amount or the last day."""


class WhyIsNeeded(Refused):
    """A change, a pause and an early end carry their reason in words."""


class PartIsAsked(Refused):
    """A payment was asked for on an instalment that would disappear: settle it first."""


@transaction.atomic
def amend(  # noqa: PLR0913
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    amount_cents: int,
    ends_on: date,
    reason: str,
    signed_on: date | None = None,
) -> Amendment:
    """A numbered change of amount or last day; the envelope moves by the difference.

    More money is committed if the envelope holds it (`EnvelopeIsSpent`); less is released, never
    below what was paid. The last instalments grow or shrink, so that they still add up.
    """
    require(policy.may_sign(by, agreement, at=at))
    envelopes.lock(agreement.envelope_id, by=by, at=at)
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    difference = amount_cents - held.amount_cents
    _check(held, amount_cents, ends_on, reason)
    activities_end_on = min(held.activities_end_on, ends_on)
    days = {"ends_on": ends_on, "activities_end_on": activities_end_on}
    move(held, MOVES, "amend", amount_cents=amount_cents, **days)
    _deposit(held, held, difference, by=by, at=at)
    _refit(held, difference)
    made = Amendment.objects.create(
        agreement=held,
        sequence=queries.amendments_of(held).count(),
        signed_on=signed_on or queries.local_day(held.application, at),
        amount_cents=amount_cents,
        ends_on=ends_on,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    facts: dict[str, Any] = {"number": held.number, "sequence": made.sequence}
    facts |= {"cents": amount_cents, "ends_on": ends_on.isoformat()}
    record("agreement.amended", held, by=by, at=at, file=held.application, **facts)
    tell(held, "agreement.amended", by=by, at=at, amount=Money(amount_cents), ends_on=ends_on)
    agreement.refresh_from_db()
    return made


def _check(held: Agreement, amount_cents: int, ends_on: date, reason: str) -> None:
    paid = queries.paid_cents(held)
    if amount_cents < max(paid, 1):
        raise BelowWhatWasPaid(asked_cents=amount_cents, paid_cents=paid)
    most = held.application.call.max_cents
    if amount_cents > max(most, held.amount_cents):
        values = {"asked_cents": amount_cents, "most_cents": most}
        raise AboveTheCall(Reason("AmountOutOfReason", values))
    if ends_on < held.starts_on:
        raise DatesOutOfOrder(latest_on=held.ends_on.isoformat())
    if (amount_cents, ends_on) == (held.amount_cents, held.ends_on):
        raise NothingChanges
    if not reason.strip():
        raise WhyIsNeeded


@transaction.atomic
def suspend(agreement: Agreement, *, by: User, at: datetime, reason: str) -> Agreement:
    """Nothing is paid until it is resumed. Raises `WhyIsNeeded`."""
    require(policy.may_sign(by, agreement, at=at))
    if not reason.strip():
        raise WhyIsNeeded
    move(agreement, MOVES, "suspend", note=reason.strip())
    record("agreement.suspended", agreement, by=by, at=at, file=agreement.application)
    tell(agreement, "agreement.suspended", by=by, at=at)
    return agreement


@transaction.atomic
def resume(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """What stood in the way is settled."""
    require(policy.may_sign(by, agreement, at=at))
    move(agreement, MOVES, "resume", note="")
    record("agreement.resumed", agreement, by=by, at=at, file=agreement.application)
    tell(agreement, "agreement.resumed", by=by, at=at)
    return agreement


@transaction.atomic
def terminate(agreement: Agreement, *, by: User, at: datetime, reason: str) -> Agreement:
    """It ends early: whatever is promised and was not paid goes back to the envelope.

    One that was never signed by both gives back what the decision reserved. The recipient is told,
    unless the agreement was never sent.
    """
    require(policy.may_sign(by, agreement, at=at))
    if not reason.strip():
        raise WhyIsNeeded
    envelopes.lock(agreement.envelope_id, by=by, at=at)
    was_in_force = agreement.status in {Status.ACTIVE, Status.SUSPENDED}
    today = queries.local_day(agreement.application, at)
    move(agreement, MOVES, "terminate", terminated_on=today, note=reason.strip())
    subject, freed = _unpaid(agreement, was_in_force=was_in_force)
    _deposit(agreement, subject, -freed, by=by, at=at)
    record(
        "agreement.terminated",
        agreement,
        by=by,
        at=at,
        file=agreement.application,
        number=agreement.number,
        cents=freed,
    )
    if agreement.sent_at is not None:
        tell(agreement, "agreement.ended", by=by, at=at)
    return agreement


def _unpaid(agreement: Agreement, *, was_in_force: bool) -> tuple[Model, int]:
    """Who holds the money that was not paid, and how many CAD cents of it."""
    if was_in_force:
        return agreement, queries.committed_cents(agreement) - queries.paid_cents(agreement)
    held = ledger.of_record(agreement.decision)
    return agreement.decision, held[Kinds.RESERVED] - held[Kinds.RELEASED]


def _deposit(agreement: Agreement, subject: Model, cents: int, *, by: User, at: datetime) -> None:
    """Commit what is more, release what is less; nothing for nothing."""
    if cents:
        envelopes.deposit(
            agreement.envelope,
            Kinds.COMMITTED if cents > 0 else Kinds.RELEASED,
            abs(cents),
            subject=subject,
            by=by,
            at=at,
            file=agreement.application,
        )


def _refit(agreement: Agreement, difference: int) -> None:
    """The last instalment grows by what is more; what is less comes off the end, part by part.

    Payments begin at the front, so what is left never falls below what was paid. Where all of it
    was paid, what is more is a part of its own: a part that was paid keeps its amount.
    """
    if difference > 0 and queries.paid_cents(agreement) >= agreement.amount_cents - difference:
        _add(agreement, difference)
        return
    for part in reversed(queries.instalments_of(agreement)):
        cents = max(0, part.cents + difference)
        difference -= cents - part.cents
        part.cents = cents
        if part.due_on > agreement.ends_on:
            part.due_on = agreement.ends_on
            part.fiscal_year = calendar.fiscal_year_of(part.due_on).label
        if cents:
            part.save(update_fields=["cents", "due_on", "fiscal_year"])
        else:
            _drop(part)


def _add(agreement: Agreement, cents: int) -> None:
    """One more part, on the last one's condition, by the agreement's last day."""
    last = queries.instalments_of(agreement).reverse()[0]
    Instalment.objects.create(
        agreement=agreement,
        number=last.number + 1,
        kind=last.kind,
        condition=last.condition,
        cents=cents,
        due_on=agreement.ends_on,
        fiscal_year=calendar.fiscal_year_of(agreement.ends_on).label,
    )


def _drop(part: Model) -> None:
    try:
        part.delete()
    except ProtectedError:
        raise PartIsAsked from None
