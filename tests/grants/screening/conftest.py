"""Staff without a second factor: the doors have tests of their own."""

import pytest

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
def begun(submitted, coordinator):
    """Lupita's application, whose rules ran after the call had closed."""
    return make_begun(submitted, by=coordinator)
