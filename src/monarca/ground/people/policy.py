"""Who may do what to people and roles."""

from datetime import datetime

from monarca.ground.people import queries
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles


def may_give_roles(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """The installation's own command (no person) or a manager of the mission."""
    return user is None or queries.has_role(user, mission, Roles.MANAGER, at=at)
