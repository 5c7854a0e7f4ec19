"""A call for proposals: its window, its money, and the frozen form it is answered with."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monarca.grants.calls.states import Status
from monarca.ground.envelopes.models import Envelope
from monarca.ground.people.models import Mission
from monarca.ground.rates.models import Rate
from monarca.kit.moving import Moving
from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual


class Call(Moving):
    """One call of one fund. Instants are UTC; money is CAD cents."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    envelope = models.ForeignKey(Envelope, models.PROTECT, null=True, related_name="+")
    rate = models.ForeignKey(
        Rate, models.PROTECT, null=True, blank=True, related_name="+", help_text="For budgets."
    )
    code = models.CharField(max_length=20, unique=True)
    title = Trilingual()
    summary = Trilingual()
    languages = models.JSONField(default=list)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    time_zone = models.CharField(max_length=40)
    fiscal_year = models.CharField(max_length=9)
    activities_end_on = models.DateField()
    currency = models.CharField(max_length=3, default="CAD")
    local_currency = models.CharField(max_length=3, default="MXN")
    budget_cents = models.BigIntegerField()
    max_cents = models.BigIntegerField()
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="call_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="call_published_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["mission", "closes_at"], name="call_of_a_mission")]

    def __str__(self) -> str:
        return self.code

    def is_open(self, at: datetime) -> bool:
        """Does it take applications that arrive at this instant? Half-open, plus grace."""
        last = self.closes_at + timedelta(minutes=self.grace_minutes)
        return self.status == Status.PUBLISHED and self.opens_at <= at < last


class Form(Record):
    """The fund's pack as it was frozen for a call; a change is a new version, never an edit."""

    append_only = True

    call = models.ForeignKey(Call, models.PROTECT, related_name="forms")
    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    definition = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="form_one_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} v{self.version} {self.sha256[:8]}"
