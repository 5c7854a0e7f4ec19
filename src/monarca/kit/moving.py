"""Two people cannot both win: compare-and-set moves, and locks that last a transaction."""

from typing import Any
from zlib import crc32

from django.db import connections, models

from monarca.engines.states import MoveRefused, Moves
from monarca.kit.record import Record


class Moving(Record):
    """A row with a status that changes only through `move`."""

    status = models.CharField(max_length=20)

    class Meta:
        abstract = True


def move[M: Moving](row: M, moves: Moves, name: str, **changes: Any) -> M:
    """Make one named move and set what the new status implies.

    Raises `MoveRefused` when the table has no such move from the row's status, and when
    somebody else moved the row first.
    """
    before = row.status
    changes["status"] = moves.after(name, before)
    won = type(row)._default_manager.filter(pk=row.pk, status=before).update(**changes)
    if not won:
        raise MoveRefused(f"{name}: somebody else moved it first")
    row.refresh_from_db()
    return row


def one_at_a_time(name: str, using: str = "default") -> None:
    """Wait until no other transaction holds `name`. SQLite already serialises writers."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(name.encode())])
