"""The lottery: pool and rules frozen, worked out by the clock, committed to, drawn by a seed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from monarca.engines import sortition
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.youthlab import policy, queries
from monarca.programmes.youthlab.models import Candidacy, Edition, Lottery, Seat
from monarca.programmes.youthlab.states import SEATING, WORKING, Place, Stage, Work

LEASE = timedelta(minutes=30)
MOST_TRIES = 3


class StillOpen(Refused):
    """Nobody prepares a lottery while people may still apply."""


class NotAllChecked(Refused):
    """Every application is checked before the lottery is prepared."""


class OneAtATime(Refused):
    """A lottery is under way; it is drawn or stopped before the next is prepared."""


class NoEmptySeat(Refused):
    """Every seat is held by somebody, or offered."""


class SeedIsKnown(Refused):
    """The number that will be the seed has to become known after the commitment."""


class SeedNotKnownYet(Refused):
    """The seed is drawn from the number that was announced, once it is known."""


class CommittedTooLate(Refused):
    """The tickets were committed to when the seed was known: name a later number."""


class SeedIsMissing(Refused):
    """Type the number as it was published."""


class SeatWasAnswered(Refused):
    """This seat was accepted or declined already."""


class DelegatesAreVoting(Refused):
    """No seat is taken from a delegate while the final text is before the delegates."""


@transaction.atomic
def ask(
    edition: Edition,
    *,
    seed_source: Mapping[str, str],
    seed_at: datetime,
    by: User | None,
    at: datetime,
) -> Lottery:
    """Freeze pool and rules and ask the clock to work the chances out.

    The first lottery draws the panel, every later one fills its empty seats. Raises `StillOpen`,
    `NotAllChecked`, `OneAtATime`, `NoEmptySeat`, `SeedIsKnown`.
    """
    require(policy.may_publish(by, edition, at=at))
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    _may_begin(held, seed_at, at)
    first = queries.first_drawn(held)
    frozen = _rest(held, first) if first else _whole(held)
    last = Lottery.objects.filter(edition=held).aggregate(last=Max("number"))["last"] or 0
    made = Lottery.objects.create(
        edition=held,
        number=last + 1,
        status=Work.WAITING,
        method=held.method,
        seed_source=dict(seed_source),
        seed_at=seed_at,
        asked_at=at,
        asked_by=by,
        **frozen,
    )
    record("youth_lottery.asked", made, by=by, at=at, people=len(made.pool), seats=made.seats)
    return made


def _may_begin(edition: Edition, seed_at: datetime, at: datetime) -> None:
    if edition.status != Stage.PUBLISHED or at < edition.closes_at:
        raise StillOpen(closes_at=edition.closes_at.isoformat())
    if queries.under_way(edition):
        raise OneAtATime
    waiting = queries.unchecked(edition).count()
    if waiting:
        raise NotAllChecked(applications=waiting)
    if seed_at <= at:
        raise SeedIsKnown


def _whole(edition: Edition) -> dict[str, Any]:
    """Everybody who may take part, and the published quotas."""
    people = queries.eligible(edition)
    return {
        "seats": edition.seats,
        "pool": {each.number: queries.answers(each.sent_traits) for each in people},
        "rules": [[q.feature, q.value, q.least, q.most] for q in queries.quotas_of(edition)],
    }


def _rest(edition: Edition, first: Lottery) -> dict[str, Any]:
    """The panel's pool with who stays and who is gone; the clock works out what is left of it."""
    empty = queries.empty_seats(edition)
    if not empty:
        raise NoEmptySeat
    return {
        "seats": edition.seats,
        "pool": first.pool,
        "rules": first.rules,
        "stays": queries.staying(edition),
        "gone": queries.gone(edition),
    }


@transaction.atomic
def take(lottery: Lottery, *, by: User | None, at: datetime) -> Lottery | None:
    """Take one that waits, for half an hour; None when somebody else has it or it was done.

    Whoever dies with it in hand loses nothing: the lease ends and it is taken again, three times
    at most.
    """
    require(policy.may_work(by))
    held = queries.to_work(at=at).select_for_update().filter(pk=lottery.pk).first()
    if held is None:
        return None
    if held.tries >= MOST_TRIES:
        _stop(held, by=by, at=at)
        return None
    held = move(held, WORKING, "take", tries=held.tries + 1, lease_until=at + LEASE, percent=0)
    record("youth_lottery.taken", held, by=None, command="tick", at=at, tries=held.tries)
    return held


