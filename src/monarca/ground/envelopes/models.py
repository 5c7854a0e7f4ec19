"""The money there is in a fiscal year, and every movement against it, in CAD cents."""

from django.db import models
from django.db.models import Q

from monarca.ground.envelopes.states import Kinds
from monarca.ground.people.models import Mission
from monarca.kit.record import Record


class Envelope(Record):
    """What a mission may commit in one fiscal year (1 April to 31 March)."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="+")
    fiscal_year = models.CharField(max_length=9, help_text="2024-2025")
    cents = models.BigIntegerField(help_text="CAD cents.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "fiscal_year"], name="envelope_one_a_mission_and_year"
            ),
            models.CheckConstraint(condition=Q(cents__gte=0), name="envelope_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.mission_id} {self.fiscal_year}"


class Movement(Record):
    """One append-only line of the envelope's ledger.

    `reserved` and `committed` and `paid` add what they name; `released` gives back what was
    reserved or committed; `recovered` is money that came back. `subject` is label:id of the
    record that deposits it, `file` the application's label:id.
    """

    append_only = True

    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="movements")
    subject = models.CharField(max_length=80)
    file = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=10, choices=Kinds)
    cents = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "kind"], name="movement_of_a_record"),
            models.Index(fields=["file", "kind"], name="movement_of_a_file"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.cents} for {self.subject}"
