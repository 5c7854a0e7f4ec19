"""One example of each page of payments, found in whatever world there is, or made there."""

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.grants.payments.models import Closure, PaymentRequest
from monarca.ground.partners.models import Membership
from monarca.ground.people.models import Mission, Role
from tests import world_payments, world_reports
from tests.world_payments import PAID_SIGNED


def holder(role, *, but=None):
    """Somebody who holds the role, and is not this person."""
    rows = Role.objects.filter(role=role, until=None).exclude(user=but).order_by("pk")
    found = rows.first()
    mission = Mission.objects.order_by("pk").first()
    return found.user if found else world_reports.somebody(f"{role}@example.org", role, mission)


def agreement():
    """One in force whose money is not closed."""
    closed = Closure.objects.values("agreement")
    found = agreements.in_force().filter(status="active").exclude(pk__in=closed).first()
    return found or made()


def made():
    """An agreement in force on a file that the committee has not decided."""
    decided = Agreement.objects.values("application")
    rows = Application.objects.filter(status="submitted").exclude(pk__in=decided)
    return world_reports.make_agreement(rows.order_by("pk").first(), number=PAID_SIGNED)


def file(role):
    found = agreement()
    return holder(role, but=found.decision.settled_by), {"ref": found.application.reference}


def received():
    """Somebody whose organisation has an agreement."""
    found = agreement()
    member = Membership.objects.filter(organisation=found.recipient).order_by("pk").first()
    return member.user, {"ref": found.application.reference}


MAKERS = {
    "requested": world_payments.make_request,
    "certified": world_payments.make_certified,
    "released": world_payments.make_released,
}


def at(status, role):
    """A payment at this step, and a person who takes the next one."""
    asked = PaymentRequest.objects.filter(status=status).order_by("pk").first()
    if asked is None:
        asked = MAKERS[status](made())
    but = asked.agreement.decision.settled_by if role == "manager" else asked.certified_by
    kwargs = {"ref": asked.application.reference, "number": asked.instalment.number}
    return holder(role, but=but), kwargs


def fresh(role):
    """A payment that nobody has asked for."""
    asked = PaymentRequest.objects.values("instalment")
    rows = agreements.in_force().filter(status="active").order_by("pk")
    for one in (*rows, None):
        found = one or made()
        part = agreements.instalments_of(found).exclude(pk__in=asked).first()
        if part:
            kwargs = {"ref": found.application.reference, "number": part.number}
            return holder(role, but=found.decision.settled_by), kwargs
    raise LookupError


EXAMPLES = {
    "payments:list": lambda _world: (file("manager")[0], {}),
    "payments:mine": lambda _world: received(),
    "payments:file": lambda _world: file("finance"),
    "payments:recover": lambda _world: file("finance"),
    "payments:close": lambda _world: file("manager"),
    "payments:part": lambda _world: at("requested", "manager"),
    "payments:request": lambda _world: fresh("coordinator"),
    "payments:cancel": lambda _world: fresh("manager"),
    "payments:certify": lambda _world: at("requested", "manager"),
    "payments:refuse": lambda _world: at("requested", "manager"),
    "payments:release": lambda _world: at("certified", "finance"),
    "payments:record": lambda _world: at("released", "finance"),
}
