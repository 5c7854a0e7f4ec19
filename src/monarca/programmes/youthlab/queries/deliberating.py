"""Questions about the delegates' work: what is open now, what was said, what the votes say."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from monarca.engines import opinion
from monarca.ground.people.models import User
from monarca.programmes.youthlab.models import (
    Amendment,
    Comment,
    Edition,
    Findings,
    Proposal,
    Revision,
    Round,
    Session,
    Statement,
    Vote,
)
from monarca.programmes.youthlab.queries import seeing
from monarca.programmes.youthlab.states import Rounds


def sessions_of(edition: Edition) -> QuerySet[Session]:
    return Session.objects.filter(edition=edition).order_by("starts_at", "pk")


def rounds_of(edition: Edition) -> QuerySet[Round]:
    return Round.objects.filter(edition=edition).order_by("number")


def phase_of(held: Round, *, at: datetime) -> str:
    """coming, open or closed; a round takes what arrives in [opens_at, closes_at)."""
    if at < held.opens_at:
        return "coming"
    return "open" if at < held.closes_at else "closed"


def open_round(edition: Edition, kind: str, *, at: datetime) -> Round | None:
    """The round of this kind that is open now."""
    rows = rounds_of(edition).filter(kind=kind, opens_at__lte=at, closes_at__gt=at)
    return rows.first()


def last_round(edition: Edition, kind: str, *, at: datetime) -> Round | None:
    """The round of this kind that closed last."""
    return rounds_of(edition).filter(kind=kind, closes_at__lte=at).order_by("-closes_at").first()


def comments_on(proposal: Proposal) -> QuerySet[Comment]:
    rows = Comment.objects.filter(proposal=proposal).select_related("by__person")
    return rows.order_by("at", "pk")


def amendments_to(proposal: Proposal) -> QuerySet[Amendment]:
    rows = Amendment.objects.filter(proposal=proposal).select_related("by__person")
    return rows.order_by("number")


def revisions_of(proposal: Proposal) -> QuerySet[Revision]:
    """Every reading there was, the newest first."""
    rows = Revision.objects.filter(proposal=proposal).select_related("by__person", "amendment")
    return rows.order_by("-number")


def statements_of(held: Round) -> QuerySet[Statement]:
    return Statement.objects.filter(round=held).order_by("number")


def votes_of(held: Round, user: User, *, at: datetime) -> Mapping[int, int]:
    """This person's own votes by statement; nobody reads another's."""
    voter = seeing.voter(held, user, at=at)
    rows = Vote.objects.filter(statement__round=held, voter=voter) if voter else Vote.objects.none()
    return dict(rows.values_list("statement_id", "value"))


def findings_of(held: Round) -> dict[str, Any] | None:
    """What the votes say, once worked out."""
    row = Findings.objects.filter(round=held).first()
    return dict(row.found) if row else None


def to_count(*, at: datetime) -> QuerySet[Round]:
    """Rounds of votes that have closed and whose votes nobody has read yet."""
    rows = Round.objects.filter(kind=Rounds.VOTE, closes_at__lte=at, findings=None)
    return rows.order_by("closes_at", "pk")


def turnout(held: Round) -> Counter[str]:
    """How many people voted, and how many votes there are."""
    rows = Vote.objects.filter(statement__round=held)
    told = rows.aggregate(people=Count("voter", distinct=True), votes=Count("pk"))
    return Counter(told)


def ballots_of(held: Round) -> tuple[list[opinion.Vote], list[str]]:
    """The votes of a round as the engine reads them, without names; and every statement."""
    rows = Vote.objects.filter(statement__round=held).order_by("pk")
    votes = rows.values_list("voter__number", "statement__number", "value")
    found = [opinion.Vote(voter, str(number), value) for voter, number, value in votes]
    return found, [str(each.number) for each in statements_of(held)]
