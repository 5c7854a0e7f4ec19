"""Who may do what to a commitment."""

from datetime import datetime

from monarca.ground.commitments import queries
from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import Origins
from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles

KEEPERS = (Roles.COORDINATOR, Roles.MANAGER)


def may_deposit(user: User | None) -> bool:
    """Another room's act deposits what it has checked itself; nobody is the system."""
    return user is None or user.is_active


def may_promise(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """Entering one by hand, or a file of them: who runs the mission's programmes."""
    return user is None or people.has_role(user, mission, *KEEPERS, at=at)


def may_keep(user: User | None, commitment: Commitment, *, at: datetime) -> bool:
    """Rewording, naming owners and ending it, with evidence."""
    if user is None or not _sees(user, commitment, at=at):
        return False
    return people.has_role(user, commitment.mission_id, *KEEPERS, at=at)


def may_report(user: User | None, commitment: Commitment, *, at: datetime) -> bool:
    """Its owners say how far it is; so may who keeps the register."""
    if user is None or not _sees(user, commitment, at=at):
        return False
    owned = queries.owners_of(commitment, at=at).filter(user=user).exists()
    return owned or may_keep(user, commitment, at=at)


def may_publish(user: User | None, commitment: Commitment, *, at: datetime) -> bool:
    """Putting it before the public, or taking it back: a manager who may read it.

    What a consultation deposited is shown by the people's permission alone, in that room.
    """
    if user is None or not _sees(user, commitment, at=at):
        return False
    if is_lent(commitment):
        return False
    return people.has_role(user, commitment.mission_id, Roles.MANAGER, at=at)


def is_lent(commitment: Commitment) -> bool:
    """Did a consultation deposit it? Then the people's permission alone shows anything of it."""
    return bool(commitment.origin == Origins.CONSULTATION and commitment.source)


def may_reword(user: User | None, commitment: Commitment, *, at: datetime) -> bool:
    """The words of what another room deposited are that room's, not the register's."""
    return not commitment.source and may_keep(user, commitment, at=at)


def may_show_reports(user: User | None, commitment: Commitment, *, at: datetime) -> bool:
    """Putting words of its history before the public: who keeps it, but of what is lent nobody."""
    return not is_lent(commitment) and may_keep(user, commitment, at=at)


def may_work(user: User, *, at: datetime) -> bool:
    """The desk of the register is for who keeps one."""
    return bool(people.held(user, at=at) & frozenset(KEEPERS))


def may_publish_some(user: User, *, at: datetime) -> bool:
    """The page on which several are put before the public is for managers."""
    return Roles.MANAGER in people.held(user, at=at)


def may_publish_at(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """Making one public as it is entered: a manager of the mission, or the system."""
    return user is None or people.has_role(user, mission, Roles.MANAGER, at=at)


def may_remind(user: User | None) -> bool:
    """Only the system asks, by `monarca tick`."""
    return user is None


def _sees(user: User, commitment: Commitment, *, at: datetime) -> bool:
    return queries.visible_to(user, at=at).filter(pk=commitment.pk).exists()
