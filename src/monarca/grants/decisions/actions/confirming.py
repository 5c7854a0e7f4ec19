"""The head of mission confirms, and every applicant hears."""

from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines.money import Money
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.decisions import policy, queries
from monarca.grants.decisions.actions.deciding import FileWasWithdrawn
from monarca.grants.decisions.models import Decision
from monarca.grants.decisions.states import MOVES, Outcome
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class ChangedSinceRead(Refused):
    """What a head of mission signs is what stood on the page they read."""


@transaction.atomic
def confirm(decision: Decision, *, by: User, at: datetime, read: str | None = None) -> Decision:
    """The head of mission confirms, and the applicant hears, whatever the answer.

    `read` is the seal (`queries.seal_of`) of the decision as it stood on the page. Raises
    `ChangedSinceRead` where it is another by now, `FileWasWithdrawn` for a yes to a file that was
    taken back since, and `PermissionDenied` where this person scored the file themselves.
    """
    file = decision.application
    require(policy.may_confirm(by, decision, at=at))
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if read is not None and read != queries.seal_of(held):
        raise ChangedSinceRead(reference=file.reference)
    if decision.outcome == Outcome.APPROVED and queries.is_withdrawn(file):
        raise FileWasWithdrawn(reference=file.reference)
    move(decision, MOVES, "confirm", confirmed_at=at, confirmed_by=by)
    record(
        "decision.confirmed",
        decision,
        by=by,
        at=at,
        file=file,
        outcome=decision.outcome,
        cents=decision.amount_cents,
    )
    letters.write(
        f"decision.{decision.outcome}",
        to=file.applicant,
        by=by,
        at=at,
        about=decision,
        file=file,
        call_texts=calls.definition(file.form_id)["letters"],
        address=f"/applications/{file.reference}/decision/",
        **_told(decision),
    )
    return decision


@transaction.atomic
def confirm_all(
    call: Call, *, by: User, at: datetime, read: str | None = None
) -> tuple[Decision, ...]:
    """Confirm, one by one, every decision of the call that this person may confirm.

    Files they scored and files that were taken back stay as they are, for somebody else. `read`
    is the seal (`queries.seal_of_waiting`) of the list as it stood. Raises `ChangedSinceRead`.
    """
    waiting = queries.to_confirm(by, at=at).filter(application__call=call)
    free = [
        one
        for one in waiting
        if policy.may_confirm(by, one, at=at)
        and not (one.outcome == Outcome.APPROVED and queries.is_withdrawn(one.application))
    ]
    require(bool(free))
    if read is not None and read != queries.seal_of_waiting(by, call, at=at):
        raise ChangedSinceRead(reference=call.code)
    return tuple(confirm(one, by=by, at=at) for one in free)


def _told(decision: Decision) -> dict[str, Any]:
    """What the letter says besides the reference: the amount, or the reason."""
    if decision.outcome == Outcome.APPROVED:
        return {"amount": Money(decision.amount_cents)}
    definition = calls.definition(decision.application.form_id)
    return {"reason": queries.reason_label(definition, decision.reason)}
