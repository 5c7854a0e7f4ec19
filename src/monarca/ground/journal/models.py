"""What happened: an append-only list of entries, one per act, each carrying its own hash."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.kit.record import Record


class Entry(Record):
    """One act. `data` holds ids, codes, cents, hashes and instants, never words of a person.

    `sha256` is written with the entry; `position` and `previous` place it in the chain when
    it is sealed. The table may be read by outsiders (docs: contract).
    """

    append_only = True
    written_once = ("position", "previous")

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    command = models.CharField(max_length=40, blank=True, help_text="Who, when no person.")
    verb = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    file = models.CharField(max_length=80, blank=True, help_text="The application it concerns.")
    data = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    position = models.PositiveBigIntegerField(null=True, blank=True)
    previous = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject", "at"], name="journal_subject_at"),
            models.Index(fields=["file", "at"], name="journal_file_at"),
            models.Index(fields=["id"], condition=Q(position=None), name="journal_unsealed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["position"], name="journal_one_entry_a_position"),
            models.CheckConstraint(
                condition=Q(position=None, previous=None)
                | Q(position__isnull=False, previous__isnull=False),
                name="journal_sealed_entries_have_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"
