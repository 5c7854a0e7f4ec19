"""The committee meets, and its minutes close."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.decisions import policy, queries
from monarca.grants.decisions.models import Attendance, Decision, Meeting
from monarca.grants.decisions.states import Status
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import one_at_a_time


class MeetingHasEnded(Refused):
    """The meeting is over: its minutes are closed and a new one takes further decisions."""


class NotOfTheMission(Refused):
    """The chair and everyone present hold a role at the mission."""


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
    """Open a meeting, numbered in the call; the chair is present. Raises `NotOfTheMission`."""
    require(policy.may_convene(by, call, at=at))
    present = {person.pk: person for person in (chair, *attendees)}
    of_the_mission = queries.may_attend(call, at=at).filter(pk__in=present)
    if of_the_mission.count() != len(present):
        raise NotOfTheMission
    one_at_a_time(f"decisions.meeting:{call.pk}")
    last = Meeting.objects.filter(call=call).order_by("-number").first()
    meeting = Meeting.objects.create(
        call=call,
        number=(last.number if last else 0) + 1,
        held_at=held_at,
        place=place.strip(),
        chair=chair,
        convened_at=at,
        convened_by=by,
    )
    Attendance.objects.bulk_create(Attendance(meeting=meeting, user_id=pk) for pk in present)
    record(
        "meeting.convened", meeting, by=by, at=at, number=meeting.number, present=sorted(present)
    )
    return meeting


@transaction.atomic
def end_meeting(meeting: Meeting, *, by: User, at: datetime, minutes: str) -> Meeting:
    """Close the minutes with what was decided; whoever was put off hears it now.

    The minutes do not change afterwards. Raises `MeetingHasEnded`.
    """
    require(policy.may_convene(by, meeting.call, at=at))
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.ended_at:
        raise MeetingHasEnded
    taken = list(Decision.objects.filter(meeting=held).order_by("settled_at", "pk"))
    findings = queries.findings_of([one.application for one in taken])
    held.items = [_item(one, findings) for one in taken]
    held.minutes, held.ended_at = minutes.strip(), at
    held.save(update_fields=["minutes", "items", "ended_at"])
    for decision in taken:
        if decision.status == Status.DEFERRED:
            _put_off(decision, by=by, at=at)
    record("meeting.ended", held, by=by, at=at, number=held.number, files=len(taken))
    meeting.refresh_from_db()
    return held


def _item(decision: Decision, findings: queries.Findings) -> dict[str, Any]:
    found = findings[decision.application_id]
    return {
        "file": decision.application_id,
        "outcome": decision.outcome,
        "cents": decision.amount_cents if decision.outcome else 0,
        "reason": decision.reason,
        "words": decision.words,
        "conditions": decision.conditions,
        "mean": str(found.mean) if found.mean is not None else "",
        "ge_codes": list(found.ge_codes),
    }


def _put_off(decision: Decision, *, by: User, at: datetime) -> None:
    """The head of mission does not confirm a deferral; the applicant hears of it all the same."""
    file = decision.application
    definition = calls.definition(file.form_id)
    letters.write(
        "decision.deferred",
        to=file.applicant,
        by=by,
        at=at,
        about=decision,
        file=file,
        call_texts=definition["letters"],
        address=f"/applications/{file.reference}/decision/",
        reason=queries.reason_label(definition, decision.reason),
    )
