"""Who may write the ledger of rates."""

from datetime import datetime

from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import HOUSE, Roles


def may_enter(user: User | None, *, at: datetime) -> bool:
    """The installation's own command, or a finance officer."""
    return user is None or people.roles_of(user, at=at).filter(role=Roles.FINANCE).exists()


def may_read(user: User, *, at: datetime) -> bool:
    """Anybody who works for the fund."""
    return bool(people.held(user, at=at) & HOUSE)
