"""One example of each page of results, found in whatever world there is."""

from monarca.grants.results.models import Actual, Indicator
from tests.world_year import holder


def planned(role="coordinator"):
    """Who keeps results, and an indicator."""
    found = Indicator.objects.order_by("pk")[0]
    return holder(role), {"ref": found.application.reference, "number": found.number}


def file(role="coordinator"):
    user, kwargs = planned(role)
    return user, {"ref": kwargs["ref"]}


def measured(role="coordinator"):
    """A value that was recorded, to be corrected or verified."""
    found = Actual.objects.order_by("pk")[0]
    where = {"number": found.indicator.number, "report": found.report.number}
    return holder(role), {"ref": found.indicator.application.reference, **where}


def marker(role="manager"):
    user, kwargs = file(role)
    return user, {**kwargs, "marker": "ge_code"}


EXAMPLES = {
    "results:list": lambda _world: (holder("coordinator"), {}),
    "results:list?view=verify": lambda _world: (holder("manager"), {}),
    "results:file": lambda _world: file(),
    "results:add": lambda _world: file(),
    "results:add?code=": lambda _world: file(),
    "results:add?code=plan-r1": lambda _world: file(),
    "results:add?code=dialogues": lambda _world: file(),
    "results:targets": lambda _world: planned(),
    "results:values": lambda _world: measured(),
    "results:verify": lambda _world: measured("manager"),
    "results:score": lambda _world: file(),
    "results:marker": lambda _world: marker(),
}
