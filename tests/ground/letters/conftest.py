"""The real outbox and a post that keeps what it would have sent."""

import pytest


@pytest.fixture(autouse=True)
def post(settings):
    settings.MAILERS = {
        "default": {"BACKEND": "monarca.ground.letters.http.Outbox"},
        "post": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"},
    }
    settings.ADDRESS = "https://monarca.example.org"
