"""The row every table is made of, the row that holds for a time only, and rows as a subquery."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.sql.compiler import SQLCompiler

type Words = tuple[str, tuple[str | int, ...]]


class Rows[R: models.Model](models.QuerySet[R]):
    """A queryset that fetches a missing relation for all its rows at once."""


class Manager[R: models.Model](models.Manager[R]):
    def get_queryset(self) -> Rows[R]:
        return Rows(self.model, using=self._db).fetch_mode(models.FETCH_PEERS)


class Record(models.Model):
    """A row of one of our tables: touching one relation fetches it for its peers too."""

    objects = Manager()

    class Meta:
        abstract = True


class DatedRows[R: models.Model](Rows[R]):
    def in_force(self, at: datetime) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


class DatedManager[R: models.Model](models.Manager[R]):
    def get_queryset(self) -> DatedRows[R]:
        return DatedRows(self.model, using=self._db).fetch_mode(models.FETCH_PEERS)

    def in_force(self, at: datetime) -> DatedRows[R]:
        return self.get_queryset().in_force(at)


class Dated(models.Model):
    """A fact that holds in the half-open interval [since, until), instants in UTC."""

    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = DatedManager()

    class Meta:
        abstract = True


class Written(models.Expression):
    """A subquery of one column, put into words once however many queries of a page hold it.

    Django writes a nested queryset anew for each of them, and renames all its tables each time;
    that may cost more than the database's answer. This holds words and no rows: the database
    answers it afresh each time, so it never goes stale. It knows nothing of who asks it.
    """

    def __init__(self, rows: models.QuerySet[Any, Any]) -> None:
        super().__init__(output_field=models.BigIntegerField())
        self.rows = rows
        self.known: dict[str, Words] = {}

    def words(self, connection: BaseDatabaseWrapper) -> Words:
        """Statement and parameters, as this database wants them. Raises `EmptyResultSet`."""
        if connection.alias not in self.known:
            compiler = self.rows.query.clone().get_compiler(connection=connection)
            sql, given = compiler.as_sql()
            self.known[connection.alias] = (sql, tuple(given))
        return self.known[connection.alias]


class Keys(Written):
    """Some rows' one column, to look a key up in: `filter(call__in=keys(rows))`."""

    def as_sql(self, _compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Words:
        sql, given = self.words(connection)
        return f"({sql})", given


class Number(Written):
    """How many rows there are, to annotate with."""

    empty_result_set_value = 0

    def as_sql(self, _compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Words:
        sql, given = self.words(connection)
        return f"(SELECT COUNT(*) FROM ({sql}) AS counted)", given  # noqa: S608


def keys(rows: models.QuerySet[Any, Any], column: str = "pk") -> Keys:
    """One column of these rows, in no order."""
    return Keys(rows.order_by().values_list(column, flat=True))


def number(rows: models.QuerySet[Any]) -> Number:
    """How many these rows are, whatever is loaded with them and in whatever order."""
    return Number(rows.order_by().values_list("pk", flat=True))
