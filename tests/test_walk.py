"""The walk: one request steps down through the floors and never climbs back."""

import sys
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.grants.applications.filling import page_of

FLOORS = ["engines", "kit", "ground", "grants", "portal", "config"]
RIVER = [
    "calls",
    "applications",
    "screening",
    "reviews",
    "decisions",
    "agreements",
    "reports",
    "payments",
    "results",
    "disclosure",
]
GROUND = ["journal", "people", "files", "rates", "codelists", "partners", "envelopes", "letters"]
LAYERS = ["states", "models", "policy", "queries", "forms", "actions", "views", "urls"]
EDGES = {"http", "templatetags", "apps", "management"}


def place(module):
    """(floor, room, layer) of a module of ours, as numbers that only fall on a walk."""
    _, floor, *rest = module.split(".")
    rooms = {"grants": RIVER, "ground": GROUND}.get(floor, [])
    room = rooms.index(rest[0]) if rest and rest[0] in rooms else 0
    layer = next((LAYERS.index(part) for part in rest[1:] if part in LAYERS), 0)
    return FLOORS.index(floor), room, layer


def steps_of(act):
    """Every call of one of our functions by another, while `act` runs."""
    steps = []

    def watch(frame, event, _arg):
        callee = frame.f_globals.get("__name__", "")
        if (
            event != "call"
            or not callee.startswith("monarca.")
            or frame.f_code.co_name.startswith("<")
        ):
            return
        caller = frame.f_back
        while caller and not caller.f_globals.get("__name__", "").startswith("monarca."):
            caller = caller.f_back
        steps.append((caller.f_globals["__name__"] if caller else "", callee, frame.f_code.co_name))

    sys.setprofile(watch)
    try:
        act()
    finally:
        sys.setprofile(None)
    return steps


def climbs(steps):
    for caller, callee, name in steps:
        if not caller or set(caller.split(".")) & EDGES or set(callee.split(".")) & EDGES:
            continue
        above, below = place(caller), place(callee)
        if (
            below[0] > above[0]
            or (below[0] == above[0] and below[1] > above[1])
            or (below[:2] == above[:2] and below[2] > above[2])
        ):
            yield caller, callee, name


@pytest.mark.django_db
def test_submitting_walks_downhill(draft, person, monkeypatch):
    noon = datetime(2024, 4, 1, 18, 0, tzinfo=UTC)
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: noon)
    client = Client()
    client.force_login(person())
    address = reverse("applications:submit", args=[draft.reference])

    steps = steps_of(lambda: client.post(address, page_of("declaration")))

    assert list(climbs(steps)) == []
    walked = [f"{callee.removeprefix('monarca.')}.{name}" for _, callee, name in steps]
    for expected in (
        "grants.applications.queries.owned_by",
        "grants.applications.actions.filing.submit",
        "grants.applications.policy.may_submit",
        "kit.guard.require",
        "grants.calls.models.is_open",
        "kit.moving.move",
        "engines.states.after",
        "ground.journal.actions.record",
    ):
        assert expected in walked, expected
