"""Questions about screening: what waits, what the rules found, what is still to be decided."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Status as Filed
from monarca.grants.screening.models import Check, Clarification, Screening, Withdrawal
from monarca.grants.screening.states import Status, Verdict
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.inbox import Inbox

SCREENERS = (Roles.COORDINATOR, Roles.MANAGER)


def visible_to(user: User, *, at: datetime) -> QuerySet[Screening]:
    """Screenings of the files this person may see."""
    rows = Screening.objects.filter(
        application__in=applications.visible_to(user, at=at).order_by().values("pk")
    )
    return rows.order_by("begun_at", "pk")


def served(user: User, *, at: datetime) -> QuerySet[Application]:
    """Submitted files, of the missions where this person screens, that were not taken back."""
    ours = people.missions_of(user, at=at, roles=frozenset(SCREENERS)).order_by().values("pk")
    rows = applications.visible_to(user, at=at).filter(
        status=Filed.SUBMITTED, call__mission__in=ours, call__closes_at__lte=at
    )
    return rows.filter(~Exists(Withdrawal.objects.filter(application=OuterRef("pk"))))


def to_screen(user: User, *, at: datetime) -> QuerySet[Application]:
    """Submitted to a call that has closed, and nobody has begun to screen it."""
    begun = Screening.objects.filter(application=OuterRef("pk"))
    return served(user, at=at).filter(~Exists(begun)).order_by("submitted_at", "pk")


def to_conclude(user: User, *, at: datetime) -> QuerySet[Screening]:
    """Begun and not concluded, the oldest first."""
    ours = served(user, at=at).order_by().values("pk")
    rows = visible_to(user, at=at).filter(application__in=ours, status=Status.OPEN)
    return rows.select_related("application").order_by("begun_at", "pk")


def waiting_for_applicant(user: User, *, at: datetime) -> QuerySet[Screening]:
    ours = served(user, at=at).order_by().values("pk")
    rows = visible_to(user, at=at).filter(application__in=ours, status=Status.AWAITING_APPLICANT)
    return rows.select_related("application").order_by("begun_at", "pk")


def eligible() -> QuerySet[Screening]:
    """What this room hands downstream: found eligible and not withdrawn since."""
    gone = Withdrawal.objects.filter(application=OuterRef("application"))
    return Screening.objects.filter(~Exists(gone), status=Status.ELIGIBLE).order_by("pk")


def asked(user: User, *, at: datetime) -> QuerySet[Clarification]:
    """Questions that wait for an answer of the organisations this person speaks for."""
    mine = applications.owned_by(user, at=at).order_by().values("pk")
    rows = Clarification.objects.filter(screening__application__in=mine, answered_at=None)
    return rows.select_related("screening__application").order_by("due_on", "pk")


def undecided(screening: Screening) -> QuerySet[Check]:
    """Failed or unknown findings of blocking and flagging rules that no person has settled."""
    rows = Check.objects.filter(screening=screening, status=Verdict.PROPOSED)
    return rows.filter(level__in=("block", "flag"), outcome__in=("fail", "unknown")).order_by("pk")


def standing_in_the_way(screening: Screening) -> QuerySet[Check]:
    """Blocking rules that failed and were not waived: with one of these it cannot pass."""
    rows = Check.objects.filter(screening=screening, level="block", outcome__in=("fail", "unknown"))
    return (
        rows.exclude(status=Verdict.WAIVED)
        .exclude(outcome="unknown", status=Verdict.CONFIRMED)
        .order_by("pk")
    )


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What waits for the people who screen; empty for everybody else."""
    if not people.roles_of(user, at=at).filter(role__in=SCREENERS).exists():
        return ()
    url = reverse("screening:list")
    return (
        Inbox("to-screen", _("To screen"), to_screen(user, at=at), url),
        Inbox("to-conclude", _("To conclude"), to_conclude(user, at=at), f"{url}?view=open"),
        Inbox(
            "waiting",
            _("Waiting for the applicant"),
            waiting_for_applicant(user, at=at),
            f"{url}?view=waiting",
        ),
    )
