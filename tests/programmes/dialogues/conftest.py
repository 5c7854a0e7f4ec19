"""A mission with its manager and a counterpart, and an edition shared with that one."""

import pytest

from tests import world_dialogues as world


@pytest.fixture
def manager(mexico):
    return world.manager()


@pytest.fixture
def guest(mexico):
    return world.counterpart()


@pytest.fixture
def edition(manager, guest):
    return world.make_edition(guests=(guest,))
