"""Filing: submitting what was written, taking it back, closing a file to most eyes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines import eligibility, questions, sealing
from monarca.grants.applications import policy, queries
from monarca.grants.applications.models import Application, Intake, Submission
from monarca.grants.applications.states import MOVES, Sensitivity
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Form
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEALED
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class CallIsClosed(Refused):
    """The call no longer takes applications; the server's clock on arrival decides."""


class NotReady(Refused):
    """Something must be answered or put right first; `check` lists what."""


@transaction.atomic
def submit(application: Application, *, by: User, at: datetime) -> Submission:
    """Submit the draft as it stands: snapshot, hash, receipt, all in one transaction.

    `at` is the instant the request arrived; a submission that arrives at or after closing is
    refused even when it was begun before. Raises `CallIsClosed`, `NotReady`.
    """
    held = Application.objects.select_for_update().get(pk=application.pk)
    require(policy.may_submit(by, held, at=at))
    if not held.call.is_open(at):
        raise CallIsClosed(call=held.call.code)
    if what_stands_in_the_way(held, at=at):
        raise NotReady
    made = snapshot(held, by=by, at=at)
    move(held, MOVES, "submit", submitted_at=at)
    facts: dict[str, Any] = {
        "number": made.number,
        "sha256": made.sha256,
        "cents": held.requested_cents,
    }
    record("application.submitted", held, by=by, at=at, file=held, **facts)
    letters.write(
        "application.received",
        to=held.applicant,
        by=by,
        at=at,
        about=made,
        file=held,
        call_texts=calls.definition(held.form_id)["letters"],
        **receipt_words(held, made),
    )
    application.refresh_from_db()
    return made


def what_stands_in_the_way(application: Application, *, at: datetime) -> list[Any]:
    """Problems of answers and blocking rules, in the order of the form."""
    definition = calls.definition(application.form_id)
    answers = queries.answers_of(application)
    context = queries.context_of(application, definition)
    found: list[Any] = list(questions.problems_of(definition, answers, context=context))
    facts = queries.facts_of(application, at=at)
    found += eligibility.what_blocks(eligibility.check(definition, facts))
    return found


def snapshot(application: Application, *, by: User | None, at: datetime) -> Submission:
    """What is submitted, as canonical JSON with its hash; rooms downstream read this."""
    content = content_of(application, at=at)
    number = application.submissions.count() + 1
    return Submission.objects.create(
        application=application,
        number=number,
        at=at,
        by=by,
        sha256=sealing.sha256(content),
        content=content,
    )


def content_of(application: Application, *, at: datetime) -> dict[str, Any]:
    form = Form.objects.defer("definition").get(pk=application.form_id)
    files = queries.attached_to(application)
    return {
        "reference": application.reference,
        "call": application.call.code,
        "form": {"version": form.version, "sha256": form.sha256},
        "received_at": at.isoformat(),
        "language": application.language,
        "answers": queries.answers_of(application),
        "attachments": [
            {"question": row.question, "name": row.file.name, "sha256": row.file.sha256}
            for row in files
        ],
    }


def receipt_words(application: Application, made: Submission) -> dict[str, Any]:
    """The letter's placeholders: no title and no name, so that a restricted file stays so."""
    return {
        "reference": application.reference,
        "received_at": made.at,
        "sha256": made.sha256,
        "zone": application.call.time_zone,
        "address": f"/applications/{application.reference}/",
    }


@transaction.atomic
def reopen(application: Application, *, by: User, at: datetime) -> Application:
    """Take a submission back to change it, while the call is open; the last one counts."""
    require(policy.may_submit(by, application, at=at))
    if not application.call.is_open(at):
        raise CallIsClosed(call=application.call.code)
    move(application, MOVES, "reopen", submitted_at=None)
    record("application.reopened", application, by=by, at=at, file=application)
    return application


@transaction.atomic
def withdraw(application: Application, *, by: User, at: datetime) -> Application:
    """Withdraw while the call is open; afterwards screening records it."""
    require(policy.may_submit(by, application, at=at))
    if not application.call.is_open(at):
        raise CallIsClosed(call=application.call.code)
    move(application, MOVES, "withdraw")
    record("application.withdrawn", application, by=by, at=at, file=application)
    return application


@transaction.atomic
def seal(
    application: Application, *, by: User, at: datetime, readers: list[User], alias: str
) -> Application:
    """Close the file to all but named readers; nobody else sees that it exists.

    Who was given it to read before, and is not named now, no longer reads it.
    """
    require(policy.may_seal(by, application, at=at))
    people.keep_to({by, *readers}, application, by=by, at=at)
    for reader in {by, *readers}:
        people.open_to(reader, application, by=by, at=at, reason=SEALED)
    application.sensitivity = Sensitivity.SEALED
    application.alias = alias
    application.save(update_fields=["sensitivity", "alias"])
    Intake.objects.filter(application=application).update(at_risk=True, group="")
    record("application.sealed", application, by=by, at=at, file=application)
    return application
