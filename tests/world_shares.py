"""Makers of divisions: a draft with claimants, one proposed, one published."""

from datetime import UTC, datetime

from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission
from monarca.programmes.shares import actions
from monarca.programmes.shares.states import Line, Plan

DAWN = datetime(2024, 1, 2, 12, 0, tzinfo=UTC)
JUNE = datetime(2024, 6, 3, 18, 0, tzinfo=UTC)

LINES = (
    Line("bogota", "Bogotá", 900, weight="12"),
    Line("guatemala", "Guatemala", 700, weight="9"),
    Line("mexico", "México", 1500, weight="20"),
    Line("la-paz", "La Paz", 250, weight="4", aside="not_ready"),
)


def plan(**given):
    start = {
        "title": {"en": "Vaccine doses", "es": "Dosis de vacuna", "fr": "Doses de vaccin"},
        "about": {"en": "A round for four missions.", "es": "", "fr": ""},
        "what": "vaccines",
        "supply": 2000,
    }
    return Plan(**{**start, **given})


def officer(role, email=""):
    mission = Mission.objects.order_by("pk")[0]
    user = people.join(
        email or f"{role}@example.org", by=None, at=DAWN, name=role.title(), language="en"
    )
    people.give_role(user, by=None, at=DAWN, mission=mission, role=role)
    return user


def make_draft(lines=LINES, at=JUNE, **given):
    by = officer("coordinator")
    mission = Mission.objects.order_by("pk")[0]
    made = actions.begin(mission, plan(**given), by=by, at=at)
    return actions.fill(made, lines, by=by, at=at) if lines else made


def make_proposed(rule="webster", at=JUNE, **given):
    made = make_draft(at=at, **given)
    why = "A larger supply never lowers anybody."
    return actions.propose(made, rule, why=why, by=officer("coordinator"), at=at)


def make_published(rule="webster", at=JUNE, **given):
    made = make_proposed(rule, at=at, **given)
    return actions.publish(made, by=officer("manager"), at=at)
