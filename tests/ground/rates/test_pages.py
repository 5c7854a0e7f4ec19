"""The page of rates: finance enters one by hand with its source; others read."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from monarca.ground.rates import queries
from monarca.ground.rates.models import Rate
from tests.conftest import NOON

DAY = {"on_day": "1", "on_month": "4", "on_year": "2024"}
GIVEN = {"currency": "MXN", "cad": "0,0812", "source": "Banco de México", **DAY}


@pytest.fixture(autouse=True)
def _noon(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: NOON)


def page(user):
    client = Client()
    client.force_login(user)
    with override("en"):
        return client, reverse("rates:list")


def test_finance_enters_a_rate_with_a_comma_and_a_source(staff):
    browser, where = page(staff("finance"))

    assert browser.post(where, GIVEN).url == where
    assert queries.on(NOON.date(), "MXN").cad_e8 == 8_120_000
    assert "Banco de México" in browser.get(where).content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"cad": "0"},
        {"cad": "mucho"},
        {"cad": "0.123456789"},
        {"cad": "1e9"},
        {"cad": "NaN"},
        {"source": ""},
        {"on_day": "40"},
        {"on_day": "2"},
    ],
)
def test_a_wrong_rate_is_refused_in_words_and_kept_in_its_box(staff, change):
    browser, where = page(staff("finance"))
    answer = browser.post(where, {**GIVEN, **change})

    assert answer.status_code == 422
    assert "<title>Error:" in answer.content.decode()
    assert Rate.objects.count() == 0


def test_others_read_and_cannot_enter(staff):
    browser, where = page(staff("auditor"))

    assert "Enter a rate by hand" not in browser.get(where).content.decode()
    assert browser.post(where, GIVEN).status_code == 403


def test_a_person_without_a_role_does_not_read_the_desk(person):
    browser, where = page(person())

    assert browser.get(where).status_code == 403
