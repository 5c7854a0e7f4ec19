"""What the tests of every room of the river share."""

import pytest
from django.test import Client


@pytest.fixture
def browser_of():
    """`browser_of(person)` is a browser in which they are signed in."""

    def enter(user):
        client = Client()
        client.force_login(user)
        return client

    return enter
