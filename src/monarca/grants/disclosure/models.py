"""What the public may read about an agreement, in both languages, and what was exported."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.grants.disclosure.states import Field, Kind, Level, Status, Why
from monarca.kit.moving import Moving
from monarca.kit.record import Record

USER = settings.AUTH_USER_MODEL


class Disclosure(Moving):
    """The public record of one agreement (Access to Information Act, s. 87).

    `reference` and `slug` are drawn, not counted: a gap in a series would tell of a record that
    is withheld. Both are drawn anew when the level changes, so that what was told with names can
    never be laid beside what is told without.
    """

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="+")
    application = models.OneToOneField(Application, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40, unique=True, help_text="DDD-YYYY-YYYY-QX-NNNNN")
    slug = models.CharField(
        max_length=40, unique=True, help_text="Random letters: in the public address, and alias."
    )
    level = models.CharField(max_length=20, choices=Level, default=Level.WITHHELD)
    reason = models.CharField(
        max_length=30, choices=Why, blank=True, help_text="Why less than full."
    )
    sector = models.CharField(max_length=5, help_text="OECD-DAC purpose code, five digits.")
    status = models.CharField(max_length=20, choices=Status, default=Status.PREPARED)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
                name="disclosure_prepared_and_approved_by_two",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.FULL) | ~Q(reason=""),
                name="disclosure_less_than_full_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="disclosure_published_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Translation(Record):
    """An official text of a disclosure in one language; stale when its source's hash changes."""

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="translations")
    field = models.CharField(max_length=30, choices=Field)
    language = models.CharField(max_length=2)
    source_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Empty where the level changed since it was written."
    )
    text = models.TextField()
    translator = models.ForeignKey(USER, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reviewed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disclosure", "field", "language"], name="translation_one_a_language"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("translator")),
                name="translation_written_and_reviewed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id} {self.field} {self.language}"


class Export(Record):
    """A file that was published: which, when, how many records, and its SHA-256."""

    append_only = True

    kind = models.CharField(max_length=30, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"
