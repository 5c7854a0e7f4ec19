"""Long lists: one screen of them for a pager, and an inbox of what still waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

SIZE = 50


@dataclass(frozen=True, slots=True)
class Screen[M: Model]:
    """Rows of one page; `total` counts all rows."""

    rows: Sequence[M]
    page: int
    pages: int
    total: int


def within(total: int, asked: str | None, size: int = SIZE) -> tuple[int, int]:
    """Which page is shown of how many: the one `asked` for, kept within bounds."""
    pages = max(1, -(-total // size))
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    return min(max(number, 1), pages), pages


def screen[M: Model](
    rows: QuerySet[M], asked: str | None, size: int = SIZE, *, whole: bool = False
) -> Screen[M]:
    """The page `asked` for, kept within bounds; anything unreadable means the first.

    The keys are sorted first, and only the page's rows are read: wide rows are slow to sort.
    `whole` sorts the rows as they are, in one question less.
    """
    total = rows.count()
    page, pages = within(total, asked, size)
    shown = slice((page - 1) * size, page * size)
    if whole:
        return Screen(list(rows[shown]), page, pages, total)
    keys = list(rows.values_list("pk", flat=True)[shown])
    return Screen(list(rows.filter(pk__in=keys)), page, pages, total)


@dataclass(frozen=True, slots=True)
class Inbox:
    """One list of waiting work on the desk.

    `title` is a lazy translation, `rows` an ordered query that already went through
    `visible_to`, `url` the address of the whole list.
    """

    key: str
    title: Any
    rows: QuerySet[Any]
    url: str

    @property
    def count(self) -> int:
        return self.rows.count()
