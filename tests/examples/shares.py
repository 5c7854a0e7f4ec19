"""One example of each page of divisions."""

from monarca.programmes.shares.models import Allocation
from tests.world_shares import make_draft, make_proposed, make_published
from tests.world_year import holder


def first(status, make):
    found = Allocation.objects.filter(status=status).order_by("pk").first() or make()
    return {"ref": found.reference}


def draft(_world):
    return holder("coordinator"), first("draft", make_draft)


def proposed(_world):
    return holder("manager"), first("proposed", make_proposed)


def published(_world):
    return None, first("published", make_published)


def kept(_world):
    return holder("coordinator"), first("published", make_published)


EXAMPLES = {
    "shares:list": lambda _world: (None, {}),
    "shares:one": published,
    "shares:shares": published,
    "shares:needs": published,
    "shares:content": published,
    "shares:desk": lambda _world: (holder("coordinator"), {}),
    "shares:begin": lambda _world: (holder("coordinator"), {}),
    "shares:file": draft,
    "shares:change": draft,
    "shares:fill": draft,
    "shares:table": draft,
    "shares:propose": draft,
    "shares:send-back": proposed,
    "shares:publish": proposed,
    "shares:withdraw": draft,
    "shares:follow": kept,
}
