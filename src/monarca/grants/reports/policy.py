"""Who writes a report, who signs for it, who reads it for the embassy."""

from datetime import datetime

from monarca.grants.applications import policy as applications
from monarca.grants.applications.models import Application
from monarca.grants.reports.models import Report
from monarca.grants.reports.queries import READERS
from monarca.grants.reports.states import OPEN
from monarca.ground.partners import queries as partners
from monarca.ground.partners.states import May
from monarca.ground.people import queries as people
from monarca.ground.people.models import User


def is_barred(user: User, application: Application, *, at: datetime) -> bool:
    closed = people.closed_to(user, Application, at=at).filter(subject_id=application.pk)
    return closed.exists()


def may_request(user: User | None, application: Application, *, at: datetime) -> bool:
    """The installation's own clock, or a coordinator or manager of the mission."""
    return user is None or may_read(user, application, at=at)


def may_read(user: User, application: Application, *, at: datetime) -> bool:
    """Accept or return: a coordinator or manager of the mission who is not barred."""
    return applications.holds(user, application, *READERS, at=at)


def is_writer(user: User, report: Report, *, at: datetime) -> bool:
    """Somebody who writes for the recipient and is not barred from the file."""
    member = partners.may(user, report.agreement.recipient_id, May.EDIT, at=at)
    return member and not is_barred(user, report.application, at=at)


def may_write(user: User, report: Report, *, at: datetime) -> bool:
    """A writer, while the report is theirs to send."""
    return report.status in OPEN and is_writer(user, report, at=at)


def may_submit(user: User, report: Report, *, at: datetime) -> bool:
    """Somebody who may submit for the recipient."""
    file = report.application
    member = partners.may(user, report.agreement.recipient_id, May.SUBMIT, at=at)
    return member and not is_barred(user, file, at=at)


def may_keep_time(user: User | None) -> bool:
    """Reminders and overdue notes are the clock's: only the installation's own command."""
    return user is None
