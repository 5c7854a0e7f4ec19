"""Who may do what to an organisation's file."""

from datetime import datetime

from monarca.ground.partners import queries
from monarca.ground.partners.models import Organisation
from monarca.ground.partners.states import May
from monarca.ground.people.models import User


def may_found(user: User | None) -> bool:
    return user is None or user.is_active


def may_describe(user: User | None, organisation: Organisation, *, at: datetime) -> bool:
    """The installation's own command, or a member who may write."""
    return user is None or queries.may(user, organisation.pk, May.EDIT, at=at)


def may_admit(user: User | None, organisation: Organisation, *, at: datetime) -> bool:
    """A member who may submit; or anybody for an organisation that nobody speaks for yet."""
    if user is None or queries.may(user, organisation.pk, May.SUBMIT, at=at):
        return True
    return not queries.people_of(organisation, at=at).exists()
