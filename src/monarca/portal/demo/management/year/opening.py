"""First chapter: the mission, its people, the pack, the rates, and the call of 2024."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from monarca.grants.calls import actions as calls
from monarca.ground.codelists import actions as codelists
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission, User
from monarca.ground.rates import actions as rates
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.states import STAFF


def open_year(definition: dict[str, Any], say: Callable[[str], None]) -> stage.Year:
    """Load what an installation begins with, let the staff in, publish the call."""
    codelists.load_places(by=None, at=calendar.ARRIVES)
    rates.load_published(by=None, at=calendar.ARRIVES)
    call = calls.load(definition, by=None, at=calendar.LOADS_THE_PACK)
    staff = let_in(call.mission, at=calendar.LOADS_THE_PACK)
    calls.publish(call, by=staff["manager"], at=calendar.PUBLISHES)
    return stage.Year(call=call, staff=staff, say=say)


def let_in(mission: Mission, *, at: datetime) -> dict[str, User]:
    """Everybody of the cast who works for the mission, with their role."""
    found = {}
    for part in STAFF:
        user = people.join(part.email, by=None, at=at, name=part.name, language=part.language)
        people.give_role(user, by=None, at=at, mission=mission, role=part.role)
        found[part.key] = user
    return found
