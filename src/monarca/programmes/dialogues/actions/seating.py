"""Who sits at the table, and with whom an edition is shared by name."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people import actions as people
from monarca.ground.people import queries as known
from monarca.ground.people.models import Access, User
from monarca.ground.people.states import Roles
from monarca.kit.guard import Refused, require
from monarca.kit.moving import one_at_a_time
from monarca.programmes.dialogues import policy, queries
from monarca.programmes.dialogues.actions import sealing
from monarca.programmes.dialogues.actions.holding import check_open, fresh
from monarca.programmes.dialogues.models import Edition, Member
from monarca.programmes.dialogues.states import GUEST, READER, Sectors


class NotACounterpart(Refused):
    """An edition is shared across the table only with a counterpart of the mission."""


class CounterpartsAreGuests(Refused):
    """A counterpart is never made a reader of our own side."""


class OneChairASide(Refused):
    """Each side has one co-chair; the present one leaves first."""


class NameNeeded(Refused):
    """Whoever takes part has a name."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who takes part for one side: an account, or a name only."""

    side: str
    name: str
    office: str = ""
    sector: str = Sectors.PUBLIC.value
    is_chair: bool = False
    user: User | None = None


@transaction.atomic
def seat(edition: Edition, given: Seat, *, by: User, at: datetime) -> Member:
    """Name who takes part: each side its own; ours may write down both.

    Raises `NameNeeded`, `OneChairASide` and `EditionIsClosed`.
    """
    own = policy.may_speak(by, edition, given.side, at=at)
    require(own or policy.may_run(by, edition, at=at))
    check_open(edition)
    if not given.name.strip():
        raise NameNeeded
    one_at_a_time(f"dialogues.seat:{edition.pk}")
    chairs = queries.members_of(edition, at=at).filter(side=given.side, is_chair=True)
    if given.is_chair and chairs.exists():
        raise OneChairASide
    member = Member.objects.create(
        edition=edition,
        code=fresh(),
        side=given.side,
        name=given.name.strip(),
        office=given.office.strip(),
        sector=given.sector,
        is_chair=given.is_chair,
        user=given.user,
        since=at,
    )
    record("member.seated", edition, by=by, at=at, member=member.pk, side=given.side)
    return member


@transaction.atomic
def unseat(member: Member, *, by: User, at: datetime) -> Member:
    """They take part no longer; that they did stays known. Raises `EditionIsClosed`."""
    edition = member.edition
    own = policy.may_speak(by, edition, member.side, at=at)
    require(own or policy.may_run(by, edition, at=at))
    check_open(edition)
    member.until = at
    member.save(update_fields=["until"])
    record("member.unseated", edition, by=by, at=at, member=member.pk, side=member.side)
    return member


@transaction.atomic
def share(edition: Edition, user: User, *, by: User, at: datetime) -> Access:
    """A counterpart reads this edition from now on, answers for their side, and is told so.

    Raises `NotACounterpart`.
    """
    require(policy.may_run(by, edition, at=at))
    if not _is_counterpart(user, edition, at):
        raise NotACounterpart
    access = people.open_to(user, edition, by=by, at=at, reason=GUEST)
    sealing.give_back(user, edition, by=by, at=at)
    letters.write(
        "edition.shared",
        to=user,
        by=by,
        at=at,
        about=edition,
        reference=edition.reference,
        address=f"/desk/dialogues/{edition.reference}/",
    )
    record("edition.shared", edition, by=by, at=at, user=user.pk)
    return access


@transaction.atomic
def let_read(edition: Edition, user: User, *, by: User, at: datetime) -> Access:
    """Somebody of our own side without a role there reads it. Raises `CounterpartsAreGuests`."""
    require(policy.may_run(by, edition, at=at))
    if Roles.COUNTERPART in known.held(user, at=at):
        raise CounterpartsAreGuests
    access = people.open_to(user, edition, by=by, at=at, reason=READER)
    record("edition.let_read", edition, by=by, at=at, user=user.pk)
    return access


@transaction.atomic
def stop_sharing(edition: Edition, user: User, *, by: User, at: datetime) -> int:
    """This person reads the edition by name no longer, nor its sealed items and their promises.

    How many accesses ended (0 or 1).
    """
    require(policy.may_run(by, edition, at=at))
    others = queries.readers_of(edition, at=at).exclude(pk=user.pk)
    ended = people.keep_to(others, edition, by=by, at=at)
    sealing.shut_out(user, edition, by=by, at=at)
    record("edition.unshared", edition, by=by, at=at, user=user.pk)
    return ended


def _is_counterpart(user: User, edition: Edition, at: datetime) -> bool:
    mission = edition.series.mission_id
    return user.is_active and known.has_role(user, mission, Roles.COUNTERPART, at=at)
