"""The page of rates: finance enters one by hand with its source; others read."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.ground.rates import actions, queries
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


def test_the_same_source_twice_a_day_is_said_at_its_box(staff):
    browser, where = page(staff("finance"))
    browser.post(where, GIVEN)
    answer = browser.post(where, {**GIVEN, "cad": "0.09"})

    assert answer.status_code == 422
    assert 'href="#id_source"' in answer.content.decode()
    assert Rate.objects.count() == 1


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_the_page_opens_in_three_languages(staff, lang):
    browser, _where = page(staff("finance"))
    browser.post(_where, GIVEN)
    with override(lang):
        html = browser.get(reverse("rates:list")).content.decode()

    assert {"es": "0.0812", "en": "0.0812", "fr": "0,0812"}[lang] in html
    assert "Banco de México" in html


@pytest.mark.usefixtures("asked_before")
def test_sixty_rates_cost_no_more_questions_than_ten(staff):
    browser, where = page(staff("finance"))
    counts = []
    for many in (10, 50):
        for place in range(many):
            actions.enter(
                "MXN",
                Decimal("0.08"),
                on=NOON.date() - timedelta(days=Rate.objects.count()),
                source=f"SAT {place}",
                by=staff("finance"),
                at=NOON,
            )
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(where).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 10
