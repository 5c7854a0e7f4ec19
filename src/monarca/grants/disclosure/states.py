"""The states of a disclosure record, how much of it is shown, and why not more."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class Status(TextChoices):
    PREPARED = "prepared", _("Prepared")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Level(TextChoices):
    FULL = "full", _("In full")
    AGGREGATED = "aggregated", _("In totals only")
    ANONYMISED = "anonymised", _("Without names and places")
    WITHHELD = "withheld", _("Not published")


MOVES = Moves(
    {
        "translate": (frozenset({Status.PREPARED}), Status.PREPARED),
        "approve": (frozenset({Status.PREPARED}), Status.APPROVED),
        "publish": (frozenset({Status.APPROVED}), Status.PUBLISHED),
        "withdraw": (
            frozenset({Status.PREPARED, Status.APPROVED, Status.PUBLISHED}),
            Status.WITHDRAWN,
        ),
        "prepare_again": (frozenset({Status.WITHDRAWN, Status.APPROVED}), Status.PREPARED),
    }
)
