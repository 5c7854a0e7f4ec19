"""What stands in the way of a payment or of closing, said as a reason before anybody acts."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet, Sum

from monarca.engines import calendar
from monarca.engines.reasons import Reason
from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.agreements.states import Status as Standing
from monarca.grants.payments.models import (
    Cancellation,
    Closure,
    Payment,
    PaymentRequest,
    Recovery,
)
from monarca.grants.payments.queries.statement import statement_of
from monarca.grants.payments.states import Status
from monarca.grants.reports import queries as reports
from monarca.grants.reports.states import OPEN, Kind
from monarca.ground.partners import queries as partners
from monarca.ground.partners.states import Facts

type Hindrance = Reason | None

local_day = reports.local_day


def year_ends_on(instalment: Instalment) -> date:
    """31 March of the instalment's fiscal year."""
    year = calendar.labelled(instalment.fiscal_year) or calendar.fiscal_year_of(instalment.due_on)
    return year.ends_on


def is_year_over(instalment: Instalment, day: date) -> bool:
    return day > year_ends_on(instalment)


def is_cancelled(instalment: Instalment) -> bool:
    return Cancellation.objects.filter(instalment=instalment).exists()


def is_condition_met(instalment: Instalment) -> bool:
    """Signature: the agreement is in force. Report: one accepted report for each that waits.

    The second instalment that waits for an interim report needs a second accepted one.
    """
    if not instalment.condition.startswith("report:"):
        return bool(instalment.agreement.signed_on)
    kind = instalment.condition.removeprefix("report:")
    same = agreements.instalments_of(instalment.agreement).filter(condition=instalment.condition)
    place = same.filter(number__lte=instalment.number).count()
    needed = 1 if kind == Kind.FINAL else place
    return reports.accepted(instalment.agreement, kind) >= needed


def asked_cents(agreement: Agreement) -> int:
    """CAD cents of every request that was not refused, paid ones included."""
    rows = PaymentRequest.objects.filter(agreement=agreement).exclude(status=Status.REFUSED)
    return rows.aggregate(cents=Sum("cents"))["cents"] or 0


def paid_cents(agreement: Agreement) -> int:
    rows = Payment.objects.filter(agreement=agreement)
    return rows.aggregate(cents=Sum("cents"))["cents"] or 0


def recovered_cents(agreement: Agreement) -> int:
    rows = Recovery.objects.filter(agreement=agreement)
    return rows.aggregate(cents=Sum("cents"))["cents"] or 0


def closure_of(agreement: Agreement) -> Closure | None:
    return Closure.objects.filter(agreement=agreement).first()


def hindrance(instalment: Instalment, *, at: datetime) -> Hindrance:
    """The first thing that forbids paying this instalment now; asked again at every step."""
    agreement = instalment.agreement
    today = local_day(agreement.application, at)
    if agreement.status != Standing.ACTIVE or closure_of(agreement):
        return Reason("AgreementNotInForce", {"number": agreement.number})
    if is_cancelled(instalment):
        return Reason("InstalmentCancelled", {"instalment": instalment.number})
    if not is_condition_met(instalment):
        return Reason("ConditionNotMet", {"instalment": instalment.number})
    if is_late(agreement, today, at=at):
        return Reason("ReportIsOverdue", {"number": agreement.number})
    if is_year_over(instalment, today):
        values = {"year": instalment.fiscal_year, "last_on": year_ends_on(instalment).isoformat()}
        return Reason("YearIsClosed", values)
    return None


def hindrance_of(request: PaymentRequest, *, at: datetime) -> Hindrance:
    """What forbids going on with a request: that of its instalment, or an amount amended since."""
    part = agreements.instalments_of(request.agreement).get(pk=request.instalment_id)
    if request.cents != part.cents:
        return Reason("AmountChanged", {"part_cents": part.cents})
    return hindrance(part, at=at)


def is_late(agreement: Agreement, today: date, *, at: datetime) -> bool:
    """A report of this agreement is overdue, or the organisation is noted for one anywhere."""
    late = reports.of(agreement).filter(status__in=OPEN, due_on__lt=today)
    noted = partners.standing_of(agreement.recipient, at=at).filter(fact=Facts.REPORT_OVERDUE)
    return late.exists() or noted.exists()


def unpaid_parts(agreement: Agreement) -> QuerySet[Instalment]:
    """Instalments that were neither paid nor cancelled."""
    paid = Payment.objects.filter(request__instalment=OuterRef("pk"))
    gone = Cancellation.objects.filter(instalment=OuterRef("pk"))
    return agreements.instalments_of(agreement).filter(~Exists(paid), ~Exists(gone))


def hindrances_of_closing(agreement: Agreement) -> tuple[Reason, ...]:
    """Everything that is still to be done before the agreement's money can be closed."""
    found = []
    if closure_of(agreement):
        return (Reason("AlreadyClosed", {"number": agreement.number}),)
    if agreement.status not in {Standing.ACTIVE, Standing.TERMINATED}:
        found.append(Reason("AgreementNotInForce", {"number": agreement.number}))
    live = agreement.status == Standing.ACTIVE
    if live and (count := unpaid_parts(agreement).count()):
        found.append(Reason("SomethingUnpaid", {"count": count}))
    if not reports.accepted(agreement, Kind.FINAL):
        found.append(Reason("FinalReportMissing", {"number": agreement.number}))
    if owed := statement_of(agreement).owed_cents:
        found.append(Reason("MoneyIsOwed", {"owed_cents": owed}))
    return tuple(found)
