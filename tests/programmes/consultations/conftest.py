"""Who runs a consultation at the mission, and the moment at which its pages are read."""

import pytest
import time_machine

from tests.programmes.consultations.walking import MOMENT


@pytest.fixture
def now(settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def ana(staff):
    return staff("coordinator")


@pytest.fixture
def boss(staff):
    return staff("manager")
