"""Who may do what to a call."""

from datetime import datetime

from monarca.grants.calls.models import Call
from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles


def may_load(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """The installation's own command, or a manager of the mission."""
    return user is None or people.has_role(user, mission, Roles.MANAGER, at=at)


def may_run(user: User | None, call: Call, *, at: datetime) -> bool:
    """Publish, extend, cancel: a manager of the mission (or the installation's command)."""
    return may_load(user, call.mission, at=at)


def may_close(user: User | None, call: Call, *, at: datetime) -> bool:
    return may_load(user, call.mission, at=at)
