"""What pages say is written as each language writes it, and marked where it is in another."""

from django.urls import reverse
from django.utils.translation import override

from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import Status
from monarca.programmes.dialogues import forms, queries
from tests import world_dialogues as world


def test_the_name_of_a_meeting_has_the_space_of_french_before_its_colon(edition):
    assert queries.full_name(edition) == {
        "es": "Series HRD (es): Encuentro 2025 (es)",
        "en": "Series HRD (en): Encuentro 2025 (en)",
        "fr": "Series HRD (fr)\u00a0: Encuentro 2025 (fr)",
    }


def test_minutes_of_a_sealed_item_are_named_so_too(edition, manager):
    item = world.make_item(edition, "sealed", words="Agua")
    text = world.make_text(edition, "minutes", item=item)
    with override("fr"):
        assert forms.text_name(text).endswith("\u00a0: Agua (fr)")


def test_a_note_with_its_evidence_says_in_which_language_it_is(edition, manager, guest, client):
    world.make_adopted(edition, guest)
    told = commitments.Report(
        note="Comenzó la obra",
        language="es",
        status=Status.UNDER_WAY,
        evidence_url="https://example.org/obra",
        is_public=True,
    )
    commitments.report(Commitment.objects.get(), told, by=manager, at=world.AFTER)
    with override("en"):
        page = client.get(reverse("dialogues:series", args=["HRD"])).content.decode()
    assert '<span lang="es-MX">Comenzó la obra</span>' in page
