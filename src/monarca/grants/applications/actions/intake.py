"""What arrives by mail: read into a row that waits, then confirmed by a person, or refused."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines import likeness
from monarca.engines.documents import stored
from monarca.grants.applications import policy, queries
from monarca.grants.applications.actions import drafting, filing
from monarca.grants.applications.models import (
    Application,
    Attachment,
    Intake,
    IntakePart,
    Submission,
)
from monarca.grants.applications.states import (
    INTAKE_MOVES,
    MOVES,
    IntakeStatus,
    Sensitivity,
    SetAside,
)
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.ground.files import actions as files
from monarca.ground.files.models import File
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.partners import actions as partners
from monarca.ground.partners.models import Organisation
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class NothingWasRead(Refused):
    """A file that could not be read cannot become an application; refuse it, or ask for another."""


class AlreadyDone(Refused):
    """Somebody confirmed it or set it aside meanwhile."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of what arrived; `role` is form, budget, message or other."""

    name: str
    data: bytes
    role: str
    is_safe: bool = True


@dataclass(frozen=True, slots=True)
class Arrival:
    """One application as it arrived: its name and hash, its parts, what was read in them.

    `sha256` is of the file (or message) as it came. `problem` is a reason's code when nothing
    could be read; `read` holds the fields with value, confidence and place, and the budget.
    """

    name: str
    sha256: str
    received_at: datetime
    read: Mapping[str, Any]
    parts: Sequence[Part] = field(default_factory=tuple)
    sender: str = ""
    problem: str = ""
    twin: Intake | None = None


@transaction.atomic
def receive(call: Call, arrival: Arrival, *, by: User | None, at: datetime) -> Intake:
    """Keep what arrived and what was read in it; the same file twice is the same row."""
    require(policy.may_receive(by, call, at=at))
    known = queries.arrived_before(call, arrival.sha256, [_sha256(one) for one in arrival.parts])
    if known:
        return known
    answers = stored.answers(arrival.read)
    at_risk = answers.get("registered") == "at_risk"
    intake = Intake.objects.create(
        call=call,
        name=arrival.name[-255:],
        sha256=arrival.sha256,
        received_at=arrival.received_at,
        sender=arrival.sender[:254],
        read=dict(arrival.read),
        group="" if at_risk else stored.group(answers)[:250],
        at_risk=at_risk,
        doubts=len(stored.doubts(arrival.read)),
        marks=likeness.marks_of(answers).as_json(),
        twin=arrival.twin,
        problem=arrival.problem[:60],
        at=at,
        by=by,
    )
    _keep_parts(intake, arrival, by=by, at=at)
    facts: dict[str, Any] = {"sha256": arrival.sha256, "problem": arrival.problem}
    facts |= {"fields": len(arrival.read.get("fields", ()))}
    record("intake.received", intake, by=by, at=at, command="" if by else "intake", **facts)
    return intake


def _keep_parts(intake: Intake, arrival: Arrival, *, by: User | None, at: datetime) -> None:
    """Every part that came, in its order; the first is the one that a page shows."""
    kept = [(part.role, _kept(part, by=by, at=at)) for part in arrival.parts]
    IntakePart.objects.bulk_create(
        IntakePart(intake=intake, file=file, role=role) for role, file in kept
    )
    if kept:
        intake.file = kept[0][1]
        intake.save(update_fields=["file"])


def _sha256(part: Part) -> str:
    return "" if part.role == "message" else hashlib.sha256(part.data).hexdigest()


def _kept(part: Part, *, by: User | None, at: datetime) -> File:
    """The bytes as they came: through the gates, or set apart when the gates refuse them."""
    if part.is_safe:
        try:
            return files.keep(part.data, part.name, by=by, at=at)
        except files.FileRefused:
            pass
    return files.set_apart(part.data, part.name, by=by, at=at)


