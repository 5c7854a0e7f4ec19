"""An inbox: what a room still has to answer, as a title and a query over upstream rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


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
