"""Who reads a file, whether they are free to, and what they found, with evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.grants.applications.models import Application
from monarca.grants.reviews.states import Advice, Conflict, Status
from monarca.kit.moving import Moving
from monarca.kit.record import Record

USER = settings.AUTH_USER_MODEL


class Assignment(Moving):
    """One reviewer, one application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(USER, models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status, default=Status.ASSIGNED)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer"], name="assignment_once_a_reviewer"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.COMPLETE) | Q(completed_at__isnull=False),
                name="assignment_complete_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["reviewer", "status"], name="assignment_of_a_reviewer")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} reads {self.application_id}"


class ConflictDeclaration(Record):
    """What a person declared about their own interest in a file; the latest counts."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    user = models.ForeignKey(USER, models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Conflict)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.level} on {self.application_id}"


class Assessment(Record):
    """One reviewer's reading: scores, GBA+ statements, and a conclusion for the committee."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="assessment")
    version = models.PositiveSmallIntegerField(default=1)
    booleans = models.JSONField(default=dict, help_text="GBA+ minimum criteria: code -> bool.")
    ge_code = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 3.")
    ge_words = models.TextField(blank=True)
    overall = models.CharField(max_length=20, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ge_code=None) | Q(ge_code__lte=3), name="assessment_ge_code_0_to_3"
            )
        ]

    def __str__(self) -> str:
        return f"assessment {self.assignment_id}"


class Score(Record):
    """Points from 0 to 5 on one criterion, with the comment that explains them."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scores")
    criterion = models.CharField(max_length=30)
    points = models.PositiveSmallIntegerField()
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="score_once_a_criterion"
            ),
            models.CheckConstraint(condition=Q(points__lte=5), name="score_0_to_5"),
            models.CheckConstraint(condition=~Q(words=""), name="score_has_a_comment"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.points}"


class Statement(Record):
    """One GBA+ statement; without the applicant's words it rests on, it cannot be saved."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20, help_text="factor, need, barrier, harm ...")
    code = models.CharField(max_length=40, blank=True, help_text="A factor's code.")
    level = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 to 3.")
    words = models.TextField()
    question = models.CharField(max_length=60, help_text="Where the evidence stands.")
    quote = models.TextField(help_text="The applicant's own words.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(quote=""), name="statement_rests_on_evidence"
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__lte=3), name="statement_level_0_to_3"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class Recommendation(Record):
    """One reviewer's advice to the committee."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="recommendation")
    advice = models.CharField(max_length=20, choices=Advice)
    words = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.advice)
