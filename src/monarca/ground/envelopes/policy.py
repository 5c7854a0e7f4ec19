"""Who may set the money there is."""

from datetime import datetime

from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles


def may_set(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """The installation's own command, or a manager of the mission."""
    return user is None or people.has_role(user, mission, Roles.MANAGER, at=at)


def may_read(user: User, *, at: datetime) -> bool:
    """Whoever serves a mission by a role that sees its files."""
    return people.missions_of(user, at=at).exists()
