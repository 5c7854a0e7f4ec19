"""Staff without a second factor: the doors have tests of their own."""

import pytest

from tests.world_reviews import make_declared


@pytest.fixture(autouse=True)
def _open_doors(settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def manager(staff):
    return staff("manager")


@pytest.fixture
def reviewer(staff):
    return staff("reviewer")


@pytest.fixture
def declared(submitted, reviewer):
    """Lupita's file, given to a reviewer who declared no interest."""
    return make_declared(submitted, reviewer)
