"""The final communiqué, its recommendations, and what both governments answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.ground.commitments.states import Sides
from monarca.kit.moving import Moving
from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual
from monarca.programmes.youthlab.models.applying import Candidacy
from monarca.programmes.youthlab.models.deliberating import Proposal
from monarca.programmes.youthlab.models.editions import Edition, Theme, known
from monarca.programmes.youthlab.states import Replies, Text


class Communique(Moving):
    """The final text: words before and after the recommendations, in three languages.

    `putting` says how often it was put to the delegates; 0 is not yet. A rejected text may be put
    again; what was said before stays with its own number.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="communique")
    opening = Trilingual(blank=True)
    closing = Trilingual(blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    putting = models.PositiveSmallIntegerField(default=0)
    yes = models.PositiveSmallIntegerField(default=0)
    delegates = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [known(Text, "youth_communique_status_is_known")]

    def __str__(self) -> str:
        return f"communiqué of {self.edition_id}"


class Recommendation(Record):
    """What the delegates ask of both governments, once adopted."""

    communique = models.ForeignKey(Communique, models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField()
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    text = Trilingual(blank=True)
    yes = models.PositiveSmallIntegerField(default=0)
    is_adopted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["communique", "number"], name="youth_recommendation_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.communique_id} recommendation {self.number}"


class Adoption(Record):
    """A delegate's yes or no to the whole text (no recommendation) or to one recommendation.

    It belongs to one putting of the text, and stays when the text is put again.
    """

    communique = models.ForeignKey(Communique, models.PROTECT, related_name="adoptions")
    putting = models.PositiveSmallIntegerField(default=1)
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="adoptions"
    )
    voter = models.ForeignKey(Candidacy, models.PROTECT, related_name="+")
    is_yes = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["communique", "putting", "recommendation", "voter"],
                condition=Q(recommendation__isnull=False),
                name="youth_adoption_once_a_recommendation",
            ),
            models.UniqueConstraint(
                fields=["communique", "putting", "voter"],
                condition=Q(recommendation=None),
                name="youth_adoption_once_a_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter_id} on {self.communique_id}"


class Outcome(Record):
    """What one putting of the text came to, with the words that were voted on; never rewritten."""

    append_only = True

    communique = models.ForeignKey(Communique, models.PROTECT, related_name="outcomes")
    putting = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField()
    counted_at = models.DateTimeField()
    yes = models.PositiveSmallIntegerField()
    delegates = models.PositiveSmallIntegerField()
    is_adopted = models.BooleanField()
    texts = models.JSONField(
        help_text="{opening, closing, recommendations: [{number, text, yes, is_adopted}]}"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["communique", "putting"], name="youth_outcome_once_a_putting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.communique_id} putting {self.putting}"


class Reply(Record):
    """What one government answers to one recommendation; never rewritten."""

    append_only = True

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="replies")
    side = models.CharField(max_length=10, choices=Sides)
    kind = models.CharField(max_length=10, choices=Replies)
    reason = Trilingual()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "side"], name="youth_reply_once_a_side"
            )
        ]

    def __str__(self) -> str:
        return f"{self.side} on {self.recommendation_id}"
