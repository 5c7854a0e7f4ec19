"""The walk: one request steps down through the floors and never climbs back."""

import inspect
import os
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests import world
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


WALK = Path(__file__).parents[1] / "docs" / "walk.md"
TOLD = ("grants", "ground", "engines", "kit.guard", "kit.moving")


def tour(steps):
    """The trace as a page for newcomers: each public function once, in the order of the walk."""
    lines, seen = [], set()
    for _, module, name in steps:
        place = f"{module.removeprefix('monarca.')}.{name}"
        if name.startswith("_") or place in seen or not place.startswith(TOLD):
            continue
        function = getattr(import_module(module), name, None)
        said = inspect.getdoc(function) if inspect.isfunction(function) else None
        seen.add(place)
        if function is not None:
            lines.append(f"| `{place}` | {said.splitlines()[0] if said else ''} |")
    return "\n".join([*HEAD, *lines, ""])


HEAD = (
    "# A walk: what happens when somebody submits",
    "",
    "Lupita presses *Submit*. These functions of ours run, in this order, each one step further down. The",
    "list is the trace that `tests/test_walk.py` takes; `MONARCA_WRITE=1 pytest tests/test_walk.py` writes it anew.",
    "",
    "| function | what it says of itself |",
    "|---|---|",
)


def submit(user, draft, *, later=False):
    client = Client()
    client.force_login(user)
    address = reverse("applications:submit", args=[draft.reference])

    def press():
        return client.post(address, page_of("declaration"))

    return press if later else press()


@pytest.mark.django_db
def test_submitting_walks_downhill(call, draft, person, monkeypatch):
    noon = datetime(2024, 4, 1, 18, 0, 0, 1, tzinfo=UTC)  # no other test asks at this instant
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: noon)
    other = person("rosa@example.org", "Rosa")
    submit(other, world.make_draft(call, other))  # so that whatever is kept in memory is there

    steps = steps_of(submit(person(), draft, later=True))

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
    if os.environ.get("MONARCA_WRITE"):
        WALK.write_text(tour(steps))
    assert WALK.read_text() == tour(steps), "run MONARCA_WRITE=1 pytest tests/test_walk.py"
