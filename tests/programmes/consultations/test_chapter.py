"""The sample year's consultations: consent with conditions, none, and one still talked over."""

import pytest

from monarca.ground.commitments.models import Commitment
from monarca.ground.people import actions as people
from monarca.portal.demo.management.year import consultations
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.consultations import queries
from monarca.programmes.consultations.forms import registering
from monarca.programmes.consultations.models import Consultation, Item
from monarca.programmes.consultations.states import Kind
from tests.world import DAWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(call):
    def officer(role):
        user = people.join(f"{role}@example.org", by=None, at=DAWN, name=role, language="es")
        people.give_role(user, by=None, at=DAWN, mission=call.mission, role=role)
        return user

    staff = {role: officer(role) for role in ("coordinator", "manager")}
    consultations.tell(Year(call=call, staff=staff))
    return list(Consultation.objects.order_by("pk"))


def test_one_ends_in_consent_with_conditions_one_without_and_one_goes_on(told):
    path, mast, archive = told
    assert [queries.outcome(one).result for one in (path, mast)] == [
        "consent_with_conditions",
        "no_consent",
    ]
    assert archive.status == "dialogue"
    assert set(queries.public()) == {path, mast}


def test_its_conditions_and_its_prior_agreement_are_commitments_everybody_reads(told):
    promises = Commitment.objects.filter(origin="consultation").order_by("pk")
    assert [(one.is_public, len(one.text), one.owners.count()) for one in promises] == [
        (True, 3, 2)
    ] * 3


def test_words_in_their_language_stand_beside_ours_with_a_voice(told):
    shown = {each.item.kind: each for each in queries.shown(told[0])}
    shared = shown[Kind.SHARED]
    assert {one.language for one in shared.texts} == {"es", "en", "fr", "yua"}
    assert [piece.file.kind for piece in shared.pieces] == ["wav"]
    assert "Muestra" in shared.pieces[0].label
    assert not {Kind.PLACES, Kind.REPRESENTATIVES, Kind.STEP} & set(shown)


def test_both_are_in_canadas_register_without_a_fault(told):
    rows = registering.rows(told)
    assert [(row["is_permitted"], len(row["faults"])) for row in rows[:2]] == [(True, 0)] * 2
    assert not rows[2]["is_permitted"]


def test_what_is_sacred_is_known_to_the_people_and_the_clerk_only(told, django_user_model):
    sealed = Item.objects.get(kind=Kind.STEP)
    known = {
        user.email
        for user in django_user_model.objects.all()
        if queries.items_visible_to(user, at=consultations.OBJECTS).filter(pk=sealed.pk)
    }
    assert known == {"reina.canul@pueblo.example", "coordinator@example.org"}
