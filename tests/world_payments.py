"""Makers for payments: an instalment on its way, as far as a test needs it."""

from monarca.grants.agreements.queries import instalments_of
from monarca.grants.payments import actions
from tests.world_reports import JULY, somebody


def team(agreement):
    """Four people of the mission, one for each step."""
    mission = agreement.application.call.mission
    roles = ("coordinator", "manager", "finance")
    return {role: somebody(f"{role}@example.org", role, mission) for role in roles}


def make_request(agreement, *, number=1, at=JULY):
    part = instalments_of(agreement).get(number=number)
    return actions.request(part, by=team(agreement)["coordinator"], at=at)


def make_certified(agreement, *, number=1, at=JULY):
    request = make_request(agreement, number=number, at=at)
    return actions.certify(request, by=team(agreement)["manager"], at=at)


def make_released(agreement, *, number=1, at=JULY):
    request = make_certified(agreement, number=number, at=at)
    return actions.release(request, by=team(agreement)["finance"], at=at)


def make_paid(agreement, *, number=1, at=JULY, paid_on=None):
    request = make_released(agreement, number=number, at=at)
    return actions.record_paid(
        request, by=team(agreement)["finance"], at=at, paid_on=paid_on or at.date()
    )
