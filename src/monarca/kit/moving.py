"""Apply a move to a row: compare-and-set, so two people cannot both win."""

from typing import Any

from django.db import models

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
