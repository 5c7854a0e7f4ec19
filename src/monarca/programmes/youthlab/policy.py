"""Who may do what to a Youth Lab."""

from datetime import datetime

from monarca.ground.commitments.states import Sides
from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles
from monarca.programmes.youthlab import queries
from monarca.programmes.youthlab.models import Candidacy, Edition, Proposal, Round
from monarca.programmes.youthlab.states import KEEPERS, Place, Rounds, Sent, Shared, Stage


def may_found(user: User | None, mission: Mission, *, at: datetime) -> bool:
    """Preparing an edition: coordinator or manager of the mission; nobody is the system."""
    return user is None or people.has_role(user, mission, *KEEPERS, at=at)


def may_keep(user: User | None, edition: Edition, *, at: datetime) -> bool:
    """Themes, quotas, checks, sessions, rounds: who runs the programme, and may see it."""
    if user is None or not queries.visible_to(user, at=at).filter(pk=edition.pk).exists():
        return False
    return people.has_role(user, edition.mission_id, *KEEPERS, at=at)


def may_publish(user: User | None, edition: Edition, *, at: datetime) -> bool:
    """What everybody then relies on: the edition, the draw, its end, a counterpart: a manager."""
    if user is None or not may_keep(user, edition, at=at):
        return False
    return people.has_role(user, edition.mission_id, Roles.MANAGER, at=at)


def may_apply(user: User | None, edition: Edition, *, at: datetime) -> bool:
    """Anybody with an account, but not who runs the programme or answers for a government."""
    if user is None or people.is_staff(user, at=at):
        return False
    return queries.visible_to(user, at=at).filter(pk=edition.pk).exists()


def may_write(user: User | None, candidacy: Candidacy) -> bool:
    """An application is its person's, and nobody writes in it for them."""
    return user is not None and candidacy.person_id == user.pk


def may_correct(user: User | None, candidacy: Candidacy, *, at: datetime) -> bool:
    """Until the closing instant, unless taken back."""
    edition = candidacy.edition
    is_open = edition.status == Stage.PUBLISHED and edition.opens_at <= at < edition.closes_at
    return may_write(user, candidacy) and is_open and candidacy.status != Sent.WITHDRAWN


def may_withdraw(user: User | None, candidacy: Candidacy) -> bool:
    """Until a lottery is prepared with it; what takes part in none, at any time."""
    is_there = candidacy.status != Sent.WITHDRAWN
    return may_write(user, candidacy) and is_there and not queries.frozen_with(candidacy).exists()


def may_check(user: User | None, candidacy: Candidacy, *, at: datetime) -> bool:
    """Whether somebody may take part; never one's own application."""
    if user is None or candidacy.person_id == user.pk:
        return False
    return queries.kept_by(user, at=at).filter(pk=candidacy.pk).exists()


def may_work(user: User | None) -> bool:
    """A lottery, or what votes say, is worked out by the clock, not by a person."""
    return user is None


def may_deliberate(user: User | None, edition: Edition, *, at: datetime) -> bool:
    """Delegates who accepted their seat."""
    return user is not None and queries.delegate(edition, user, at=at) is not None


def may_vote(user: User | None, held: Round, *, at: datetime) -> bool:
    """Delegates; in a wide round everybody whose application was found eligible."""
    return (
        user is not None
        and held.kind == Rounds.VOTE
        and queries.voter(held, user, at=at) is not None
    )


def may_revise(user: User | None, proposal: Proposal) -> bool:
    """The author, until they take it back."""
    author = user is not None and proposal.author.person_id == user.pk
    return author and proposal.status != Shared.WITHDRAWN


def may_read(user: User | None, edition: Edition, *, at: datetime) -> bool:
    """The delegates' room: delegates, and who keeps the programme."""
    return may_keep(user, edition, at=at) or may_deliberate(user, edition, at=at)


def side_of(user: User | None, edition: Edition, *, at: datetime) -> str:
    """For which government this person answers; "" for none.

    Canada: manager or head of mission. Mexico: a counterpart named for this edition.
    """
    if user is None or not queries.visible_to(user, at=at).filter(pk=edition.pk).exists():
        return ""
    mission = edition.mission_id
    if people.has_role(user, mission, Roles.MANAGER, Roles.HEAD_OF_MISSION, at=at):
        return Sides.CANADA
    opened = people.opened_to(user, Edition, at=at).filter(subject_id=edition.pk).exists()
    is_counterpart = people.has_role(user, mission, Roles.COUNTERPART, at=at)
    return Sides.MEXICO if opened and is_counterpart else ""


def may_answer_seat(user: User | None, candidacy: Candidacy) -> bool:
    """Who was drawn says yes or no for themselves."""
    seat = getattr(candidacy, "seat", None)
    return may_write(user, candidacy) and seat is not None and seat.status != Place.DECLINED
