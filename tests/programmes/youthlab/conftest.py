"""What tests of the Youth Lab share: a browser in which somebody is signed in."""

import pytest
from django.test import Client


@pytest.fixture
def seen_by(settings):
    """`seen_by(user)` is a browser in which this person is signed in."""
    settings.STAFF_NEED_SECOND_FACTOR = False

    def make(user=None):
        client = Client()
        if user is not None:
            client.force_login(user)
        return client

    return make
