"""Questions about decisions: what waits for the committee, what waits for the head of mission."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.states import Outcome, Status
from monarca.grants.reviews import queries as reviews
from monarca.grants.screening.models import Withdrawal
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.inbox import Inbox

TO_CONFIRM = (Status.APPROVED, Status.RESERVED, Status.DECLINED)


def visible_to(user: User, *, at: datetime) -> QuerySet[Decision]:
    """Decisions on the files this person may see; applicants see theirs once confirmed."""
    rows = Decision.objects.filter(
        application__in=applications.visible_to(user, at=at).order_by().values("pk")
    )
    missions = people.missions_of(user, at=at).order_by().values("pk")
    staff = rows.filter(application__call__mission__in=missions)
    return (staff | rows.filter(status=Status.CONFIRMED)).order_by("proposed_at", "pk")


def managed(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files of the missions where this person decides."""
    ours = people.missions_of(user, at=at, roles=frozenset({Roles.MANAGER})).order_by().values("pk")
    return applications.visible_to(user, at=at).filter(call__mission__in=ours)


def to_decide(user: User, *, at: datetime) -> QuerySet[Application]:
    """Reviewed, and the committee has not settled it (or deferred it)."""
    settled = Decision.objects.filter(application=OuterRef("pk")).exclude(
        status__in=(Status.PROPOSED, Status.DEFERRED)
    )
    gone = Withdrawal.objects.filter(application=OuterRef("pk"))
    rows = managed(user, at=at).filter(pk__in=reviews.reviewed().order_by().values("application"))
    return rows.filter(~Exists(settled), ~Exists(gone)).order_by("submitted_at", "pk")


def to_confirm(user: User, *, at: datetime) -> QuerySet[Decision]:
    """Settled by the committee, and waiting for this head of mission."""
    heads = frozenset({Roles.HEAD_OF_MISSION})
    ours = people.missions_of(user, at=at, roles=heads).order_by().values("pk")
    rows = visible_to(user, at=at).filter(
        status__in=TO_CONFIRM, application__call__mission__in=ours
    )
    return rows.select_related("application").order_by("settled_at", "pk")


def approved() -> QuerySet[Decision]:
    """What this room hands downstream: confirmed yeses that were not withdrawn since."""
    gone = Withdrawal.objects.filter(application=OuterRef("application"))
    rows = Decision.objects.filter(status=Status.CONFIRMED, outcome=Outcome.APPROVED)
    return rows.filter(~Exists(gone)).order_by("confirmed_at", "pk")


def of(application: Application) -> Decision | None:
    return Decision.objects.filter(application=application).first()


def meetings_of(call: Call) -> QuerySet[Meeting]:
    return Meeting.objects.filter(call=call).order_by("number")


def approved_cents(call: Call) -> int:
    """CAD cents of everything approved in a call, confirmed or not."""
    rows = Decision.objects.filter(application__call=call, outcome=Outcome.APPROVED)
    return rows.aggregate(cents=Sum("amount_cents"))["cents"] or 0


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """A manager's files to decide and a head of mission's decisions to confirm."""
    held = set(people.roles_of(user, at=at).values_list("role", flat=True))
    url = reverse("decisions:list")
    found = []
    if Roles.MANAGER in held:
        found.append(Inbox("to-decide", _("To decide"), to_decide(user, at=at), url))
    if Roles.HEAD_OF_MISSION in held:
        rows = to_confirm(user, at=at)
        found.append(Inbox("to-confirm", _("To confirm"), rows, f"{url}?view=confirm"))
    return tuple(found)
