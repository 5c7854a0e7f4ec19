"""Gate 1: which editions, applications and proposals a person may see, and in what part."""

from datetime import datetime

from django.db.models import Q, QuerySet

from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.programmes.youthlab.models import (
    Candidacy,
    Draft,
    Edition,
    Proposal,
    Round,
    Seat,
)
from monarca.programmes.youthlab.states import KEEPERS, Place, Sent, Shared, Stage

RUN_BY = frozenset(KEEPERS)


def public() -> QuerySet[Edition]:
    """What everybody may read, the newest first."""
    return Edition.objects.exclude(status=Stage.DRAFT).order_by("-opens_at", "-pk")


def visible_to(user: User | None, *, at: datetime) -> QuerySet[Edition]:
    """Public editions, the mission's, and those shared by name; never one that bars the person."""
    if user is None or not user.is_authenticated:
        return public()
    opened = people.opened_to(user, Edition, at=at).order_by().values("subject_id")
    closed = people.closed_to(user, Edition, at=at).order_by().values("subject_id")
    ours = people.missions_of(user, at=at).order_by().values("pk")
    seen = ~Q(status=Stage.DRAFT) | Q(pk__in=opened) | Q(mission__in=ours)
    return Edition.objects.filter(seen).exclude(pk__in=closed).order_by("-opens_at", "-pk")


def run_by(user: User, *, at: datetime) -> QuerySet[Edition]:
    """The editions that a person runs as coordinator or manager."""
    ours = people.missions_of(user, at=at, roles=RUN_BY).order_by().values("pk")
    return visible_to(user, at=at).filter(mission__in=ours)


def kept_by(user: User, *, at: datetime) -> QuerySet[Candidacy]:
    """Applications that were sent, for who runs the edition; not those a person is barred from.

    Nobody else reads what applicants say of themselves: not the head of mission, not headquarters,
    not an auditor, not a counterpart.
    """
    editions = run_by(user, at=at).order_by().values("pk")
    closed = people.closed_to(user, Candidacy, at=at).order_by().values("subject_id")
    rows = Candidacy.objects.filter(edition__in=editions, status=Sent.SENT)
    return rows.exclude(pk__in=closed).order_by("sent_at", "pk")


def own(user: User, *, at: datetime) -> QuerySet[Candidacy]:
    """A person's own applications, one an edition, but for editions that bar them.

    An edition under which somebody applied was published, so nothing else hides it from them.
    """
    closed = people.closed_to(user, Edition, at=at).order_by().values("subject_id")
    rows = Candidacy.objects.filter(person=user).exclude(edition__in=closed)
    return rows.select_related("edition").order_by("-started_at", "-pk")


def delegates(edition: Edition) -> QuerySet[Candidacy]:
    """Who was drawn and accepted, in the order of acceptance."""
    rows = Candidacy.objects.filter(edition=edition, seat__status=Place.ACCEPTED)
    return rows.select_related("person").order_by("seat__answered_at", "pk")


def electorate(edition: Edition, *, at: datetime) -> QuerySet[Candidacy]:
    """Whose yes or no counts in a vote that closed at this instant: who held a seat until then.

    What becomes of a seat later changes nothing.
    """
    stayed = Q(seat__left_at=None) | Q(seat__left_at__gte=at)
    rows = Candidacy.objects.filter(stayed, edition=edition, seat__seated_at__lt=at)
    return rows.order_by("seat__seated_at", "pk")


def delegate(edition: Edition, user: User, *, at: datetime) -> Candidacy | None:
    """This person's application, if it became a seat that they accepted."""
    return own(user, at=at).filter(edition=edition, seat__status=Place.ACCEPTED).first()


def voter(held: Round, user: User, *, at: datetime) -> Candidacy | None:
    """As whom this person votes in the round."""
    seated = delegate(held.edition, user, at=at)
    if seated or not held.is_wide:
        return seated
    mine = own(user, at=at).filter(edition=held.edition, status=Sent.SENT)
    return mine.filter(ruling__is_eligible=True).first()


def seat_of(candidacy: Candidacy) -> Seat | None:
    return Seat.objects.filter(candidacy=candidacy).select_related("lottery").first()


def proposals_visible_to(user: User, edition: Edition, *, at: datetime) -> QuerySet[Proposal]:
    """One's own; the shared ones for delegates and for who runs the edition."""
    mine = Q(author__person=user)
    runs = run_by(user, at=at).filter(pk=edition.pk).exists()
    if runs or delegate(edition, user, at=at):
        mine |= Q(status=Shared.SHARED)
    seen = visible_to(user, at=at).order_by().values("pk")
    rows = Proposal.objects.filter(mine, edition=edition, edition__in=seen)
    return rows.select_related("author__person", "theme").order_by("number")


def draft_of(user: User, place: str) -> dict[str, str]:
    """What this person typed there and has not sent."""
    row = Draft.objects.filter(person=user, place=place).first()
    return dict(row.words) if row else {}
