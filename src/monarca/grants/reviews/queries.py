"""Questions about reviews: who reads what, what waits, and what the readers found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.reviews.models import Assessment, Assignment, ConflictDeclaration, Score
from monarca.grants.reviews.states import Status
from monarca.grants.screening import queries as screening
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.inbox import Inbox

LIVE = (Status.ASSIGNED, Status.IN_PROGRESS, Status.COMPLETE)


def visible_to(user: User, *, at: datetime) -> QuerySet[Assignment]:
    """Reviewers see their own reviews; staff who see the file see all of its reviews."""
    rows = Assignment.objects.filter(
        application__in=applications.visible_to(user, at=at).order_by().values("pk")
    )
    missions = people.missions_of(user, at=at).order_by().values("pk")
    staff = rows.filter(application__call__mission__in=missions)
    return (staff | rows.filter(reviewer=user)).order_by("assigned_at", "pk")


def reviewable(user: User, *, at: datetime) -> QuerySet[Application]:
    """Eligible files of the missions where this person assigns reviewers."""
    ours = people.missions_of(user, at=at, roles=frozenset({Roles.MANAGER})).order_by().values("pk")
    return applications.visible_to(user, at=at).filter(
        pk__in=screening.eligible().order_by().values("application"), call__mission__in=ours
    )


def to_assign(user: User, *, at: datetime) -> QuerySet[Application]:
    """Eligible, and nobody reads it yet."""
    live = Assignment.objects.filter(application=OuterRef("pk"), status__in=LIVE)
    return reviewable(user, at=at).filter(~Exists(live)).order_by("submitted_at", "pk")


def to_read(user: User, *, at: datetime) -> QuerySet[Assignment]:
    """This reviewer's own pile: assigned or begun."""
    rows = visible_to(user, at=at).filter(
        reviewer=user, status__in=(Status.ASSIGNED, Status.IN_PROGRESS)
    )
    return rows.select_related("application__call").order_by("due_on", "assigned_at", "pk")


def live_of(application: Application) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(application=application, status__in=LIVE)
    return rows.select_related("reviewer").order_by("assigned_at", "pk")


def complete() -> QuerySet[Assignment]:
    """What this room hands downstream: finished reviews."""
    return Assignment.objects.filter(status=Status.COMPLETE).order_by("completed_at", "pk")


def reviewed() -> QuerySet[Assignment]:
    """One complete review and none still going: the committee may take the file."""
    going = Assignment.objects.filter(
        application=OuterRef("application"), status__in=(Status.ASSIGNED, Status.IN_PROGRESS)
    )
    return complete().filter(~Exists(going))


def declared_by(user: User, application: Application) -> ConflictDeclaration | None:
    """The latest declaration of this person on this file."""
    rows = ConflictDeclaration.objects.filter(user=user, application=application)
    return rows.order_by("-at", "-pk").first()


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
        mean=(sum(means) / len(means)).quantize(Decimal("0.01")) if means else None,
        low=min(means, default=None),
        high=max(means, default=None),
        by_criterion={
            criterion["code"]: tuple(
                one[criterion["code"]] for one in points.values() if criterion["code"] in one
            )
            for criterion in definition["criteria"]
        },
        ge_codes=tuple(codes),
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
    """Do these words stand in the submitted answer to that question (blanks apart)?"""
    submission = applications.last_submission(application)
    answers = submission.content.get("answers", {}) if submission else {}
    wanted = " ".join(quote.split()).casefold()
    return bool(wanted) and wanted in " ".join(spoken(answers.get(question)).split()).casefold()


def spoken(value: Any) -> str:
    """Every word of an answer, rows and fields included."""
    if isinstance(value, dict):
        return " ".join(spoken(each) for key, each in value.items() if key != "id")
    if isinstance(value, list):
        return " ".join(spoken(each) for each in value)
    return "" if value is None else str(value)


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """A reviewer's pile and a manager's files without readers."""
    held = set(people.roles_of(user, at=at).values_list("role", flat=True))
    url = reverse("reviews:list")
    found = []
    if Roles.REVIEWER in held:
        found.append(Inbox("to-read", _("To review"), to_read(user, at=at), url))
    if Roles.MANAGER in held:
        assign = f"{url}?view=assign"
        found.append(Inbox("to-assign", _("To assign"), to_assign(user, at=at), assign))
    return tuple(found)
