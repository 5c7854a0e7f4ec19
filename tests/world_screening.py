"""Makers of screening: a file whose rules ran, and one that a person concluded."""

from datetime import UTC, datetime

from monarca.grants.screening import actions, queries
from monarca.ground.people import actions as people
from monarca.ground.people import queries as known
from monarca.ground.people.models import Mission
from tests.world import DAWN

AFTER = datetime(2024, 4, 24, 15, 0, tzinfo=UTC)


def make_officer(role="manager", email=""):
    """A person who holds the role at the mission, made once."""
    email = email or f"{role}@example.org"
    found = known.person_of(email)
    if found is None:
        found = people.join(email, by=None, at=DAWN, name=role.title(), language="en")
        mission = Mission.objects.get(code="MEXICO")
        people.give_role(found, by=None, at=DAWN, mission=mission, role=role)
    return found


def make_begun(application, *, by=None, at=AFTER):
    """The rules ran; nobody has decided anything."""
    return actions.begin(application, by=by or make_officer(), at=at)


def make_screened(application, eligible=True, *, by=None, at=AFTER):
    """Concluded: found eligible with every finding settled, or ineligible for a person's reason."""
    officer = by or make_officer()
    screening = make_begun(application, by=officer, at=at)
    for check in queries.undecided(screening):
        if check.outcome == "fail" and eligible:
            actions.waive_check(check, by=officer, at=at, words="Se aceptó por escrito.")
        else:
            actions.confirm_check(check, by=officer, at=at)
    if eligible:
        return actions.pass_(screening, by=officer, at=at)
    if not queries.not_met(screening).exists():
        check = queries.checks_of(screening).get(rule="E05")
        actions.refute_check(check, by=officer, at=at, words="Es una empresa.")
    return actions.fail(screening, by=officer, at=at)
