"""What changed: indicators with baseline, target and actual values, by group; markers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.grants.reports.models import Report
from monarca.grants.results.states import Group, Level, Unit
from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual

USER = settings.AUTH_USER_MODEL


class Indicator(Record):
    """One measured thing of one agreement. Values are whole numbers of `unit`."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(
        max_length=40, blank=True, help_text="Of the pack's library, or plan-ROW of the answers."
    )
    name = Trilingual()
    unit = models.CharField(max_length=20, choices=Unit, default=Unit.NUMBER)
    level = models.CharField(max_length=20, choices=Level)
    is_gender_specific = models.BooleanField(default=False)
    is_ascending = models.BooleanField(default=True, help_text="More is better.")
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="indicator_one_a_number"),
            models.UniqueConstraint(
                fields=["agreement", "code"], condition=~Q(code=""), name="indicator_one_a_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} indicator {self.number}"


class Target(Record):
    """From where to where; `group` is empty for the total, else women, men, girls ..."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    group = models.CharField(max_length=30, blank=True, choices=Group)
    baseline = models.BigIntegerField(null=True, blank=True, help_text="Null: not measured.")
    value = models.BigIntegerField()
    due_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "group"], name="target_one_a_group"),
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(baseline=None) | Q(baseline__gte=0)),
                name="target_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.group} {self.value}"


class Actual(Record):
    """The value reached since the project began, as one report says it, and who verified it.

    A row never changes but for its verification: a correction is a new row that names the one it
    `corrects` and says why. The live value of a group is the row that no other row corrects.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="actuals")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    group = models.CharField(max_length=30, blank=True, choices=Group)
    value = models.BigIntegerField()
    measured_on = models.DateField()
    words = models.TextField(blank=True, help_text="How it was measured, or why it is corrected.")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "report", "group"],
                condition=Q(corrects=None),
                name="actual_begins_once_a_group",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="actual_is_not_negative"),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(words=""), name="actual_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="actual_verified_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("by")),
                name="actual_recorded_and_verified_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.group} {self.value}"


class MarkerScore(Record):
    """One policy marker of one agreement: derived from evidence, or overridden with a reason.

    `score` null means not screened, which is not the same as 0 (OECD-DAC).
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    marker = models.CharField(max_length=30, help_text="ge_code, or a DAC marker's code 1..12")
    derived = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    reasons = models.JSONField(default=list, help_text="[{code, values}]")
    words = models.TextField(blank=True, help_text="Why it was overridden.")
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "marker"], name="marker_score_one_a_marker"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False, derived__isnull=False, score=F("derived"))
                | Q(score=None, derived=None)
                | ~Q(words=""),
                name="marker_override_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.marker} {self.score}"
