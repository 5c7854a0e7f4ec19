"""Eligibility: the rules' findings, what a person made of them, and questions to the applicant."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.grants.applications.models import Application
from monarca.grants.screening.states import Status, Verdict
from monarca.kit.moving import Moving
from monarca.kit.record import Record

USER = settings.AUTH_USER_MODEL


class Screening(Moving):
    """One application's eligibility, begun by a person, concluded by a person."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status, default=Status.OPEN)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=(Status.OPEN, Status.AWAITING_APPLICANT))
                | Q(concluded_at__isnull=False),
                name="screening_concluded_has_a_date",
            )
        ]
        indexes = [models.Index(fields=["status"], name="screening_status")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.status}"


class Check(Moving):
    """One rule's finding on one application; `reason` is a code with its values."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="checks")
    rule = models.CharField(max_length=10)
    level = models.CharField(max_length=10, help_text="block, flag or info")
    outcome = models.CharField(max_length=20, help_text="pass, fail, unknown, not_applicable")
    reason = models.JSONField(default=dict, help_text='{"code": ..., "values": {...}}')
    status = models.CharField(max_length=20, choices=Verdict, default=Verdict.PROPOSED)
    words = models.TextField(blank=True, help_text="Why a person waived or refuted it.")
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "rule"], name="check_once_a_rule"),
            models.CheckConstraint(
                condition=~Q(status__in=(Verdict.WAIVED, Verdict.BROKEN)) | ~Q(words=""),
                name="check_waived_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.screening_id} {self.rule} {self.outcome}"


class Clarification(Record):
    """A question to the applicant and the answer; the submitted application never changes."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="clarifications")
    question = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.screening_id} asked {self.asked_at:%Y-%m-%d}"


class Duplicate(Record):
    """Two applications that look like the same group or project; a person says which."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    other = models.ForeignKey(Application, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, default="same_group")
    words = models.TextField(blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "other"], name="duplicate_pair_once")
        ]

    def __str__(self) -> str:
        return f"{self.application_id} ~ {self.other_id}"


class Withdrawal(Record):
    """The applicant took the file back after the call had closed."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application_id} withdrawn"
