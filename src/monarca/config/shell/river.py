"""What the river holds of a call, as the tables that the commands on files read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity, Status
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.reviews import queries as reviews
from monarca.grants.reviews.models import Assignment, Score
from monarca.grants.reviews.states import Status as Reading
from monarca.ground.people.models import User
from monarca.kit.command import now

Cells = dict[str, Any]
UNFINISHED = (Reading.ASSIGNED, Reading.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which files of a call are told, to whom (None: to whoever runs the machine), and when."""

    files: QuerySet[Application]
    user: User | None
    at: datetime


def told(table: str, code: str, *, asker: str = "") -> list[Cells] | str:
    """The rows of a table, or the code of the sentence that says why there are none."""
    at = now()
    call = Call.objects.filter(code=code).first()
    if call is None:
        return "shell.no_such_call"
    user = User.objects.filter(email__iexact=asker).first() if asker else None
    if asker and user is None:
        return "shell.no_such_person"
    rows = Application.objects.filter(sensitivity=Sensitivity.OPEN)
    if user:
        rows = applications.visible_to(user, at=at)
    files = rows.filter(call=call, status=Status.SUBMITTED).order_by("reference")
    return list(TABLES[table](Asked(files, user, at))) or "shell.nothing_yet"


def scores(asked: Asked) -> Iterator[Cells]:
    """application, reviewer, criterion, score, weight: the points of complete reviews.

    Of a file one has not finished reading oneself, nobody else's points are told.
    """
    read = Assignment.objects.filter(application__in=asked.files.order_by().values("pk"))
    if asked.user:
        own = Assignment.objects.filter(reviewer=asked.user, status__in=UNFINISHED)
        read = reviews.visible_to(asked.user, at=asked.at).filter(pk__in=read.values("pk"))
        read = read.exclude(application__in=own.values("application"))
    done = read.filter(status=Reading.COMPLETE).order_by().values("pk")
    rows = Score.objects.filter(assessment__assignment__in=done).select_related(
        "assessment__assignment__application", "assessment__assignment__reviewer"
    )
    for row in rows.order_by("assessment__assignment__application__reference", "pk"):
        reading: Assignment = row.assessment.assignment
        weights = _weights(calls.definition(reading.application.form_id))
        yield {
            "application": reading.application.reference,
            "reviewer": reading.reviewer.email,
            "criterion": row.criterion,
            "score": row.points,
            "weight": weights.get(row.criterion, 1),
        }


def _weights(definition: Mapping[str, Any]) -> dict[str, int]:
    return {criterion["code"]: criterion["weight"] for criterion in definition["criteria"]}


TABLES: Mapping[str, Callable[[Asked], Iterator[Cells]]] = {
    "scores": scores,
}
