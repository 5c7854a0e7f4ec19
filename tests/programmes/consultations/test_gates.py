"""Nobody reads what they may not: every role, named or not, barred or not, sealed or not."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.ground.people import actions as people
from monarca.ground.people.states import SEES_ALL, Roles
from monarca.programmes.consultations import actions, queries
from monarca.programmes.consultations.actions import Entering
from monarca.programmes.consultations.models import Item
from monarca.programmes.consultations.states import SIDES, Kind, Part
from tests import world_consultations as world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("role", ["", *Roles.values])
def test_a_record_is_read_by_its_mission_and_by_who_is_named(staff, person, role, sealed):
    clerk = staff("coordinator", "clerk@example.org")
    made = world.make_begun(clerk, readers=() if sealed else None)
    given_ = Entering("step", world.BEGUN.date(), {"es": "x"}, readers=())
    item = actions.enter(made, given_, by=clerk, at=world.BEGUN)
    for number, (named, named_item, barred) in enumerate(product((False, True), repeat=3)):
        email = f"n{number}@example.org"
        user = staff(role, email) if role else person(email)
        if named:
            people.open_to(user, made, by=None, at=world.BEGUN, reason="named")
        if named_item:
            people.open_to(user, item, by=None, at=world.BEGUN, reason="sealed")
        if barred:
            people.close_to(user, made, by=None, at=world.BEGUN, reason="conflict")
        sees = not barred and (named or (role in SEES_ALL and not sealed))
        rows = queries.items_visible_to(user, at=world.SHARED)
        assert queries.visible_to(user, at=world.SHARED).filter(pk=made.pk).exists() is sees
        assert rows.filter(sealed_at=None).exists() is sees
        assert rows.filter(pk=item.pk).exists() is (sees and named_item)


def test_nobody_signed_in_reads_no_record(staff):
    world.make_begun(staff("coordinator"))
    for nobody in (None, AnonymousUser()):
        assert not queries.visible_to(nobody, at=world.SHARED).exists()
        assert not queries.items_visible_to(nobody, at=world.SHARED).exists()
        assert not queries.named_in(nobody, at=world.SHARED).exists()


ACTS = st.lists(
    st.tuples(
        st.sampled_from([*SIDES, Kind.SHARED, Kind.OUTCOME]), st.sampled_from(Part), st.booleans()
    ),
    max_size=12,
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(said=ACTS, published=st.booleans())
def test_the_public_page_is_what_was_permitted_last_and_nothing_else(mexico, said, published):
    """Whatever is permitted and taken back, in any order: the latest word on each part holds."""
    clerk = people.join("c@example.org", by=None, at=world.BEGUN, language="es")
    for role in ("coordinator", "manager"):
        people.give_role(clerk, by=None, at=world.BEGUN, mission=mexico, role=role)
    made, speaker = world.make_concluded(clerk, result="no_consent")
    proof = world.by_paper(speaker)
    last = {}
    for kind, part, yes in said:
        item = Item.objects.get(consultation=made, kind=kind)
        verb = actions.permit if yes else actions.take_back
        verb(item, part=part, wish=proof, by=clerk, at=world.LATER)
        last[kind, part] = yes
    may = last.get((Kind.EXISTENCE, Part.WORDS), False)
    if published and may:
        actions.publish(made, by=clerk, at=world.LATER)
    assert queries.public().filter(pk=made.pk).exists() is (published and may)
    shown = {each.item.kind for each in queries.shown(made)}
    assert shown == {kind for (kind, _part), yes in last.items() if yes}
