"""The states of a payment request; each step is another person's."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class Status(TextChoices):
    REQUESTED = "requested", _("Requested")
    CERTIFIED = "certified", _("Certified")
    RELEASED = "released", _("Released")
    PAID = "paid", _("Paid")
    REFUSED = "refused", _("Refused")


class Reasons(TextChoices):
    UNSPENT = "unspent", _("Money that was not spent")
    INELIGIBLE = "ineligible", _("A cost that is not eligible")


LIVE = (Status.REQUESTED, Status.CERTIFIED, Status.RELEASED)
"""On its way: asked for, and neither paid nor refused."""

MOVES = Moves(
    {
        "certify": (frozenset({Status.REQUESTED}), Status.CERTIFIED),
        "release": (frozenset({Status.CERTIFIED}), Status.RELEASED),
        "record_paid": (frozenset({Status.RELEASED}), Status.PAID),
        "refuse": (frozenset({Status.REQUESTED, Status.CERTIFIED}), Status.REFUSED),
    }
)
