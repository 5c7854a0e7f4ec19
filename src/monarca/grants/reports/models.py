"""What a recipient tells us: the story, the results, and every peso spent."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.grants.reports.states import Kind, Status
from monarca.ground.files.models import File
from monarca.kit.moving import Moving
from monarca.kit.record import Record

USER = settings.AUTH_USER_MODEL


class Report(Moving):
    """A narrative and financial report on one period of one agreement.

    The JSON columns hold what the recipient typed; what could not be read stays as
    {"raw": "as typed"}, so that nothing is lost. They are complete once it is submitted.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    due_on = models.DateField()
    from_on = models.DateField()
    until_on = models.DateField()
    language = models.CharField(max_length=2)
    narrative = models.JSONField(default=dict, help_text="question -> the recipient's words")
    actuals = models.JSONField(default=list, help_text="[{indicator, value, group, words}]")
    people = models.JSONField(default=dict, help_text="direct and indirect, by group")
    rows = models.JSONField(default=list, help_text="Expenses as they were typed.")
    money = models.JSONField(default=dict, help_text="interest, and words on each variance.")
    status = models.CharField(max_length=20, choices=Status, default=Status.DUE)
    requested_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    certified_name = models.CharField(max_length=200, blank=True)
    certified_title = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True, help_text="Why it was returned.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="report_one_a_number"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(kind=Kind.FINAL), name="report_one_is_final"
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=models.F("from_on")), name="report_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(Status.SUBMITTED, Status.ACCEPTED))
                | Q(submitted_at__isnull=False),
                name="report_submitted_has_a_date",
            ),
        ]
        indexes = [models.Index(fields=["status", "due_on"], name="report_due")]

    def __str__(self) -> str:
        return f"{self.agreement_id} report {self.number}"


class Receipt(Record):
    """A receipt or invoice that came with a report; `number` is how its rows name it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="receipts")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="receipt_one_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} receipt {self.number}"


class Expense(Record):
    """One receipt: what was bought, from whom, in local cents, for which budget category."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="expenses")
    position = models.PositiveSmallIntegerField()
    spent_on = models.DateField()
    category = models.CharField(max_length=30)
    description = models.CharField(max_length=300)
    supplier = models.CharField(max_length=200, blank=True)
    folio = models.CharField(max_length=80, blank=True)
    cents = models.BigIntegerField()
    currency = models.CharField(max_length=3, default="MXN")
    receipt = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="expense_one_a_position"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="expense_has_money"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.description}"


class Reminder(Record):
    """A letter about a due date that has gone out: one a step of the ladder."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    due_on = models.DateField()
    step = models.SmallIntegerField(help_text="Days from the due date.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "due_on", "step"], name="reminder_one_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.step:+}"
