"""Fifth chapter: the committee meets within the money there is, the head of mission confirms."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from monarca.grants.decisions import actions as decisions
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.states import Ruling
from monarca.ground.envelopes import actions as envelopes
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year

PRESENT = ("deputy", "coordinator", "tomas", "headquarters")


def decide(year: Year) -> None:
    """The meeting of June: every file has its answer, and every group its letter."""
    story = stage.told("committee")
    hold(year, story["money"]["first"], at=calendar.HEADQUARTERS_SETS_THE_MONEY)
    meeting = convene(year, story["first"], at=calendar.MEETS)
    rule(year, meeting, story["first"]["files"], at=calendar.MEETS)
    minutes = " ".join(story["first"]["minutes"].split())
    manager = year.staff["manager"]
    decisions.end_meeting(meeting, by=manager, at=calendar.MEETING_ENDS, minutes=minutes)
    head = year.staff["head-of-mission"]
    told = decisions.confirm_all(year.call, by=head, at=calendar.HEAD_CONFIRMS)
    year.say(f"{len(told)} decisions confirmed")


def decide_again(year: Year) -> None:
    """The meeting of November, with money that was freed. It is still open."""
    story = stage.told("committee")
    hold(year, story["money"]["later"], at=calendar.MORE_MONEY)
    meeting = convene(year, story["second"], at=calendar.MEETS_AGAIN)
    rule(year, meeting, story["second"]["files"], at=calendar.MEETS_AGAIN)
    decision = Decision.objects.get(application=year.files["periodistas"])
    head = year.staff["head-of-mission"]
    decisions.confirm(decision, by=head, at=calendar.HEAD_CONFIRMS_AGAIN)


def hold(year: Year, dollars: int, *, at: datetime) -> None:
    """Headquarters says how much there is; the manager writes it down."""
    call = year.call
    manager = year.staff["manager"]
    envelopes.set_size(call.mission, call.fiscal_year, dollars * 100, by=manager, at=at)
    call.refresh_from_db()


def convene(year: Year, told: Mapping[str, Any], *, at: datetime) -> Meeting:
    return decisions.convene(
        year.call,
        by=year.staff["manager"],
        at=at,
        held_at=at,
        chair=year.staff["manager"],
        attendees=[year.staff[key] for key in PRESENT],
        place=told["place"],
    )


def rule(
    year: Year, meeting: Meeting, agenda: Iterable[Mapping[str, Any]], *, at: datetime
) -> None:
    for item in agenda:
        file = year.reload(item["file"])
        dollars = item.get("amount", 0)
        cents = dollars * 100 or file.requested_cents or 0
        ruling = Ruling(
            outcome=item["outcome"],
            amount_cents=cents if item["outcome"] == "approved" else 0,
            reason=item.get("reason", ""),
            words=item["words"],
            conditions=item.get("conditions", ""),
        )
        decisions.decide(file, by=year.staff["manager"], at=at, meeting=meeting, ruling=ruling)
