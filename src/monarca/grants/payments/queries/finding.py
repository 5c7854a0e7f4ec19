"""Which payments there are: of whom, waiting at which step, and every part of one agreement."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.agreements.states import Status as Standing
from monarca.grants.applications import gate
from monarca.grants.payments.models import (
    Cancellation,
    Closure,
    Payment,
    PaymentRequest,
    Recovery,
)
from monarca.grants.payments.states import Status
from monarca.grants.reports.models import Report
from monarca.grants.reports.states import Kind
from monarca.grants.reports.states import Status as Told
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.paging import Inbox

REQUESTERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})
CERTIFIERS = frozenset({Roles.MANAGER})
PAYERS = frozenset({Roles.FINANCE})


def visible_to(user: User, *, at: datetime) -> QuerySet[PaymentRequest]:
    """Requests of the files this person may see; recipients see them once money moved."""
    rows = PaymentRequest.objects.filter(gate.seen(user, at=at, path="application__"))
    staff = gate.serving(user, at=at, path="application__")
    rows = rows.filter(staff | Q(status=Status.PAID)).order_by("requested_at", "pk")
    return rows.select_related("application__call", "agreement__recipient", "instalment")


def _served(user: User, roles: frozenset[str], *, at: datetime) -> QuerySet[PaymentRequest]:
    files = gate.served(user, roles=roles, at=at, path="application__")
    rows = PaymentRequest.objects.filter(files).order_by("requested_at", "pk")
    return rows.select_related("application__call", "agreement__recipient", "instalment")


def to_request(user: User, *, at: datetime) -> QuerySet[Instalment]:
    """Instalments whose condition is met and that nobody has asked for: the next is to request.

    Counts accepted reports in the database, so that a list costs the same for any number.
    """
    live = PaymentRequest.objects.filter(instalment=OuterRef("pk")).exclude(status=Status.REFUSED)
    gone = Cancellation.objects.filter(instalment=OuterRef("pk"))
    closed = Closure.objects.filter(agreement=OuterRef("agreement"))
    rows = Instalment.objects.filter(
        gate.served(user, roles=REQUESTERS, at=at, path="agreement__application__"),
        ~Exists(live),
        ~Exists(gone),
        ~Exists(closed),
        agreement__status=Standing.ACTIVE,
    )
    ready = (
        Q(condition="signature")
        | Q(Exists(_accepted(Kind.FINAL)), condition=f"report:{Kind.FINAL}")
        | Q(condition=f"report:{Kind.INTERIM}", interim__gte=F("place"))
    )
    rows = rows.annotate(interim=_number(_accepted(Kind.INTERIM)), place=_place()).filter(ready)
    rows = rows.select_related("agreement__application__call", "agreement__recipient")
    return rows.order_by("due_on", "pk")


def _accepted(kind: str) -> QuerySet[Report]:
    rows = Report.objects.filter(agreement=OuterRef("agreement"), kind=kind, status=Told.ACCEPTED)
    return rows.order_by()


def _number(rows: QuerySet[Report]) -> Coalesce:
    return Coalesce(Subquery(rows.values("agreement").annotate(n=Count("pk")).values("n")), 0)


def _place() -> Subquery:
    """How manieth instalment of its agreement this is, among those that wait for the same."""
    rows = Instalment.objects.filter(
        agreement=OuterRef("agreement"),
        condition=OuterRef("condition"),
        number__lte=OuterRef("number"),
    ).order_by()
    return Subquery(rows.values("agreement").annotate(n=Count("pk")).values("n"))


def to_certify(user: User, *, at: datetime) -> QuerySet[PaymentRequest]:
    """Asked for, and waiting for a manager who did not approve the project (FAA, s. 34)."""
    rows = _served(user, CERTIFIERS, at=at).filter(status=Status.REQUESTED)
    return rows.exclude(agreement__decision__settled_by=user).order_by("requested_at", "pk")


def to_release(user: User, *, at: datetime) -> QuerySet[PaymentRequest]:
    """Certified, and waiting for a finance officer who did not certify it (FAA, s. 33)."""
    rows = _served(user, PAYERS, at=at).filter(status=Status.CERTIFIED)
    return rows.exclude(certified_by=user).order_by("certified_at", "pk")


def to_record(user: User, *, at: datetime) -> QuerySet[PaymentRequest]:
    """Released to the bank; the day and the rate are to be written down."""
    rows = _served(user, PAYERS, at=at).filter(status=Status.RELEASED)
    return rows.order_by("released_at", "pk")


def recorded(user: User, *, at: datetime) -> QuerySet[PaymentRequest]:
    """Paid, the newest first."""
    rows = visible_to(user, at=at).filter(status=Status.PAID).select_related("payment__rate")
    return rows.order_by("-payment__paid_on", "-pk")


STEPS = {
    "certify": to_certify,
    "release": to_release,
    "record": to_record,
    "paid": recorded,
}


def step(name: str, user: User, *, at: datetime) -> QuerySet[PaymentRequest]:
    """The list behind one tab of the desk."""
    return STEPS[name](user, at=at)


def live_of(instalment: Instalment) -> PaymentRequest | None:
    """The request of this instalment that was not refused."""
    rows = PaymentRequest.objects.filter(instalment=instalment).exclude(status=Status.REFUSED)
    return rows.first()


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment with its latest request, its payment and its cancellation, if any."""

    instalment: Instalment
    request: PaymentRequest | None
    payment: Payment | None
    cancellation: Cancellation | None


def parts_of(agreement: Agreement) -> tuple[Part, ...]:
    """Every instalment of an agreement and how far its money has come, in four queries."""
    asked = PaymentRequest.objects.filter(agreement=agreement).order_by("requested_at", "pk")
    latest = {row.instalment_id: row for row in asked}
    paid = {row.request_id: row for row in payments_of(agreement)}
    gone = {row.instalment_id: row for row in Cancellation.objects.filter(agreement=agreement)}
    return tuple(
        Part(
            each,
            found := latest.get(each.pk),
            paid.get(found.pk) if found else None,
            gone.get(each.pk),
        )
        for each in agreements.instalments_of(agreement)
    )


def payments_of(agreement: Agreement) -> QuerySet[Payment]:
    rows = Payment.objects.filter(agreement=agreement).select_related("rate")
    return rows.order_by("paid_on", "pk")


def recoveries_of(agreement: Agreement) -> QuerySet[Recovery]:
    return Recovery.objects.filter(agreement=agreement).order_by("received_on", "pk")


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """The steps of money that wait for this person's roles."""
    held = people.held(user, at=at)
    url = reverse("payments:list")
    found = []
    if held & REQUESTERS:
        found.append(Inbox("to-request", _("Payments to request"), to_request(user, at=at), url))
    if held & CERTIFIERS:
        rows = to_certify(user, at=at)
        found.append(Inbox("to-certify", _("Payments to certify"), rows, f"{url}?view=certify"))
    if held & PAYERS:
        found += [
            Inbox(
                "to-release",
                _("Payments to release"),
                to_release(user, at=at),
                f"{url}?view=release",
            ),
            Inbox(
                "to-record", _("Payments to record"), to_record(user, at=at), f"{url}?view=record"
            ),
        ]
    return tuple(found)
