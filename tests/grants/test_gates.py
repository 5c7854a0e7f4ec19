"""Gate 1: who may see a file, and that every room only narrows it."""

from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

import pytest

from monarca.grants.applications import actions, queries
from monarca.grants.applications.models import Application
from monarca.ground.journal.models import Entry
from monarca.ground.people import actions as people
from tests import world
from tests.conftest import NOON

RIVER = [
    "screening",
    "reviews",
    "decisions",
    "agreements",
    "reports",
    "payments",
    "results",
    "disclosure",
]
ROOMS = [room for room in RIVER if find_spec(f"monarca.grants.{room}.queries")]
STAFF = ["coordinator", "manager", "head_of_mission", "finance", "headquarters", "auditor"]


def sees(user, application):
    return queries.visible_to(user, at=NOON).filter(pk=application.pk).exists()


@pytest.mark.parametrize("role", STAFF)
def test_staff_of_the_mission_see_what_was_submitted(submitted, staff, role):
    assert sees(staff(role), submitted)


@pytest.mark.parametrize("role", STAFF)
def test_nobody_at_the_mission_sees_a_draft(draft, staff, role):
    assert not sees(staff(role), draft)


def test_a_reviewer_sees_only_what_was_assigned(submitted, staff):
    reviewer = staff("reviewer")
    assert not sees(reviewer, submitted)

    people.open_to(reviewer, submitted, by=None, at=NOON, reason="assigned")
    assert sees(reviewer, submitted)


def test_strangers_see_nothing_and_members_their_own(submitted, person):
    assert sees(person(), submitted)
    assert not sees(person("otra@example.org"), submitted)


@pytest.mark.parametrize("role", [*STAFF, "reviewer"])
def test_barred_wins_over_every_role_and_every_access(submitted, staff, role):
    user = staff(role)
    people.open_to(user, submitted, by=None, at=NOON, reason="assigned")
    people.close_to(user, submitted, by=None, at=NOON, reason="conflict")

    assert not sees(user, submitted)


def test_a_barred_member_does_not_see_it_either(submitted, person):
    people.close_to(person(), submitted, by=None, at=NOON, reason="conflict")

    assert not sees(person(), submitted)


def test_a_sealed_file_exists_only_for_its_named_readers(submitted, staff, person):
    manager, coordinator, auditor = staff("manager"), staff("coordinator"), staff("auditor")
    actions.seal(submitted, by=manager, at=NOON, readers=[coordinator], alias="Colibrí")

    assert sees(manager, submitted)
    assert sees(coordinator, submitted)
    assert not sees(auditor, submitted)
    assert sees(person(), submitted), "its own people still see it"


def test_who_read_a_file_before_it_was_sealed_and_is_not_named_reads_it_no_more(submitted, staff):
    manager, reviewer, named = staff("manager"), staff("reviewer"), staff("coordinator")
    for one in (reviewer, named):
        people.open_to(one, submitted, by=None, at=NOON, reason="assigned")
    later = NOON + timedelta(minutes=1)
    actions.seal(submitted, by=manager, at=later, readers=[named], alias="Colibrí")

    visible = queries.visible_to
    assert submitted not in visible(reviewer, at=later)
    assert submitted in visible(named, at=later)
    assert submitted in visible(reviewer, at=NOON), "what was true at noon stays true of noon"
    ended = Entry.objects.filter(verb="access.ended")
    assert [entry.data["user"] for entry in ended] == [reviewer.pk]


def test_another_missions_staff_see_nothing(submitted, db):
    cuba = people.found_mission(
        "CUBA",
        by=None,
        at=world.DAWN,
        name={"en": "Cuba"},
        countries=["CU"],
        time_zone="America/Havana",
    )
    manager = people.join("manager-cuba@example.org", by=None, at=world.DAWN)
    people.give_role(manager, by=None, at=world.DAWN, mission=cuba, role="manager")

    assert not sees(manager, submitted)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_begins_with_the_gate_of_applications(room):
    """Each `visible_to` downstream narrows the one of applications: the source says so."""
    import inspect

    module = import_module(f"monarca.grants.{room}.queries")
    source = inspect.getsource(module.visible_to)
    assert '.objects.filter(gate.seen(user, at=at, path="application__"))' in source


def test_random_people_never_see_more_downstream(submitted, staff, person):
    """Whatever a room shows somebody, applications shows them its file."""
    everybody = [staff(role) for role in [*STAFF, "reviewer"]] + [
        person(),
        person("otra@example.org"),
    ]
    people.close_to(everybody[0], submitted, by=None, at=NOON, reason="conflict")
    for user in everybody:
        files = set(queries.visible_to(user, at=NOON).values_list("pk", flat=True))
        for room in ROOMS:
            module = import_module(f"monarca.grants.{room}.queries")
            shown = set(
                module.visible_to(user, at=NOON).order_by().values_list("application", flat=True)
            )
            assert shown <= files, (room, user)
    assert Application.objects.count() == 1
