"""What somebody who speaks for an organisation finds of what became of their applications."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from monarca.grants.agreements import actions
from tests import world_reports as make
from tests.world_agreements import make_draft_agreement, make_sent, sign
from tests.world_decisions import make_ready, make_ruling
from tests.world_screening import make_officer

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


def status(user, file):
    client = Client()
    client.force_login(user)
    page = client.get(reverse("home:mine")).text
    return re.search(
        rf"{file.reference}.*?<span class=\"tag \w+\">([^<]+)</span>", page, re.DOTALL
    )[1]


def test_an_organisation_reads_what_was_told_to_it_and_nothing_before(call, lupita, monkeypatch):
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: make.JULY)
    file = make_ready(call, lupita)
    assert status(lupita, file) == "Submitted"

    agreement = make_sent(file)
    assert status(lupita, file) == "To sign"

    sign(agreement, "recipient")
    sign(agreement, "canada")
    assert status(lupita, file) == "Agreement in force"

    head = make_officer("head_of_mission")
    actions.suspend(agreement, by=head, at=make.JULY, reason="Falta un informe.")
    assert status(lupita, file) == "Suspended"


def test_a_decision_that_nobody_confirmed_is_not_told(call, lupita, monkeypatch):
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: make.JULY)
    file = make_ready(call, lupita)
    make_ruling(file)
    assert status(lupita, file) == "Submitted"


def test_a_draft_agreement_is_only_an_approved_application(call, lupita, monkeypatch):
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: make.JULY)
    file = make_ready(call, lupita)
    make_draft_agreement(file)
    assert status(lupita, file) == "Approved"
