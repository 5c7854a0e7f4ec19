"""One example of each page of reviews: who looks, and with which parts of the address."""

from monarca.grants.applications.models import Application
from monarca.grants.reviews.models import Assignment
from monarca.grants.screening import queries as screening
from monarca.grants.screening.models import Screening
from tests.world_reviews import make_declared, make_reviewed
from tests.world_screening import make_officer, make_screened


def going():
    """A review that is not complete, by somebody who declared no interest."""
    found = Assignment.objects.filter(status__in=("assigned", "in_progress")).first()
    return found or make_declared(a_file())


def done():
    """A complete review."""
    return Assignment.objects.filter(status="complete").first() or make_reviewed(a_file())


def a_file():
    """An eligible file that nobody reads, or a submitted one to make eligible."""
    read = Assignment.objects.values("application")
    rows = screening.eligible().exclude(application__in=read)
    if rows.exists():
        return rows[0].application
    begun = Screening.objects.values("application")
    return Application.objects.filter(status="submitted").exclude(pk__in=begun).order_by("pk")[0]


def of_reader(_world):
    row = going()
    return row.reviewer, {"ref": row.application.reference}


def of_manager(_world):
    return make_officer(), {"ref": done().application.reference}


def of_number(world):
    user, given = of_manager(world)
    return user, {**given, "number": 1}


def of_plan(_world):
    """A call with an eligible file that nobody reads, and somebody who could."""
    file = a_file()
    if not screening.eligible().filter(application=file).exists():
        make_screened(file)
    make_officer("reviewer")
    return make_officer(), {"code": file.call.code}


EXAMPLES = {
    "reviews:list": lambda _world: (make_officer(), {}),
    "reviews:closed": lambda _world: (make_officer("reviewer"), {}),
    "reviews:plan": of_plan,
    "reviews:file": of_manager,
    "reviews:return": of_number,
    "reviews:remove": of_number,
    "reviews:review": of_reader,
    "reviews:interest": of_reader,
    "reviews:complete": of_reader,
}
