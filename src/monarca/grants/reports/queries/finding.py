"""Which reports there are: of whom, for whom, due when, overdue since when, expected next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.engines import deadlines
from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import Status as Standing
from monarca.grants.applications import gate
from monarca.grants.applications import queries as applications
from monarca.grants.reports.models import Reminder, Report
from monarca.grants.reports.states import LADDER, OPEN, Kind, Status
from monarca.ground.partners import queries as partners
from monarca.ground.partners.states import Facts
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEES_ALL, Roles
from monarca.kit.paging import Inbox

local_day = agreements.local_day
READERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})
AHEAD = timedelta(days=45)
"""How long before its due date `tick` asks for a report. Ours: check with your programme."""

TO_WRITE = timedelta(days=15)
TO_READ = timedelta(days=14)


def visible_to(user: User, *, at: datetime) -> QuerySet[Report]:
    """Reports of the files this person may see: their own organisation's, or their mission's."""
    rows = Report.objects.filter(gate.seen(user, at=at, path="application__"))
    return rows.select_related("application__call", "agreement").order_by("due_on", "pk")


def served(user: User, *, at: datetime) -> QuerySet[Report]:
    """Reports that this person may accept or return: of missions where they hold that role."""
    return _of_missions(user, READERS, at=at)


def of_staff(user: User, *, at: datetime) -> QuerySet[Report]:
    """Reports of the missions this person serves in any role, on files they may see."""
    return _of_missions(user, SEES_ALL, at=at)


def _of_missions(user: User, roles: frozenset[str], *, at: datetime) -> QuerySet[Report]:
    rows = Report.objects.filter(gate.served(user, roles=roles, at=at, path="application__"))
    return rows.select_related("application__call", "agreement").order_by("due_on", "pk")


def to_read(user: User, *, at: datetime) -> QuerySet[Report]:
    """Submitted, and waiting for somebody at the mission to read them."""
    return served(user, at=at).filter(status=Status.SUBMITTED).order_by("submitted_at", "pk")


def overdue(user: User, *, at: datetime) -> QuerySet[Report]:
    """Not sent, or returned, and past the due day everywhere on Earth's calendar of UTC."""
    return served(user, at=at).filter(status__in=OPEN, due_on__lt=at.date())


def mine(user: User, *, at: datetime) -> QuerySet[Report]:
    """What this person's organisations still have to send."""
    ours = applications.owned_by(user, at=at).order_by().values("pk")
    return visible_to(user, at=at).filter(application__in=ours, status__in=OPEN)


def of(agreement: Agreement) -> QuerySet[Report]:
    return Report.objects.filter(agreement=agreement).order_by("number")


def accepted(agreement: Agreement, kind: str) -> int:
    """How many reports of this kind were accepted: each opens one instalment that waits for it."""
    return of(agreement).filter(kind=kind, status=Status.ACCEPTED).count()


def still_open() -> QuerySet[Report]:
    """Every report that a recipient still has to send; the clock's work goes through these."""
    rows = Report.objects.filter(status__in=OPEN).select_related("application__call", "agreement")
    return rows.order_by("due_on", "pk")


def number_after(agreement: Agreement) -> int:
    return (of(agreement).aggregate(last=Max("number"))["last"] or 0) + 1


def is_overdue(report: Report, *, at: datetime) -> bool:
    """The whole due day has passed at the embassy and it was not sent."""
    return report.status in OPEN and local_day(report.application, at) > report.due_on


def reached(report: Report, *, at: datetime) -> int | None:
    """The last step of the ladder that has come: days from the due date; None before the first."""
    rung = deadlines.reached(report.due_on, LADDER, local_day(report.application, at))
    return rung.days if rung else None


def noted(report: Report, *, at: datetime) -> bool:
    """Does the recipient's standing already say that this report is overdue?"""
    source = f"{report._meta.label_lower}:{report.pk}"
    rows = partners.standing_of(report.agreement.recipient, at=at)
    return rows.filter(fact=Facts.REPORT_OVERDUE, source=source).exists()


def reminded(report: Report, step: int) -> bool:
    return Reminder.objects.filter(report=report, due_on=report.due_on, step=step).exists()


@dataclass(frozen=True, slots=True)
class Expected:
    """A report that the agreement waits for and nobody has asked for yet."""

    agreement: Agreement
    kind: str
    due_on: date
    from_on: date
    until_on: date


def expected(*, at: datetime) -> tuple[Expected, ...]:
    """What `tick` asks for now: one report for each instalment that waits for one, and a final.

    An interim report is due two weeks before its instalment; the final one fifteen days after
    the activities end. Ours: check with your programme.
    """
    found: list[Expected] = []
    for agreement in agreements.in_force().filter(status=Standing.ACTIVE):
        found += _of_agreement(agreement, local_day(agreement.application, at))
    return tuple(found)


def _of_agreement(agreement: Agreement, today: date) -> list[Expected]:
    asked = list(of(agreement))
    starts = max((one.until_on + timedelta(days=1) for one in asked), default=agreement.starts_on)
    waiting = agreements.instalments_of(agreement).filter(condition=f"report:{Kind.INTERIM}")
    known = sum(one.kind == Kind.INTERIM for one in asked)
    due = [max(part.due_on - TO_READ, agreement.starts_on) for part in waiting][known:]
    found = [
        Expected(agreement, Kind.INTERIM, on, min(starts, on), on)
        for on in due[:1]
        if on - AHEAD <= today
    ]
    ends = agreement.activities_end_on
    final_on = ends + TO_WRITE
    if not any(one.kind == Kind.FINAL for one in asked) and final_on - AHEAD <= today:
        found.append(Expected(agreement, Kind.FINAL, final_on, min(starts, ends), ends))
    return found


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """Reports to read and reports that did not come; empty for whoever reads none."""
    if not people.held(user, at=at) & READERS:
        return ()
    url = reverse("reports:list")
    late = overdue(user, at=at)
    return (
        Inbox("reports-to-read", _("Reports to read"), to_read(user, at=at), url),
        Inbox("reports-overdue", _("Reports that are overdue"), late, f"{url}?view=overdue"),
    )
