"""Who asks, certifies, releases, records; and what one person may not do twice on one file."""

from datetime import datetime

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications import policy as applications
from monarca.grants.payments.models import PaymentRequest
from monarca.grants.payments.queries.finding import CERTIFIERS, PAYERS, REQUESTERS
from monarca.ground.people.models import User


def may_request(user: User, agreement: Agreement, *, at: datetime) -> bool:
    """Ask for an instalment to be paid: coordinator or manager of the mission."""
    return applications.holds(user, agreement.application, *REQUESTERS, at=at)


def may_certify(user: User, request: PaymentRequest, *, at: datetime) -> bool:
    """Certify (Financial Administration Act, s. 34): a manager who did not approve the project."""
    approver = request.agreement.decision.settled_by_id == user.pk
    return may_cancel(user, request.agreement, at=at) and not approver


def may_release(user: User, request: PaymentRequest, *, at: datetime) -> bool:
    """Release (s. 33): a finance officer who did not certify it, whatever other roles they hold."""
    return may_record(user, request.agreement, at=at) and request.certified_by_id != user.pk


def may_record(user: User, agreement: Agreement, *, at: datetime) -> bool:
    """Write down what was paid and what came back: finance."""
    return applications.holds(user, agreement.application, *PAYERS, at=at)


def may_refuse(user: User, request: PaymentRequest, *, at: datetime) -> bool:
    """Refuse with words: a manager, or finance once it was certified."""
    return applications.holds(user, request.application, *(CERTIFIERS | PAYERS), at=at)


def may_cancel(user: User, agreement: Agreement, *, at: datetime) -> bool:
    """Cancel an instalment, close the file: a manager."""
    return applications.holds(user, agreement.application, *CERTIFIERS, at=at)


def may_keep_time(user: User | None) -> bool:
    """Debts are noted by the installation's own clock."""
    return user is None
