"""How sure the ranking of a call is: the raw means, and what the engine of scores believes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from monarca.engines import scoring
from monarca.engines.scoring import Agreement, Line, Mark, Ranking, Review
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Status as Filed
from monarca.grants.calls.models import Call
from monarca.grants.decisions.models import Decision
from monarca.grants.decisions.queries import OPEN, by_file, reviewed_files
from monarca.grants.decisions.states import Outcome
from monarca.grants.reviews import queries as reviews
from monarca.grants.reviews.queries import Point
from monarca.ground.people.models import User


@dataclass(frozen=True, slots=True)
class Places:
    """Where the line stands if nobody says otherwise: under so many files, and why there.

    `why`: "approved" (what the committee approved), "envelope" (what it holds at the average that
    these files ask for), or "" where neither can be known and no line is drawn.
    """

    fund: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Opinions:
    """The raw ranking, the second opinion (raw as well where it says a refusal), the agreement."""

    raw: Ranking
    second: Ranking
    agreement: Agreement


def ranked_files(user: User, call: Call, *, at: datetime) -> QuerySet[Application]:
    """The files of the call before or after the committee that this person may see."""
    return reviewed_files(user, at=at).filter(call=call, status=Filed.SUBMITTED)


def read_by_number(user: User, files: QuerySet[Application], *, at: datetime) -> tuple[Review, ...]:
    """The complete reviews of these files; their readers go by numbers (R1, R2), not by names."""
    return numbered(reviews.points_told(files, user=user, at=at))


def numbered(points: Sequence[Point]) -> tuple[Review, ...]:
    """Reviews from their points; a reader's number comes from the order of the accounts."""
    readers = sorted({point.reader for point in points})
    width = len(str(len(readers)))
    names = {reader: f"R{place:0{width}}" for place, reader in enumerate(readers, start=1)}
    return scoring.whole(
        Mark(row.file, names[row.reader], row.criterion, row.points, row.weight) for row in points
    )


def opinions(given: Iterable[Review], *, fund: int | None) -> Opinions:
    """What the engine says of these reviews with the line under `fund` files. Raises Unfit."""
    read, line = tuple(given), Line(fund=fund)
    raw = scoring.rank(read, line=line)
    second = raw if raw.refusal else scoring.rank(read, way="calibrated", line=line)
    return Opinions(raw, second, scoring.agreement(read))


def usual_places(user: User, call: Call, files: Iterable[Application], *, at: datetime) -> Places:
    """Where the committee has settled all of these files, as many as it approved.

    Before that, as many as the whole envelope holds at the average that these files ask for.
    """
    listed = list(files)
    decided = by_file(user, listed, at=at)
    if listed and all(_is_settled(decided, file) for file in listed):
        return Places(sum(row.outcome == Outcome.APPROVED for row in decided.values()), "approved")
    asked = [file.requested_cents for file in listed if file.requested_cents]
    if not asked:
        return Places(None, "")
    cents = call.envelope.cents if call.envelope else call.budget_cents
    return Places(cents * len(asked) // sum(asked), "envelope")


def _is_settled(decided: Mapping[int, Decision], file: Application) -> bool:
    decision = decided.get(file.pk)
    return decision is not None and decision.status not in OPEN
