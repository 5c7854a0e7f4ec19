"""Who plans and records results, who verifies them, who overrides a marker."""

from collections.abc import Iterable
from datetime import datetime

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.grants.results.models import Actual
from monarca.grants.results.queries import KEEPERS
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles


def _holds(user: User, file: Application, roles: frozenset[str], *, at: datetime) -> bool:
    closed = people.closed_to(user, Application, at=at).filter(subject_id=file.pk)
    held = people.has_role(user, file.call.mission_id, *roles, at=at)
    return held and not closed.exists()


def may_keep(user: User, agreement: Agreement, *, at: datetime) -> bool:
    """Plan indicators, record and correct values, derive markers: coordinator or manager."""
    return _holds(user, agreement.application, KEEPERS, at=at)


def may_verify(
    user: User, agreement: Agreement, actuals: Iterable[Actual], *, at: datetime
) -> bool:
    """Verify: a coordinator or manager who did not record at least one of these values."""
    others = any(actual.by_id != user.pk for actual in actuals)
    return others and may_keep(user, agreement, at=at)


def may_override(user: User, agreement: Agreement, *, at: datetime) -> bool:
    """Set a marker against what the evidence gives: a manager, with a reason."""
    return _holds(user, agreement.application, frozenset({Roles.MANAGER}), at=at)
