"""One example of each page of payments, found in whatever world there is."""

from monarca.grants.agreements.models import Agreement
from monarca.grants.payments import queries
from monarca.grants.payments.models import PaymentRequest
from monarca.ground.partners.models import Membership
from tests.world_year import holder


def part(role, *states):
    """Who takes the step, and an instalment whose request stands there."""
    found = PaymentRequest.objects.filter(status__in=states).order_by("pk")[0].instalment
    reference = found.agreement.application.reference
    return holder(role), {"ref": reference, "number": found.number}


def file(role):
    user, kwargs = part(role, "paid")
    return user, {"ref": kwargs["ref"]}


def may_close():
    """A file whose money nothing keeps open."""
    rows = Agreement.objects.order_by("pk")
    found = next(each for each in rows if not queries.hindrances_of_closing(each))
    return holder("manager"), {"ref": found.application.reference}


def recipient():
    paid = PaymentRequest.objects.filter(status="paid").order_by("pk")[0]
    agreement = paid.instalment.agreement
    member = Membership.objects.filter(organisation=agreement.recipient).order_by("pk")[0]
    return member.user, {"ref": agreement.application.reference}


EXAMPLES = {
    "payments:mine": lambda _world: recipient(),
    "payments:list": lambda _world: (holder("coordinator"), {}),
    "payments:list?view=certify": lambda _world: (holder("manager"), {}),
    "payments:list?view=paid": lambda _world: (holder("finance"), {}),
    "payments:file": lambda _world: file("finance"),
    "payments:part": lambda _world: part("finance", "released"),
    "payments:part?paid": lambda _world: part("finance", "paid"),
    "payments:part?requested": lambda _world: part("manager", "requested"),
    "payments:recover": lambda _world: file("finance"),
    "payments:close": lambda _world: file("manager"),
    "payments:request": lambda _world: part("coordinator", "paid"),
    "payments:certify": lambda _world: part("manager", "requested"),
    "payments:release": lambda _world: part("finance", "certified"),
    "payments:record": lambda _world: part("finance", "released"),
    "payments:refuse": lambda _world: part("manager", "requested"),
    "payments:cancel": lambda _world: part("coordinator", "paid"),
}
