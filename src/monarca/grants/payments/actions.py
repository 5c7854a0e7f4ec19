"""Money on its way: asked for, certified, released, paid, given back, and the file closed."""

from datetime import date, datetime

from django.db import transaction

from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.calls import queries as calls
from monarca.grants.payments import policy, queries
from monarca.grants.payments.models import (
    Cancellation,
    Closure,
    Payment,
    PaymentRequest,
    Recovery,
)
from monarca.grants.payments.states import MOVES, Reasons
from monarca.ground.envelopes import actions as envelopes
from monarca.ground.envelopes import queries as ledger
from monarca.ground.envelopes.states import Kinds
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.partners import actions as partners
from monarca.ground.partners.states import Facts
from monarca.ground.people.models import User
from monarca.ground.rates import queries as rates
from monarca.ground.rates.models import Rate
from monarca.kit import formats
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.kit.trilingual import LANGUAGES


class NotPayable(Refused):
    """Something stands in the way: not in force, condition not met, report overdue, year over."""


class AlreadyAsked(Refused):
    """One live request an instalment."""


class MoreThanAgreed(Refused):
    """Payments never add up to more than the agreement."""


class PaidOutOfReason(Refused):
    """The day of payment lies between the release and today, and within the fiscal year."""


class WordsNeeded(Refused):
    """A refusal and a cancellation are said in words."""


class RecoveryOutOfReason(Refused):
    """What comes back is above nothing and at most what was paid, for one of the known reasons."""


class NotArrivedYet(Refused):
    """Money that comes back is written down once it has arrived."""


class CannotClose(Refused):
    """Something is still to be done before the agreement's money is closed."""


@transaction.atomic
def request(instalment: Instalment, *, by: User, at: datetime) -> PaymentRequest:
    """Ask for an instalment to be paid. Raises `NotPayable` with what stands in the way."""
    agreement = _locked(instalment.agreement_id)
    instalment = Instalment.objects.select_related("agreement").get(pk=instalment.pk)
    require(policy.may_request(by, agreement, at=at))
    if queries.live_of(instalment):
        raise AlreadyAsked(instalment=instalment.number)
    _require_payable(instalment, at=at)
    asked = queries.asked_cents(agreement) + instalment.cents
    if asked > agreement.amount_cents:
        raise MoreThanAgreed(asked_cents=asked, agreed_cents=agreement.amount_cents)
    made = PaymentRequest.objects.create(
        agreement=agreement,
        application=agreement.application,
        instalment=instalment,
        cents=instalment.cents,
        requested_at=at,
        requested_by=by,
    )
    _journal("payment.requested", made, by=by, at=at)
    return made


@transaction.atomic
def certify(request: PaymentRequest, *, by: User, at: datetime) -> PaymentRequest:
    """A manager certifies that the terms are met (FAA, s. 34); never who approved the project.

    Raises `NotPayable` with what stands in the way.
    """
    require(policy.may_certify(by, request, at=at))
    _require_on_course(request, at=at)
    move(request, MOVES, "certify", certified_at=at, certified_by=by)
    _journal("payment.certified", request, by=by, at=at)
    return request


@transaction.atomic
def release(request: PaymentRequest, *, by: User, at: datetime) -> PaymentRequest:
    """Finance releases it to the bank (FAA, s. 33); never who certified it.

    Raises `NotPayable` with what stands in the way.
    """
    request.refresh_from_db()
    require(policy.may_release(by, request, at=at))
    _require_on_course(request, at=at)
    move(request, MOVES, "release", released_at=at, released_by=by)
    _journal("payment.released", request, by=by, at=at)
    return request


