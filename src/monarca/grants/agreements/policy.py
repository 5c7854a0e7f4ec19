"""Who drafts, who signs for Canada."""

from datetime import datetime

from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import Party
from monarca.grants.applications import policy as applications
from monarca.grants.applications.models import Application
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles


def may_draft(user: User, application: Application, *, at: datetime) -> bool:
    """Draft, revise, send, record the recipient's signature: coordinator or manager."""
    return applications.holds(user, application, Roles.COORDINATOR, Roles.MANAGER, at=at)


def may_sign(user: User, agreement: Agreement, *, at: datetime) -> bool:
    """Sign for Canada, amend, suspend, resume, terminate: head of mission."""
    return applications.holds(user, agreement.application, Roles.HEAD_OF_MISSION, at=at)


def may_record(user: User, agreement: Agreement, party: str, *, at: datetime) -> bool:
    """The head of mission signs for Canada; whoever drafts records the recipient's signature."""
    if party == Party.CANADA:
        return may_sign(user, agreement, at=at)
    return may_draft(user, agreement.application, at=at)
