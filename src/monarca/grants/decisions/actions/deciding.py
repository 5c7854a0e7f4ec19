"""The committee decides on a file, within the envelope and with a reason."""

from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.decisions import policy, queries
from monarca.grants.decisions.actions.meeting import MeetingHasEnded
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.states import MOVES, Outcome, Ruling, Status
from monarca.grants.reviews import queries as reviews
from monarca.ground.envelopes import actions as envelopes
from monarca.ground.envelopes import queries as ledger
from monarca.ground.envelopes.states import Kinds
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class NotReviewedYet(Refused):
    """The committee decides on files whose reviews are complete."""


class FileWasWithdrawn(Refused):
    """The applicant took the file back: nobody says yes to it."""


class MeetingOfAnotherCall(Refused):
    """A file is decided in a meeting of its own call."""


class AmountOutOfReason(Refused):
    """An approved amount is above nothing and at most what was asked and what the call allows."""


class ReasonNeeded(Refused):
    """No, not yet and in reserve carry a reason of the call's list."""


@transaction.atomic
def propose(
    application: Application,
    *,
    by: User,
    at: datetime,
    meeting: Meeting,
    amount_cents: int | None = None,
) -> Decision:
    """Lay a reviewed file before the committee; one in reserve or put off may come again.

    An amount (CAD cents) may be proposed with it, or 0 to propose none any more; it reserves
    nothing. What the committee ruled in this meeting stays as it is. Raises `AmountOutOfReason`.
    """
    require(policy.may_decide(by, application, at=at))
    _may_be_laid(application, meeting)
    if amount_cents:
        _within_reason(application, amount_cents)
    made, new = Decision.objects.get_or_create(
        application=application,
        defaults={"meeting": meeting, "proposed_at": at, "proposed_by": by},
    )
    if new:
        record("decision.proposed", made, by=by, at=at, file=application)
    elif made.meeting_id != meeting.pk and queries.may_come_again(made):
        _propose_again(made, meeting, by=by, at=at)
    if amount_cents is not None:
        _offer(made, amount_cents, by=by, at=at)
    return made


def _may_be_laid(application: Application, meeting: Meeting) -> None:
    if not reviews.reviewed().filter(application=application).exists():
        raise NotReviewedYet
    if meeting.call_id != application.call_id:
        raise MeetingOfAnotherCall
    if Meeting.objects.filter(pk=meeting.pk, ended_at__isnull=False).exists():
        raise MeetingHasEnded
    if queries.is_withdrawn(application):
        raise FileWasWithdrawn(reference=application.reference)


def _within_reason(application: Application, cents: int) -> None:
    most = queries.most_cents(application)
    if not 0 < cents <= most:
        raise AmountOutOfReason(asked_cents=cents, most_cents=most)


def _offer(decision: Decision, cents: int, *, by: User, at: datetime) -> None:
    """Write down the amount that is proposed, while nobody has ruled: the row is locked first."""
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if held.status != Status.PROPOSED or held.amount_cents == cents:
        return
    decision.amount_cents = held.amount_cents = cents
    held.save(update_fields=["amount_cents"])
    record("decision.offered", held, by=by, at=at, file=decision.application, cents=cents)


def _propose_again(decision: Decision, meeting: Meeting, *, by: User, at: datetime) -> None:
    if decision.status == Status.PROPOSED:
        decision.meeting = meeting
        decision.save(update_fields=["meeting"])
    else:
        nothing = {"outcome": "", "reason": "", "words": "", "settled_at": None, "settled_by": None}
        changes = {**nothing, "confirmed_at": None, "confirmed_by": None, "meeting": meeting}
        move(decision, MOVES, "propose", **changes)
    record("decision.proposed_again", decision, by=by, at=at, file=decision.application)


@transaction.atomic
def decide(
    application: Application, *, by: User, at: datetime, meeting: Meeting, ruling: Ruling
) -> Decision:
    """Propose the file in this meeting and rule on it at once, as one act of the committee."""
    require(policy.may_decide(by, application, at=at))
    decision = propose(application, by=by, at=at, meeting=meeting)
    if ruling.outcome == Outcome.APPROVED:
        return approve(
            decision,
            by=by,
            at=at,
            amount_cents=ruling.amount_cents,
            words=ruling.words,
            conditions=ruling.conditions,
        )
    name = {"reserved": "reserve", "declined": "decline", "deferred": "defer"}[ruling.outcome]
    return _without_money(decision, name, ruling, by=by, at=at)


