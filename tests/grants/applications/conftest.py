"""Browsers that are signed in, and a clock that stands at NOON until a test moves it."""

import pytest
from django.test import Client

from monarca.ground.people import http
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def _open_doors(settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def clock(monkeypatch):
    """The instant at which requests arrive: `clock.at = …` moves it."""

    class Clock:
        at = NOON

        @staticmethod
        def now():
            return Clock.at

    monkeypatch.setattr(http, "timezone", Clock)
    return Clock


@pytest.fixture
def browser_of(clock):
    """`browser_of(person)` is a browser in which they are signed in."""

    def enter(user):
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def lupita(person, browser_of):
    return browser_of(person())
