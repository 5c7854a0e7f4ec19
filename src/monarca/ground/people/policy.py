"""Who may do what to people and roles."""

from datetime import datetime

from monarca.ground.people import queries
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles


def may_give_roles(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """The installation's own command (no person) or a manager of the mission."""
    return user is None or queries.has_role(user, mission, Roles.MANAGER, at=at)


def may_sign_in(user: User | None) -> bool:
    """A mailbox asks for itself; nobody signs in for somebody else."""
    return user is None


def may_change(by: User | None, user: User) -> bool:
    """Name, language and second factor are a person's own affair."""
    return by is not None and by.is_active and by.pk == user.pk


def may_forget_second_factor(by: User | None) -> bool:
    """Only the installation's own command, typed by whoever runs the machine."""
    return by is None
