"""Staff without a second factor: the doors have tests of their own."""

import pytest

from tests.world_reviews import make_reviewed
from tests.world_screening import make_officer


@pytest.fixture(autouse=True)
def _open_doors(settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.STATIC_ROOT = tmp_path


@pytest.fixture
def manager(submitted):
    return make_officer("manager")


@pytest.fixture
def head(submitted):
    return make_officer("head_of_mission")


@pytest.fixture
def reviewed(submitted):
    """Lupita's file, read to the end by one reviewer."""
    make_reviewed(submitted)
    return submitted
