"""Who answers for a commitment, whether everybody may read it, and the asking once a quarter."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.ground.commitments import policy, queries
from monarca.ground.commitments.actions.making import Holder, OwnerUnnamed, SealedStaysSealed
from monarca.ground.commitments.models import Commitment, Owner
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import require


@transaction.atomic
def name_owner(commitment: Commitment, holder: Holder, *, by: User | None, at: datetime) -> Owner:
    """From now on this institution, and this person, answer for it. Raises `OwnerUnnamed`."""
    require(policy.may_keep(by, commitment, at=at))
    if not holder.name.strip():
        raise OwnerUnnamed
    made = Owner.objects.create(
        commitment=commitment,
        side=holder.side,
        name=holder.name.strip(),
        user=holder.user,
        since=at,
    )
    record("commitment.owner_named", commitment, by=by, at=at, owner=made.pk, side=made.side)
    return made


@transaction.atomic
def release_owner(owner: Owner, *, by: User | None, at: datetime) -> Owner:
    """They answer for it no longer; that they did stays known. Twice is once."""
    require(policy.may_keep(by, owner.commitment, at=at))
    if owner.until is None:
        owner.until = at
        owner.save(update_fields=["until"])
        record("commitment.owner_released", owner.commitment, by=by, at=at, owner=owner.pk)
    return owner


@transaction.atomic
def show(commitment: Commitment, *, public: bool, by: User | None, at: datetime) -> Commitment:
    """Put it before the public, or take it back. Raises `SealedStaysSealed`. Twice is once."""
    require(policy.may_publish(by, commitment, at=at))
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.is_sealed and public:
        raise SealedStaysSealed
    if held.is_public == public:
        return held
    held.is_public, held.published_at = public, at if public else held.published_at
    held.save(update_fields=["is_public", "published_at"])
    verb = "commitment.published" if public else "commitment.withheld"
    record(verb, held, by=by, at=at)
    return held


@transaction.atomic
def show_several(
    several: Iterable[Commitment], *, by: User | None, at: datetime
) -> list[Commitment]:
    """Put each of these before the public, or none of them. Raises what `show` raises."""
    return [show(each, public=True, by=by, at=at) for each in several]


@transaction.atomic
def remind(commitment: Commitment, *, by: User | None, at: datetime) -> int:
    """Ask its owners how far it is, once a quarter; how many letters were written.

    Run twice on one day it asks once: the next day of asking moves with the letter. Whoever is
    barred from it meanwhile is not asked.
    """
    require(policy.may_remind(by))
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.next_report_on is None or held.next_report_on > at.date():
        return 0
    held.next_report_on = queries.next_report(at.date())
    asked = queries.to_ask(held, at=at)
    held.asked_at = at if asked else held.asked_at
    held.save(update_fields=["next_report_on", "asked_at"])
    for user in asked:
        _ask(held, user, at=at)
    record("commitment.asked", held, by=None, command="tick", at=at, owners=len(asked))
    return len(asked)


def _ask(held: Commitment, user: User, *, at: datetime) -> None:
    given: dict[str, Any] = {"reference": held.reference}
    key = "commitment.report_due"
    if held.due_on and held.due_on < queries.day_of(at):
        key, given["due_on"] = "commitment.report_overdue", held.due_on
    address = f"/commitments/{held.reference}/"
    letters.write(key, to=user, by=None, at=at, about=held, address=address, **given)
