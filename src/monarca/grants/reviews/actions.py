"""Everything that can happen in a review: assigned, declared, recused, scored, recommended."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.reviews import policy, queries
from monarca.grants.reviews.models import (
    Assessment,
    Assignment,
    ConflictDeclaration,
    Recommendation,
    Score,
    Statement,
)
from monarca.grants.reviews.states import MOVES, Advice, Conflict, Status
from monarca.grants.screening import queries as screening
from monarca.ground.journal.actions import record
from monarca.ground.people import actions as people
from monarca.ground.people import queries as known
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move, one_at_a_time


class NotEligibleYet(Refused):
    """Only an application that passed screening is reviewed."""


class CannotReview(Refused):
    """No reviewer of the mission, barred from the file, or had a hand in the application."""


class DueInThePast(Refused):
    """A review is due today or later."""


class PlanChanged(Refused):
    """The files of a call are given as the plan stood on the page that the manager read."""


class DeclareFirst(Refused):
    """A reviewer says whether they have an interest in the file before they score it."""


class StatementNeedsEvidence(Refused):
    """A GBA+ statement rests on words the applicant wrote, named by question and quoted."""


class ScoreNeedsAComment(Refused):
    """Points are whole, from 0 to 5, and a comment explains them."""


class StatementNotUnderstood(Refused):
    """A statement has a kind, a level and, for a factor, its name, all from the call's lists."""


class GeNeedsAReason(Refused):
    """The gender equality code is 0 to 3, and its reason is said in words."""


class UnknownCriterion(Refused):
    """This answer belongs to no list of the call."""


class NotComplete(Refused):
    """Every criterion is scored, and the GE code given with its reason, before advising."""


@transaction.atomic
def assign(
    application: Application, *, by: User, at: datetime, reviewer: User, due_on: date | None = None
) -> Assignment:
    """Give the file to a reviewer, who may read it from now on."""
    require(policy.may_assign(by, application, at=at))
    if not screening.eligible().filter(application=application).exists():
        raise NotEligibleYet
    if not policy.may_review(reviewer, application, at=at):
        raise CannotReview
    if due_on is not None and due_on < at.date():
        raise DueInThePast
    made, new = Assignment.objects.get_or_create(
        application=application,
        reviewer=reviewer,
        defaults={"assigned_at": at, "assigned_by": by, "due_on": due_on},
    )
    if new:
        people.open_to(reviewer, application, by=by, at=at, reason="assigned")
        record("review.assigned", made, by=by, at=at, file=application, reviewer=reviewer.pk)
    return made


@transaction.atomic
def assign_all(
    call: Call,
    pairs: Collection[tuple[str, str]],
    *,
    by: User,
    at: datetime,
    due_on: date | None = None,
    read: str | None = None,
) -> tuple[Assignment, ...]:
    """Give the files of a plan to its readers, all or none; what was given already stays.

    `pairs`: (reference, the reader's address); `read` is the seal (`queries.seal_of_plan`) of the
    plan as it stood on the page. Raises `PlanChanged`, and whatever `assign` raises.
    """
    require(policy.may_plan(by, call, at=at))
    one_at_a_time(f"reviews.plan:{call.pk}")
    if read is not None and read != queries.seal_of_plan(call, pairs):
        raise PlanChanged(call=call.code)
    references = {reference for reference, _email in pairs}
    ours = queries.reviewable(by, at=at).filter(call=call, reference__in=references)
    files = {file.reference: file for file in ours}
    readers = {one.email: one for one in known.holders(call.mission, Roles.REVIEWER, at=at)}
    held = {(row.application.reference, row.reviewer.email) for row in queries.given_to(ours)}
    made = []
    for reference, email in sorted(set(pairs) - held):
        if reference not in files:
            raise NotEligibleYet
        if email not in readers:
            raise CannotReview
        reviewer = readers[email]
        made.append(assign(files[reference], by=by, at=at, reviewer=reviewer, due_on=due_on))
    return tuple(made)


@transaction.atomic
def declare(
    application: Application, *, by: User, at: datetime, level: str, words: str = ""
) -> ConflictDeclaration:
    """Say whether one has an interest in the file; an actual one bars the person at once."""
    require(policy.may_declare(by, application, at=at))
    made = ConflictDeclaration.objects.create(
        application=application, user=by, level=Conflict(level), words=words.strip(), at=at
    )
    record("conflict.declared", made, by=by, at=at, file=application, level=level)
    if level == Conflict.ACTUAL:
        people.close_to(by, application, by=by, at=at, reason="conflict")
        live = Assignment.objects.filter(application=application, reviewer=by)
        for assignment in live.exclude(status=Status.RECUSED):
            _recuse(assignment, by=by, at=at)
    return made


@transaction.atomic
def recuse(assignment: Assignment, *, by: User, at: datetime) -> Assignment:
    """The reviewer steps back, or a manager takes them off; the file closes to them."""
    file = assignment.application
    own = assignment.reviewer_id == by.pk
    require(own or policy.may_assign(by, file, at=at))
    people.close_to(assignment.reviewer, file, by=by, at=at, reason="recused")
    return _recuse(assignment, by=by, at=at)


def _recuse(assignment: Assignment, *, by: User, at: datetime) -> Assignment:
    move(assignment, MOVES, "recuse", completed_at=None)
    record("review.recused", assignment, by=by, at=at, file=assignment.application)
    return assignment


