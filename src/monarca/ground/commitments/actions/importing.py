"""A file of commitments comes in: laid by until a person says yes, then taken in whole or not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from monarca.ground.commitments import policy
from monarca.ground.commitments.actions.making import Holder, Promise, promise, reword
from monarca.ground.commitments.actions.telling import Report, report
from monarca.ground.commitments.models import Batch, Commitment
from monarca.ground.commitments.queries import incoming, meeting, plan
from monarca.ground.commitments.queries.incoming import Incoming
from monarca.ground.commitments.queries.meeting import NEW, WORDED, Meeting, Step
from monarca.ground.commitments.states import Status
from monarca.ground.journal.actions import record
from monarca.ground.people.models import Mission, User
from monarca.kit.guard import Refused, require


class FileOutdated(Refused):
    """The register changed since the file was looked at: it no longer fits."""


class FileTaken(Refused):
    """This file was answered before: it was taken in, or its rows were erased."""


@transaction.atomic
def lay_by(
    mission: Mission, name: str, rows: Sequence[Incoming], *, by: User, at: datetime
) -> Batch:
    """Keep a faultless file until the person has looked at what it would do.

    A person has one such file at a time: an earlier one that waits is forgotten.
    """
    require(policy.may_promise(by, mission, at=at))
    Batch.objects.filter(by=by, taken_at=None).delete()
    made = Batch.objects.create(
        key=uuid4(), mission=mission, name=name[-255:], rows=incoming.laid_by(rows), by=by, at=at
    )
    record("commitments.file_read", made, by=by, at=at, rows=len(rows))
    return made


@transaction.atomic
def take_in(batch: Batch, *, reason: str, by: User, at: datetime) -> Meeting:
    """Everything a file says, in one transaction: all of it stands, or nothing.

    Rows that are known and say the same do nothing. Raises `FileOutdated` and `FileTaken`, and
    what `promise`, `report` and `reword` raise.
    """
    held = Batch.objects.select_for_update().get(pk=batch.pk)
    require(held.by_id == by.pk and policy.may_promise(by, held.mission, at=at))
    if held.taken_at:
        raise FileTaken
    met = _met(held.mission, incoming.taken_up(held.rows), by=by, at=at)
    if met.flaws:
        raise FileOutdated
    for step in met.steps:
        _take(step, held.mission, reason, by=by, at=at)
    held.taken_at, held.rows = at, []
    held.save(update_fields=["taken_at", "rows"])
    record(
        "commitments.file_taken", held, by=by, at=at, new=met.count(NEW), worded=met.count(WORDED)
    )
    return met


def _met(mission: Mission, rows: Sequence[Incoming], *, by: User, at: datetime) -> Meeting:
    publishes = policy.may_publish_at(by, mission, at=at)
    return meeting.meet(rows, mission, by=by, publishes=publishes, at=at)


def _take(step: Step, mission: Mission, reason: str, *, by: User, at: datetime) -> None:
    if step.kind == NEW:
        _enter(step.row, mission, by=by, at=at)
    elif step.kind == WORDED and step.held:
        reword(step.held, step.text, step.due_on, reason=reason, by=by, at=at)


def _enter(row: Incoming, mission: Mission, *, by: User, at: datetime) -> Commitment:
    """A new commitment, and a first report where the file says that it is further on."""
    made = promise(_promised(row, mission), by=by, at=at)
    if row.evidence_url or row.status not in {"", Status.PROMISED}:
        status = "" if row.status == made.status else row.status
        said = Report("", by.language, status, None, row.evidence_url, None, made.is_public)
        report(made, said, by=by, at=at)
    return made


def _promised(row: Incoming, mission: Mission) -> Promise:
    return Promise(
        mission=mission,
        origin=row.origin,
        text=row.text,
        promised_on=row.promised_on,
        due_on=row.due_on,
        pillar=row.pillar,
        aims=row.aims,
        owners=tuple(Holder(side, name) for side, names in row.owners.items() for name in names),
        source_name=row.source,
        is_public=bool(row.public),
        external_id=row.external_id,
    )


@transaction.atomic
def load_plan(
    mission: Mission, *, by: User, at: datetime, public: bool = False
) -> tuple[Commitment, ...]:
    """The bundled example, as far as it is not here yet; only a manager makes it public at once."""
    require(policy.may_promise(by, mission, at=at))
    require(not public or policy.may_publish_at(by, mission, at=at))
    met = _met(mission, plan.rows(), by=by, at=at)
    new = [step.row for step in met.steps if step.kind == NEW]
    made = tuple(
        promise(replace(_promised(row, mission), is_public=public), by=by, at=at) for row in new
    )
    record("commitments.plan_loaded", mission, by=by, at=at, new=len(made))
    return made
