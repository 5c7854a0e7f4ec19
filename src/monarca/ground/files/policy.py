"""Who may keep a file here: any signed-in person or the installation's own command.

What a file belongs to, and so who may read it, is decided by the room that attaches it.
"""

from monarca.ground.people.models import User


def may_keep(user: User | None) -> bool:
    return user is None or user.is_active
