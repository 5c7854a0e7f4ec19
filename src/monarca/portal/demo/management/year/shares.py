"""Fair shares: a round of doses divided by one rule of four, and an envelope that waits."""

from collections.abc import Mapping
from typing import Any

from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.shares import actions, forms
from monarca.programmes.shares.models import Allocation
from monarca.programmes.shares.states import Plan

DIVIDES = calendar.on("2024-10-07", "10:00")
PROPOSES = calendar.on("2024-10-08", "16:00")
PUBLISHES = calendar.on("2024-10-11", "12:00")
NEXT_ROUND = calendar.on("2025-01-20", "10:00")
NEXT_SUPPLY = 9_000_000


def tell(year: Year) -> None:
    """One division before the public, its next round begun, and one that a manager has to read."""
    story = stage.told("shares")
    doses = proposed(year, "vaccines", story["doses"])
    actions.publish(doses, by=year.staff["head-of-mission"], at=PUBLISHES)
    actions.follow(doses, NEXT_SUPPLY, by=year.staff["coordinator"], at=NEXT_ROUND)
    proposed(year, "envelope", story["envelope"])
    year.say(f"{Allocation.objects.count()} divisions")


def proposed(year: Year, what: str, told: Mapping[str, Any]) -> Allocation:
    clerk = year.staff["coordinator"]
    names = ("title", "about", "supply", "unit", "buffer")
    plan = Plan(what=what, rules=tuple(told["rules"]), **{name: told[name] for name in names})
    made = actions.begin(year.call.mission, plan, by=clerk, at=DIVIDES)
    lines, flaws = forms.read(told["table"].strip().encode(), is_money=what == "envelope")
    if flaws:
        raise ValueError(flaws)
    actions.fill(made, lines, by=clerk, at=DIVIDES)
    return actions.propose(made, told["rule"], why=told["why"]["text"], by=clerk, at=PROPOSES)
