"""Staff without a second factor: the doors have tests of their own."""

import pytest
from django.test import Client

from tests.world_screening import make_begun


@pytest.fixture(autouse=True)
def _open_doors(settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def coordinator(staff):
    return staff("coordinator")


@pytest.fixture
def manager(staff):
    return staff("manager")


@pytest.fixture
def browser_of():
    """`browser_of(person)` is a browser in which they are signed in."""

    def enter(user):
        client = Client()
        client.force_login(user)
        return client

    return enter


@pytest.fixture
def begun(submitted, coordinator):
    """Lupita's application, whose rules ran after the call had closed."""
    return make_begun(submitted, by=coordinator)
