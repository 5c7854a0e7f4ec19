"""One example of each page of disclosure, found in whatever world there is."""

from django.test import Client

from monarca.grants.disclosure.models import Disclosure
from monarca.grants.disclosure.states import Level, Status
from monarca.ground.people.models import Role


def holder(role):
    """Somebody who holds the role."""
    return Role.objects.filter(role=role, until=None).order_by("pk").first().user


def record(*states):
    rows = Disclosure.objects.filter(level=Level.FULL).order_by("pk")
    return (rows.filter(status__in=states) if states else rows).first()


def file(role, *states):
    """A person with the role, and a file whose record is in one of these states."""
    return holder(role), {"ref": record(*states).application.reference}


def published():
    """Nobody, and the address of a public project."""
    return None, {"ref": record(Status.PUBLISHED).slug}


def entry(name):
    """Nobody, and the first of CommonGrants' entries."""
    answer = Client().get(f"/common-grants/{name}").json()
    return None, {"identity": answer["items"][0]["id"]}


EXAMPLES = {
    "disclosure:projects": lambda _world: (None, {}),
    "disclosure:project": lambda _world: published(),
    "disclosure:open-data": lambda _world: (None, {}),
    "iati-activities": lambda _world: (None, {}),
    "proactive-disclosure": lambda _world: (None, {}),
    "iati-organisation": lambda _world: (None, {}),
    "360giving": lambda _world: (None, {}),
    "common-grants": lambda _world: (None, {}),
    "opportunities": lambda _world: (None, {}),
    "awards": lambda _world: (None, {}),
    "opportunities-search": lambda _world: (None, {}),
    "awards-search": lambda _world: (None, {}),
    "opportunities-entry": lambda _world: entry("opportunities"),
    "awards-entry": lambda _world: entry("awards"),
    "disclosure:list": lambda _world: (holder("coordinator"), {}),
    "disclosure:file": lambda _world: file("coordinator"),
    "disclosure:again": lambda _world: file("coordinator", Status.PREPARED, Status.APPROVED),
}
