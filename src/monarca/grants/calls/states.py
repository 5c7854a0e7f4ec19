"""The states of a call. Whether it is open is computed from time, never stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


MOVES = Moves(
    {
        "publish": (frozenset({Status.DRAFT}), Status.PUBLISHED),
        "extend": (frozenset({Status.PUBLISHED}), Status.PUBLISHED),
        "close": (frozenset({Status.PUBLISHED}), Status.CLOSED),
        "cancel": (frozenset({Status.DRAFT, Status.PUBLISHED}), Status.CANCELLED),
    }
)
