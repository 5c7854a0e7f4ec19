"""Who prepares, approves, publishes and withdraws a public record; two people for each."""

from datetime import datetime

from monarca.grants.applications import policy as applications
from monarca.grants.applications.models import Application
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.queries.asking import APPROVERS, PUBLISHERS, WRITERS
from monarca.ground.people.models import User


def may_prepare(user: User, file: Application, *, at: datetime) -> bool:
    """Choose how much is told, write and review the official texts: coordinator or manager."""
    return applications.holds(user, file, *WRITERS, at=at)


def may_review(user: User, translation: Translation, *, at: datetime) -> bool:
    """Somebody else than who wrote the text; approving reviews what is left."""
    file = translation.disclosure.application
    return translation.translator_id != user.pk and may_prepare(user, file, at=at)


def holds_approval(user: User, disclosure: Disclosure, *, at: datetime) -> bool:
    """A manager of the mission, whoever prepared the record."""
    return applications.holds(user, disclosure.application, *APPROVERS, at=at)


def may_approve(user: User, disclosure: Disclosure, *, at: datetime) -> bool:
    """A manager who did not prepare it, whatever other roles they hold."""
    return disclosure.prepared_by_id != user.pk and holds_approval(user, disclosure, at=at)


def may_publish(user: User, disclosure: Disclosure, *, at: datetime) -> bool:
    """The head of mission answers for what the embassy says in public."""
    return applications.holds(user, disclosure.application, *PUBLISHERS, at=at)


def may_withdraw(user: User, disclosure: Disclosure, *, at: datetime) -> bool:
    """Taking back protects people, so whoever may take any step may do it."""
    return applications.holds(user, disclosure.application, *(WRITERS | PUBLISHERS), at=at)


def may_export(user: User | None) -> bool:
    """Files are written by the installation itself: a command, or its clock."""
    return user is None
