"""One example of each page of consultations, found in whatever world there is."""

from monarca.ground.people.models import User
from monarca.programmes.consultations.models import Consultation, Item, Piece, Representative
from tests import world_consultations as world
from tests.world_year import holder


def public():
    """One that ended in consent, open to everybody."""
    rows = Consultation.objects.filter(is_published=True, status="follow_up")
    return rows.order_by("pk").first() or made_public()


def made_public():
    """Where no chapter told of one."""
    clerk, boss = holder("coordinator"), holder("manager")
    kinds = ("people", "shared", "condition", "outcome")
    return world.make_public(clerk, boss, user=world.a_person(), kinds=kinds)[0]


def running():
    """One that is not over."""
    going = ("prior_agreements", "information", "deliberation", "dialogue")
    rows = Consultation.objects.filter(status__in=going)
    found = rows.order_by("pk").first()
    return found or world.make_dialogue(holder("coordinator"), user=world.a_person())[0]


def speaker(consultation):
    rows = Representative.objects.filter(consultation=consultation, until=None)
    return rows.exclude(user=None).order_by("pk")[0].user


def record(consultation=None, **more):
    one = consultation or public()
    return speaker(one), {"ref": one.reference, **more}


def item(**more):
    one = public()
    found = Item.objects.filter(consultation=one, kind="shared", sealed_at=None).order_by("pk")[0]
    return record(one, code=found.code, **more)


def desk(consultation=None, **more):
    return holder("coordinator"), {"ref": (consultation or running()).reference, **more}


def piece():
    one = public()
    found = Piece.objects.filter(item__consultation=one).order_by("pk")[0]
    return speaker(one), {"ref": one.reference, "code": found.item.code, "number": found.number}


def proof():
    one = public()
    found = Item.objects.filter(consultation=one, kind="outcome").order_by("pk")[0]
    return record(one, key=found.evidence.sha256)


def nobody() -> User | None:
    return None


EXAMPLES = {
    "consultations:list": lambda _world: (nobody(), {}),
    "consultations:one": lambda _world: (nobody(), {"ref": public().reference}),
    "consultations:record": lambda _world: record(),
    "consultations:time": lambda _world: record(running()),
    "consultations:withdraw": lambda _world: record(),
    "consultations:readers": lambda _world: record(),
    "consultations:item": lambda _world: item(),
    "consultations:permit": lambda _world: item(),
    "consultations:words": lambda _world: item(),
    "consultations:file": lambda _world: item(),
    "consultations:seal": lambda _world: item(),
    "consultations:say": lambda _world: item(kind="objection"),
    "consultations:say?addition": lambda _world: item(kind="addition"),
    "consultations:desk": lambda _world: (holder("coordinator"), {}),
    "consultations:desk?view=objections": lambda _world: (holder("manager"), {}),
    "consultations:desk?view=deliberated": lambda _world: (holder("manager"), {}),
    "consultations:new": lambda _world: (holder("coordinator"), {}),
    "consultations:register": lambda _world: (holder("coordinator"), {}),
    "consultations:revise": lambda _world: desk(),
    "consultations:representative": lambda _world: desk(),
    "consultations:interpreter": lambda _world: desk(),
    "consultations:enter": lambda _world: desk(kind="condition"),
    "consultations:enter?shared": lambda _world: desk(kind="shared"),
    "consultations:outcome": lambda _world: desk(),
    "consultations:stop": lambda _world: desk(),
    "consultations:entry": lambda _world: desk(),
    "consultations:piece": lambda _world: piece(),
    "consultations:proof": lambda _world: proof(),
    "consultations:register-file": lambda _world: (nobody(), {}),
    "consultations:desk-file": lambda _world: (holder("coordinator"), {}),
}
