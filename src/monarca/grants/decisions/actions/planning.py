"""A plan within the envelope becomes what is laid before the committee; the committee decides."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from monarca.grants.applications.models import Application
from monarca.grants.calls.models import Call
from monarca.grants.decisions import policy, queries
from monarca.grants.decisions.actions.deciding import propose
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.queries import planning
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require


class PlanWasOvertaken(Refused):
    """A plan is laid before the committee as it stood on the page that the manager read."""


@transaction.atomic
def propose_all(
    call: Call, plan: Mapping[str, int], *, by: User, at: datetime, meeting: Meeting, read: str
) -> tuple[Decision, ...]:
    """Lay the files of a plan (reference -> CAD cents) before a meeting, each with its amount.

    Files that the committee has approved stay as they are; a file that was laid before this
    meeting and is not in the plan keeps its place on the agenda without an amount. `read` is the
    seal (`queries.planning.seal_of_plan`) of the plan as it stood. Raises `PlanWasOvertaken` where
    something changed since or a file may not be known, and whatever `propose` raises.
    """
    require(policy.may_convene(by, call, at=at))
    if not plan or read != planning.seal_of_plan(by, call, plan, at=at):
        raise PlanWasOvertaken(call=call.code)
    known = planning.candidates(by, call, at=at)
    if set(plan) - set(known.each):
        raise PlanWasOvertaken(call=call.code)
    fresh = {name: known.each[name].file for name in plan if name not in known.kept}
    made = [
        propose(file, by=by, at=at, meeting=meeting, amount_cents=plan[name])
        for name, file in fresh.items()
    ]
    for file in _left_out(by, call, meeting, plan, at=at):
        propose(file, by=by, at=at, meeting=meeting, amount_cents=0)
    record(
        "meeting.planned",
        meeting,
        by=by,
        at=at,
        number=meeting.number,
        files=len(made),
        cents=sum(plan[name] for name in fresh),
    )
    return tuple(made)


def _left_out(
    user: User, call: Call, meeting: Meeting, plan: Mapping[str, int], *, at: datetime
) -> list[Application]:
    """Files with an amount before this meeting that this plan does not fund."""
    seen = queries.managed(user, at=at).order_by().values("pk")
    rows = planning.offered_in(call, meeting=meeting).filter(
        application__in=seen, amount_cents__gt=0
    )
    return [row.application for row in rows if row.application.reference not in plan]
