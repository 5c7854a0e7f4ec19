"""Statements, one vote a person on each, and what the votes say."""

from django.db import models
from django.db.models import Q

from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual
from monarca.programmes.youthlab.models.applying import Candidacy
from monarca.programmes.youthlab.models.deliberating import Proposal, Round


class Statement(Record):
    """One sentence that people agree or disagree with, or pass."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="statements")
    number = models.PositiveSmallIntegerField()
    text = Trilingual()
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="youth_statement_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.round_id} statement {self.number}"


class Vote(Record):
    """One person's vote on one statement; the last one before the round closes counts."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="votes")
    voter = models.ForeignKey(Candidacy, models.PROTECT, related_name="+")
    value = models.SmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "voter"], name="youth_vote_once_a_person"),
            models.CheckConstraint(
                condition=Q(value__in=[-1, 0, 1]), name="youth_vote_is_one_of_three"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} on {self.statement_id}"


class Findings(Record):
    """What a round's votes say, worked out once it has closed; no name, no number of a person."""

    append_only = True

    round = models.OneToOneField(Round, models.PROTECT, related_name="findings")
    found = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "findings"

    def __str__(self) -> str:
        return f"findings of {self.round_id}"
