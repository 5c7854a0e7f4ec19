"""One application followed through every room: its stage is derived, never stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import Status as Agreed
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions import queries as decisions
from monarca.grants.decisions.models import Decision
from monarca.grants.disclosure.models import Disclosure
from monarca.grants.disclosure.states import Status as Disclosed
from monarca.grants.payments.models import Closure
from monarca.grants.reports.models import Report
from monarca.grants.results import queries as results
from monarca.grants.reviews import queries as reviews
from monarca.grants.reviews.models import Assignment
from monarca.grants.screening import queries as screening
from monarca.grants.screening.models import Screening, Withdrawal
from monarca.grants.screening.states import Status as Screened
from monarca.ground.journal import queries as journal
from monarca.ground.journal.models import Entry
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.portal.dossier.states import TOLD


def _has(model: Any, **conditions: Any) -> Exists:
    return Exists(model.objects.filter(application=OuterRef("pk"), **conditions))


def staged(rows: QuerySet[Application]) -> QuerySet[Application]:
    """The same applications with `stage`, one of STAGES, from which rooms hold a record."""
    confirmed = {"status": "confirmed"}
    steps = [
        (Q(status="withdrawn") | Q(_has(Withdrawal)), 15),
        (_has(Disclosure, status=Disclosed.PUBLISHED), 14),
        (_has(Closure), 13),
        (_has(Report, submitted_at__isnull=False), 12),
        (_has(Agreement, status__in=(Agreed.ACTIVE, Agreed.SUSPENDED, Agreed.TERMINATED)), 11),
        (_has(Agreement), 10),
        (_has(Decision, outcome="declined", **confirmed), 9),
        (_has(Decision, outcome="reserved", **confirmed), 8),
        (_has(Decision, outcome="approved", **confirmed), 7),
        (_has(Decision), 6),
        (_has(Assignment), 5),
        (_has(Screening, status=Screened.ELIGIBLE), 4),
        (_has(Screening, status=Screened.INELIGIBLE), 3),
        (_has(Screening), 2),
        (Q(status="submitted"), 1),
    ]
    cases = [When(condition, then=Value(stage)) for condition, stage in steps]
    return rows.annotate(stage=Case(*cases, default=Value(0), output_field=IntegerField()))


def stage(application: Application) -> int:
    """The stage of one application, in one query."""
    return with_stages([application])[0][1]


@dataclass(frozen=True, slots=True)
class Filter:
    """How the list of files is narrowed; empty means not."""

    call: str = ""
    stage: str = ""
    words: str = ""


def readable(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files this person reads at the desk: by a role at the mission, or as a reader by name.

    An organisation's own people have their pages elsewhere: who at the embassy did what, and
    what is decided and not yet confirmed, is not theirs to read.
    """
    ours = people.missions_of(user, at=at).order_by().values("pk")
    named = people.opened_to(user, Application, at=at).order_by().values("subject_id")
    rows = applications.visible_to(user, at=at).exclude(submitted_at=None)
    return rows.filter(Q(call__mission__in=ours) | Q(pk__in=named))


def files(user: User, wanted: Filter, *, at: datetime) -> QuerySet[Application]:
    """Every file this person may read, the latest first, narrowed by call and reference."""
    rows = readable(user, at=at)
    if wanted.call:
        rows = rows.filter(call__code=wanted.call)
    if wanted.words:
        rows = rows.filter(
            Q(reference__icontains=wanted.words)
            | Q(sensitivity="open", title__icontains=wanted.words)
            | Q(sensitivity="open", applicant__legal_name__icontains=wanted.words)
        )
    return rows


def with_stages(rows: list[Application]) -> list[tuple[Application, int]]:
    """The stage of each of these applications, in one query for the screen."""
    same = Application.objects.filter(pk__in=[row.pk for row in rows]).order_by().only("pk")
    found = {row.pk: int(row.stage) for row in staged(same)}  # type: ignore[attr-defined]
    return [(row, found[row.pk]) for row in rows]


def with_told_stages(rows: list[Application]) -> list[tuple[Application, int]]:
    """What the people of the organisation may read of each stage, in one query."""
    return [(row, TOLD.get(stage, stage)) for row, stage in with_stages(rows)]


def calls_of(user: User, *, at: datetime) -> list[str]:
    """Codes of the calls whose files this person may see."""
    seen = readable(user, at=at).order_by().values("call")
    return list(Call.objects.filter(pk__in=seen).order_by("-code").values_list("code", flat=True))


def doors(user: User, file: Application, *, at: datetime) -> frozenset[str]:
    """The rooms in which this person finds a page about the file, in one query."""
    same = OuterRef("pk")
    drafted = agreements.of_staff(user, at=at).filter(application=same)
    to_draft = agreements.to_draft(user, at=at).filter(application=same)
    signed = drafted.filter(signed_on__isnull=False)
    rooms = {
        "screening": Exists(screening.readable(user, at=at).filter(pk=same)),
        "reviews": Exists(reviews.readable(user, at=at).filter(pk=same)),
        "decisions": Exists(decisions.reviewed_files(user, at=at).filter(pk=same)),
        "agreements": Exists(drafted) | Exists(to_draft),
        "reports": Exists(drafted),
        "payments": Exists(drafted),
        "results": Exists(results.of_staff(user, at=at).filter(application=same)),
        "disclosure": Exists(signed),
    }
    asked = {f"in_{room}": found for room, found in rooms.items()}
    answers = Application.objects.filter(pk=file.pk).annotate(**asked).values(*asked).get()
    return frozenset(name.removeprefix("in_") for name, found in answers.items() if found)


def story(application: Application) -> list[Entry]:
    """Every act on one file, newest first, with the people who did them."""
    return list(journal.story_of(application).select_related("by").reverse()[:200])
