"""The people around a commitment."""

import pytest

from monarca.ground.people import actions as people
from tests import world_commitments as make
from tests.conftest import DAWN


@pytest.fixture
def coordinator(staff):
    return staff("coordinator")


@pytest.fixture
def manager(staff):
    return staff("manager")


@pytest.fixture
def counterpart(staff):
    """A person of the other government, who sees what is shared with them by name."""
    return staff("counterpart")


@pytest.fixture
def commitment(mexico):
    """Deposited by the action plan, withheld from the public, owned by nobody."""
    return make.make_commitment(mexico)


@pytest.fixture
def owned(mexico, counterpart):
    """A commitment that the counterpart answers for."""
    return make.make_commitment(mexico, owners=(make.holder(user=counterpart),))


@pytest.fixture
def far(db):
    """Another mission, with a manager of its own."""
    mission = people.found_mission(
        "LIMA", by=None, at=DAWN, name={"en": "Lima"}, countries=["PE"], time_zone="America/Lima"
    )
    user = people.join("lima@example.org", by=None, at=DAWN, language="en")
    people.give_role(user, by=None, at=DAWN, mission=mission, role="manager")
    return mission, user
