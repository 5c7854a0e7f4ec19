"""Who decides, who confirms, and what one person may not do twice on one file."""

from datetime import datetime

from monarca.grants.applications import policy as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions import queries
from monarca.grants.decisions.models import Decision
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles


def may_convene(user: User, call: Call, *, at: datetime) -> bool:
    """Convene the committee and keep its minutes: a manager of the mission."""
    return people.has_role(user, call.mission_id, Roles.MANAGER, at=at)


def may_decide(user: User, application: Application, *, at: datetime) -> bool:
    """Propose, approve, reserve, decline, defer: a manager who is not barred from the file."""
    return applications.holds(user, application, Roles.MANAGER, at=at)


def may_confirm(user: User, decision: Decision, *, at: datetime) -> bool:
    """The head of mission confirms, unless they scored this file themselves."""
    file = decision.application
    head = applications.holds(user, file, Roles.HEAD_OF_MISSION, at=at)
    return head and not has_scored(user, file)


def has_scored(user: User, application: Application) -> bool:
    """Did this person give points to the file, in whatever review?"""
    return queries.points_of(user, application).exists()
