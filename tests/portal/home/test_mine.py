"""What somebody who speaks for an organisation finds of what became of their applications."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import world_reports as make
from tests.world_agreements import make_draft_agreement, make_sent
from tests.world_decisions import make_ready

DOORS = ("agreements:recipient", "reports:mine", "payments:mine")


@pytest.fixture
def lupita(person):
    return person()


def doors(user, file, monkeypatch):
    """Which of the three pages of an agreement My applications leads to."""
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: make.JULY)
    client = Client()
    client.force_login(user)
    page = client.get(reverse("home:mine")).text
    return [each for each in DOORS if f'href="{reverse(each, args=[file.reference])}"' in page]


def test_an_agreement_that_was_sent_is_one_click_from_my_applications(call, lupita, monkeypatch):
    file = make_ready(call, lupita)
    make_sent(file)

    assert doors(lupita, file, monkeypatch) == list(DOORS)


def test_a_draft_agreement_shows_nothing_to_the_applicant(call, lupita, monkeypatch):
    file = make_ready(call, lupita)
    make_draft_agreement(file)

    assert doors(lupita, file, monkeypatch) == []
