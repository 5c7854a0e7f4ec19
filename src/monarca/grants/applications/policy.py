"""Who may do what to an application."""

from datetime import datetime

from monarca.grants.applications import queries
from monarca.grants.applications.models import Application, Intake
from monarca.grants.applications.states import Status
from monarca.grants.calls.models import Call
from monarca.ground.partners import queries as partners
from monarca.ground.partners.models import Organisation
from monarca.ground.partners.states import May
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles


def may_start(user: User, organisation: Organisation | None, *, at: datetime) -> bool:
    """Anybody signed in for a new organisation; for a known one, a member who may write."""
    if organisation is None:
        return user.is_active
    return partners.may(user, organisation.pk, May.EDIT, at=at)


def may_edit(user: User, application: Application, *, at: datetime) -> bool:
    """A member who may write, while it is a draft."""
    draft = application.status == Status.DRAFT
    return draft and partners.may(user, application.applicant_id, May.EDIT, at=at)


def may_submit(user: User, application: Application, *, at: datetime) -> bool:
    """A member who may submit for the organisation."""
    return partners.may(user, application.applicant_id, May.SUBMIT, at=at)


def powers(user: User, application: Application, *, at: datetime) -> tuple[bool, bool]:
    """`may_edit` and `may_submit` in one look, for pages that draw their buttons."""
    held = partners.memberships_of(user, at=at).filter(organisation=application.applicant_id)
    given = set(held.order_by().values_list("may", flat=True))
    writes = application.status == Status.DRAFT and bool(given & {May.EDIT, May.SUBMIT})
    return writes, May.SUBMIT in given


def holds(user: User, application: Application, *roles: str, at: datetime) -> bool:
    """Gate 2 for the embassy's people: they see the file and hold one of these roles there.

    Whoever is barred, or may not see a sealed file, does nothing with it whatever they hold.
    """
    ours = people.roles_of(user, at=at).filter(role__in=roles).order_by().values("mission")
    seen = queries.visible_to(user, at=at).filter(pk=application.pk)
    return seen.filter(call__mission__in=ours).exists()


def may_receive(user: User | None, call: Call, *, at: datetime) -> bool:
    """Read what arrived by mail: the command, or those who screen at the call's mission."""
    screeners = (Roles.COORDINATOR, Roles.MANAGER)
    return user is None or people.has_role(user, call.mission, *screeners, at=at)


def may_confirm(user: User, intake: Intake, *, at: datetime) -> bool:
    """Confirming what was read is a person's act, never the command's."""
    return may_receive(user, intake.call, at=at)


def may_seal(user: User, application: Application, *, at: datetime) -> bool:
    """Raise or lower a file's sensitivity: a manager of the mission."""
    return holds(user, application, Roles.MANAGER, at=at)
