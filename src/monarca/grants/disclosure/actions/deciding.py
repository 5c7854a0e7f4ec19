"""A public record is approved by a second person, published, and taken back."""

from datetime import datetime

from django.db import transaction

from monarca.grants.disclosure import policy, queries
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.states import MOVES, Level
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move

LETTER = "disclosure.published"


class PreparedByYou(Refused):
    """Two people stand behind every public record."""


class GateClosed(Refused):
    """The English and the French text are not both there, or something else is not ready."""


class WrittenByYou(Refused):
    """Somebody else than their writer reads the official texts before they are approved."""


class NothingIsTold(Refused):
    """A record that is withheld is not published; its approval is the end of it."""


@transaction.atomic
def approve(disclosure: Disclosure, *, by: User, at: datetime) -> Disclosure:
    """A second person lets it pass, and so reviews every text that nobody else reviewed.

    Raises `PreparedByYou`, `GateClosed` (how many points `queries.gate` found), `WrittenByYou`.
    """
    held = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    require(policy.holds_approval(by, held, at=at))
    if not policy.may_approve(by, held, at=at):
        raise PreparedByYou
    if found := queries.gate(held, at=at):
        raise GateClosed(count=len(found))
    waiting = Translation.objects.filter(disclosure=held, reviewed_by=None)
    if waiting.filter(translator=by).exists():
        raise WrittenByYou
    waiting.update(reviewed_by=by, reviewed_at=at)
    move(disclosure, MOVES, "approve", approved_at=at, approved_by=by)
    file = disclosure.application
    record("disclosure.approved", disclosure, by=by, at=at, file=file, level=disclosure.level)
    return disclosure


@transaction.atomic
def publish(disclosure: Disclosure, *, by: User, at: datetime) -> Disclosure:
    """The head of mission puts it before the public: page, CSV and IATI at once.

    The gate is asked again, because a file may have been restricted since the approval. The
    recipient hears of it where it is told in full. Raises `NothingIsTold`, `GateClosed`.
    """
    require(policy.may_publish(by, disclosure, at=at))
    if disclosure.level == Level.WITHHELD:
        raise NothingIsTold
    if found := queries.gate(disclosure, at=at):
        raise GateClosed(count=len(found))
    move(disclosure, MOVES, "publish", published_at=at)
    file = disclosure.application
    record(
        "disclosure.published",
        disclosure,
        by=by,
        at=at,
        file=file,
        reference=disclosure.reference,
        level=disclosure.level,
    )
    if disclosure.level == Level.FULL:
        letters.write(
            LETTER,
            to=disclosure.agreement.recipient,
            by=by,
            at=at,
            about=disclosure,
            file=file,
            call_texts=None,
            number=disclosure.agreement.number,
            address=f"/projects/{disclosure.slug}/",
        )
    return disclosure


@transaction.atomic
def withdraw(disclosure: Disclosure, *, by: User, at: datetime) -> Disclosure:
    """Take it back at once from every page and file; what stood there says nothing any more."""
    require(policy.may_withdraw(by, disclosure, at=at))
    move(disclosure, MOVES, "withdraw", withdrawn_at=at)
    file = disclosure.application
    record("disclosure.withdrawn", disclosure, by=by, at=at, file=file, level=disclosure.level)
    return disclosure
