"""The committee's meeting and its decision on each application, with amount and reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions.states import Outcome, Status
from monarca.kit.moving import Moving
from monarca.kit.record import Record

USER = settings.AUTH_USER_MODEL


class Meeting(Record):
    """A committee meeting: who was there, who chaired, and its minutes; corrections are addenda.

    `items` is written when it ends: one object a file with `file` (id), `outcome`, `cents`,
    `reason`, `words`, `conditions`, `mean` and `ge_codes`, so that minutes never change when a
    later meeting takes the file again.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    chair = models.ForeignKey(USER, models.PROTECT, related_name="+")
    minutes = models.TextField(blank=True)
    items = models.JSONField(default=list, help_text="What was decided, frozen at the end.")
    convened_at = models.DateTimeField()
    convened_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="meeting_one_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} meeting {self.number}"


class Attendance(Record):
    """One person at one meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.meeting_id}"


class Decision(Moving):
    """What became of one application; `outcome` stays when the head of mission confirms it."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="decisions")
    status = models.CharField(max_length=20, choices=Status, default=Status.PROPOSED)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    amount_cents = models.BigIntegerField(default=0, help_text="CAD cents.")
    reason = models.CharField(max_length=40, blank=True, help_text="A code of the call's list.")
    words = models.TextField(blank=True, help_text="For the applicant.")
    conditions = models.TextField(blank=True, help_text="To be written into the agreement.")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gte=0), name="decision_not_negative"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.APPROVED) | Q(amount_cents__gt=0),
                name="decision_approved_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("", Outcome.APPROVED)) | ~Q(reason=""),
                name="decision_other_than_yes_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="decision_confirmed_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["status", "outcome"], name="decision_status")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.outcome or self.status}"
