"""The desk: every room's inboxes for the roles one holds, counted in a single query."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet

from monarca.grants.agreements import queries as agreements
from monarca.grants.applications import queries as applications
from monarca.grants.decisions import queries as decisions
from monarca.grants.disclosure import queries as disclosure
from monarca.grants.payments import queries as payments
from monarca.grants.reports import queries as reports
from monarca.grants.results import queries as results
from monarca.grants.reviews import queries as reviews
from monarca.grants.screening import queries as screening
from monarca.ground.commitments import queries as commitments
from monarca.ground.letters.models import Beat
from monarca.ground.people.models import Mission, User
from monarca.kit.paging import Inbox
from monarca.kit.record import number
from monarca.programmes.climate import queries as climate
from monarca.programmes.consultations import queries as consultations
from monarca.programmes.dialogues import queries as dialogues
from monarca.programmes.shares import queries as shares
from monarca.programmes.youthlab import queries as youthlab

ROOMS = (
    applications,
    screening,
    reviews,
    decisions,
    agreements,
    reports,
    payments,
    results,
    disclosure,
    commitments,
    dialogues,
    consultations,
    youthlab,
    climate,
    shares,
)
"""The river in its order, then the register of promises and the programmes beside it."""

AT_ONCE = 6
"""How many inboxes one statement counts."""

SIGN_OF_LIFE = timedelta(minutes=10)
"""A worker (or `monarca tick`) that was silent for longer than this is taken for dead."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the desk: what waits, how many, and where to answer it."""

    title: Any
    count: int
    url: str


def missions() -> QuerySet[Mission]:
    """The embassies that answer here, for whoever needs help."""
    return Mission.objects.order_by("code")


def inboxes(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """The inboxes of one's roles, in the order of the river."""
    return tuple(box for room in ROOMS for box in room.inbox(user, at=at))


def waiting(user: User, *, at: datetime) -> Sequence[Waiting]:
    """Every inbox with its count, asked of the database a few at a time.

    One statement that counted all would open so many cursors that each row of each costs more.
    """
    found: list[Waiting] = []
    for boxes in batched(inboxes(user, at=at), AT_ONCE):
        counted = {f"n{place}": number(box.rows) for place, box in enumerate(boxes)}
        row = User.objects.filter(pk=user.pk).annotate(**counted).values_list(*counted).get()
        pairs = zip(boxes, row, strict=True)
        found += [Waiting(box.title, count, box.url) for box, count in pairs]
    return found


def ready(*, at: datetime) -> Mapping[str, bool]:
    """What an operator's probe asks: are database, migrations, storage and worker ready?

    The demo has no worker, because its letters are read on a page and never sent.
    """
    try:
        executor = MigrationExecutor(connections["default"])
        migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        alive = settings.DEMO or Beat.objects.filter(at__gt=at - SIGN_OF_LIFE).exists()
    except DatabaseError:
        return {"database": False, "migrations": False, "storage": _storage(), "worker": False}
    return {"database": True, "migrations": migrated, "storage": _storage(), "worker": alive}


def _storage() -> bool:
    """Can a file really be written where uploads are kept?"""
    try:
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as probe:
            probe.write(b"ready")
    except OSError:
        return False
    return True
