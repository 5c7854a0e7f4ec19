"""Who may keep pledges and their series, and who may put them before the public."""

from datetime import datetime

from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import HOUSE, Roles
from monarca.programmes.climate import queries
from monarca.programmes.climate.models import Pledge


def may_read_desk(user: User, *, at: datetime) -> bool:
    """The desk's pages are for whoever works for the fund; what stands there is narrowed."""
    return bool(people.held(user, at=at) & HOUSE)


def may_begin(user: User | None, mission: Mission | int, *, at: datetime) -> bool:
    """Whoever runs the mission's programmes."""
    return user is not None and people.has_role(user, mission, *queries.KEEPERS, at=at)


def may_keep(user: User | None, pledge: Pledge, *, at: datetime) -> bool:
    """Figures and series of a pledge that the person may read."""
    return _sees(user, pledge, at=at) and may_begin(user, pledge.mission_id, at=at)


def may_publish(user: User | None, pledge: Pledge, *, at: datetime) -> bool:
    """A manager who may read it."""
    if user is None or not _sees(user, pledge, at=at):
        return False
    return people.has_role(user, pledge.mission_id, Roles.MANAGER, at=at)


def _sees(user: User | None, pledge: Pledge, *, at: datetime) -> bool:
    if user is None:
        return False
    return queries.visible_to(user, at=at).filter(pk=pledge.pk).exists()
