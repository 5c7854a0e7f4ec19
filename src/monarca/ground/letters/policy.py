"""Who may write and who may send letters."""

from monarca.ground.people.models import User


def may_write(user: User | None) -> bool:
    """Any act of an active person, or of the system, may cause a letter."""
    return user is None or user.is_active


def may_send(user: User | None) -> bool:
    """Only the worker sends."""
    return user is None
