"""Which pledges there are, for whom, and what still waits."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.ground.commitments import queries as commitments
from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles
from monarca.kit.paging import Inbox
from monarca.programmes.climate.models import Pledge, Series, Tag, Terms

KEEPERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader of the list asked for; empty means everything."""

    country: str = ""
    sector: str = ""
    tag: str = ""


def visible_to(user: User | None, *, at: datetime) -> QuerySet[Pledge]:
    """The pledges whose commitment this person may read: the register's gate, and no other.

    So a public one is everybody's, one that is not public yet its mission's, and a sealed one
    that of its owners and readers by name. Soonest due first.
    """
    seen = commitments.visible_to(user, at=at).order_by().values("pk")
    rows = Pledge.objects.filter(commitment__in=seen).select_related("commitment")
    return rows.order_by("target_year", "base_year", "pk")


def here(user: User, *, at: datetime) -> QuerySet[Pledge]:
    """Those of the missions that the person serves, for the desk."""
    ours = people.missions_of(user, at=at).order_by().values("pk")
    return visible_to(user, at=at).filter(mission__in=ours)


def narrowed(rows: QuerySet[Pledge], wanted: Wanted) -> QuerySet[Pledge]:
    """The pledges of a country, a sector, a tag."""
    if wanted.country:
        rows = rows.filter(country=wanted.country)
    if wanted.sector:
        rows = rows.filter(sector=wanted.sector)
    if wanted.tag:
        tagged = Tag.objects.filter(tag=wanted.tag).values("pledge")
        rows = rows.filter(pk__in=tagged)
    return rows


def terms_of(pledge: Pledge) -> QuerySet[Terms]:
    """Every set of figures there was, the latest first."""
    return Terms.objects.filter(pledge=pledge).order_by("-number")


def missions_to_keep(user: User, *, at: datetime) -> QuerySet[Mission]:
    """The missions for which the person keeps pledges."""
    return people.missions_of(user, at=at, roles=KEEPERS)


def to_measure(user: User, *, at: datetime) -> QuerySet[Pledge]:
    """Pledges for which nothing was measured, where this person keeps them."""
    measured = Series.objects.filter(pledge=OuterRef("pk"))
    return _kept(user, KEEPERS, at=at).filter(~Exists(measured))


def to_publish(user: User, *, at: datetime) -> QuerySet[Pledge]:
    """Pledges that are not before the public, where this person could put them there."""
    rows = _kept(user, frozenset({Roles.MANAGER}), at=at)
    return rows.filter(commitment__is_public=False, commitment__is_sealed=False)


def _kept(user: User, roles: frozenset[Roles], *, at: datetime) -> QuerySet[Pledge]:
    served = people.missions_of(user, at=at, roles=frozenset(roles)).order_by().values("pk")
    return visible_to(user, at=at).filter(mission__in=served)


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What waits for whoever keeps the pledges of a mission."""
    held, found = people.held(user, at=at), []
    url = reverse("climate:desk")
    if held & KEEPERS:
        rows = to_measure(user, at=at)
        found.append(Inbox("pledges-to-measure", _("Climate pledges to measure"), rows, url))
    if Roles.MANAGER in held:
        rows = to_publish(user, at=at)
        found.append(Inbox("pledges-to-publish", _("Climate pledges to publish"), rows, url))
    return tuple(found)


def today(mission: Mission, at: datetime) -> date:
    """The day it is at the embassy."""
    return at.astimezone(ZoneInfo(mission.time_zone)).date()