def progressed(lottery: Lottery, percent: int, *, by: User | None, at: datetime) -> bool:
    """How far it is, in one statement; tells whether it is still ours. No line in the journal."""
    require(policy.may_work(by))
    ours = Lottery.objects.filter(pk=lottery.pk, status=Work.RUNNING, tries=lottery.tries)
    return bool(ours.update(percent=percent, lease_until=at + LEASE))


@transaction.atomic
def settle(
    lottery: Lottery,
    chances: sortition.Chances,
    tickets: sortition.Table,
    *,
    by: User | None,
    at: datetime,
    relaxation: sortition.Relaxation | None = None,
) -> Lottery | None:
    """Commit to the tickets that were worked out. None when it is not ours any more."""
    require(policy.may_work(by))
    held = _ours(lottery)
    if held is None:
        return None
    found = {"least": chances.least, "ceiling": chances.ceiling, "gap": chances.gap}
    held = move(
        held,
        WORKING,
        "settle",
        **_task(chances.task),
        percent=100,
        lease_until=None,
        settled_at=at,
        task_sha256=tickets.task,
        commitment=tickets.commitment,
        tickets=[list(each) for each in tickets.tickets],
        chances=dict(tickets.chances),
        kinds=[_kind(each) for each in chances.kinds],
        found={**found, **(_given_way(relaxation) if relaxation else {})},
    )
    record("youth_lottery.committed", held, by=None, command="tick", at=at, sha256=held.commitment)
    return held


def _task(task: sortition.Task) -> dict[str, Any]:
    """What was really drawn from, as anybody can download it."""
    return {
        "seats": task.seats,
        "pool": {each.id: dict(each.answers) for each in task.people},
        "rules": [[q.feature, q.value, q.least, q.most] for q in task.quotas],
    }


def _kind(each: sortition.Chance) -> dict[str, Any]:
    return {
        "people": each.kind.size,
        "numbers": [person for home in each.kind.homes for person in home],
        "chance": each.chance,
        "code": each.reason.code,
        "values": dict(each.reason.values),
    }


@transaction.atomic
def refuse(
    lottery: Lottery, problem: sortition.CannotDraw, *, by: User | None, at: datetime
) -> Lottery | None:
    """No panel keeps the quotas: keep why, and the smallest set of quotas to relax."""
    require(policy.may_work(by))
    held = _ours(lottery)
    if held is None:
        return None
    found: dict[str, Any] = {"code": problem.reason.code, "values": dict(problem.reason.values)}
    if isinstance(problem, sortition.NoPanelIsPossible):
        found |= _given_way(problem.relaxation)
    held = move(held, WORKING, "refuse", lease_until=None, settled_at=at, found=found)
    record("youth_lottery.impossible", held, by=None, command="tick", at=at)
    return held


def _given_way(relaxation: sortition.Relaxation) -> dict[str, Any]:
    """The quotas that give way, what is short by mere counting, and which ones clash."""
    return {
        "changes": [
            {
                "feature": each.quota.feature,
                "value": each.quota.value,
                "least": each.quota.least,
                "most": each.quota.most,
                "instead_least": each.instead.least,
                "instead_most": each.instead.most,
            }
            for each in relaxation.changes
        ],
        "total": relaxation.total,
        "short": [[each.code, dict(each.values)] for each in relaxation.short],
        "clash": [[q.feature, q.value, q.least, q.most] for q in relaxation.clash],
    }


@transaction.atomic
def stop(lottery: Lottery, *, by: User | None, at: datetime) -> Lottery:
    """Give up one that is not committed to yet, so that another can be prepared."""
    require(policy.may_publish(by, lottery.edition, at=at))
    return _stop(lottery, by=by, at=at)


def _stop(lottery: Lottery, *, by: User | None, at: datetime) -> Lottery:
    held = move(lottery, WORKING, "stop", lease_until=None)
    record("youth_lottery.stopped", held, by=by, at=at, tries=held.tries)
    return held


@transaction.atomic
def name_seed(
    lottery: Lottery,
    *,
    seed_source: Mapping[str, str],
    seed_at: datetime,
    by: User | None,
    at: datetime,
) -> Lottery:
    """Another number for the seed: before the first is known, or when it came too early.

    Raises `SeedIsKnown`: nobody looks at a number and then chooses another.
    """
    require(policy.may_publish(by, lottery.edition, at=at))
    held = Lottery.objects.select_for_update().get(pk=lottery.pk)
    too_late = held.status != Work.READY or (held.settled_at or at) >= held.seed_at
    if held.status == Work.DRAWN or seed_at <= at or (at >= held.seed_at and not too_late):
        raise SeedIsKnown
    held.seed_source, held.seed_at = dict(seed_source), seed_at
    held.save(update_fields=["seed_source", "seed_at"])
    record("youth_lottery.seed_named", held, by=by, at=at, seed_at=seed_at.isoformat())
    return held


