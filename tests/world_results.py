"""Makers of results: an indicator with targets by group, values of a report, markers."""

from datetime import UTC, date, datetime

from monarca.grants.results import actions
from tests.world_reports import MARCH, somebody

AUGUST = datetime(2024, 8, 1, 18, 0, tzinfo=UTC)
APRIL = datetime(2025, 4, 1, 18, 0, tzinfo=UTC)
END = date(2025, 2, 28)
TARGETS = {"": 40, "women": 25, "men": 10}
BASELINES = {"": 10, "women": 4}
VALUES = {"": 41, "women": 30, "men": 11}
OWN = {
    "es": "Familias con agua limpia",
    "en": "Families with clean water",
    "fr": "Familles ayant de l'eau potable",
}


def keeper(agreement, role="coordinator", name=""):
    """Somebody of the mission who keeps results."""
    mission = agreement.application.call.mission
    return somebody(name or f"{role}@example.org", role, mission)


def checker(agreement):
    """Another person, who verifies what the keeper recorded."""
    return keeper(agreement, "manager", "checker@example.org")


def make_indicator(agreement, *, at=AUGUST, code="people_trained", by=None, **given):
    """An indicator of the fund's list, for 40 people of whom 25 women and 10 men."""
    given = {"targets": TARGETS, "baselines": BASELINES, "due_on": END, **given}
    return actions.plan(agreement, by=by or keeper(agreement), at=at, code=code, **given)


def make_own(agreement, *, at=AUGUST, **given):
    """An indicator in own words, without groups."""
    given = {"name": OWN, "level": "immediate", "targets": {"": 60}, "baselines": {}, **given}
    return make_indicator(agreement, at=at, code="", **given)


def make_actual(indicator, report, *, at=MARCH, by=None, values=VALUES, measured_on=END, words=""):
    """What the report says of the indicator, as the keeper writes it down."""
    by = by or keeper(indicator.agreement)
    return actions.record(
        indicator,
        by=by,
        at=at,
        report=report,
        values=values,
        measured_on=measured_on,
        words=words,
    )


def make_verified(indicator, report, *, at=MARCH, **given):
    """Recorded by one person, verified by another."""
    make_actual(indicator, report, at=at, **given)
    return actions.verify(indicator, by=checker(indicator.agreement), at=at, report=report)


def make_markers(agreement, *, at=AUGUST):
    return actions.score(agreement, by=keeper(agreement), at=at)
