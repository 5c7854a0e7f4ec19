"""One example of each page of money and rates that belongs to no file."""

from monarca.ground.envelopes.models import Envelope
from tests.world_year import holder


def a_year():
    envelope = Envelope.objects.select_related("mission").order_by("pk")[0]
    return holder("finance"), {"mission": envelope.mission.code, "year": envelope.fiscal_year}


EXAMPLES = {
    "rates:list": lambda _world: (holder("finance"), {}),
    "envelopes:list": lambda _world: (holder("finance"), {}),
    "envelopes:ledger": lambda _world: a_year(),
}
