"""Write the journal, and seal it into a chain. Called inside every other action."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Model

from monarca.engines import sealing
from monarca.ground.journal import queries
from monarca.ground.journal.models import Entry

if TYPE_CHECKING:
    from monarca.ground.people.models import User


def record(
    verb: str,
    subject: Model,
    *,
    by: "User | None",
    at: datetime,
    file: Model | None = None,
    command: str = "",
    **data: Any,
) -> Entry:
    """Write one act into the journal, inside the caller's transaction.

    `file` is the application the act concerns, so that a file's story is one query; `by`
    is null for the system, then `command` names it. `data` is plain JSON without floats.
    """
    entry = Entry(
        at=at,
        by=by,
        command=command,
        verb=verb,
        subject=label(subject),
        file=label(file) if file else "",
        data=data,
    )
    entry.sha256 = sealing.sha256(queries.content(entry))
    entry.save(force_insert=True)
    return entry


def label(subject: Model) -> str:
    return f"{subject._meta.label_lower}:{subject.pk}"


@transaction.atomic
def seal(*, by_calendar: bool = False) -> int:
    """Give every unsealed entry its place in the chain, in the order they were committed.

    `by_calendar` orders them by the instant of the act instead: for the sample year, which tells
    several stories of one year one after the other. One sealer at a time; returns how many
    entries it sealed.
    """
    last = queries.lock_and_last()
    position, previous = (last.position or 0, queries.link(last)) if last else (0, sealing.GENESIS)
    count = 0
    waiting = queries.unsealed()
    for entry in (waiting.order_by("at", "pk") if by_calendar else waiting).iterator():
        position += 1
        Entry.objects.filter(pk=entry.pk).update(position=position, previous=previous)
        previous = sealing.link(previous, position, entry.sha256)
        count += 1
    return count
