"""One screen of a long list, with the same few numbers every pager needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet

SIZE = 50


@dataclass(frozen=True, slots=True)
class Screen[M: Model]:
    """Rows of one page; `total` counts all rows."""

    rows: Sequence[M]
    page: int
    pages: int
    total: int


def screen[M: Model](rows: QuerySet[M], asked: str | None, size: int = SIZE) -> Screen[M]:
    """The page `asked` for, kept within bounds; anything unreadable means the first."""
    total = rows.count()
    pages = max(1, -(-total // size))
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    page = min(max(number, 1), pages)
    return Screen(list(rows[(page - 1) * size : page * size]), page, pages, total)
