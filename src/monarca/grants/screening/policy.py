"""Who may do what in screening."""

from datetime import datetime

from monarca.grants.applications import policy as applications
from monarca.grants.applications.models import Application
from monarca.grants.screening.queries import SCREENERS
from monarca.ground.partners import queries as partners
from monarca.ground.partners.states import May
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles


def may_screen(user: User, application: Application, *, at: datetime) -> bool:
    """Begin, confirm a check, ask, pass, fail: coordinator or manager of the mission."""
    return applications.holds(user, application, *SCREENERS, at=at)


def may_waive(user: User, application: Application, *, at: datetime) -> bool:
    """Waiving a rule's finding: manager."""
    return applications.holds(user, application, Roles.MANAGER, at=at)


def may_answer(user: User, application: Application, *, at: datetime) -> bool:
    """A member of the organisation who may write for it."""
    return partners.may(user, application.applicant_id, May.EDIT, at=at)


def may_withdraw(user: User, application: Application, *, at: datetime) -> bool:
    """A member of the organisation who may submit for it."""
    return partners.may(user, application.applicant_id, May.SUBMIT, at=at)
