"""What delegates do together: sessions, rounds, proposals with every reading they had."""

from django.db import models
from django.db.models import F, Q

from monarca.kit.moving import Moving
from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual
from monarca.programmes.youthlab.models.applying import Candidacy
from monarca.programmes.youthlab.models.editions import Edition, Theme, known
from monarca.programmes.youthlab.states import Fate, Rounds, Shared


class Session(Record):
    """The delegates meet: when, where, about what. The place is for delegates and keepers only.

    `sequence` counts how often its calendar entry changed (RFC 5545, 3.8.7.4), `changed_at` when.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title = Trilingual()
    agenda = Trilingual(blank=True)
    place = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="youth_session_number_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="youth_session_begins_before_it_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} session {self.number}"


class Round(Record):
    """A time for comments, amendments or votes; it takes them from one instant until another."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Rounds)
    title = Trilingual()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    is_wide = models.BooleanField(
        default=False,
        help_text="Everybody who was eligible votes, not only delegates.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="youth_round_number_once"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")), name="youth_round_opens_before_it_closes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} round {self.number}"


class Proposal(Moving):
    """A delegate's proposal in their own language, as it reads now; `Revision` has the rest."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    author = models.ForeignKey(Candidacy, models.PROTECT, related_name="+")
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    revision = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            known(Shared, "youth_proposal_status_is_known"),
            models.UniqueConstraint(
                fields=["edition", "number"], name="youth_proposal_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} proposal {self.number}"


class Comment(Record):
    """What a delegate says about a proposal."""

    append_only = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="comments")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    by = models.ForeignKey(Candidacy, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"comment on {self.proposal_id}"


class Amendment(Moving):
    """Another wording of a proposal, with the reason for it; its author takes it or leaves it."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    by = models.ForeignKey(Candidacy, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    text = models.TextField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            known(Fate, "youth_amendment_fate_is_known"),
            models.UniqueConstraint(
                fields=["proposal", "number"], name="youth_amendment_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"amendment {self.number} of {self.proposal_id}"


class Revision(Record):
    """How a proposal read from one act on; never rewritten."""

    append_only = True

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Candidacy, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "number"], name="youth_revision_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} #{self.number}"