@transaction.atomic
def confirm(
    intake: Intake,
    *,
    by: User,
    at: datetime,
    answers: Mapping[str, Any],
    budget: Sequence[Mapping[str, Any]],
    organisation: Organisation | None = None,
) -> Application:
    """A person has compared document and reading; make the application it stands for.

    Its `submitted_at` is the instant the mail arrived, so a late one stays late: screening's
    rules decide, nothing is turned away here. Raises `NothingWasRead`.
    """
    require(policy.may_confirm(by, intake, at=at))
    if not answers:
        raise NothingWasRead
    owner = organisation or _organisation(answers, by=by, at=at)
    application = drafting.begin(
        intake.call, owner, by=by, at=at, language=str(answers.get("language") or "es")
    )
    drafting.keep(application, answers, by=by, at=at)
    drafting.project(application)
    drafting.write_budget(application, budget, by=by, at=at)
    drafting.project(application)
    _attach(application, intake, at=at)
    made = filing.snapshot(application, by=by, at=intake.received_at)
    move(application, MOVES, "submit", submitted_at=intake.received_at)
    guarded = application.sensitivity != Sensitivity.OPEN
    named = {"at_risk": guarded, "group": "" if guarded else owner.legal_name[:250]}
    move(intake, INTAKE_MOVES, "confirm", application=application, **named)
    record("intake.confirmed", intake, by=by, at=at, file=application, sha256=intake.sha256)
    facts: dict[str, Any] = {"received_at": intake.received_at.isoformat(), "sha256": made.sha256}
    facts |= {"cents": application.requested_cents}
    record("application.submitted", application, by=by, at=at, file=application, **facts)
    _tell(intake, application, made, by=by, at=at)
    return application


def _tell(
    intake: Intake, application: Application, made: Submission, *, by: User, at: datetime
) -> None:
    """The group hears that what it mailed stands as an application, and under which reference."""
    letters.write(
        "intake.confirmed",
        to=application.applicant,
        by=by,
        at=at,
        about=made,
        file=application,
        call_texts=calls.definition(application.form_id)["letters"],
        reference=application.reference,
        received_at=intake.received_at,
        zone=intake.call.time_zone,
        address=f"/applications/{application.reference}/",
    )


def _organisation(answers: Mapping[str, Any], *, by: User, at: datetime) -> Organisation:
    def said(key: str, most: int) -> str:
        return stored.words(answers.get(key))[:most]

    return partners.found(
        said("legal_name", 250) or said("short_name", 80) or "?",
        by=by,
        at=at,
        short_name=said("short_name", 80),
        kind=said("organisation_kind", 30) or "local_nonprofit",
        state=said("state", 2),
        city=town_in(answers)[:120],
        email=said("email", 254) or said("contact_email", 254),
        phone=said("phone", 40),
        language=said("language", 2) or "es",
    )


def town_in(answers: Mapping[str, Any]) -> str:
    """The first locality the form names, for the public record's city."""
    rows = answers.get("places")
    for row in rows if isinstance(rows, list) else ():
        place = row.get("place") if isinstance(row, dict) else None
        if isinstance(place, dict) and place.get("locality"):
            return str(place["locality"])
    return ""


QUESTIONS = {"form": "form_file", "budget": "budget_file", "message": "message_file"}


def _attach(application: Application, intake: Intake, *, at: datetime) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            application=application,
            file=part.file,
            question=QUESTIONS.get(part.role, "other_files"),
            at=at,
        )
        for part in intake.parts.select_related("file").order_by("pk")
    )


@transaction.atomic
def correct(
    intake: Intake,
    *,
    by: User,
    at: datetime,
    answers: Mapping[str, Any],
    budget: Sequence[Mapping[str, Any]],
) -> Intake:
    """Keep what a person put right so far, valid or not; what was read stays beside it.

    Raises `AlreadyDone` when somebody confirmed it or set it aside meanwhile.
    """
    held = Intake.objects.select_for_update().get(pk=intake.pk)
    require(policy.may_confirm(by, held, at=at))
    if held.status != IntakeStatus.READ:
        raise AlreadyDone
    held.corrected = {"answers": dict(answers), "budget": [dict(row) for row in budget]}
    held.at_risk = answers.get("registered") == "at_risk"
    held.group = "" if held.at_risk else stored.group(answers)[:250]
    held.marks = likeness.marks_of(answers).as_json()
    held.save(update_fields=["corrected", "at_risk", "group", "marks"])
    intake.refresh_from_db()
    return intake


@transaction.atomic
def refuse(intake: Intake, *, by: User, at: datetime, reason: str, note: str = "") -> Intake:
    """Set aside what is no application: an advertisement, a second copy, a file nobody can open.

    `reason` is one of `SetAside`; `note` is for colleagues and never leaves the row.
    """
    require(policy.may_confirm(by, intake, at=at))
    why = SetAside(reason)
    move(intake, INTAKE_MOVES, "refuse", refused_for=why, note=note[:500])
    record("intake.refused", intake, by=by, at=at, reason=str(why))
    return intake
