"""One register of promises: who owes what by when, how it was worded, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.ground.commitments.states import ENDED, Aims, Origins, Pillars, Sides, Status
from monarca.ground.files.models import File
from monarca.ground.people.models import Mission
from monarca.kit.moving import Moving
from monarca.kit.record import Dated, Record
from monarca.kit.trilingual import Trilingual

OVER = sorted(status.value for status in ENDED)


class Commitment(Moving):
    """Something that somebody promised in public life, deposited by the act that made it.

    `text` is the wording in force; every wording there was stands in `Wording`. A sealed one is
    known to nobody but its owners and its readers by name.
    """

    reference = models.CharField(max_length=40, unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=20, choices=Origins)
    source = models.CharField(max_length=80, blank=True, help_text="Deposited by: label:id.")
    source_name = Trilingual(blank=True, help_text="The meeting or paper it was made in.")
    source_path = models.CharField(max_length=300, blank=True, help_text="Without a language.")
    pillar = models.CharField(max_length=20, choices=Pillars, blank=True)
    text = Trilingual()
    aim_bits = models.PositiveSmallIntegerField(
        default=0, help_text="Its aims as bits in the order of their list: counted without a join."
    )
    promised_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)
    external_id = models.CharField(max_length=80, blank=True, help_text="In the file it came in.")
    next_report_on = models.DateField(null=True, blank=True, help_text="When its owners are asked.")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When they were asked last.")
    published_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["is_public", "due_on", "id"], name="commitment_public"),
            models.Index(fields=["mission", "status", "due_on"], name="commitment_of_a_mission"),
            models.Index(fields=["source"], name="commitment_of_a_source"),
            models.Index(fields=["status", "next_report_on"], name="commitment_to_ask_about"),
            models.Index(fields=["is_public", "ended_at"], name="commitment_public_and_ended"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="commitment_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=OVER, ended_at__isnull=False)
                | Q(ended_at=None) & ~Q(status__in=OVER),
                name="commitment_ended_has_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(is_public=True, is_sealed=True), name="commitment_sealed_is_not_public"
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(published_at__isnull=False),
                name="commitment_public_since_an_instant",
            ),
            models.UniqueConstraint(
                fields=["mission", "external_id"],
                condition=~Q(external_id=""),
                name="commitment_known_elsewhere_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Sought(Record):
    """The words by which a commitment is found, folded, as readers of each language see them."""

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="sought")
    es = models.TextField(blank=True)
    en = models.TextField(blank=True)
    fr = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "sought"

    def __str__(self) -> str:
        return str(self.commitment_id)


class Aim(Record):
    """A shared aim that a commitment serves."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="aims")
    aim = models.CharField(max_length=30, choices=Aims)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "aim"], name="commitment_aim_once")
        ]
        indexes = [models.Index(fields=["aim", "commitment"], name="commitment_by_aim")]

    def __str__(self) -> str:
        return self.aim


class Owner(Dated):
    """Who answers for it on one side: an institution, and the person who is asked each quarter."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="owners")
    side = models.CharField(max_length=10, choices=Sides)
    name = models.CharField(max_length=200, help_text="The institution.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["user", "commitment"], name="commitment_of_an_owner")]

    def __str__(self) -> str:
        return f"{self.side}: {self.name}"


class Wording(Record):
    """How the commitment was worded, and for when, from one act on; never rewritten."""

    append_only = True

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    text = Trilingual()
    due_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="Why it was worded anew.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="wording_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} #{self.number}"


class Progress(Record):
    """What somebody said became of it, with the evidence; never rewritten.

    `status` is the one the commitment had from then on. `percent` is how far it is, 0 to 100.
    Everybody reads it from `shown_at`, if the commitment is public, until it is `TakenBack`.
    """

    append_only = True
    written_once = ("shown_at",)

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="progress")
    status = models.CharField(max_length=20, choices=Status)
    note = models.TextField()
    language = models.CharField(max_length=2)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence_url = models.CharField(max_length=500, blank=True)
    evidence = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    shown_at = models.DateTimeField(null=True, blank=True)
    side = models.CharField(max_length=10, choices=Sides, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "progress"
        indexes = [models.Index(fields=["commitment", "at"], name="progress_of_a_commitment")]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100), name="progress_within_the_whole"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.status}"


class TakenBack(Record):
    """Words of the history that everybody could read, and nobody but the register's readers may."""

    append_only = True

    progress = models.OneToOneField(Progress, models.PROTECT, related_name="taken_back")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "taken back"

    def __str__(self) -> str:
        return str(self.progress_id)


class Batch(Record):
    """A file of commitments that was read without a fault and waits for a person's yes.

    `rows` are what it says, by column; they are erased when the person answers.
    """

    key = models.UUIDField(unique=True)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    name = models.CharField(max_length=255, help_text="As the sender called the file.")
    rows = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.name