@transaction.atomic
def score(  # noqa: PLR0913
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    scores: Mapping[str, tuple[int, str]],
    booleans: Mapping[str, bool] | None = None,
    ge_code: int | None = None,
    ge_words: str = "",
    overall: str = "",
) -> Assessment:
    """Save points with comments, and the GBA+ reading; what is not given stays as it was.

    `scores`: criterion -> (points 0 to 5, comment). Raises `DeclareFirst`, `ScoreNeedsAComment`.
    """
    require(policy.may_assess(by, assignment, at=at))
    _check_scores(assignment, scores, booleans or {})
    if ge_code is not None and (ge_code not in range(4) or not ge_words.strip()):
        raise GeNeedsAReason
    assessment = _opened(assignment, by=by, at=at)
    for criterion, (points, words) in scores.items():
        Score.objects.update_or_create(
            assessment=assessment,
            criterion=criterion,
            defaults={"points": points, "words": words.strip(), "at": at},
        )
    assessment.booleans = {**assessment.booleans, **(booleans or {})}
    if ge_code is not None:
        assessment.ge_code, assessment.ge_words = ge_code, ge_words.strip()
    assessment.overall = overall or assessment.overall
    assessment.saved_at = at
    assessment.save()
    record(
        "review.scored",
        assignment,
        by=by,
        at=at,
        file=assignment.application,
        points={criterion: points for criterion, (points, _words) in scores.items()},
    )
    return assessment


def _check_scores(
    assignment: Assignment,
    scores: Mapping[str, tuple[int, str]],
    booleans: Mapping[str, bool],
) -> None:
    """Every criterion and every line of the checklist is the call's, every point has its words."""
    definition = calls.definition(assignment.application.form_id)
    codes = {each["code"] for each in definition["criteria"]}
    for criterion, (points, words) in scores.items():
        if criterion not in codes or points not in range(6) or not words.strip():
            raise ScoreNeedsAComment(criterion=criterion)
    unknown = set(booleans) - {each["code"] for each in definition["gba"]["booleans"]}
    if unknown:
        raise UnknownCriterion(criterion=min(unknown))


@transaction.atomic
def state(  # noqa: PLR0913
    assignment: Assignment,
    *,
    by: User,
    at: datetime,
    kind: str,
    words: str,
    question: str,
    quote: str,
    code: str = "",
    level: int | None = None,
) -> Statement:
    """Add one GBA+ statement with the applicant's own words it rests on.

    Raises `StatementNeedsEvidence` when the question has no answer or the quote is not in it, and
    `StatementNotUnderstood` for a kind, level or factor that the call does not know.
    """
    require(policy.may_assess(by, assignment, at=at))
    gba = calls.definition(assignment.application.form_id)["gba"]
    if not _is_understood(gba, kind, code, level):
        raise StatementNotUnderstood
    if not words.strip() or not queries.is_quoted(assignment.application, question, quote):
        raise StatementNeedsEvidence(question=question)
    assessment = _opened(assignment, by=by, at=at)
    made = Statement.objects.create(
        assessment=assessment,
        kind=kind,
        code=code,
        level=level,
        words=words.strip(),
        question=question,
        quote=quote.strip(),
        at=at,
    )
    record("statement.made", made, by=by, at=at, file=assignment.application, kind=kind)
    return made


def _is_understood(gba: Mapping[str, Any], kind: str, code: str, level: int | None) -> bool:
    """A kind of the call, a level of its scale (or none), and a known factor where one is named."""
    known = {each["code"]: each for each in gba["kinds"]}
    factors = {each["code"] for each in gba["factors"]}
    if kind not in known or (code and code not in factors) or (kind == "factor" and not code):
        return False
    return level is None or level in range(len(known[kind].get("scale") or range(4)))


@transaction.atomic
def strike(statement: Statement, *, by: User, at: datetime) -> None:
    """Take one's own statement back before the review is complete."""
    assignment = statement.assessment.assignment
    require(policy.may_assess(by, assignment, at=at))
    _opened(assignment, by=by, at=at)
    record("statement.struck", statement, by=by, at=at, file=assignment.application)
    statement.delete()


def _opened(assignment: Assignment, *, by: User, at: datetime) -> Assessment:
    """The assessment, begun now if need be, once the reviewer has declared their interests."""
    if queries.declared_by(by, assignment.application) is None:
        raise DeclareFirst
    move(assignment, MOVES, "score")
    assessment, _new = Assessment.objects.get_or_create(
        assignment=assignment, defaults={"started_at": at, "saved_at": at}
    )
    return assessment


@transaction.atomic
def recommend(
    assignment: Assignment, *, by: User, at: datetime, advice: str, words: str
) -> Recommendation:
    """Complete the review: every criterion scored, GE code reasoned, advice in words."""
    require(policy.may_assess(by, assignment, at=at))
    if queries.missing_from(assignment) or not words.strip():
        raise NotComplete
    made, _new = Recommendation.objects.update_or_create(
        assessment=assignment.assessment,
        defaults={"advice": Advice(advice), "words": words.strip(), "at": at},
    )
    move(assignment, MOVES, "recommend", completed_at=at)
    record("review.completed", assignment, by=by, at=at, file=assignment.application, advice=advice)
    return made


@transaction.atomic
def return_(assignment: Assignment, *, by: User, at: datetime) -> Assignment:
    """A manager gives a finished review back to its reader."""
    require(policy.may_assign(by, assignment.application, at=at))
    move(assignment, MOVES, "return", completed_at=None)
    record("review.returned", assignment, by=by, at=at, file=assignment.application)
    return assignment
