"""Makers of decisions: a meeting, a file ruled on, and one that the head of mission confirmed."""

from datetime import UTC, datetime

from monarca.grants.decisions import actions, queries
from monarca.grants.decisions.states import Ruling
from monarca.ground.envelopes.models import Envelope
from tests import world
from tests.world_reviews import make_reviewed
from tests.world_screening import make_officer

MET = datetime(2024, 6, 11, 16, 0, tzinfo=UTC)
CONFIRMED = datetime(2024, 6, 14, 16, 0, tzinfo=UTC)


def make_meeting(call, *, at=MET, attendees=()):
    """The open meeting of the call, convened now if there is none."""
    officer = make_officer()
    return queries.open_meeting(call) or actions.convene(
        call, by=officer, at=at, held_at=at, chair=officer, attendees=attendees, place="Sala 3"
    )


def make_ready(call, user, *, reviewer=None, points=4, **changes):
    """An application that was submitted, screened and reviewed to the end."""
    application = world.make_submitted(call, user, **changes)
    make_reviewed(application, reviewer, points=points)
    return application


def make_ruling(application, outcome="approved", *, cents=4_000_000, reason="", at=MET, **words):
    """What the committee rules on a reviewed file; a yes to 40,000 CAD if nothing else is said."""
    reasons = {
        "declined": "weak_gba",
        "reserved": "waiting_list",
        "deferred": "information_pending",
    }
    ruling = Ruling(
        outcome=outcome,
        amount_cents=cents if outcome == "approved" else 0,
        reason=reason or reasons.get(outcome, ""),
        **words,
    )
    meeting = make_meeting(application.call, at=at)
    return actions.decide(application, by=make_officer(), at=at, meeting=meeting, ruling=ruling)


def make_confirmed(application, outcome="approved", *, at=CONFIRMED, **given):
    """Ruled on, and confirmed by the head of mission."""
    decision = make_ruling(application, outcome, **given)
    return actions.confirm(decision, by=make_officer("head_of_mission"), at=at)


def shrink_envelope(call, cents):
    """A smaller envelope than the pack's, for tests of what no longer fits."""
    Envelope.objects.filter(pk=call.envelope_id).update(cents=cents)
