"""An agreement in force, its people, and those who read for the embassy."""

import pytest

from tests import world_reports


@pytest.fixture
def agreement(submitted):
    return world_reports.make_agreement(submitted)


@pytest.fixture
def lupita(person):
    return person()


@pytest.fixture
def coordinator(staff):
    return staff("coordinator")
