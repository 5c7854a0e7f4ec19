"""Questions about the communiqué: what is missing, who adopted it, who still owes an answer."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from math import ceil

from django.db.models import Exists, OuterRef, QuerySet

from monarca.ground.commitments import queries as commitments
from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import Sides
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit import trilingual
from monarca.programmes.youthlab.models import (
    Adoption,
    Candidacy,
    Communique,
    Edition,
    Outcome,
    Recommendation,
    Reply,
)
from monarca.programmes.youthlab.queries import seeing
from monarca.programmes.youthlab.states import TWO_THIRDS, Stage, Text


def communique_of(edition: Edition) -> Communique | None:
    return Communique.objects.filter(edition=edition).first()


def before_delegates(edition: Edition, *, at: datetime) -> Communique | None:
    """The text on which the delegates vote now."""
    rows = Communique.objects.filter(edition=edition, status=Text.PROPOSED, closes_at__gt=at)
    return rows.first()


def outcomes_of(communique: Communique) -> QuerySet[Outcome]:
    """What every putting came to, the latest first."""
    return Outcome.objects.filter(communique=communique).order_by("-putting")


def yes_to(
    communique: Communique, putting: int, voters: QuerySet[Candidacy]
) -> Mapping[int | None, int]:
    """How many of these voters said yes in one putting, by recommendation; None is the whole."""
    rows = Adoption.objects.filter(
        communique=communique, putting=putting, is_yes=True, voter__in=voters.order_by()
    )
    return Counter(rows.values_list("recommendation_id", flat=True))


def recommendations_of(communique: Communique) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.filter(communique=communique)
    return rows.select_related("theme").order_by("number")


def adopted(edition: Edition) -> QuerySet[Recommendation]:
    """What the delegates ask of both governments."""
    rows = Recommendation.objects.filter(
        communique__edition=edition, communique__status=Text.ADOPTED, is_adopted=True
    )
    return rows.select_related("theme", "communique__edition").order_by("number")


def lacking(communique: Communique) -> Mapping[str, tuple[str, ...]]:
    """The languages each text still needs: of "opening", "closing", a recommendation (number)."""
    texts = {"opening": communique.opening, "closing": communique.closing}
    texts |= {str(each.number): each.text for each in recommendations_of(communique)}
    found = {name: trilingual.missing(text) for name, text in texts.items()}
    return {name: languages for name, languages in found.items() if languages}


def needed(delegates: int) -> int:
    """How many of so many delegates have to say yes: two thirds, rounded up."""
    return ceil(TWO_THIRDS * delegates)


def said_by(communique: Communique, voter: Candidacy) -> Mapping[int | None, bool]:
    """This delegate's yes and no to the text as it was put last, by recommendation.

    None is the text as a whole.
    """
    putting = communique.putting
    rows = Adoption.objects.filter(communique=communique, putting=putting, voter=voter)
    return dict(rows.values_list("recommendation_id", "is_yes"))


def replies_to(recommendation: Recommendation) -> Mapping[str, Reply]:
    """The answers by side."""
    return {each.side: each for each in Reply.objects.filter(recommendation=recommendation)}


def replies_of(edition: Edition) -> Mapping[tuple[int, str], Reply]:
    """Every answer of an edition, by recommendation and side, in one question."""
    rows = Reply.objects.filter(recommendation__communique__edition=edition)
    return {(each.recommendation_id, each.side): each for each in rows}


def commitments_of(
    edition: Edition, user: User | None, *, at: datetime
) -> Mapping[tuple[int, str], Commitment]:
    """What was promised in those answers, as far as the person may read it, in one question."""
    replies = replies_of(edition)
    label = Reply._meta.label_lower
    keys = {f"{label}:{each.pk}": key for key, each in replies.items()}
    rows = commitments.visible_to(user, at=at).filter(source__in=keys)
    return {keys[each.source]: each for each in rows}


def to_answer(user: User, side: str, *, at: datetime) -> QuerySet[Recommendation]:
    """Adopted recommendations that this side has not answered, in editions one may see."""
    answered = Reply.objects.filter(recommendation=OuterRef("pk"), side=side)
    seen = seeing.visible_to(user, at=at).exclude(status=Stage.DRAFT).order_by().values("pk")
    rows = Recommendation.objects.filter(
        ~Exists(answered),
        is_adopted=True,
        communique__status=Text.ADOPTED,
        communique__edition__in=seen,
    )
    return rows.order_by("communique__counted_at", "number", "pk")


def to_answer_for(user: User, *, at: datetime) -> QuerySet[Recommendation]:
    """What waits for this person's government: by their role, in the editions it reaches."""
    answers = frozenset({Roles.MANAGER, Roles.HEAD_OF_MISSION})
    ours = people.missions_of(user, at=at, roles=answers).order_by().values("pk")
    opened = people.opened_to(user, Edition, at=at).order_by().values("subject_id")
    if Roles.COUNTERPART in people.held(user, at=at):
        rows = to_answer(user, Sides.MEXICO, at=at)
        return rows.filter(communique__edition__in=opened)
    return to_answer(user, Sides.CANADA, at=at).filter(communique__edition__mission__in=ours)
