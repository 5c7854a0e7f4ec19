"""Who reads what, what waits, what the readers found, and who is free to read."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.applications import gate
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.reviews.models import Assessment, Assignment, ConflictDeclaration, Score
from monarca.grants.reviews.queries import hands
from monarca.grants.reviews.states import Conflict, Status
from monarca.grants.screening import queries as screening
from monarca.grants.screening.models import Withdrawal
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.paging import Inbox

LIVE = (Status.ASSIGNED, Status.IN_PROGRESS, Status.COMPLETE)


def visible_to(user: User, *, at: datetime) -> QuerySet[Assignment]:
    """Reviewers see their own review, and the complete ones of a file once theirs is complete.

    Staff who see the file see all of its reviews; what they may read in them while their own is
    not complete, `is_blind` says.
    """
    rows = Assignment.objects.filter(gate.seen(user, at=at, path="application__"))
    staff = gate.serving(user, at=at, path="application__")
    done = Assignment.objects.filter(
        application=OuterRef("application"), reviewer=user, status=Status.COMPLETE
    )
    others = Q(Exists(done), status=Status.COMPLETE)
    return rows.filter(staff | Q(reviewer=user) | others).order_by("assigned_at", "pk")


def readable(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files whose reviews this person may read side by side: staff, and who has finished theirs."""
    done = Assignment.objects.filter(
        application=OuterRef("pk"), reviewer=user, status=Status.COMPLETE
    )
    rows = applications.visible_to(user, at=at).exclude(submitted_at=None)
    rows = rows.filter(gate.serving(user, at=at) | Exists(done))
    return rows.select_related("call__mission", "applicant")


def of_mission(user: User, *, at: datetime) -> QuerySet[Application]:
    """Submitted files of the missions where this person holds any role: interests to declare."""
    held = people.roles_of(user, at=at).order_by().values("mission")
    rows = applications.visible_to(user, at=at).filter(call__mission__in=held)
    return rows.exclude(submitted_at=None).select_related("call__mission", "applicant")


def own(user: User, application: Application) -> Assignment | None:
    """This person's own live review of the file."""
    rows = Assignment.objects.filter(application=application, reviewer=user, status__in=LIVE)
    return rows.first()


def is_blind(user: User, application: Application) -> bool:
    """Must this person not yet read what others found: their own review is not complete."""
    going = (Status.ASSIGNED, Status.IN_PROGRESS)
    rows = Assignment.objects.filter(application=application, reviewer=user, status__in=going)
    return rows.exists()


def numbered(application: Application) -> list[tuple[int, Assignment]]:
    """Every review of a file with its number: the order in which they were given."""
    rows = Assignment.objects.filter(application=application).order_by("assigned_at", "pk")
    return list(enumerate(rows.select_related("reviewer"), start=1))


def reviewable(user: User, *, at: datetime) -> QuerySet[Application]:
    """Eligible files of the missions where this person assigns reviewers."""
    ours = applications.served(user, roles=frozenset({Roles.MANAGER}), at=at)
    return ours.filter(_eligible())


def _eligible() -> Exists:
    return Exists(screening.eligible().filter(application=OuterRef("pk")))


def to_assign(user: User, *, at: datetime) -> QuerySet[Application]:
    """Eligible, and nobody reads it yet."""
    live = Assignment.objects.filter(application=OuterRef("pk"), status__in=LIVE)
    ours = applications.served(user, roles=frozenset({Roles.MANAGER}), at=at)
    return ours.filter(~Exists(live), _eligible()).order_by("submitted_at", "pk")


def to_read(user: User, *, at: datetime) -> QuerySet[Assignment]:
    """This reviewer's own pile: assigned or begun."""
    rows = visible_to(user, at=at).filter(
        reviewer=user, status__in=(Status.ASSIGNED, Status.IN_PROGRESS)
    )
    return rows.select_related("application__call").order_by("due_on", "assigned_at", "pk")


