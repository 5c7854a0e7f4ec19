"""Questions about organisations and the people who speak for them."""

from datetime import datetime

from django.db.models import QuerySet

from monarca.ground.partners.models import Membership, Organisation, Standing
from monarca.ground.partners.states import May
from monarca.ground.people.models import User

RANK = {May.VIEW: {May.VIEW, May.EDIT, May.SUBMIT}, May.EDIT: {May.EDIT, May.SUBMIT}}


def memberships_of(user: User, *, at: datetime) -> QuerySet[Membership]:
    return Membership.objects.in_force(at).filter(user=user).order_by("organisation_id", "pk")


def of(user: User, *, at: datetime) -> QuerySet[Organisation]:
    """The organisations this person speaks for now."""
    held = memberships_of(user, at=at).values("organisation")
    return Organisation.objects.filter(pk__in=held).order_by("legal_name", "pk")


def may(user: User, organisation_id: int, what: str, *, at: datetime) -> bool:
    """May the person view, edit or submit for this organisation? Each includes the one before."""
    enough = RANK.get(May(what), {May.SUBMIT})
    held = memberships_of(user, at=at).filter(organisation=organisation_id, may__in=enough)
    return held.exists()


def people_of(organisation: Organisation, *, at: datetime) -> QuerySet[User]:
    """The people who receive this organisation's letters."""
    held = Membership.objects.in_force(at).filter(organisation=organisation)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk")


def standing_of(organisation: Organisation, *, at: datetime) -> QuerySet[Standing]:
    return Standing.objects.in_force(at).filter(organisation=organisation).order_by("since", "pk")
