"""One example of each page of what arrives by mail: who looks, and at which arrival."""

from pathlib import Path

from django.utils import timezone

import monarca
from monarca.grants.applications import actions, queries
from monarca.grants.applications.models import Intake
from tests.world_screening import make_officer

MAIL = Path(monarca.__file__).parent / "examples" / "inbox" / "Solicitud CFLI Tinta Viva.eml"


def waiting(given):
    """An arrival that waits for a person; read in now if there is none."""
    found = Intake.objects.filter(status="read", problem="").order_by("pk").first()
    if found is None:
        call, at = given.submitted.call, timezone.now()
        found = actions.read_in([MAIL], call=call, by=None, at=at)[0].intake
    return found


def arrival(given, **more):
    return make_officer("coordinator"), {"key": waiting(given).key, **more}


def with_a_file(given):
    part = queries.parts_of(waiting(given))[0]
    return arrival(given, digest=part.file.sha256[:16])


EXAMPLES = {
    "applications:intake-list": lambda _given: (make_officer("coordinator"), {}),
    "applications:intake-list?view=confirmed": lambda _given: (make_officer("coordinator"), {}),
    "applications:intake": arrival,
    "applications:intake-aside": arrival,
    "applications:intake-file": with_a_file,
}
"""The list, one arrival beside what was read, setting it aside, a file as it came."""