def going(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files that somebody reads now or has read, with `readers`, `done` and the next `due_on`."""
    live = Assignment.objects.filter(application=OuterRef("pk"), status__in=LIVE).order_by()
    by_file = live.values("application")
    finished = Count("pk", filter=Q(status=Status.COMPLETE))
    waiting = Q(status__in=(Status.ASSIGNED, Status.IN_PROGRESS))
    return (
        reviewable(user, at=at)
        .filter(Exists(live))
        .annotate(
            readers=Subquery(by_file.annotate(n=Count("pk")).values("n")),
            done=Coalesce(Subquery(by_file.annotate(n=finished).values("n")), 0),
            due_on=Subquery(by_file.annotate(d=Min("due_on", filter=waiting)).values("d")),
        )
        .order_by(F("due_on").asc(nulls_last=True), "submitted_at", "pk")
    )


def live_of(application: Application) -> QuerySet[Assignment]:
    """The reviews of a file that were not given up."""
    rows = Assignment.objects.filter(application=application, status__in=LIVE)
    return rows.select_related("reviewer").order_by("assigned_at", "pk")


def assessments_of(application: Application) -> dict[int, Assessment]:
    """Assignment -> what was found in it, with advice, scores and statements at hand."""
    rows = Assessment.objects.filter(assignment__application=application)
    found = rows.select_related("recommendation").prefetch_related("scores", "statements")
    return {row.assignment_id: row for row in found.order_by("pk")}


def workers_on(application: Application) -> frozenset[int]:
    """Everybody who may not score this file because they had a hand in it (`hands.workers`)."""
    return frozenset(person for _file, person in hands.workers([application]))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reviewer of the mission: load (unfinished reviews), what was declared, what hinders."""

    user: User
    load: int
    declared: str
    hindrance: str


def candidates(application: Application, *, at: datetime) -> list[Candidate]:
    """The mission's reviewers, the least loaded first; `hindrance` is "" for who may be asked."""
    rows = people.holders(application.call.mission, Roles.REVIEWER, at=at)
    waiting = Assignment.objects.filter(
        reviewer=OuterRef("pk"), status__in=(Status.ASSIGNED, Status.IN_PROGRESS)
    ).order_by()
    number = waiting.values("reviewer").annotate(n=Count("pk")).values("n")
    said = ConflictDeclaration.objects.filter(user=OuterRef("pk"), application=application)
    rows = rows.annotate(
        load=Coalesce(Subquery(number), 0),
        declared=Subquery(said.order_by("-at", "-pk").values("level")[:1]),
    )
    hindered = hindrances(application, at=at)
    return [
        Candidate(row, row.load, row.declared or "", hindered.get(row.pk, ""))
        for row in rows.order_by("load", "name", "pk")
    ]


def hindrances(application: Application, *, at: datetime) -> dict[int, str]:
    """Person -> why they cannot be given the file: reads it, took part, or is barred."""
    live = Assignment.objects.filter(application=application, status__in=LIVE)
    found = dict.fromkeys(live.values_list("reviewer", flat=True), "assigned")
    found |= dict.fromkeys(workers_on(application), "took_part")
    barred = {person for _file, person in hands.barred([application], at=at)}
    return found | dict.fromkeys(barred, "barred")


def complete() -> QuerySet[Assignment]:
    """What this room hands downstream: finished reviews."""
    return Assignment.objects.filter(status=Status.COMPLETE).order_by("completed_at", "pk")


def reviewed() -> QuerySet[Assignment]:
    """One complete review and none still going: the committee may take the file."""
    going = Assignment.objects.filter(
        application=OuterRef("application"), status__in=(Status.ASSIGNED, Status.IN_PROGRESS)
    )
    return complete().filter(~Exists(going))


@dataclass(frozen=True, slots=True)
class Point:
    """What one complete review gave on one criterion, 0 to 5; `weight` is of the call's form."""

    file: str
    reader: int
    email: str
    criterion: str
    points: int
    weight: int


def points_told(files: QuerySet[Application], *, user: User | None, at: datetime) -> list[Point]:
    """The points of those of these files that were read to the end and not taken back.

    While one review of a file is going, none of its points is told to anybody: so no reader
    learns the others' before finishing their own. With a person, only what this person may see.
    """
    gone = Withdrawal.objects.filter(application=OuterRef("application"))
    read = reviewed().filter(~Exists(gone), application__in=files.order_by().values("pk"))
    if user:
        read = read.filter(pk__in=visible_to(user, at=at).order_by().values("pk"))
    one = "assessment__assignment"
    given = Score.objects.filter(assessment__assignment__in=read.order_by().values("pk"))
    found = given.order_by(f"{one}__application__reference", "pk").values_list(
        f"{one}__application__form",
        f"{one}__application__reference",
        f"{one}__reviewer",
        f"{one}__reviewer__email",
        "criterion",
        "points",
    )
    rows = list(found)
    weights = {form: _weights(form) for form in {row[0] for row in rows}}
    return [
        Point(file, reader, email, criterion, points, weights[form].get(criterion, 1))
        for form, file, reader, email, criterion, points in rows
    ]


def _weights(form: int) -> dict[str, int]:
    return {each["code"]: each["weight"] for each in calls.definition(form)["criteria"]}


def declared_by(user: User, application: Application) -> ConflictDeclaration | None:
    """The latest declaration of this person on this file."""
    rows = ConflictDeclaration.objects.filter(user=user, application=application)
    return rows.order_by("-at", "-pk").first()


def declarations_of(application: Application) -> QuerySet[ConflictDeclaration]:
    """Every interest that was declared on a file, other than none; the latest first."""
    rows = ConflictDeclaration.objects.filter(application=application)
    return rows.exclude(level=Conflict.NONE).select_related("user").order_by("-at", "-pk")


@dataclass(frozen=True, slots=True)
class Summary:
    """What the readers found. `mean` is the weighted mean on 0 to 5, raw and uncalibrated."""

    reviews: int
    mean: Decimal | None
    low: Decimal | None
    high: Decimal | None
    by_criterion: Mapping[str, tuple[int, ...]]
    ge_codes: tuple[int, ...]


def summary(application: Application, definition: Mapping[str, Any]) -> Summary:
    """The complete reviews of one file, weighted by the call's criteria."""
    done = live_of(application).filter(status=Status.COMPLETE)
    rows = Score.objects.filter(assessment__assignment__in=done.order_by().values("pk"))
    points: dict[int, dict[str, int]] = {}
    for assessment, criterion, given in rows.order_by("assessment", "pk").values_list(
        "assessment", "criterion", "points"
    ):
        points.setdefault(assessment, {})[criterion] = given
    means = [mean for one in points.values() if (mean := weighted(one, definition)) is not None]
    codes = done.exclude(assessment__ge_code=None).values_list("assessment__ge_code", flat=True)
    return Summary(
        reviews=len(points),
        mean=(sum(means, Decimal()) / len(means)).quantize(Decimal("0.01")) if means else None,
        low=min(means, default=None),
        high=max(means, default=None),
        by_criterion={
            criterion["code"]: tuple(
                one[criterion["code"]] for one in points.values() if criterion["code"] in one
            )
            for criterion in definition["criteria"]
        },
        ge_codes=tuple(code for code in codes if code is not None),
    )


def weighted(points: Mapping[str, int], definition: Mapping[str, Any]) -> Decimal | None:
    """The weighted mean of one review's points, over the criteria that were scored."""
    scored = [c for c in definition["criteria"] if c["code"] in points]
    weights = sum(c["weight"] for c in scored)
    if not weights:
        return None
    total = sum(c["weight"] * points[c["code"]] for c in scored)
    return (Decimal(total) / Decimal(weights)).quantize(Decimal("0.01"))


def missing_from(assignment: Assignment) -> tuple[str, ...]:
    """What a review still lacks: criteria without points, or the GE code with its reason."""
    definition = calls.definition(assignment.application.form_id)
    assessment = Assessment.objects.filter(assignment=assignment).first()
    if assessment is None:
        return tuple(criterion["code"] for criterion in definition["criteria"])
    scored = set(assessment.scores.values_list("criterion", flat=True))
    lacking = [c["code"] for c in definition["criteria"] if c["code"] not in scored]
    if assessment.ge_code is None or not assessment.ge_words:
        lacking.append("ge_code")
    return tuple(lacking)


def is_quoted(application: Application, question: str, quote: str) -> bool:
    """Do these words stand, whole and in this order, in the submitted answer to that question?

    Case, punctuation and line breaks are forgiven: people copy from a screen or from paper.
    """
    submission = applications.last_submission(application)
    answers = submission.content.get("answers", {}) if submission else {}
    wanted = plain(quote)
    return bool(wanted) and f" {wanted} " in f" {plain(spoken(answers.get(question)))} "


def plain(text: str) -> str:
    """The words of a text with one blank between them, in one case."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def spoken(value: Any) -> str:
    """Every word of an answer, rows and fields included."""
    if isinstance(value, dict):
        return " ".join(spoken(each) for key, each in value.items() if key != "id")
    if isinstance(value, list):
        return " ".join(spoken(each) for each in value)
    return "" if value is None else str(value)


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """A reviewer's pile and a manager's files without readers."""
    held = people.held(user, at=at)
    url = reverse("reviews:list")
    found = []
    if Roles.REVIEWER in held:
        found.append(Inbox("to-read", _("To review"), to_read(user, at=at), url))
    if Roles.MANAGER in held:
        assign = f"{url}?view=assign"
        found.append(Inbox("to-assign", _("To assign"), to_assign(user, at=at), assign))
    return tuple(found)
