"""Who runs a consultation, who speaks for the people, who may put it before the public."""

from datetime import datetime

from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles
from monarca.programmes.consultations import queries
from monarca.programmes.consultations.models import Consultation, Item


def may_begin(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """Coordinators and managers of the mission."""
    return user is not None and people.has_role(user, mission, *queries.RUNNERS, at=at)


def may_run(user: User | None, consultation: Consultation, *, at: datetime) -> bool:
    """Enter what happened: coordinators and managers who may read it."""
    if user is None or not queries.visible_to(user, at=at).filter(pk=consultation.pk).exists():
        return False
    return people.has_role(user, consultation.mission_id, *queries.RUNNERS, at=at)


def may_speak(user: User | None, consultation: Consultation, *, at: datetime) -> bool:
    """The people's own wishes: their representative, or who writes down what one said."""
    if user is None or not queries.visible_to(user, at=at).filter(pk=consultation.pk).exists():
        return False
    return queries.speaks(user, consultation, at=at) or may_run(user, consultation, at=at)


def may_touch(user: User | None, item: Item, *, at: datetime) -> bool:
    """Add to an item, or say who may read it: who speaks or runs, and sees it."""
    if user is None or not queries.items_visible_to(user, at=at).filter(pk=item.pk).exists():
        return False
    return may_speak(user, item.consultation, at=at)


def may_publish(user: User | None, consultation: Consultation, *, at: datetime) -> bool:
    """The mission's key to the public page: a manager who may read the record."""
    if user is None or not queries.visible_to(user, at=at).filter(pk=consultation.pk).exists():
        return False
    return people.has_role(user, consultation.mission_id, Roles.MANAGER, at=at)


def may_keep_time(user: User | None) -> bool:
    """That the people's own time has begun is noted by the installation's clock."""
    return user is None
