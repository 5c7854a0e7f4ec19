"""Questions about commitments: who may see which, what is due, what became of them."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from monarca.engines import calendar
from monarca.ground.commitments.models import Commitment, Owner, Wording
from monarca.ground.commitments.states import OPEN
from monarca.ground.journal.actions import label
from monarca.ground.people import queries as people
from monarca.ground.people.models import User


def public() -> QuerySet[Commitment]:
    """What everybody may read, soonest due first."""
    rows = Commitment.objects.filter(is_public=True)
    return rows.order_by("due_on", "pk")


def visible_to(user: User | None, *, at: datetime) -> QuerySet[Commitment]:
    """What this person may read: public ones, their mission's, those they own or read by name.

    A sealed one is visible to its owners and its readers by name only; who is barred from one
    does not see it, whatever else they hold.
    """
    if user is None or not user.is_authenticated:
        return public()
    owned = Owner.objects.in_force(at).filter(commitment=OuterRef("pk"), user=user)
    opened = people.opened_to(user, Commitment, at=at).order_by().values("subject_id")
    closed = people.closed_to(user, Commitment, at=at).order_by().values("subject_id")
    by_name = Q(Exists(owned)) | Q(pk__in=opened)
    ours = Q(mission__in=people.missions_of(user, at=at).order_by().values("pk"))
    seen = by_name | Q(is_sealed=False) & (Q(is_public=True) | ours)
    return Commitment.objects.filter(seen).exclude(pk__in=closed).order_by("due_on", "pk")


def of_source(source: Model, user: User | None, *, at: datetime) -> QuerySet[Commitment]:
    """What this record deposited, as far as the person may read it."""
    return visible_to(user, at=at).filter(source=label(source))


def owners_of(commitment: Commitment, *, at: datetime) -> QuerySet[Owner]:
    return Owner.objects.in_force(at).filter(commitment=commitment).order_by("side", "pk")


def wordings_of(commitment: Commitment) -> QuerySet[Wording]:
    """Every wording there was, the first one first."""
    return Wording.objects.filter(commitment=commitment).order_by("number")


def to_report(*, on: date) -> QuerySet[Commitment]:
    """Those whose owners are to be asked on this day: open, and a quarter has passed."""
    return Commitment.objects.filter(status__in=OPEN, next_report_on__lte=on).order_by("pk")


def next_report(after: date) -> date:
    """The first day of the quarter that follows: owners are asked once a quarter."""
    return calendar.quarter_end(after) + timedelta(days=1)
