"""One example of each page of decisions, found in whatever world there is."""

from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.states import Outcome, Status
from monarca.ground.partners.models import Membership
from monarca.ground.people.models import Role


def holder(role):
    """Somebody who holds the role."""
    return Role.objects.filter(role=role, until=None).order_by("pk").first().user


def meeting(role="manager", *, ended):
    """A meeting that goes on, or one that ended."""
    found = Meeting.objects.filter(ended_at__isnull=not ended).order_by("pk").first()
    return holder(role), {"code": found.call.code, "number": found.number}


def file(role="manager"):
    """A file that the committee has decided."""
    found = Decision.objects.exclude(outcome="").order_by("pk").first()
    return holder(role), {"ref": found.application.reference}


def answered():
    """Somebody whose application was answered, and its reference."""
    rows = Decision.objects.filter(status=Status.CONFIRMED, outcome=Outcome.APPROVED)
    found = rows.order_by("pk").first().application
    member = Membership.objects.filter(organisation=found.applicant).order_by("pk").first()
    return member.user, {"ref": found.reference}


def call():
    return Decision.objects.order_by("pk").first().application.call.code


EXAMPLES = {
    "decisions:list": lambda _world: (holder("manager"), {}),
    "decisions:ranking": lambda _world: (holder("manager"), {"code": call()}),
    "decisions:plan": lambda _world: (holder("manager"), {"code": call()}),
    "decisions:convene": lambda _world: (holder("manager"), {"code": call()}),
    "decisions:meeting": lambda _world: meeting(ended=False),
    "decisions:end": lambda _world: meeting(ended=False),
    "decisions:minutes": lambda _world: meeting(ended=True),
    "decisions:file": lambda _world: file(),
    "decisions:confirm": lambda _world: file("head_of_mission"),
    "decisions:confirm-all": lambda _world: (holder("head_of_mission"), {"code": call()}),
    "decisions:answer": lambda _world: answered(),
}
