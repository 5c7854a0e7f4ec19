"""What an organisation asks for: answers, budget, files, and what it submitted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.grants.applications.states import IntakeStatus, Sensitivity, SetAside, Status
from monarca.grants.calls.models import Call, Form
from monarca.ground.files.models import File
from monarca.ground.partners.models import Organisation
from monarca.kit.moving import Moving
from monarca.kit.record import Record

USER = settings.AUTH_USER_MODEL


class Application(Moving):
    """One organisation's answer to one call.

    The typed columns are what rules, lists and money need; `save_section` fills them from the
    questions whose `maps_to` names them. They may be empty until submission.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    form = models.ForeignKey(Form, models.PROTECT, related_name="+")
    applicant = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40, unique=True)
    alias = models.CharField(max_length=80, blank=True, help_text="Its name while restricted.")
    language = models.CharField(max_length=2, default="es")
    title = models.CharField(max_length=200, blank=True)
    requested_cents = models.BigIntegerField(null=True, blank=True, help_text="CAD cents.")
    priority = models.CharField(max_length=10, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    registered = models.CharField(max_length=10, blank=True)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity, default=Sensitivity.OPEN)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="application_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SUBMITTED) | Q(submitted_at__isnull=False),
                name="application_submitted_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(sensitivity__in=Sensitivity.values),
                name="application_sensitivity_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "status", "submitted_at"], name="application_of_a_call"),
            models.Index(fields=["applicant", "call"], name="application_of_a_group"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def shown_title(self) -> str:
        """What lists and letters call it: the alias while it is restricted or sealed."""
        return self.title if self.sensitivity == Sensitivity.OPEN else self.alias or self.reference


class Answer(Record):
    """The latest answer to one question; earlier values are revisions."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    language = models.CharField(max_length=2)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="answer_one_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.question}"


class Revision(Record):
    """What an answer said before; nothing that was typed is lost."""

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="revisions")
    revision = models.PositiveIntegerField()
    value = models.JSONField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "revision"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} r{self.revision}"


class BudgetLine(Record):
    """One line of the budget. `*_cents` are in `currency`; `cad_cents` at the call's rate."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    activity = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=30, blank=True)
    description = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    quantity_e2 = models.BigIntegerField(default=0, help_text="Quantity times 100.")
    unit_cents = models.BigIntegerField(default=0)
    total_cents = models.BigIntegerField(default=0)
    fund_cents = models.BigIntegerField(default=0)
    own_cents = models.BigIntegerField(default=0)
    in_kind_cents = models.BigIntegerField(default=0)
    other_cents = models.BigIntegerField(default=0)
    other_donor = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3, default="MXN")
    cad_cents = models.BigIntegerField(default=0, help_text="The fund's share in CAD cents.")
    fiscal_year = models.CharField(max_length=9, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "position"], name="budget_line_one_a_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} line {self.position}"


class Place(Record):
    """Where the project happens: state and municipality by INEGI code, locality in words."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="places")
    state = models.CharField(max_length=2)
    municipality = models.CharField(max_length=5, blank=True)
    locality = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state"], name="place_state")]

    def __str__(self) -> str:
        return f"{self.state} {self.municipality}"


class Attachment(Record):
    """A file that belongs to an application, and which question asked for it."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="attachments")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    question = models.CharField(max_length=60)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.application_id} {self.question}"


class Submission(Record):
    """What was submitted, as canonical JSON with its SHA-256; the last in time counts."""

    append_only = True

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    content = models.JSONField(
        help_text="form, call, reference, answers, budget, places, attachments (hashes)"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="submission_one_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} #{self.number} {self.sha256[:8]}"


class Intake(Moving):
    """A file or message that arrived by mail, what we read in it, and what became of it.

    `read` is what the machine read and never changes; `corrected` is what a person put right and
    wins over it. `group` stays empty where naming it would put it at risk.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    file = models.ForeignKey(File, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    sender = models.CharField(max_length=254, blank=True)
    read = models.JSONField(default=dict, help_text="Fields with confidence and place, budget.")
    corrected = models.JSONField(
        default=dict, help_text="Answers and budget as a person left them."
    )
    group = models.CharField(max_length=250, blank=True, help_text="Its name as it was read.")
    at_risk = models.BooleanField(default=False)
    doubts = models.PositiveSmallIntegerField(default=0, help_text="Answers read with doubt.")
    marks = models.JSONField(default=dict, help_text="What tells the group from another.")
    twin = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="An earlier arrival that is perhaps of the same group.",
    )
    problem = models.CharField(max_length=60, blank=True, help_text="A reason's code.")
    status = models.CharField(max_length=20, choices=IntakeStatus, default=IntakeStatus.READ)
    refused_for = models.CharField(max_length=30, choices=SetAside, blank=True)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "sha256"], name="intake_each_file_once"),
            models.CheckConstraint(
                condition=Q(status__in=IntakeStatus.values), name="intake_status_is_known"
            ),
        ]
        indexes = [models.Index(fields=["call", "status", "received_at"], name="intake_of_a_call")]

    def __str__(self) -> str:
        return self.key if self.at_risk else self.name

    @property
    def key(self) -> str:
        """Its part of an address: the call and the beginning of the hash."""
        return f"{self.call.code}-{self.sha256[:20]}"


class IntakePart(Record):
    """One file of an intake: the form, the budget, or another paper that came with it."""

    intake = models.ForeignKey(Intake, models.PROTECT, related_name="parts")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, help_text="form, budget, message, other")

    def __str__(self) -> str:
        return f"{self.intake_id} {self.role}"
