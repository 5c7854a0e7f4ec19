"""A contribution agreement: what both sides promise, in what parts, signed by whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monarca.grants.agreements.states import InstalmentKind, Party, Status
from monarca.grants.applications.models import Application
from monarca.grants.decisions.models import Decision
from monarca.ground.envelopes.models import Envelope
from monarca.ground.files.models import File
from monarca.ground.partners.models import Organisation
from monarca.kit.moving import Moving
from monarca.kit.record import Record

USER = settings.AUTH_USER_MODEL


class Agreement(Moving):
    """One agreement, numbered in series per mission and fiscal year. Money is CAD cents.

    `amount_cents` and `ends_on` are the values after the latest amendment; `text` is what the
    parties signed, frozen when it was sent.
    """

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="+")
    application = models.OneToOneField(Application, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    amount_cents = models.BigIntegerField()
    starts_on = models.DateField()
    activities_end_on = models.DateField()
    ends_on = models.DateField()
    terms_version = models.CharField(max_length=40)
    conditions = models.TextField(blank=True, help_text="One a line; from the decision.")
    text = models.JSONField(default=dict, help_text="The paper, as engines.documents writes it.")
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    docx = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True, help_text="The last signature.")
    terminated_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="Why it is suspended, or was terminated.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="agreement_has_money"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(activities_end_on__gte=F("starts_on"))
                & Q(activities_end_on__lte=F("ends_on")),
                name="agreement_activities_lie_within_it",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.TERMINATED) | Q(terminated_on__isnull=False),
                name="agreement_terminated_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.ACTIVE) | Q(signed_on__isnull=False),
                name="agreement_active_is_signed",
            ),
        ]
        indexes = [models.Index(fields=["status"], name="agreement_status")]

    def __str__(self) -> str:
        return self.number


class Instalment(Record):
    """A planned payment and what it waits for: signature, or a report of a kind."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=InstalmentKind)
    condition = models.CharField(max_length=20, help_text="signature, report:interim, report:final")
    cents = models.BigIntegerField()
    due_on = models.DateField()
    fiscal_year = models.CharField(max_length=9)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="instalment_one_a_number"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="instalment_has_money"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} part {self.number}"


class Signature(Record):
    """A signature on paper, recorded by a person of the mission."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=20, choices=Party)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="signature_one_a_party")
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.agreement_id}"


class Amendment(Record):
    """A numbered change; 0 is the original. Amounts and dates are those after the change."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="amendments")
    sequence = models.PositiveSmallIntegerField()
    signed_on = models.DateField()
    amount_cents = models.BigIntegerField()
    ends_on = models.DateField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "sequence"], name="amendment_one_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} amendment {self.sequence}"
