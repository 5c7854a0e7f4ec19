"""One example of each page of a Youth Lab; the sample year's is made where there is none."""

from monarca.grants.calls.models import Call
from monarca.ground.people.models import Role
from monarca.portal.demo.management.year import youthlab
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.youthlab.models import Edition, Proposal, Round, Seat


def ready():
    """The sample year's chapter, told by whoever holds the roles here."""
    if not Edition.objects.exists():
        roles = ("coordinator", "manager", "head_of_mission")
        staff = {role.replace("_", "-"): holder(role) for role in roles}
        youthlab.tell(Year(call=Call.objects.order_by("pk").first(), staff=staff))


def edition():
    ready()
    return Edition.objects.exclude(status="draft").order_by("pk").first()


def holder(role="manager"):
    return Role.objects.filter(role=role, until=None).order_by("pk").first().user


def at_desk(**more):
    return holder(), {"code": edition().code, **more}


def public(**more):
    return None, {"code": edition().code, **more}


def seat():
    rows = Seat.objects.filter(edition=edition(), status="accepted").order_by("pk")
    return rows.select_related("candidacy__person").first()


def delegate(**more):
    return seat().candidacy.person, {"code": edition().code, **more}


def author(**more):
    row = Proposal.objects.filter(edition=edition(), status="shared").order_by("number").first()
    return row.author.person, {"code": edition().code, "number": row.number, **more}


def ballot():
    return Round.objects.get(edition=edition(), kind="vote").number


EXAMPLES = {
    "youthlab:list": lambda _world: (None, {}),
    "youthlab:edition": lambda _world: public(),
    "youthlab:lottery": lambda _world: public(),
    "youthlab:check-file": lambda _world: public(number=1, name="pool.csv"),
    "youthlab:results": lambda _world: public(),
    "youthlab:communique": lambda _world: public(),
    "youthlab:sessions": lambda _world: public(),
    "youthlab:apply": lambda _world: delegate(),
    "youthlab:section": lambda _world: delegate(section="kinds"),
    "youthlab:section?check": lambda _world: delegate(section="words"),
    "youthlab:check": lambda _world: delegate(),
    "youthlab:withdraw": lambda _world: delegate(),
    "youthlab:mine": lambda _world: delegate(),
    "youthlab:room": lambda _world: delegate(),
    "youthlab:propose": lambda _world: delegate(),
    "youthlab:proposal": lambda _world: author(),
    "youthlab:revise": lambda _world: author(),
    "youthlab:amend": lambda _world: author(),
    "youthlab:vote": lambda _world: delegate(number=ballot()),
    "youthlab:adopt": lambda _world: delegate(),
    "youthlab:desk": lambda _world: (holder(), {}),
    "youthlab:found": lambda _world: (holder(), {}),
    "youthlab:answers": lambda _world: (holder(), {}),
    "youthlab:keep": lambda _world: at_desk(),
    "youthlab:change": lambda _world: at_desk(),
    "youthlab:themes": lambda _world: at_desk(),
    "youthlab:quotas": lambda _world: at_desk(),
    "youthlab:invite": lambda _world: at_desk(),
    "youthlab:applications": lambda _world: at_desk(),
    "youthlab:check-one": lambda _world: at_desk(ref=seat().candidacy.reference),
    "youthlab:draw": lambda _world: at_desk(),
    "youthlab:convene": lambda _world: at_desk(number=1),
    "youthlab:hold": lambda _world: at_desk(number=1),
    "youthlab:statements": lambda _world: at_desk(number=ballot()),
    "youthlab:text": lambda _world: at_desk(),
    "youthlab:recommend": lambda _world: at_desk(number=1),
    "youthlab:answer": lambda _world: at_desk(number=1),
}
