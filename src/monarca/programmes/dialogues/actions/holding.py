"""A meeting is prepared, held, closed, opened again, and put before the public."""

from datetime import datetime
from secrets import choice

from django.db import transaction

from monarca.engines.references import LETTERS
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.dialogues import policy, queries
from monarca.programmes.dialogues.actions import showing
from monarca.programmes.dialogues.models import Edition, Text
from monarca.programmes.dialogues.states import MOVES, Stage, Status


class EditionIsClosed(Refused):
    """The meeting is closed: nothing of it changes until it is opened again."""


class NotYetBegun(Refused):
    """A meeting is held once it has begun."""


class ChairMissing(Refused):
    """Each side names its co-chair before a meeting is held."""


class TextsNotAdopted(Refused):
    """A meeting is closed when its minutes and statement are adopted by both sides."""


class SeriesIsNotPublic(Refused):
    """A meeting becomes public with its series, not before it."""


def fresh() -> str:
    """Eight letters for an address that nobody guesses or counts."""
    return "".join(choice(LETTERS) for _ in range(8))


def check_open(edition: Edition) -> None:
    """Raises `EditionIsClosed`; reads the row anew, so that no stale page writes."""
    status = Edition.objects.values_list("status", flat=True).get(pk=edition.pk)
    if status == Status.CLOSED:
        raise EditionIsClosed


@transaction.atomic
def prepare(edition: Edition, *, by: User, at: datetime) -> Edition:
    """The meeting is in preparation now. Raises `MoveRefused`."""
    require(policy.may_run(by, edition, at=at))
    move(edition, MOVES, "open")
    record("edition.opened", edition, by=by, at=at)
    return edition


@transaction.atomic
def hold(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Say that the meeting took place. Raises `NotYetBegun`, `ChairMissing`, `MoveRefused`."""
    require(policy.may_run(by, edition, at=at))
    if at < edition.starts_at:
        raise NotYetBegun(starts_at=edition.starts_at.isoformat())
    if queries.chairless(edition, at=at):
        raise ChairMissing
    move(edition, MOVES, "hold", held_at=at)
    record("edition.held", edition, by=by, at=at)
    return edition


@transaction.atomic
def close(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Nothing of it changes any more. Raises `TextsNotAdopted` and `MoveRefused`."""
    require(policy.may_run(by, edition, at=at))
    drafts = Text.objects.filter(edition=edition, item=None, status=Stage.DRAFT).count()
    if drafts:
        raise TextsNotAdopted(count=drafts)
    move(edition, MOVES, "close")
    record("edition.closed", edition, by=by, at=at)
    return edition


@transaction.atomic
def reopen(edition: Edition, *, by: User, at: datetime) -> Edition:
    """What was closed too early goes on; what is final stays final. Raises `MoveRefused`."""
    require(policy.may_run(by, edition, at=at))
    move(edition, MOVES, "reopen")
    record("edition.reopened", edition, by=by, at=at)
    return edition


@transaction.atomic
def show(edition: Edition, *, public: bool, by: User, at: datetime) -> Edition:
    """Put dates, open items and published texts before the public, or take them all back.

    What its texts promised is taken back with them, and is public again when they are.
    Raises `SeriesIsNotPublic`.
    """
    require(policy.may_publish(by, edition, at=at))
    if public and not edition.series.is_public:
        raise SeriesIsNotPublic
    edition.is_public = public
    edition.save(update_fields=["is_public"])
    showing.follow([edition], by=by, at=at)
    verb = "edition.published" if public else "edition.withheld"
    record(verb, edition, by=by, at=at)
    return edition
