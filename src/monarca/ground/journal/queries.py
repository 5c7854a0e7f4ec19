"""Questions about the journal: one file's story, the unsealed tail, the chain."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from django.db.models import Model, QuerySet

from monarca.engines import sealing
from monarca.ground.journal.models import Entry
from monarca.kit.moving import one_at_a_time


def story_of(file: Model) -> QuerySet[Entry]:
    """Every act on one application, oldest first."""
    label = f"{file._meta.label_lower}:{file.pk}"
    return Entry.objects.filter(file=label).order_by("at", "pk")


def unsealed() -> QuerySet[Entry]:
    return Entry.objects.filter(position=None).order_by("pk")


def sealed() -> QuerySet[Entry]:
    return Entry.objects.filter(position__isnull=False).order_by("position")


def lock_and_last() -> Entry | None:
    """The last sealed entry, with every other sealer kept waiting until we are done."""
    one_at_a_time("journal.seal")
    return Entry.objects.filter(position__isnull=False).order_by("-position").first()


def link(entry: Entry) -> str:
    """What the next entry must name as its `previous`."""
    return sealing.link(entry.previous or "", entry.position or 0, entry.sha256)


def chain() -> Iterator[Entry]:
    return sealed().iterator(chunk_size=2000)


def first_break() -> sealing.Break | None:
    """The first sealed entry that no longer is what was sealed, or None."""
    return sealing.first_broken(
        sealing.Entry(
            position=entry.position or 0,
            previous=entry.previous or "",
            sha256=entry.sha256,
            recomputed=sealing.sha256(content(entry)),
        )
        for entry in chain()
    )


def content(entry: Entry) -> dict[str, Any]:
    """What an entry's own hash covers: everything but its place in the chain."""
    return {
        "at": entry.at.astimezone(UTC).isoformat(),
        "by": entry.by_id,
        "command": entry.command,
        "verb": entry.verb,
        "subject": entry.subject,
        "file": entry.file,
        "data": entry.data,
    }
