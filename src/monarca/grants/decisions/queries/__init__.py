"""Questions about decisions: what waits for the committee, what waits for the head of mission."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    CharField,
    Count,
    Exists,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.engines import sealing
from monarca.grants.applications import gate
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.decisions.models import Attendance, Decision, Meeting
from monarca.grants.decisions.states import Outcome, Status
from monarca.grants.reviews import queries as reviews
from monarca.grants.reviews.models import ConflictDeclaration, Recommendation, Score
from monarca.grants.reviews.states import Advice, Conflict
from monarca.grants.reviews.states import Status as Reading
from monarca.grants.screening.models import Withdrawal
from monarca.ground.envelopes import queries as envelopes
from monarca.ground.envelopes.models import Movement
from monarca.ground.envelopes.states import Kinds
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import HOUSE, SEES_ALL, Roles
from monarca.kit.paging import Inbox

TO_CONFIRM = (Status.APPROVED, Status.RESERVED, Status.DECLINED)
OPEN = (Status.PROPOSED, Status.DEFERRED)
CONFIRMERS = frozenset({Roles.HEAD_OF_MISSION})


def visible_to(user: User, *, at: datetime) -> QuerySet[Decision]:
    """Decisions on the files this person may see; applicants see theirs once confirmed."""
    rows = Decision.objects.filter(gate.seen(user, at=at, path="application__"))
    staff = gate.serving(user, at=at, path="application__")
    return rows.filter(staff | Q(status=Status.CONFIRMED)).order_by("proposed_at", "pk")


def meetings_visible_to(user: User, *, at: datetime) -> QuerySet[Meeting]:
    """Meetings of the missions this person serves; what they treated is narrowed file by file."""
    ours = calls.visible_to(user, at=at).order_by().values("pk")
    rows = Meeting.objects.filter(call__in=ours).select_related("call", "chair")
    return rows.order_by("-held_at", "-pk")


def served(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files this person may see at the missions they serve: readers of one file are not staff."""
    return applications.served(user, roles=SEES_ALL, at=at)


