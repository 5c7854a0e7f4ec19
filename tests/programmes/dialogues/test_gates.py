"""Nobody knows of what they may not: a property over people, roles, sharing and sealing."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.ground.people import actions as people
from monarca.ground.people.models import Role
from monarca.ground.people.states import Roles
from monarca.programmes.dialogues import actions, policy, queries
from monarca.programmes.dialogues.states import Consent, Sensitivity, Sides
from tests import world_dialogues as world

SEES = frozenset(Roles.values) - {"reviewer", "counterpart"}
PERSON = st.tuples(
    st.sets(st.sampled_from(sorted(Roles.values)), max_size=3),
    st.sampled_from(["nothing", "shared", "read", "barred"]),
    st.booleans(),
)


@pytest.fixture
def table(edition, manager, guest):
    """One edition of each: shared, not shared; items, papers, inputs and texts of all kinds."""
    other = world.make_edition(edition.series, guests=())
    world.ask(edition)
    for one, theirs in ((edition, guest), (other, None)):
        for side, user in (("canada", manager), ("mexico", theirs)):
            if user is None:
                continue
            for sensitivity in Sensitivity.values:
                item = world.make_item(one, sensitivity, by=user, words=f"{side} {sensitivity}")
                world.make_paper(one, by=user, item=item)
            world.make_paper(one, by=user, shared=True)
        world.make_text(one)
    world.make_item(edition, Sensitivity.SEALED, readers=(guest,), words="both")
    for consent in Consent.values:
        made = world.make_input(edition, consent, secret=consent)
        if consent != Consent.NOT_PASSED_ON:
            actions.pass_on(made, by=manager, at=world.NOW)
    return edition, other


def seen(user):
    """Everything of the room that this person can know of, by kind."""
    at = world.NOW
    return {
        "editions": set(queries.inside(user, at=at)),
        "items": set(queries.items_visible_to(user, at=at)),
        "papers": set(queries.papers_visible_to(user, at=at)),
        "versions": set(queries.versions_visible_to(user, at=at)),
        "inputs": set(queries.inputs_visible_to(user, at=at)),
        "senders": set(queries.senders_visible_to(user, at=at)),
        "texts": set(queries.texts_visible_to(user, at=at)),
        "practices": set(queries.practices_visible_to(user, at=at)),
    }


def expected_side(roles, access):
    """The rule in words: barred is out; a counterpart is a guest of what was shared, or nobody."""
    if access == "barred":
        return ""
    if access == "shared":
        return "mexico" if "counterpart" in roles else ""
    if "counterpart" in roles:
        return ""
    return "canada" if roles & SEES or access == "read" else ""


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(who=PERSON)
def test_nobody_knows_of_what_they_may_not(table, manager, who):
    roles, access, keeps_role = who
    edition, other = table
    with transaction.atomic():
        user = world.make_person("somebody@example.org")
        given = [*roles, *(["counterpart"] if access == "shared" else [])]
        for role in given:
            people.give_role(
                user, by=None, at=world.DAWN, mission=edition.series.mission, role=role
            )
        if access == "shared":
            actions.share(edition, user, by=manager, at=world.NOW)
            if not keeps_role:
                Role.objects.filter(user=user, role="counterpart").update(until=world.NOW)
        elif access == "read" and "counterpart" not in roles:
            actions.let_read(edition, user, by=manager, at=world.NOW)
        elif access == "barred":
            people.close_to(user, edition, by=None, at=world.NOW, reason="conflict")
        held = set(given) - ({"counterpart"} if access == "shared" and not keeps_role else set())
        side = expected_side(held, access)
        found = seen(user)
        assert queries.side_of(user, edition, at=world.NOW) == side
        assert (edition in found["editions"]) == bool(side)
        elsewhere = bool(held & SEES) and "counterpart" not in held
        assert (other in found["editions"]) == elsewhere
        _check_rows(user, found, {edition.pk: side, other.pk: "canada" if elsewhere else ""})
        _check_acts(user, edition, held, side)
        transaction.set_rollback(True)


def _check_rows(user, found, sides):
    for item in found["items"]:
        side = sides[item.edition_id]
        assert side
        assert item.sensitivity != Sensitivity.SEALED
        assert item.sensitivity == Sensitivity.OPEN or item.side == side
    for paper in found["papers"]:
        side = sides[paper.edition_id]
        shared = paper.versions.filter(sharing__isnull=False).exists()
        assert side
        assert paper.side == side or shared
        assert paper.item is None or paper.item in found["items"]
    assert {version.paper for version in found["versions"]} <= found["papers"]
    for row in found["inputs"]:
        side = sides[row.edition_id]
        assert side == "canada" or (side == "mexico" and row.passed_on_at)
    for sender in found["senders"]:
        assert sender.input in found["inputs"]
        assert sender.input.consent != Consent.ANONYMOUS
    assert all(sides[text.edition_id] for text in found["texts"])


def _check_acts(user, edition, held, side):
    runs = side == "canada" and bool(held & {"manager", "coordinator"})
    assert policy.may_run(user, edition, at=world.NOW) == runs
    speaks = side if side == "mexico" or runs else ""
    assert policy.speaks_for(user, edition, at=world.NOW) == speaks
    assert policy.may_publish(user, edition, at=world.NOW) == (runs and "manager" in held)


def test_a_counterpart_reads_open_items_their_own_and_sealed_ones_of_which_they_are_readers(
    table, guest
):
    said = {item.topic["en"] for item in queries.items_visible_to(guest, at=world.NOW)}
    own = {f"mexico {one} (en)" for one in Sensitivity.values}
    assert said == {*own, "canada open (en)", "both (en)"}


def test_our_house_does_not_read_what_is_internal_to_the_other_side(table, manager):
    said = {item.topic["en"] for item in queries.items_visible_to(manager, at=world.NOW)}
    assert "mexico internal (en)" not in said
    assert "mexico sealed (en)" not in said


def test_a_counterpart_of_another_mission_reads_nothing_even_if_it_was_shared(table, manager):
    place = people.found_mission(
        "PERU",
        by=None,
        at=world.DAWN,
        name={"en": "Peru"},
        countries=["PE"],
        time_zone="America/Lima",
    )
    user = world.make_person("lima@example.org", "counterpart", mission=place)
    people.open_to(user, table[0], by=None, at=world.NOW, reason="counterpart")
    assert all(not rows for rows in seen(user).values())


def test_the_public_reads_what_is_public_and_nothing_inside(table):
    assert all(not rows for rows in seen(None).values())
    assert set(queries.visible_to(None, at=world.NOW)) == set(table)
    topics = {item.topic["en"] for item in queries.public_items(table[0])}
    assert topics == {"canada open (en)", "mexico open (en)"}
    assert not queries.public_texts(table[0]).exists()
    assert set(Sides.values) == {"canada", "mexico"}
