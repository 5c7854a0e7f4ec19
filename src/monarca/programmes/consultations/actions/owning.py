"""The record is the people's: they say what everybody may read of it, and take it back."""

from datetime import datetime

from django.db import transaction

from monarca.ground.commitments import actions as commitments
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.programmes.consultations import policy, queries
from monarca.programmes.consultations.actions.entering import open_to_readers
from monarca.programmes.consultations.actions.protecting import locked
from monarca.programmes.consultations.actions.wishing import heard
from monarca.programmes.consultations.models import Consultation, Item, Permission
from monarca.programmes.consultations.queries.telling import Wish
from monarca.programmes.consultations.states import PROMISES, How, Kind, Part


class SealedIsNotShown(Refused):
    """What is sealed is never put before the public."""


class NobodyPermits(Refused):
    """A consultation is published once the people permit that everybody knows of it."""


@transaction.atomic
def permit(item: Item, *, part: str, wish: Wish, by: User | None, at: datetime) -> Permission:
    """The people's yes to showing these words, or these files, as they stand now.

    Raises `SealedIsNotShown` and what a wish raises.
    """
    require(policy.may_touch(by, item, at=at))
    if item.sealed_at or item.consultation.is_sealed:
        raise SealedIsNotShown
    return _say(item, part, wish, is_given=True, by=by, at=at)


@transaction.atomic
def take_back(item: Item, *, part: str, wish: Wish, by: User | None, at: datetime) -> Permission:
    """Their no, at any time: from this instant no public page, file or register tells it."""
    require(policy.may_touch(by, item, at=at))
    return _say(item, part, wish, is_given=False, by=by, at=at)


def _say(
    item: Item, part: str, wish: Wish, *, is_given: bool, by: User | None, at: datetime
) -> Permission:
    held = locked(item.consultation)
    said = heard(wish, held, by=by, at=at)
    made = Permission.objects.create(item=item, part=Part(part), is_given=is_given, **said)
    verb = "permission.given" if is_given else "permission.taken_back"
    record(verb, item, by=by, at=at, part=part, how=wish.how)
    _lend(held, by=by, at=at)
    return made


def lapse(item: Item, *, by: User | None, at: datetime) -> None:
    """What the people permitted has changed: the permission is about something else now."""
    for part in Part.values:
        if queries.given(queries.latest([item.consultation]), item, part):
            said = {"how": How.LAPSED, "by": by, "at": at}
            Permission.objects.create(item=item, part=part, is_given=False, **said)
            record("permission.lapsed", item, by=by, at=at, part=part)
    _lend(item.consultation, by=by, at=at)


def _lend(held: Consultation, *, by: User | None, at: datetime) -> None:
    """The register of commitments shows what came of this as far as everybody may know it."""
    for item in Item.objects.filter(consultation=held, kind__in=PROMISES).order_by("pk"):
        commitments.lend(item, public=queries.is_lent(item), by=by, at=at)


@transaction.atomic
def seal(
    item: Item, readers: tuple[User, ...], *, wish: Wish, by: User | None, at: datetime
) -> Item:
    """Sacred or sensitive: from now on nobody but these and their representatives knows of it.

    The commitment it deposited, and what was said about it, are sealed with it and like it: they
    would tell of it. It is never unsealed. Raises what a wish raises.
    """
    require(policy.may_touch(by, item, at=at))
    held = locked(item.consultation)
    said = heard(wish, held, by=by, at=at)
    item.refresh_from_db(fields=["sealed_at"])
    if item.sealed_at is None:
        for part in Part.values:
            if queries.given(queries.latest([held]), item, part):
                Permission.objects.create(item=item, part=part, is_given=False, **said)
        for one in (item, *queries.said_about(item)):
            if one.sealed_at is None:
                _close(one, readers, by=by, at=at)
    return item


def _close(item: Item, readers: tuple[User, ...], *, by: User | None, at: datetime) -> None:
    """No permission holds for it any more, and nobody but its readers knows of it."""
    lapse(item, by=by, at=at)
    item.sealed_at = at
    item.save(update_fields=["sealed_at"])
    open_to_readers(item, readers, by=by, at=at)
    commitments.keep_to(item, queries.readers_of(item, at=at), by=by, at=at)
    record("item.sealed", item, by=by, at=at)


@transaction.atomic
def publish(consultation: Consultation, *, by: User | None, at: datetime) -> Consultation:
    """The mission's key: the public page shows what the people permit. Raises `NobodyPermits`."""
    require(policy.may_publish(by, consultation, at=at))
    held = locked(consultation)
    if held.is_sealed:
        raise SealedIsNotShown
    existence = queries.side(held, Kind.EXISTENCE)
    if not queries.given(queries.latest([held]), existence, Part.WORDS):
        raise NobodyPermits
    return _show(held, public=True, by=by, at=at)


@transaction.atomic
def withhold(consultation: Consultation, *, by: User | None, at: datetime) -> Consultation:
    """Take the public page away, whatever the people permit."""
    require(policy.may_publish(by, consultation, at=at))
    return _show(locked(consultation), public=False, by=by, at=at)


def _show(held: Consultation, *, public: bool, by: User | None, at: datetime) -> Consultation:
    if held.is_published != public:
        held.is_published = public
        held.save(update_fields=["is_published"])
        verb = "consultation.published" if public else "consultation.withheld"
        record(verb, held, by=by, at=at)
        _lend(held, by=by, at=at)
    return held
