"""Reading the mail: files, folders, archives and messages into rows that wait for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monarca.engines import likeness, sealing
from monarca.engines.documents import intake as reader
from monarca.engines.documents.intake import File, Reading
from monarca.grants.applications import policy, queries
from monarca.grants.applications.actions.intake import Arrival, Part, receive
from monarca.grants.applications.models import Intake
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.ground.codelists import queries as codelists
from monarca.ground.people.models import User
from monarca.kit.guard import require

NO_FORM = "intake.no_form"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What one reading became: its row (None in a dry run or where there was no file).

    `is_new` is false when the same bytes had arrived before. `twins` are earlier arrivals that
    are perhaps of the same group.
    """

    reading: Reading
    intake: Intake | None
    is_new: bool
    twins: tuple[Intake, ...] = ()


def read_in(
    paths: Iterable[Path],
    *,
    call: Call,
    by: User | None,
    at: datetime,
    received_at: datetime | None = None,
) -> tuple[Arrived, ...]:
    """Read every file under these paths and keep what was read; see `take_in`.

    A second run over the same bytes makes nothing new. `received_at` is when files arrived that
    do not say so themselves (only mails do); without it, `at`.
    """
    definition = calls.definition_of(call)
    towns = codelists.municipality_names()
    found = reader.read_each(reader.walk(paths), definition, municipalities=towns)
    return tuple(
        take_in(reading, call=call, by=by, at=at, received_at=received_at) for reading in found
    )


def take_in(
    reading: Reading,
    *,
    call: Call,
    by: User | None,
    at: datetime,
    received_at: datetime | None = None,
) -> Arrived:
    """One reading as a row that waits, unless its bytes arrived before or there are none."""
    arrived = look_at(reading, call=call, by=by, at=at)
    if arrived.intake or not reading.sha256:
        return arrived
    arrival = Arrival(
        name=reading.source.name if _is_mail(reading) and reading.source else reading.name,
        sha256=_own_hash(reading, call),
        received_at=reading.received_at or received_at or at,
        read=_stored(reading, given=received_at is not None),
        parts=_parts(reading),
        sender=reading.sender,
        problem=problem_of(reading),
        twin=arrived.twins[0] if arrived.twins else None,
    )
    intake = receive(call, arrival, by=by, at=at)
    return Arrived(reading, intake, True, arrived.twins)


def look_at(reading: Reading, *, call: Call, by: User | None, at: datetime) -> Arrived:
    """The same without writing: has it arrived before, and who else is perhaps the same group?"""
    require(policy.may_receive(by, call, at=at))
    if not reading.sha256:
        return Arrived(reading, None, False)
    parts = [part.sha256 for part in reading.attachments if part.data]
    known = queries.arrived_before(call, reading.arrived or reading.sha256, parts)
    if known:
        return Arrived(reading, known, False)
    return Arrived(reading, None, True, tuple(_twins(reading, call)))


def problem_of(reading: Reading) -> str:
    """The code of what stops a person from confirming it; empty for a form that was read."""
    if reading.is_form:
        return ""
    codes = [one.code for one in reading.problems]
    codes += [one.code for part in reading.attachments for one in part.problems]
    return codes[0] if codes else NO_FORM


def _own_hash(reading: Reading, call: Call) -> str:
    """The hash of what arrived; of all its files together where that form arrived before.

    So a form that comes again with another budget is something new.
    """
    sha256 = reading.arrived or reading.sha256
    if not Intake.objects.filter(call=call, sha256=sha256).exists():
        return sha256
    return sealing.sha256(sorted(part.sha256 for part in reading.attachments))


def _twins(reading: Reading, call: Call) -> list[Intake]:
    marks = likeness.marks_of({one.key: one.value for one in reading.fields})
    return queries.perhaps_the_same(call, marks) if reading.is_form else []


def _is_mail(reading: Reading) -> bool:
    return reading.source is not None and reading.source.kind == "eml"


def _parts(reading: Reading) -> tuple[Part, ...]:
    """The files as they came, and the mail that brought them; an archive is kept as its files."""
    files = reading.attachments or (_itself(reading),)
    parts = [_part(one) for one in files if one.data]
    if reading.source is not None and _is_mail(reading):
        mail = _part(reading.source)
        parts = [mail] if not reading.attachments else [*parts, mail]
    return tuple(parts)


def _itself(reading: Reading) -> File:
    return File(
        reading.name,
        reading.kind,
        reading.sha256,
        reading.size,
        problems=reading.problems,
        data=reading.data,
    )


def _part(file: File) -> Part:
    return Part(file.name, file.data, file.role)


def _stored(reading: Reading, *, given: bool) -> dict[str, Any]:
    """What the row keeps: everything that was read, and whence its instant of arrival is known."""
    whence = "given" if given else "unknown"
    if reading.received_at:
        whence = "mail" if reading.is_stamped else "sender"
    plain = reading.as_json()
    plain.pop("source", None)
    return {**plain, "whence": whence}
