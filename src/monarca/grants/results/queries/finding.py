"""Which results there are, for whom, and what still waits: to plan, to record, to verify."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import Status as Standing
from monarca.grants.applications import gate
from monarca.grants.reports import queries as reports
from monarca.grants.reports.models import Report
from monarca.grants.reports.states import Status as Told
from monarca.grants.results.models import Actual, Indicator, MarkerScore
from monarca.grants.results.states import GE_CODE
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.paging import Inbox

KEEPERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})
IN_FORCE = (Standing.ACTIVE, Standing.SUSPENDED)
SIGNED = (*IN_FORCE, Standing.TERMINATED)
RECEIVED = (Told.SUBMITTED, Told.ACCEPTED)


def visible_to(user: User, *, at: datetime) -> QuerySet[Indicator]:
    """Indicators of the files this person may see, of agreements that they may see as well."""
    rows = Indicator.objects.filter(gate.seen(user, at=at, path="application__"))
    seen = agreements.visible_to(user, at=at).order_by().values("pk")
    rows = rows.filter(agreement__in=seen)
    return rows.select_related("agreement__application__call").order_by("agreement", "number")


def of_staff(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """Agreements with results to keep: signed, of the missions this person serves."""
    rows = agreements.of_staff(user, at=at).filter(signed_on__isnull=False, status__in=SIGNED)
    return rows.order_by("number")


def _served(user: User, *, at: datetime) -> QuerySet[Agreement]:
    ours = gate.serving(user, at=at, roles=KEEPERS, path="application__")
    return of_staff(user, at=at).filter(ours)


def to_plan(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """In force, and nobody has said what is measured."""
    planned = Indicator.objects.filter(agreement=OuterRef("pk"))
    return _served(user, at=at).filter(~Exists(planned), status__in=IN_FORCE)


def to_record(user: User, *, at: datetime) -> QuerySet[Report]:
    """Accepted reports of agreements with indicators, from which no value was recorded."""
    planned = Indicator.objects.filter(agreement=OuterRef("agreement"))
    recorded = Actual.objects.filter(report=OuterRef("pk"))
    return _accepted(user, at=at).filter(Exists(planned), ~Exists(recorded))


def _accepted(user: User, *, at: datetime) -> QuerySet[Report]:
    """Accepted reports of the agreements that `_served` holds."""
    rows = reports.visible_to(user, at=at).filter(
        gate.serving(user, at=at, roles=KEEPERS, path="application__"),
        status=Told.ACCEPTED,
        agreement__signed_on__isnull=False,
        agreement__status__in=SIGNED,
    )
    return rows.order_by("closed_at", "pk")


def to_verify(user: User, *, at: datetime) -> QuerySet[Report]:
    """Accepted reports with a value that somebody else recorded and nobody has verified."""
    waiting = Actual.objects.filter(
        report=OuterRef("pk"), corrected_by=None, verified_at=None
    ).exclude(by=user)
    return _accepted(user, at=at).filter(Exists(waiting))


def to_score(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """In force, and its markers were never derived."""
    scored = MarkerScore.objects.filter(agreement=OuterRef("pk"), marker=GE_CODE)
    return _served(user, at=at).filter(~Exists(scored), status__in=IN_FORCE)


def counted(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """Every agreement with `planned`, `measured` and `verified` indicators, and `ge` where scored.

    Each is one subquery, so that a list costs the same for any number of rows.
    """
    rows = Indicator.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    standing = Q(actuals__corrected_by=None, actuals__isnull=False)
    checked = standing & Q(actuals__verified_at__isnull=False)
    of = {"planned": Q(), "measured": standing, "verified": checked}
    numbers = {
        name: Coalesce(Subquery(rows.annotate(n=_distinct(which)).values("n")), 0)
        for name, which in of.items()
    }
    score = MarkerScore.objects.filter(agreement=OuterRef("pk"), marker=GE_CODE)
    return of_staff(user, at=at).annotate(**numbers, ge=Subquery(score.values("score")[:1]))


def _distinct(which: Q) -> Count:
    return Count("pk", distinct=True, filter=which) if which else Count("pk", distinct=True)


def indicators_of(agreement: Agreement) -> QuerySet[Indicator]:
    return Indicator.objects.filter(agreement=agreement).order_by("number")


def received(agreement: Agreement) -> QuerySet[Report]:
    """The reports that values may be recorded from: sent, and not given back."""
    return reports.of(agreement).filter(status__in=RECEIVED)


def today(agreement: Agreement, at: datetime) -> date:
    """The day it is at the embassy."""
    return at.astimezone(ZoneInfo(agreement.application.call.time_zone)).date()


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What a coordinator or manager still has to do so that results can be told."""
    if not people.held(user, at=at) & KEEPERS:
        return ()
    url = reverse("results:list")
    boxes = (
        ("plan", _("Indicators to plan"), to_plan),
        ("record", _("Results to record"), to_record),
        ("verify", _("Results to verify"), to_verify),
        ("score", _("Markers to derive"), to_score),
    )
    return tuple(
        Inbox(f"results-to-{view}", title, rows(user, at=at), f"{url}?view={view}")
        for view, title, rows in boxes
    )