@transaction.atomic
def approve(
    decision: Decision,
    *,
    by: User,
    at: datetime,
    amount_cents: int,
    words: str = "",
    conditions: str = "",
) -> Decision:
    """Yes, with this many CAD cents, reserved in the envelope within the same lock.

    Raises `AmountOutOfReason`, and `envelopes.actions.EnvelopeIsSpent` when it does not fit.
    """
    file = decision.application
    require(policy.may_decide(by, file, at=at))
    _within_reason(file, amount_cents)
    if queries.is_withdrawn(file):
        raise FileWasWithdrawn(reference=file.reference)
    _give_back(decision, by=by, at=at)
    changes = {"outcome": Outcome.APPROVED, "amount_cents": amount_cents, "reason": ""}
    texts = {"words": words.strip(), "conditions": conditions.strip()}
    _settle(decision, "approve", by=by, at=at, **changes, **texts)
    if envelope := file.call.envelope:
        subject = {"subject": decision, "file": file}
        envelopes.deposit(envelope, Kinds.RESERVED, amount_cents, by=by, at=at, **subject)
    return decision


@transaction.atomic
def reserve(
    decision: Decision, *, by: User, at: datetime, reason: str, words: str = ""
) -> Decision:
    """Good, but not now: kept in reserve in case money is left. Raises `ReasonNeeded`."""
    require(policy.may_decide(by, decision.application, at=at))
    ruling = Ruling(outcome=Outcome.RESERVED, reason=reason, words=words)
    return _without_money(decision, "reserve", ruling, by=by, at=at)


@transaction.atomic
def decline(
    decision: Decision, *, by: User, at: datetime, reason: str, words: str = ""
) -> Decision:
    """No, with a reason. Raises `ReasonNeeded`."""
    require(policy.may_decide(by, decision.application, at=at))
    ruling = Ruling(outcome=Outcome.DECLINED, reason=reason, words=words)
    return _without_money(decision, "decline", ruling, by=by, at=at)


@transaction.atomic
def defer(decision: Decision, *, by: User, at: datetime, reason: str, words: str = "") -> Decision:
    """Not decided today; the file waits for another meeting. Raises `ReasonNeeded`."""
    require(policy.may_decide(by, decision.application, at=at))
    ruling = Ruling(outcome=Outcome.DEFERRED, reason=reason, words=words)
    return _without_money(decision, "defer", ruling, by=by, at=at)


def _without_money(
    decision: Decision, name: str, ruling: Ruling, *, by: User, at: datetime
) -> Decision:
    definition = calls.definition(decision.application.form_id)
    if ruling.reason not in queries.reasons_for(definition, ruling.outcome):
        raise ReasonNeeded
    _give_back(decision, by=by, at=at)
    changes = {"outcome": ruling.outcome, "reason": ruling.reason, "words": ruling.words.strip()}
    return _settle(decision, name, by=by, at=at, amount_cents=0, conditions="", **changes)


def _settle(decision: Decision, name: str, *, by: User, at: datetime, **changes: Any) -> Decision:
    if Meeting.objects.filter(decisions=decision, ended_at__isnull=False).exists():
        raise MeetingHasEnded
    move(decision, MOVES, name, settled_at=at, settled_by=by, **changes)
    record(
        f"decision.{decision.status}",
        decision,
        by=by,
        at=at,
        file=decision.application,
        cents=decision.amount_cents,
        reason=decision.reason,
    )
    return decision


def _give_back(decision: Decision, *, by: User, at: datetime) -> None:
    """Release what this decision reserved before it changes its mind.

    The envelope is locked before the ledger is read, so that two people who change the same
    decision cannot both give the same money back.
    """
    file = decision.application
    if file.call.envelope_id is None:
        return
    envelope = envelopes.lock(file.call.envelope_id, by=by, at=at)
    held = ledger.of_record(decision)
    if cents := held[Kinds.RESERVED] - held[Kinds.RELEASED]:
        subject = {"subject": decision, "file": file}
        envelopes.deposit(envelope, Kinds.RELEASED, cents, by=by, at=at, **subject)
