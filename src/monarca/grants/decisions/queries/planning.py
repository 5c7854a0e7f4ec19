"""What a plan within the envelope stands on: reviewed files, their scores, what is decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from django.db.models import QuerySet

from monarca.engines import portfolio, scoring, sealing
from monarca.engines.scoring import Mark, Standing
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity
from monarca.grants.applications.states import Status as Filed
from monarca.grants.calls.models import Call
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.queries import most_cents, purse_of, served
from monarca.grants.decisions.states import Outcome, Status
from monarca.grants.reviews import queries as reviews
from monarca.grants.screening.models import Withdrawal
from monarca.ground.people.models import User

EIGHT_IN_TEN = Decimal("1.2816")
"""Standard deviations on either side of the middle that hold eight in ten of a normal."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that a plan may fund: what it may get at most, and what its readers found.

    `kept_cents` is what the committee approved already, which a plan keeps; `offered_cents` what
    is laid before the open meeting. `error` is the standard error of the score, where known.
    """

    file: Application
    score: Decimal
    error: Decimal | None
    kept_cents: int = 0
    offered_cents: int = 0

    @property
    def asked_cents(self) -> int:
        """What the plan weighs at 100 %: the most that may be approved, or what was."""
        return self.kept_cents or most_cents(self.file)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What one person may weigh in a call; `unweighed` files have no score or ask for nothing."""

    call: Call
    each: Mapping[str, Candidate]
    envelope_cents: int
    unweighed: int = 0

    @property
    def kept(self) -> tuple[str, ...]:
        """The files that the committee has approved."""
        return tuple(name for name, one in self.each.items() if one.kept_cents)

    @property
    def priorities(self) -> tuple[str, ...]:
        """The codes of the priorities that these files have, in their order."""
        return tuple(sorted({one.file.priority for one in self.each.values()} - {""}))


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks of a plan: envelope, levels (percent), limits of priorities, files.

    A file counts its score, or `is_by_money` each thousand dollars that it gets counts it.
    """

    envelope_cents: int
    levels: tuple[int, ...] = (100,)
    is_by_money: bool = False
    limits: tuple[portfolio.Limit, ...] = ()
    wanted: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()


def candidates(user: User, call: Call, *, at: datetime) -> Candidates:
    """The files of a call that a plan of this person weighs, in order of their references."""
    return weighed(call, served(user, at=at), user=user, at=at)


def weighed(
    call: Call, known: QuerySet[Application], *, user: User | None, at: datetime
) -> Candidates:
    """Of the files that are known to somebody, those of a call that a plan weighs.

    Those read to the end on which the committee has not ruled, and those it has approved, with
    their amounts. What it declined, keeps in reserve, or put off in the meeting that is open
    stands as it is. As many questions for one file as for many.
    """
    read = reviews.reviewed().order_by().values("application")
    gone = Withdrawal.objects.order_by().values("application")
    rows = known.filter(call=call, status=Filed.SUBMITTED, pk__in=read).exclude(pk__in=gone)
    files = list(rows.select_related("applicant", "call__envelope").order_by("reference"))
    ruled = _decided(files)
    weigh = [file for file in files if _is_open(ruled.get(file.pk)) or _kept(ruled.get(file.pk))]
    scores = _scores(rows, user=user, at=at)
    found = {
        file.reference: _candidate(file, scores[file.reference], ruled.get(file.pk))
        for file in weigh
        if file.reference in scores and (file.requested_cents or _kept(ruled.get(file.pk)))
    }
    kept = sum(one.kept_cents for one in found.values())
    purse = purse_of(call, known)
    left = purse.left_cents if purse else max(0, call.budget_cents - kept)
    return Candidates(call, found, left + kept, len(weigh) - len(found))


def open_to_the_team() -> QuerySet[Application]:
    """Files that are kept from nobody of the team: what a command tells where nobody asks."""
    return Application.objects.filter(sensitivity=Sensitivity.OPEN)


def _decided(files: Iterable[Application]) -> dict[int, Decision]:
    rows = Decision.objects.filter(application__in=[file.pk for file in files])
    return {row.application_id: row for row in rows.select_related("meeting")}


def _is_open(decision: Decision | None) -> bool:
    """No ruling stands: nobody spoke, it is laid before a meeting, or an earlier one put it off."""
    if decision is None or decision.status == Status.PROPOSED:
        return True
    meeting = decision.meeting
    return decision.status == Status.DEFERRED and (meeting is None or meeting.ended_at is not None)


def _kept(decision: Decision | None) -> int:
    """What the committee approved, in cents."""
    is_yes = decision is not None and decision.outcome == Outcome.APPROVED
    return decision.amount_cents if decision is not None and is_yes else 0


def _scores(
    files: QuerySet[Application], *, user: User | None, at: datetime
) -> dict[str, Standing]:
    """The mean of the readers of each file, with its interval where one is known."""
    marks = [
        Mark(row.file, row.email, row.criterion, row.points, row.weight)
        for row in reviews.points_told(files, user=user, at=at)
    ]
    standings = scoring.rank(scoring.whole(marks)).standings if marks else ()
    return {each.application: each for each in standings}


def _candidate(file: Application, found: Standing, decision: Decision | None) -> Candidate:
    is_offered = decision is not None and decision.status == Status.PROPOSED
    return Candidate(
        file,
        Decimal(str(round(found.raw, 4))),
        standard_error(found.low, found.high),
        kept_cents=_kept(decision),
        offered_cents=decision.amount_cents if decision is not None and is_offered else 0,
    )


def standard_error(low: float | None, high: float | None) -> Decimal | None:
    """Of a score, from the ends of its interval that holds the truth eight times in ten."""
    if low is None or high is None:
        return None
    return ((Decimal(str(high)) - Decimal(str(low))) / 2 / EIGHT_IN_TEN).quantize(Decimal("0.0001"))


def projects_of(found: Candidates, wish: Wish) -> tuple[portfolio.Project, ...]:
    """The files as the engine weighs them; what was approved has its one amount."""
    return tuple(_project(name, one, wish) for name, one in found.each.items())


def _project(name: str, one: Candidate, wish: Wish) -> portfolio.Project:
    percents = (100,) if one.kept_cents else sorted(wish.levels, reverse=True)
    offers = tuple((percent, percent * 10) for percent in percents)
    levels = [each for each in portfolio.levels_of((one.asked_cents,), offers) if sum(each.cents)]
    if wish.is_by_money:
        levels = [replace(each, worth=sum(each.cents) // 100) for each in levels]
    return portfolio.Project(
        name,
        _thousandths(one.score),
        tuple(levels),
        str(one.file.applicant_id),
        frozenset({one.file.priority} - {""}),
        _thousandths(one.error or Decimal()),
    )


def _thousandths(value: Decimal) -> int:
    return int((value * 1000).to_integral_value(ROUND_HALF_EVEN))


def rules_of(found: Candidates, wish: Wish) -> portfolio.Rules:
    """The rules of a plan: what the committee approved is kept and never among what gives way."""
    taken = [str(found.each[name].file.applicant_id) for name in found.kept]
    pins = [portfolio.Pin(name) for name in sorted({*found.kept, *wish.wanted})]
    pins += [portfolio.Pin(name, is_in=False) for name in sorted(wish.refused)]
    return portfolio.Rules(
        envelope_cents=wish.envelope_cents,
        limits=wish.limits,
        pins=tuple(pins),
        several=frozenset(each for each in taken if taken.count(each) > 1),
        firm=frozenset(f"pin:{name}" for name in found.kept),
    )


def offered_in(call: Call, *, meeting: Meeting) -> QuerySet[Decision]:
    """What is laid before a meeting and not ruled on."""
    rows = Decision.objects.filter(application__call=call, meeting=meeting, status=Status.PROPOSED)
    return rows.select_related("application").order_by("pk")


def seal_of_plan(user: User, call: Call, plan: Mapping[str, int], *, at: datetime) -> str:
    """One hash of a plan (reference -> cents) and of where its files and the envelope stand."""
    files = served(user, at=at)
    rows = Decision.objects.filter(
        application__in=files.order_by().values("pk"),
        application__call=call,
        application__reference__in=list(plan),
    )
    held = rows.values_list("application__reference", "status", "amount_cents", "meeting")
    purse = purse_of(call, files)
    stands: Sequence[object] = [list(row) for row in sorted(held)]
    spent = purse.promised_cents if purse else None
    return sealing.sha256([call.code, sorted(map(list, plan.items())), stands, spent])