def managed(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files of the missions where this person decides."""
    return applications.served(user, roles=frozenset({Roles.MANAGER}), at=at)


def before_committee(files: QuerySet[Application]) -> QuerySet[Application]:
    """Of these files, those reviewed that the committee has not settled; `standing` says which
    were proposed or put off before.
    """
    known = Decision.objects.filter(application=OuterRef("pk"))
    settled = known.exclude(status__in=OPEN)
    gone = Withdrawal.objects.filter(application=OuterRef("pk"))
    read = reviews.reviewed().filter(application=OuterRef("pk"))
    rows = files.filter(~Exists(settled), ~Exists(gone), Exists(read))
    return rows.annotate(standing=Subquery(known.values("status")[:1])).order_by(
        "submitted_at", "pk"
    )


def reviewed_files(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files the committee may look at or has looked at, of the missions this person serves."""
    decided = Decision.objects.filter(application=OuterRef("pk"))
    read = reviews.reviewed().filter(application=OuterRef("pk"))
    rows = served(user, at=at).filter(Exists(decided) | Exists(read))
    return rows.order_by("submitted_at", "pk")


def to_decide(user: User, *, at: datetime) -> QuerySet[Application]:
    """What waits for a manager: reviewed, and not settled."""
    return before_committee(managed(user, at=at))


def to_confirm(user: User, *, at: datetime) -> QuerySet[Decision]:
    """Settled by the committee, and waiting for this head of mission."""
    ours = gate.served(user, roles=CONFIRMERS, at=at, path="application__")
    rows = Decision.objects.filter(ours, status__in=TO_CONFIRM)
    return rows.select_related("application__call").order_by("settled_at", "pk")


def settled(user: User, *, at: datetime) -> QuerySet[Any]:
    """Settled and not confirmed; `has_scored` says whether this person gave the file points."""
    ours = gate.served(user, roles=SEES_ALL, at=at, path="application__")
    rows = Decision.objects.filter(ours, status__in=TO_CONFIRM)
    rows = rows.annotate(has_scored=Exists(points_of(user, OuterRef("application"))))
    return rows.select_related("application__applicant").order_by("settled_at", "pk")


def seal_of(decision: Decision) -> str:
    """One hash of what a head of mission confirms: outcome, amount, reason, words, conditions."""
    return sealing.sha256(
        [
            decision.outcome,
            decision.amount_cents,
            decision.reason,
            decision.words,
            decision.conditions,
        ]
    )


def seal_of_waiting(user: User, call: Call, *, at: datetime) -> str:
    """One hash of all that waits for this head of mission in a call.

    Whatever is ruled anew is settled anew, so count, sum and last ruling tell of every change.
    """
    waiting = to_confirm(user, at=at).filter(application__call=call).order_by()
    found = waiting.aggregate(n=Count("pk"), cents=Sum("amount_cents"), last=Max("settled_at"))
    last = found["last"].isoformat() if found["last"] else None
    return sealing.sha256([found["n"], found["cents"], last])


def points_of(user: User, application: Any) -> QuerySet[Score]:
    """The points this person gave a file, in whatever review: the two-person rule."""
    rows = Score.objects.filter(
        assessment__assignment__application=application, assessment__assignment__reviewer=user
    )
    return rows.order_by("pk")


def told() -> QuerySet[Decision]:
    """Answers that the applicant has been told: confirmed, or put off in a meeting that ended."""
    put_off = Q(status=Status.DEFERRED, meeting__ended_at__isnull=False)
    return Decision.objects.filter(Q(status=Status.CONFIRMED) | put_off).order_by("pk")


def approved() -> QuerySet[Decision]:
    """What this room hands downstream: confirmed yeses that were not withdrawn since."""
    gone = Withdrawal.objects.filter(application=OuterRef("application"))
    rows = Decision.objects.filter(status=Status.CONFIRMED, outcome=Outcome.APPROVED)
    return rows.filter(~Exists(gone)).order_by("confirmed_at", "pk")


def of(application: Application) -> Decision | None:
    return Decision.objects.filter(application=application).first()


def by_file(user: User, files: Iterable[Application], *, at: datetime) -> dict[int, Decision]:
    """The decisions on these files that this person may see, by the file's id."""
    ids = [file.pk for file in files]
    rows = visible_to(user, at=at).filter(application__in=ids).select_related("meeting")
    return {row.application_id: row for row in rows}


def is_withdrawn(application: Application) -> bool:
    return Withdrawal.objects.filter(application=application).exists()


def may_come_again(decision: Decision) -> bool:
    """A file that waits, was put off, or stands in reserve may be taken in another meeting."""
    confirmed_reserve = decision.status == Status.CONFIRMED and decision.outcome == Outcome.RESERVED
    return decision.status in {*OPEN, Status.RESERVED} or confirmed_reserve


def most_cents(application: Application) -> int:
    """The most that may be approved: what was asked, and no more than the call allows."""
    most = application.call.max_cents
    return min(most, application.requested_cents or most)


def reasons_for(definition: Mapping[str, Any], outcome: str) -> dict[str, Mapping[str, str]]:
    """The reasons of the call that fit an outcome: code -> trilingual sentence."""
    return {r["code"]: r["label"] for r in definition["reasons"] if outcome in r["outcomes"]}


def reason_label(definition: Mapping[str, Any], code: str) -> Mapping[str, str]:
    """The sentence of a reason in three languages; nothing for an unknown code."""
    return next((r["label"] for r in definition["reasons"] if r["code"] == code), {})


def meetings_of(call: Call) -> QuerySet[Meeting]:
    return Meeting.objects.filter(call=call).order_by("number")


def calls_before_committee(user: User, *, at: datetime) -> QuerySet[Call]:
    """Calls with a file that this person may see before or after the committee, newest first."""
    files = reviewed_files(user, at=at).order_by().values("call")
    return (
        Call.objects.filter(pk__in=files).select_related("envelope").order_by("-closes_at", "-pk")
    )


def agenda(user: User, meeting: Meeting, *, at: datetime) -> QuerySet[Application]:
    """The files of an open meeting that this person may see: decided here, or still waiting."""
    files = served(user, at=at).filter(call=meeting.call)
    here = Decision.objects.filter(application=OuterRef("pk"), meeting=meeting)
    waiting = before_committee(files).order_by().values("pk")
    rows = files.filter(Exists(here) | Q(pk__in=waiting))
    return rows.select_related("applicant").order_by("submitted_at", "pk")


def open_meeting(call: Call) -> Meeting | None:
    """The latest meeting of the call that has not ended."""
    return meetings_of(call).filter(ended_at=None).last()


def may_attend(call: Call, *, at: datetime) -> QuerySet[User]:
    """Everybody who works for the call's mission."""
    return people.holders(call.mission, *HOUSE, at=at)


def present_at(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendances.select_related("user").order_by("user__name", "user__email")


def interests_in(files: Iterable[int]) -> QuerySet[ConflictDeclaration]:
    """What people declared about these files, other than having none."""
    rows = ConflictDeclaration.objects.filter(application__in=list(files))
    rows = rows.exclude(level=Conflict.NONE).select_related("user", "application")
    return rows.order_by("application", "at", "pk")


@dataclass(frozen=True, slots=True)
class Advised:
    """One reader's advice to the committee."""

    reader: User
    advice: str
    words: str


def advice_on(application: Application) -> list[Advised]:
    """The recommendations of the complete reviews, in the order of the reviews."""
    rows = Recommendation.objects.filter(
        assessment__assignment__application=application,
        assessment__assignment__status=Reading.COMPLETE,
    ).select_related("assessment__assignment__reviewer")
    return [
        Advised(row.assessment.assignment.reviewer, str(Advice(row.advice).label), row.words)
        for row in rows.order_by("assessment__assignment__assigned_at", "pk")
    ]


def approved_cents(call: Call) -> int:
    """CAD cents of everything approved in a call, confirmed or not."""
    rows = Decision.objects.filter(application__call=call, outcome=Outcome.APPROVED)
    return rows.aggregate(cents=Sum("amount_cents"))["cents"] or 0


@dataclass(frozen=True, slots=True)
class Purse:
    """An envelope as one person sees it, in CAD cents.

    `promised` counts only files this person may see, so that no sum betrays one they may not;
    the act itself always counts all of them.
    """

    total_cents: int
    promised_cents: int

    @property
    def left_cents(self) -> int:
        return max(0, self.total_cents - self.promised_cents)


def purse(user: User, call: Call, *, at: datetime) -> Purse | None:
    """The call's envelope for this person; None where the call has no envelope."""
    return purse_of(call, served(user, at=at))


def purse_of(call: Call, files: QuerySet[Application]) -> Purse | None:
    """The call's envelope with what is promised to these files; None where it has none."""
    if call.envelope is None:
        return None
    label = Concat(
        Value(f"{Application._meta.label_lower}:"),
        Cast("pk", CharField()),
        output_field=CharField(),
    )
    seen = files.order_by().annotate(label=label).values("label")
    rows = Movement.objects.filter(envelope=call.envelope).filter(Q(file="") | Q(file__in=seen))
    sums = envelopes.by_kind(rows)
    promised = sums[Kinds.RESERVED] + sums[Kinds.COMMITTED] - sums[Kinds.RELEASED]
    return Purse(call.envelope.cents, promised)


@dataclass(frozen=True, slots=True)
class Finding:
    """What the readers of one file found: each one's weighted mean, and the mean of those."""

    means: tuple[Decimal, ...] = ()
    mean: Decimal | None = None
    ge_codes: tuple[int, ...] = ()


type Findings = Mapping[int, Finding]


def findings_of(files: Iterable[Application]) -> Findings:
    """The complete reviews of many files in one query, by the file's id."""
    listed = list(files)
    reading = "assessment__assignment"
    rows = Score.objects.filter(
        assessment__assignment__application__in=[file.pk for file in listed],
        assessment__assignment__status=Reading.COMPLETE,
    ).order_by(f"{reading}__assigned_at", reading, "pk")
    read: dict[int, dict[int, tuple[dict[str, int], int | None]]] = {}
    for file, one, code, criterion, points in rows.values_list(
        f"{reading}__application", reading, "assessment__ge_code", "criterion", "points"
    ):
        read.setdefault(file, {}).setdefault(one, ({}, code))[0][criterion] = points
    forms = {form: calls.definition(form) for form in {file.form_id for file in listed}}
    return {
        file.pk: _finding(read.get(file.pk, {}).values(), forms[file.form_id]) for file in listed
    }


def _finding(
    read: Iterable[tuple[Mapping[str, int], int | None]], definition: Mapping[str, Any]
) -> Finding:
    rows = list(read)
    means = [
        mean for points, _ in rows if (mean := reviews.weighted(points, definition)) is not None
    ]
    return Finding(
        means=tuple(means),
        mean=(sum(means, Decimal()) / len(means)).quantize(Decimal("0.01")) if means else None,
        ge_codes=tuple(code for _, code in rows if code is not None),
    )


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """A manager's files to decide and a head of mission's decisions to confirm."""
    held = people.held(user, at=at)
    url = reverse("decisions:list")
    found = []
    if Roles.MANAGER in held:
        found.append(Inbox("to-decide", _("To decide"), to_decide(user, at=at), url))
    if Roles.HEAD_OF_MISSION in held:
        rows = to_confirm(user, at=at)
        found.append(Inbox("to-confirm", _("To confirm"), rows, f"{url}?view=confirm"))
    return tuple(found)
