"""Who may do what in reviews, and what one person may not do twice on one file."""

from datetime import datetime

from monarca.grants.applications import policy as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.reviews import queries
from monarca.grants.reviews.models import Assignment
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import HOUSE, Roles

WORKERS = HOUSE - {Roles.HEADQUARTERS, Roles.AUDITOR}


def may_assign(user: User, application: Application, *, at: datetime) -> bool:
    """Assign, return: a manager of the mission."""
    return applications.holds(user, application, Roles.MANAGER, at=at)


def may_plan(user: User, call: Call, *, at: datetime) -> bool:
    """Give the files of a call to readers by one plan: a manager of the mission."""
    return people.has_role(user, call.mission_id, Roles.MANAGER, at=at)


def may_review(user: User, application: Application, *, at: datetime) -> bool:
    """Could this person be given the file: a reviewer of the mission, free and not barred.

    Who began or wrote the application, or ever spoke for the organisation, may not score it.
    """
    reviewer = people.has_role(user, application.call.mission_id, Roles.REVIEWER, at=at)
    closed = people.closed_to(user, Application, at=at).filter(subject_id=application.pk)
    return reviewer and not closed.exists() and user.pk not in queries.workers_on(application)


def may_declare(user: User, application: Application, *, at: datetime) -> bool:
    """Whoever works on the mission's files declares their own interests; watchers do not write."""
    return people.has_role(user, application.call.mission_id, *WORKERS, at=at)


def may_assess(user: User, assignment: Assignment, *, at: datetime) -> bool:
    """Score and recommend: the assigned reviewer, with reader access and not barred."""
    file = assignment.application
    opened = people.opened_to(user, Application, at=at).filter(subject_id=file.pk)
    return assignment.reviewer_id == user.pk and may_review(user, file, at=at) and opened.exists()
