"""The states of a decision: what the committee proposes, settles, and the head confirms."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.engines.states import Moves


class Status(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    RESERVED = "reserved", _("In reserve")
    DECLINED = "declined", _("Declined")
    DEFERRED = "deferred", _("Deferred")
    CONFIRMED = "confirmed", pgettext_lazy("decision", "Confirmed")


class Outcome(TextChoices):
    APPROVED = "approved", _("Approved")
    RESERVED = "reserved", _("In reserve")
    DECLINED = "declined", _("Declined")
    DEFERRED = "deferred", _("Deferred")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the committee rules: a yes has CAD cents, anything else a reason of the call's list."""

    outcome: str
    amount_cents: int = 0
    reason: str = ""
    words: str = ""
    conditions: str = ""


SETTLED = frozenset({Status.APPROVED, Status.RESERVED, Status.DECLINED, Status.DEFERRED})
UNSETTLED = frozenset({Status.PROPOSED}) | SETTLED

MOVES = Moves(
    {
        "propose": (
            frozenset({Status.RESERVED, Status.DEFERRED, Status.CONFIRMED}),
            Status.PROPOSED,
        ),
        "approve": (UNSETTLED, Status.APPROVED),
        "reserve": (UNSETTLED, Status.RESERVED),
        "decline": (UNSETTLED, Status.DECLINED),
        "defer": (UNSETTLED, Status.DEFERRED),
        "confirm": (
            frozenset({Status.APPROVED, Status.RESERVED, Status.DECLINED}),
            Status.CONFIRMED,
        ),
    }
)
