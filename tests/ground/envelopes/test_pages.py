"""The page of an envelope: its sums and every movement, never whose file it was."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from monarca.ground.envelopes import actions
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def _noon(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: NOON)


def address(name, *parts):
    with override("en"):
        return reverse(f"envelopes:{name}", args=parts)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_ledger_says_what_moved_and_names_no_file(submitted, staff):
    envelope = submitted.call.envelope
    actions.deposit(
        envelope, "reserved", 1_234_500, subject=submitted, by=None, at=NOON, file=submitted
    )
    browser = signed_in(staff("finance"))

    assert envelope.fiscal_year in browser.get(address("list")).content.decode()
    html = browser.get(
        address("ledger", envelope.mission.code, envelope.fiscal_year)
    ).content.decode()
    assert html.count("12,345.00 CAD") == 2, "promised, and the movement"
    assert submitted.reference not in html
    assert submitted.title not in html


def test_people_without_a_role_there_find_nothing(submitted, person):
    envelope = submitted.call.envelope
    browser = signed_in(person("otra@example.org"))

    assert envelope.fiscal_year not in browser.get(address("list")).content.decode()
    assert (
        browser.get(address("ledger", envelope.mission.code, envelope.fiscal_year)).status_code
        == 404
    )
