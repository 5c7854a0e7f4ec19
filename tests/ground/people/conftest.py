"""The real outbox, and hands that open a mailbox."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache

from monarca.ground.letters.models import Letter

NOW = datetime(2026, 4, 1, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def post(settings, tmp_path):
    settings.MAILERS = {
        "default": {"BACKEND": "monarca.ground.letters.http.Outbox"},
        "post": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    settings.STATIC_ROOT = tmp_path
    cache.clear()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


class Mailbox:
    """What the newest letter of a mailbox says."""

    def __init__(self, email):
        self.email = email

    @property
    def letter(self):
        return Letter.objects.filter(to=self.email).latest("pk")

    @property
    def code(self):
        return re.search(r"\b(\d{6})\b", self.letter.body)[1]

    @property
    def link(self):
        return re.search(r"http://testserver(\S+)", self.letter.body)[1]


@pytest.fixture
def mailbox():
    return Mailbox


@pytest.fixture
def ask(client, mailbox):
    """`ask("lupita@example.org")` types the address and opens the mailbox."""

    def typed(email, *, browser=None, lang="es", **more):
        answer = (browser or client).post(f"/{lang}/sign-in/", {"email": email, **more})
        assert answer.status_code == 302
        return mailbox(email.lower())

    return typed


@pytest.fixture
def enter(client, ask):
    """`enter("lupita@example.org")` signs in by code; what the door answered."""

    def typed(email, *, browser=None, **more):
        browser = browser or client
        box = ask(email, browser=browser, **more)
        return browser.post("/es/sign-in/code/", {"code": box.code})

    return typed
