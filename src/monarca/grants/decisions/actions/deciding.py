"""The committee's acts: it meets, it decides within the envelope, the head of mission confirms."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines.money import Money
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.decisions import policy
from monarca.grants.decisions.models import Attendance, Decision, Meeting
from monarca.grants.decisions.states import MOVES, Outcome, Status
from monarca.grants.reviews import queries as reviews
from monarca.ground.envelopes import actions as envelopes
from monarca.ground.envelopes import queries as ledger
from monarca.ground.envelopes.states import Kinds
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move


class NotReviewedYet(Refused):
    """The committee decides on files whose reviews are complete."""


class MeetingHasEnded(Refused):
    """The meeting is over: its minutes are closed and a new one takes further decisions."""


class MeetingOfAnotherCall(Refused):
    """A file is decided in a meeting of its own call."""


class AmountOutOfReason(Refused):
    """An approved amount is above nothing and at most what was asked and what the call allows."""


class ReasonNeeded(Refused):
    """No, not yet and in reserve carry a reason of the call's list."""


@transaction.atomic
def convene(  # noqa: PLR0913
    call: Call,
    *,
    by: User,
    at: datetime,
    held_at: datetime,
    chair: User,
    attendees: Iterable[User] = (),
    place: str = "",
) -> Meeting:
    require(policy.may_convene(by, call, at=at))
    last = Meeting.objects.select_for_update().filter(call=call).order_by("-number").first()
    meeting = Meeting.objects.create(
        call=call,
        number=(last.number if last else 0) + 1,
        held_at=held_at,
        place=place.strip(),
        chair=chair,
        convened_at=at,
        convened_by=by,
    )
    present = {person.pk: person for person in (chair, *attendees)}
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, user=one) for one in present.values()
    )
    record(
        "meeting.convened", meeting, by=by, at=at, number=meeting.number, present=sorted(present)
    )
    return meeting


@transaction.atomic
def end_meeting(meeting: Meeting, *, by: User, at: datetime, minutes: str) -> Meeting:
    """Close the minutes; they do not change afterwards."""
    require(policy.may_convene(by, meeting.call, at=at))
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.ended_at:
        raise MeetingHasEnded
    held.minutes, held.ended_at = minutes.strip(), at
    held.save(update_fields=["minutes", "ended_at"])
    record("meeting.ended", held, by=by, at=at, number=held.number)
    meeting.refresh_from_db()
    return held


@transaction.atomic
def propose(application: Application, *, by: User, at: datetime, meeting: Meeting) -> Decision:
    """Lay a reviewed file before the committee."""
    require(policy.may_decide(by, application, at=at))
    if not reviews.reviewed().filter(application=application).exists():
        raise NotReviewedYet
    if meeting.call_id != application.call_id:
        raise MeetingOfAnotherCall
    if meeting.ended_at:
        raise MeetingHasEnded
    made, new = Decision.objects.get_or_create(
        application=application,
        defaults={"meeting": meeting, "proposed_at": at, "proposed_by": by},
    )
    if new:
        record("decision.proposed", made, by=by, at=at, file=application)
    elif made.status in {Status.PROPOSED, Status.DEFERRED} and made.meeting_id != meeting.pk:
        made.meeting = meeting
        made.save(update_fields=["meeting"])
        record("decision.proposed_again", made, by=by, at=at, file=application)
    return made


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
    most = min(file.call.max_cents, file.requested_cents or file.call.max_cents)
    if not 0 < amount_cents <= most:
        raise AmountOutOfReason(asked_cents=amount_cents, most_cents=most)
    _give_back(decision, by=by, at=at)
    _settle(
        decision,
        "approve",
        by=by,
        at=at,
        outcome=Outcome.APPROVED,
        amount_cents=amount_cents,
        reason="",
        words=words.strip(),
        conditions=conditions.strip(),
    )
    if file.call.envelope:
        envelopes.deposit(
            file.call.envelope,
            Kinds.RESERVED,
            amount_cents,
            subject=decision,
            by=by,
            at=at,
            file=file,
        )
    return decision


@transaction.atomic
def reserve(
    decision: Decision, *, by: User, at: datetime, reason: str, words: str = ""
) -> Decision:
    """Good, but not now: kept in reserve in case money is left."""
    return _without_money(decision, "reserve", Outcome.RESERVED, reason, words, by=by, at=at)


@transaction.atomic
def decline(
    decision: Decision, *, by: User, at: datetime, reason: str, words: str = ""
) -> Decision:
    return _without_money(decision, "decline", Outcome.DECLINED, reason, words, by=by, at=at)


@transaction.atomic
def defer(decision: Decision, *, by: User, at: datetime, reason: str, words: str = "") -> Decision:
    """Not decided today; the file waits for another meeting."""
    return _without_money(decision, "defer", Outcome.DEFERRED, reason, words, by=by, at=at)


def _without_money(  # noqa: PLR0913
    decision: Decision,
    name: str,
    outcome: str,
    reason: str,
    words: str,
    *,
    by: User,
    at: datetime,
) -> Decision:
    require(policy.may_decide(by, decision.application, at=at))
    definition = calls.definition(decision.application.form_id)
    known = {r["code"] for r in definition["reasons"] if outcome in r["outcomes"]}
    if reason not in known:
        raise ReasonNeeded
    _give_back(decision, by=by, at=at)
    changes = {"outcome": outcome, "reason": reason, "words": words.strip(), "conditions": ""}
    return _settle(decision, name, by=by, at=at, amount_cents=0, **changes)


def _settle(decision: Decision, name: str, *, by: User, at: datetime, **changes: Any) -> Decision:
    if decision.meeting and decision.meeting.ended_at:
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
    """Release what this decision reserved before it changes its mind."""
    held = ledger.of_record(decision)
    cents = held[Kinds.RESERVED] - held[Kinds.RELEASED]
    envelope = decision.application.call.envelope
    if envelope and cents:
        envelopes.deposit(
            envelope,
            Kinds.RELEASED,
            cents,
            subject=decision,
            by=by,
            at=at,
            file=decision.application,
        )


@transaction.atomic
def confirm(decision: Decision, *, by: User, at: datetime) -> Decision:
    """The head of mission confirms, and the applicant hears, whatever the answer."""
    file = decision.application
    require(policy.may_confirm(by, decision, at=at))
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
        reference=file.reference,
        address=f"/applications/{file.reference}/",
        **_told(decision),
    )
    return decision


def _told(decision: Decision) -> dict[str, Any]:
    """What the letter says besides the reference: the amount, or the reason."""
    if decision.outcome == Outcome.APPROVED:
        return {"amount": Money(decision.amount_cents)}
    reasons = calls.definition(decision.application.form_id)["reasons"]
    return {"reason": next(r["label"] for r in reasons if r["code"] == decision.reason)}
