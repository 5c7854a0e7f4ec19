"""The row every table is made of, and the row that holds for a time only."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


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
