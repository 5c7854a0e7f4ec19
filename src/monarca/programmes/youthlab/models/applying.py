"""Who applied, whether they may take part, and what was typed and not sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.kit.moving import Moving
from monarca.kit.record import Record
from monarca.programmes.youthlab.models.editions import Edition, known
from monarca.programmes.youthlab.states import Reasons, Sent


class Candidacy(Moving):
    """One person's application. `words` and `traits` are as typed; `sent_*` is what counts.

    `traits` holds an answer, or `-`, and a consent for each feature; nobody but the person and
    who keeps the programme reads it. `number` stands for the person where anyone may look.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="candidacies")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40, unique=True)
    number = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    words = models.JSONField(default=dict)
    traits = models.JSONField(default=dict)
    sent_words = models.JSONField(default=dict)
    sent_traits = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "candidacies"
        constraints = [
            known(Sent, "youth_candidacy_status_is_known"),
            models.UniqueConstraint(
                fields=["edition", "person"], name="youth_candidacy_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["edition", "number"], name="youth_candidacy_number_once"
            ),
            models.CheckConstraint(
                condition=Q(status=Sent.SENT, sent_at__isnull=False) | ~Q(status=Sent.SENT),
                name="youth_candidacy_sent_has_its_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "status", "sent_at"], name="youth_candidacy_list")
        ]

    def __str__(self) -> str:
        return self.reference


class Ruling(Record):
    """May this person take part? A person of the embassy says so, with a reason where not."""

    candidacy = models.OneToOneField(Candidacy, models.PROTECT, related_name="ruling")
    is_eligible = models.BooleanField()
    reason = models.CharField(max_length=12, choices=Reasons, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_eligible=True, reason="") | Q(is_eligible=False) & ~Q(reason=""),
                name="youth_ruling_no_has_its_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidacy_id} {'yes' if self.is_eligible else self.reason}"


class Draft(Record):
    """What somebody typed and has not sent: kept at the embassy, seen by nobody else."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    place = models.CharField(max_length=120, help_text="Which box of which page.")
    words = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="youth_draft_once")]

    def __str__(self) -> str:
        return f"draft of {self.person_id}"