@transaction.atomic
def draw(lottery: Lottery, seed: str, *, by: User | None, at: datetime) -> list[Seat]:
    """Draw the ticket of this seed and offer its seats.

    Raises `SeedIsMissing`, `SeedNotKnownYet`, `CommittedTooLate`, `MoveRefused`.
    """
    require(policy.may_publish(by, lottery.edition, at=at))
    held = Lottery.objects.select_for_update().get(pk=lottery.pk)
    seed = " ".join(seed.split())
    if not seed:
        raise SeedIsMissing
    if at < held.seed_at:
        raise SeedNotKnownYet(seed_at=held.seed_at.isoformat())
    if held.settled_at and held.settled_at >= held.seed_at:
        raise CommittedTooLate
    found = sortition.draw(queries.table_of(held), seed=seed) if held.tickets else None
    ticket = found.number if found else None
    held = move(held, WORKING, "draw", seed=seed, ticket=ticket, drawn_at=at)
    record("youth_lottery.drawn", held, by=by, at=at, ticket=ticket)
    return _offered(held, by=by, at=at)


def _offered(lottery: Lottery, *, by: User | None, at: datetime) -> list[Seat]:
    """A seat and a letter to each who was drawn; the others of the pool hear that they were not."""
    members = set(queries.members_of(lottery))
    people = Candidacy.objects.filter(edition=lottery.edition_id, number__in=list(lottery.pool))
    seats = []
    for person in people.select_related("person", "edition").order_by("number"):
        if person.number in members:
            seat = Seat.objects.create(
                edition=person.edition,
                lottery=lottery,
                candidacy=person,
                status=Place.OFFERED,
                offered_at=at,
            )
            record("youth_seat.offered", seat, by=by, at=at)
            seats.append(seat)
        if person.number in members or lottery.number == 1:
            _tell(person, drawn=person.number in members, by=by, at=at)
    return seats


def _tell(candidacy: Candidacy, *, drawn: bool, by: User | None, at: datetime) -> None:
    letters.write(
        "youth.drawn" if drawn else "youth.not_drawn",
        to=candidacy.person,
        by=by,
        at=at,
        about=candidacy,
        reference=candidacy.reference,
        edition=candidacy.edition.name,
        address=f"/youthlab/{candidacy.edition.code}/mine/",
    )


@transaction.atomic
def accept(candidacy: Candidacy, *, by: User, at: datetime) -> Seat:
    """Take the seat that was drawn. Raises `SeatWasAnswered`."""
    require(policy.may_answer_seat(by, candidacy))
    seat = Seat.objects.select_for_update().get(candidacy=candidacy)
    if seat.status != Place.OFFERED:
        raise SeatWasAnswered
    held = move(seat, SEATING, "accept", answered_at=at, seated_at=at)
    record("youth_seat.accepted", held, by=by, at=at)
    return held


@transaction.atomic
def decline(candidacy: Candidacy, *, by: User, at: datetime) -> Seat:
    """Give the seat back, before or after accepting it; a lottery fills it."""
    require(policy.may_answer_seat(by, candidacy))
    held = _left(Seat.objects.get(candidacy=candidacy), at=at)
    record("youth_seat.declined", held, by=by, at=at)
    return held


@transaction.atomic
def release(seat: Seat, *, by: User, at: datetime) -> Seat:
    """Nobody answered, or they told the embassy that they cannot come: the seat is empty.

    Raises `DelegatesAreVoting`: nobody chooses who counts while the final text is voted on.
    """
    require(policy.may_keep(by, seat.edition, at=at))
    text = queries.before_delegates(seat.edition, at=at)
    if text and seat.status == Place.ACCEPTED:
        raise DelegatesAreVoting(closes_at=text.closes_at.isoformat() if text.closes_at else "")
    held = _left(seat, at=at)
    record("youth_seat.released", held, by=by, at=at)
    return held


def _left(seat: Seat, *, at: datetime) -> Seat:
    return move(seat, SEATING, "decline", answered_at=at, left_at=at)


def _ours(lottery: Lottery) -> Lottery | None:
    rows = Lottery.objects.select_for_update()
    return rows.filter(pk=lottery.pk, status=Work.RUNNING, tries=lottery.tries).first()
