"""Who plans and records results, who verifies them, who overrides a marker."""

from collections.abc import Iterable
from datetime import datetime

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications import policy as applications
from monarca.grants.results.models import Actual
from monarca.grants.results.queries import KEEPERS
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles


def may_keep(user: User, agreement: Agreement, *, at: datetime) -> bool:
    """Plan indicators, record and correct values, derive markers: coordinator or manager."""
    return applications.holds(user, agreement.application, *KEEPERS, at=at)


def may_verify(
    user: User, agreement: Agreement, actuals: Iterable[Actual], *, at: datetime
) -> bool:
    """Verify: a coordinator or manager who did not record at least one of these values."""
    others = any(actual.by_id != user.pk for actual in actuals)
    return others and may_keep(user, agreement, at=at)


def may_override(user: User, agreement: Agreement, *, at: datetime) -> bool:
    """Set a marker against what the evidence gives: a manager, with a reason."""
    return applications.holds(user, agreement.application, Roles.MANAGER, at=at)