@transaction.atomic
def record_paid(request: PaymentRequest, *, by: User, at: datetime, paid_on: date) -> Payment:
    """Write down that the bank paid on this day: CAD, and local money at the rate of that day.

    Raises `rates.queries.RateTooOld` when the last published rate is more than seven days older;
    it may then be entered by hand with its source.
    """
    agreement = _locked(request.agreement_id)
    file = agreement.application
    require(policy.may_record(by, agreement, at=at))
    _require_day(request, paid_on, at=at)
    rate = rates.on(paid_on, file.call.local_currency)
    move(request, MOVES, "record_paid")
    envelope = envelopes.lock(agreement.envelope_id, by=by, at=at)
    sums = ledger.of_file(file)
    paid = sums[Kinds.PAID] + request.cents
    if paid > agreement.amount_cents:
        raise MoreThanAgreed(asked_cents=paid, agreed_cents=agreement.amount_cents)
    payment = _keep(request, rate, by=by, at=at, paid_on=paid_on)
    promised = sums[Kinds.RESERVED] + sums[Kinds.COMMITTED] - sums[Kinds.RELEASED]
    if short := max(paid - promised, 0):
        _promise_again(payment, short, by=by, at=at)
    envelopes.deposit(envelope, Kinds.PAID, payment.cents, subject=payment, by=by, at=at, file=file)
    record(
        "payment.paid",
        payment,
        by=by,
        at=at,
        file=file,
        cents=payment.cents,
        local_cents=payment.local_cents,
        rate_e8=rate.cad_e8,
        rate_on=rate.on.isoformat(),
    )
    _tell(payment, by=by, at=at)
    return payment


def _promise_again(payment: Payment, cents: int, *, by: User, at: datetime) -> None:
    """The agreement ended while this was at the bank: take back what its end had given back.

    Raises `EnvelopeIsSpent` when that was promised to others meanwhile: enlarge the envelope first.
    """
    envelope, file = payment.agreement.envelope, payment.application
    envelopes.deposit(envelope, Kinds.COMMITTED, cents, subject=payment, by=by, at=at, file=file)


def _keep(request: PaymentRequest, rate: Rate, *, by: User, at: datetime, paid_on: date) -> Payment:
    return Payment.objects.create(
        request=request,
        agreement_id=request.agreement_id,
        application_id=request.application_id,
        cents=request.cents,
        local_cents=queries.local_of(request.cents, rate.cad),
        local_currency=rate.currency,
        rate=rate,
        paid_on=paid_on,
        recorded_at=at,
        recorded_by=by,
    )


def _tell(payment: Payment, *, by: User, at: datetime) -> None:
    """The recipient reads how much was sent, in both currencies and in their own language."""
    file, agreement = payment.application, payment.agreement
    amount = {
        language: f"{formats.money(payment.cents, 'CAD', language)} "
        f"({formats.money(payment.local_cents, payment.local_currency, language)})"
        for language in LANGUAGES
    }
    letters.write(
        "payment.released",
        to=agreement.recipient,
        by=by,
        at=at,
        about=payment,
        file=file,
        call_texts=calls.definition(file.form_id)["letters"],
        number=agreement.number,
        instalment=payment.request.instalment.number,
        amount=amount,
        reference=file.reference,
        address=f"/es/applications/{file.reference}/payments/",
    )


@transaction.atomic
def refuse(request: PaymentRequest, *, by: User, at: datetime, words: str) -> PaymentRequest:
    """Say no, in words; the instalment may be asked for again."""
    require(policy.may_refuse(by, request, at=at))
    if not words.strip():
        raise WordsNeeded
    move(request, MOVES, "refuse", refused_at=at, refused_by=by, words=words.strip())
    _journal("payment.refused", request, by=by, at=at)
    return request


@transaction.atomic
def cancel(instalment: Instalment, *, by: User, at: datetime, words: str) -> Cancellation:
    """Say that an instalment will not be paid: the project cost less, or it ended early."""
    agreement = _locked(instalment.agreement_id)
    require(policy.may_cancel(by, agreement, at=at))
    if not words.strip():
        raise WordsNeeded
    if queries.live_of(instalment) or queries.is_cancelled(instalment):
        raise AlreadyAsked(instalment=instalment.number)
    file = agreement.application
    made = Cancellation.objects.create(
        instalment=instalment,
        agreement=agreement,
        application=file,
        words=words.strip(),
        at=at,
        by=by,
    )
    record("instalment.cancelled", made, by=by, at=at, file=file, cents=instalment.cents)
    return made


