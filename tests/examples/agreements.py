"""One example of each page of agreements, found in whatever world there is."""

from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.states import Status
from monarca.ground.partners.models import Membership
from monarca.ground.people.models import Role


def holder(role):
    """Somebody who holds the role."""
    return Role.objects.filter(role=role, until=None).order_by("pk").first().user


def file(role, *states):
    """A person with the role, and a file whose agreement is in one of these states."""
    rows = Agreement.objects.order_by("pk")
    found = (rows.filter(status__in=states) if states else rows).first()
    return holder(role), {"ref": found.application.reference}


def received():
    """Somebody whose organisation was sent an agreement."""
    found = Agreement.objects.filter(sent_at__isnull=False).order_by("pk").first()
    member = Membership.objects.filter(organisation=found.recipient).order_by("pk").first()
    return member.user, {"ref": found.application.reference}


def paper():
    user, kwargs = received()
    return user, {**kwargs, "kind": "pdf"}


def waits_for_canada():
    user, kwargs = file("head_of_mission", Status.SENT)
    return user, {**kwargs, "party": "canada"}


IN_FORCE = (Status.ACTIVE, Status.SUSPENDED)

EXAMPLES = {
    "agreements:list": lambda _world: (holder("coordinator"), {}),
    "agreements:file": lambda _world: file("coordinator"),
    "agreements:text": lambda _world: file("coordinator"),
    "agreements:revise": lambda _world: file("coordinator", Status.DRAFT),
    "agreements:send": lambda _world: file("coordinator", Status.DRAFT),
    "agreements:signature": lambda _world: waits_for_canada(),
    "agreements:amend": lambda _world: file("head_of_mission", *IN_FORCE),
    "agreements:suspend": lambda _world: file("head_of_mission", *IN_FORCE),
    "agreements:resume": lambda _world: file("head_of_mission", Status.SUSPENDED),
    "agreements:terminate": lambda _world: file("head_of_mission", *IN_FORCE),
    "agreements:recipient": lambda _world: received(),
    "agreements:download": lambda _world: paper(),
}
