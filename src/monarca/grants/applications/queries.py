"""Questions about applications. `visible_to` is the one gate of every file, everywhere."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity
from monarca.ground.partners import queries as partners
from monarca.ground.people import queries as people
from monarca.ground.people.models import Access, User


def visible_to(user: User, *, at: datetime) -> QuerySet[Application]:
    """The applications this person may see at this instant; everything else does not exist.

    Members see their organisation's files; staff see what was submitted to their missions
    unless it is sealed; named readers see theirs; a barred person sees nothing of the file,
    whatever else they hold. A barred member still sees their own organisation's file never.
    """
    if not user.is_authenticated:
        return Application.objects.none()
    named = opened(user, at=at)
    mine = Q(applicant__in=partners.of(user, at=at).order_by().values("pk"))
    held = Q(
        call__mission__in=people.missions_of(user, at=at).order_by().values("pk"),
        submitted_at__isnull=False,
    ) & ~Q(sensitivity=Sensitivity.SEALED)
    rows = Application.objects.filter(mine | held | Exists(named))
    return rows.filter(~Exists(closed(user, at=at))).order_by("-submitted_at", "-pk")


def opened(user: User, *, at: datetime) -> QuerySet[Access]:
    rows = people.opened_to(user, Application, at=at).order_by()
    return rows.filter(subject_id=OuterRef("pk"))


def closed(user: User, *, at: datetime) -> QuerySet[Access]:
    rows = people.closed_to(user, Application, at=at).order_by()
    return rows.filter(subject_id=OuterRef("pk"))


def owned_by(user: User, *, at: datetime) -> QuerySet[Application]:
    """The applicant's own list: files of the organisations this person speaks for."""
    ours = partners.of(user, at=at).order_by().values("pk")
    return visible_to(user, at=at).filter(applicant__in=ours)