@transaction.atomic
def recover(  # noqa: PLR0913
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    cents: int,
    reason: str,
    received_on: date,
    words: str = "",
) -> Recovery:
    """Write down money that came back, in CAD cents: unspent, or spent on what is not eligible.

    Raises `RecoveryOutOfReason` and `NotArrivedYet`.
    """
    held = _locked(agreement.pk)
    file = held.application
    require(policy.may_record(by, held, at=at))
    most = queries.paid_cents(held) - queries.recovered_cents(held)
    if not 0 < cents <= most or reason not in Reasons.values:
        raise RecoveryOutOfReason(asked_cents=cents, most_cents=most)
    today = queries.local_day(file, at)
    if received_on > today:
        raise NotArrivedYet(last_on=today.isoformat())
    made = Recovery.objects.create(
        agreement=held,
        application=file,
        cents=cents,
        reason=reason,
        received_on=received_on,
        words=words.strip(),
        recorded_at=at,
        recorded_by=by,
    )
    record("money.recovered", made, by=by, at=at, file=file, cents=cents, reason=reason)
    envelopes.deposit(held.envelope, Kinds.RECOVERED, cents, subject=made, by=by, at=at, file=file)
    return made


@transaction.atomic
def close(agreement: Agreement, *, by: User, at: datetime) -> Closure:
    """End the agreement's money: give back to the envelope what was promised and not paid.

    Raises `CannotClose` with the first thing that is still to be done.
    """
    held = _locked(agreement.pk)
    file = held.application
    require(policy.may_cancel(by, held, at=at))
    hindering = queries.hindrances_of_closing(held)
    if hindering:
        raise CannotClose(hindering[0])
    envelope = envelopes.lock(held.envelope_id, by=by, at=at)
    sums = ledger.of_file(file)
    promised = sums[Kinds.RESERVED] + sums[Kinds.COMMITTED] - sums[Kinds.RELEASED]
    left = max(promised - sums[Kinds.PAID], 0)
    made = Closure.objects.create(
        agreement=held,
        application=file,
        paid_cents=sums[Kinds.PAID],
        recovered_cents=sums[Kinds.RECOVERED],
        released_cents=left,
        closed_on=queries.local_day(file, at),
        at=at,
        by=by,
    )
    if left:
        envelopes.deposit(envelope, Kinds.RELEASED, left, subject=made, by=by, at=at, file=file)
    partners.lift(Facts.DEBT, by=by, at=at, source=held)
    partners.deposit(held.recipient, Facts.COMPLETED, by=by, at=at, source=held)
    record("agreement.closed", made, by=by, at=at, file=file, cents=made.paid_cents, left=left)
    return made


@transaction.atomic
def note_debt(agreement: Agreement, *, by: None, at: datetime) -> bool:
    """Deposit that money is owed back, or lift it once it came; did anything change?"""
    require(policy.may_keep_time(by))
    held = _locked(agreement.pk)
    owed = queries.owed_cents(held)
    noted = queries.is_noted(held, at=at)
    if bool(owed) == noted:
        return False
    if owed:
        partners.deposit(held.recipient, Facts.DEBT, by=by, at=at, source=held)
    else:
        partners.lift(Facts.DEBT, by=by, at=at, source=held)
    verb = "debt.noted" if owed else "debt.settled"
    record(verb, held, by=by, at=at, file=held.application, cents=owed, command="tick")
    return True


def _locked(agreement_id: int) -> Agreement:
    """The agreement's row, held until the transaction ends: its sums stay true meanwhile."""
    return Agreement.objects.select_for_update().get(pk=agreement_id)


def _require_payable(instalment: Instalment, *, at: datetime) -> None:
    hindrance = queries.hindrance(instalment, at=at)
    if hindrance:
        raise NotPayable(hindrance)


def _require_on_course(request: PaymentRequest, *, at: datetime) -> None:
    """Under the agreement's lock: nothing forbids it, and no amendment changed its amount."""
    request.agreement = _locked(request.agreement_id)
    hindrance = queries.hindrance_of(request, at=at)
    if hindrance:
        raise NotPayable(hindrance)


def _require_day(request: PaymentRequest, paid_on: date, *, at: datetime) -> None:
    """Between the day of the release and today, and never after the year's 31 March."""
    file = request.application
    first = queries.local_day(file, request.released_at) if request.released_at else paid_on
    last = min(queries.local_day(file, at), queries.year_ends_on(request.instalment))
    if not first <= paid_on <= last:
        raise PaidOutOfReason(first_on=first.isoformat(), last_on=last.isoformat())


def _journal(verb: str, request: PaymentRequest, *, by: User, at: datetime) -> None:
    record(verb, request, by=by, at=at, file=request.application, cents=request.cents)
