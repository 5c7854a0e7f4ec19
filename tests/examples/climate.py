"""One example of each page of climate."""

from monarca.ground.people.models import Mission
from monarca.programmes.climate.models import Pledge, Series
from tests.world_climate import make_pledge, make_public, make_series
from tests.world_year import holder


def pledge():
    """A public pledge with its series."""
    found = Series.objects.order_by("pk").first()
    if found:
        return found.pledge
    made = make_pledge(Mission.objects.order_by("pk").first(), by=holder("coordinator"))
    make_series(made, by=holder("coordinator"))
    return make_public(made)


def shown(_world):
    return None, {"ref": pledge().reference}


def fresh(_world):
    """A pledge that the mission alone reads, of which nothing is measured."""
    found = Pledge.objects.filter(commitment__is_public=False, series=None).first()
    made = found or make_pledge(Mission.objects.order_by("pk").first(), by=holder("coordinator"))
    return holder("manager"), {"ref": made.reference}


def kept(_world):
    return holder("coordinator"), {"ref": pledge().reference}


def measured(_world):
    return holder("coordinator"), {"ref": pledge().reference, "number": 1}


def downloaded(_world):
    return None, {"ref": pledge().reference, "number": 1}


def overview(_world):
    pledge()
    return None, {}


EXAMPLES = {
    "climate-portal:overview": overview,
    "climate-portal:overview?country=mexico": overview,
    "climate:pledge": shown,
    "climate:download": downloaded,
    "climate:desk": lambda _world: (holder("coordinator"), {}),
    "climate:new": lambda _world: (holder("coordinator"), {}),
    "climate:keep": kept,
    "climate:keep?fresh": fresh,
    "climate:revise": kept,
    "climate:begin-series": fresh,
    "climate:upload": measured,
}
