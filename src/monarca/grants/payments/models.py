"""Money on its way: requested, certified (FAA s. 34), released (s. 33), paid, recovered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.applications.models import Application
from monarca.grants.payments.states import Reasons, Status
from monarca.ground.rates.models import Rate
from monarca.kit.moving import Moving
from monarca.kit.record import Record

USER = settings.AUTH_USER_MODEL


class PaymentRequest(Moving):
    """One instalment asked to be paid. The liability is in CAD cents."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="+")
    cents = models.BigIntegerField(help_text="CAD cents.")
    status = models.CharField(max_length=20, choices=Status, default=Status.REQUESTED)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    certified_at = models.DateTimeField(null=True, blank=True)
    certified_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True, help_text="Why it was refused.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instalment"],
                condition=~Q(status=Status.REFUSED),
                name="payment_request_one_a_part",
            ),
            models.CheckConstraint(condition=Q(cents__gt=0), name="payment_request_has_money"),
            models.CheckConstraint(
                condition=Q(certified_by=None)
                | Q(released_by=None)
                | ~Q(certified_by=models.F("released_by")),
                name="payment_certified_and_released_by_two",
            ),
        ]
        indexes = [models.Index(fields=["status"], name="payment_request_status")]

    def __str__(self) -> str:
        return f"{self.agreement_id} asks {self.cents}"


class Payment(Record):
    """Money that moved: the CAD liability, the local amount, the rate and its date."""

    request = models.OneToOneField(PaymentRequest, models.PROTECT, related_name="payment")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    cents = models.BigIntegerField(help_text="CAD cents.")
    local_cents = models.BigIntegerField()
    local_currency = models.CharField(max_length=3)
    rate = models.ForeignKey(Rate, models.PROTECT, related_name="+")
    paid_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(cents__gt=0, local_cents__gt=0), name="payment_has_money"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} paid {self.cents}"


class Recovery(Record):
    """Money that came back: unspent, or ineligible."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    cents = models.BigIntegerField(help_text="CAD cents.")
    reason = models.CharField(max_length=20, choices=Reasons)
    received_on = models.DateField()
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "recoveries"
        constraints = [models.CheckConstraint(condition=Q(cents__gt=0), name="recovery_has_money")]

    def __str__(self) -> str:
        return f"{self.agreement_id} recovered {self.cents}"


class Cancellation(Record):
    """An instalment that will not be paid, and why; its money goes back when the file closes."""

    instalment = models.OneToOneField(Instalment, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.instalment_id} cancelled"


class Closure(Record):
    """The end of an agreement's money: everything paid, reported, and unspent given back."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="+")
    application = models.OneToOneField(Application, models.PROTECT, related_name="+")
    paid_cents = models.BigIntegerField()
    recovered_cents = models.BigIntegerField()
    released_cents = models.BigIntegerField(help_text="Given back to the envelope.")
    closed_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.agreement_id} closed"
