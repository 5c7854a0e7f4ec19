"""Who may prepare a division, and who may put it before the public."""

from datetime import datetime

from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles
from monarca.programmes.shares.models import Allocation


def may_begin(user: User | None, mission: Mission | int, *, at: datetime) -> bool:
    """Whoever runs the mission's programmes."""
    return user is not None and people.has_role(
        user, mission, Roles.COORDINATOR, Roles.MANAGER, at=at
    )


def may_prepare(user: User | None, allocation: Allocation, *, at: datetime) -> bool:
    """Terms, claimants, proposing a rule."""
    return may_begin(user, allocation.mission_id, at=at)


def may_decide(user: User | None, allocation: Allocation, *, at: datetime) -> bool:
    """Send back, publish, withdraw: a manager or the head of mission, never who proposed it."""
    if user is None or user.pk == allocation.proposed_by_id:
        return False
    return people.has_role(user, allocation.mission_id, Roles.MANAGER, Roles.HEAD_OF_MISSION, at=at)


def may_withdraw(user: User | None, allocation: Allocation, *, at: datetime) -> bool:
    """A manager or the head of mission; of a draft, whoever prepares it."""
    if user is None:
        return False
    decides = people.has_role(
        user, allocation.mission_id, Roles.MANAGER, Roles.HEAD_OF_MISSION, at=at
    )
    return decides or (allocation.published_at is None and may_prepare(user, allocation, at=at))
