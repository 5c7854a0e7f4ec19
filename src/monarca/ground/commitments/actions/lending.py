"""What a record deposited is worded, and read, by the acts of the record's own room."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Model

from monarca.ground.commitments import policy
from monarca.ground.commitments.actions.making import put_in_words
from monarca.ground.commitments.models import Commitment, Owner
from monarca.ground.journal.actions import label, record
from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEALED
from monarca.kit.guard import require


@transaction.atomic
def lend(source: Model, *, public: bool, by: User | None, at: datetime) -> int:
    """Show or take back what this record deposited; sealed ones stay sealed. How many changed.

    Another room's act calls this when the people give or take back their permission. The
    register itself never shows what came out of a consultation.
    """
    require(policy.may_deposit(by))
    rows = Commitment.objects.select_for_update().filter(source=label(source), is_sealed=False)
    changed = list(rows.exclude(is_public=public).order_by("pk"))
    for held in changed:
        held.is_public, held.published_at = public, at if public else held.published_at
        held.save(update_fields=["is_public", "published_at"])
        verb = "commitment.published" if public else "commitment.withheld"
        record(verb, held, by=by, at=at)
    return len(changed)


@transaction.atomic
def reword_own(
    source: Model,
    text: Mapping[str, str],
    due_on: date | None,
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> Commitment:
    """Word anew the one commitment that this record deposited, and say why.

    Another room's act calls this with what its people agreed, once it has checked who may. Raises
    what `reword` does, but `WordedWhereItWasMade`; DoesNotExist and MultipleObjectsReturned where
    the record deposited none or several.
    """
    require(policy.may_deposit(by))
    held = Commitment.objects.select_for_update().get(source=label(source))
    return put_in_words(held, text, due_on, reason=reason, by=by, at=at)


@transaction.atomic
def keep_to(source: Model, readers: Iterable[User], *, by: User | None, at: datetime) -> int:
    """Seal what this record deposited: these read it from now on, and nobody else knows of it.

    Another room's act calls this when the record is sealed, or has other readers than before.
    Whoever was asked about it and is no reader is asked no longer; the institution still owes
    it. Nothing is unsealed. How many commitments.
    """
    require(policy.may_deposit(by))
    known = {user.pk: user for user in readers}
    rows = Commitment.objects.select_for_update().filter(source=label(source))
    kept = list(rows.order_by("pk"))
    for held in kept:
        _seal(held, by=by, at=at)
        people.keep_to(known.values(), held, by=by, at=at)
        for user in known.values():
            people.open_to(user, held, by=by, at=at, reason=SEALED)
        asked = Owner.objects.in_force(at).filter(commitment=held).exclude(user=None)
        for owner in asked.exclude(user__in=known).order_by("pk"):
            _ask_nobody(owner, by=by, at=at)
    return len(kept)


def _seal(held: Commitment, *, by: User | None, at: datetime) -> None:
    if not held.is_sealed:
        held.is_sealed, held.is_public = True, False
        held.save(update_fields=["is_sealed", "is_public"])
        record("commitment.sealed", held, by=by, at=at)


def _ask_nobody(owner: Owner, *, by: User | None, at: datetime) -> None:
    """The institution answers for it as before, and no person of it is asked."""
    held, owner.until = owner.commitment, at
    owner.save(update_fields=["until"])
    made = Owner.objects.create(commitment=held, side=owner.side, name=owner.name, since=at)
    record("commitment.owner_released", held, by=by, at=at, owner=owner.pk, followed_by=made.pk)
