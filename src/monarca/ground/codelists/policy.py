"""Who may change a code list."""

from monarca.ground.people.models import User


def may_load(user: User | None) -> bool:
    """Only the installation's own command: lists come with a pack or with the package."""
    return user is None
