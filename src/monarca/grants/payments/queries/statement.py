"""The statement of account: received, spent, given back, and what the exchange did to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.payments.models import Payment, Recovery
from monarca.grants.reports import queries as reports
from monarca.grants.reports.models import Report
from monarca.grants.reports.states import Kind, Status
from monarca.ground.partners import queries as partners
from monarca.ground.partners.states import Facts

SMALL = 100
"""CAD cents below which a balance is rounding, not money to give back."""


def local_of(cents: int, cad: Decimal) -> int:
    """CAD cents in local cents at `cad` (CAD for one local unit), exact, then half to even."""
    return round(Fraction(cents) / Fraction(cad))


def cad_of(local_cents: int, received_cents: int, received_local_cents: int) -> int:
    """Local cents in CAD cents at the weighted rate of the payments received, half to even.

    The weighted rate is what was received in CAD over what was received in local currency
    (domain dossier, 7.4). Nothing received is worth nothing.
    """
    if not received_local_cents:
        return 0
    return round(Fraction(local_cents * received_cents, received_local_cents))


@dataclass(frozen=True, slots=True)
class Received:
    """One payment as it arrived: CAD, local currency, rate, the rate's day and who said it."""

    number: int
    paid_on: date
    cents: int
    local_cents: int
    rate: Decimal
    rate_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One agreement's account. `*_cents` are CAD, `*_local_cents` the local currency.

    `spent` is what accepted reports say. `balance` is received less spent less given back:
    above zero it is owed to Canada, below zero the recipient spent more than it received.
    `exchange_local_cents` is how much more (or less) local money came than the budget's own
    rate promised; None where the call had no rate.
    """

    agreed_cents: int
    currency: str
    received: tuple[Received, ...]
    spent_local_cents: int
    recovered_cents: int
    budget_rate: Decimal | None

    @property
    def received_cents(self) -> int:
        return sum(one.cents for one in self.received)

    @property
    def received_local_cents(self) -> int:
        return sum(one.local_cents for one in self.received)

    @property
    def spent_cents(self) -> int:
        return cad_of(self.spent_local_cents, self.received_cents, self.received_local_cents)

    @property
    def balance_cents(self) -> int:
        return self.received_cents - self.spent_cents - self.recovered_cents

    @property
    def balance_local_cents(self) -> int:
        """What is left of the local money, before anything was given back."""
        return self.received_local_cents - self.spent_local_cents

    @property
    def rate(self) -> Decimal | None:
        """The weighted rate: CAD for one local unit, to eight places."""
        if not self.received_local_cents:
            return None
        exact = Fraction(self.received_cents, self.received_local_cents)
        return Decimal(round(exact * 10**8)).scaleb(-8)

    @property
    def exchange_local_cents(self) -> int | None:
        if self.budget_rate is None:
            return None
        return self.received_local_cents - local_of(self.received_cents, self.budget_rate)

    @property
    def owed_cents(self) -> int:
        """CAD cents to give back: the balance, where it is more than rounding."""
        return self.balance_cents if self.balance_cents >= SMALL else 0


def statement_of(agreement: Agreement) -> Statement:
    call = agreement.application.call
    paid = Payment.objects.filter(agreement=agreement).select_related("rate", "request__instalment")
    back = Recovery.objects.filter(agreement=agreement).values_list("cents", flat=True)
    budget = call.rate.cad if call.rate and call.rate.currency == call.local_currency else None
    return Statement(
        agreed_cents=agreement.amount_cents,
        currency=call.local_currency,
        received=tuple(_received(paid.order_by("paid_on", "pk"))),
        spent_local_cents=reports.spent_cents(agreement),
        recovered_cents=sum(back),
        budget_rate=budget,
    )


def _received(rows: Iterable[Payment]) -> Iterable[Received]:
    return (
        Received(
            number=row.request.instalment.number,
            paid_on=row.paid_on,
            cents=row.cents,
            local_cents=row.local_cents,
            rate=row.rate.cad,
            rate_on=row.rate.on,
            source=row.rate.source,
        )
        for row in rows
    )


def owed_cents(agreement: Agreement) -> int:
    """CAD cents the recipient owes: nothing before its final report was accepted."""
    final = reports.of(agreement).filter(kind=Kind.FINAL, status=Status.ACCEPTED)
    return statement_of(agreement).owed_cents if final.exists() else 0


def is_noted(agreement: Agreement, *, at: datetime) -> bool:
    """Does the recipient's standing already say that money of this agreement is owed?"""
    source = f"{agreement._meta.label_lower}:{agreement.pk}"
    rows = partners.standing_of(agreement.recipient, at=at)
    return rows.filter(fact=Facts.DEBT, source=source).exists()


def owing() -> tuple[Agreement, ...]:
    """Agreements whose final report was accepted: the clock looks whether money is owed."""
    done = Report.objects.filter(kind=Kind.FINAL, status=Status.ACCEPTED).order_by()
    return tuple(agreements.in_force().filter(pk__in=done.values("agreement")))
