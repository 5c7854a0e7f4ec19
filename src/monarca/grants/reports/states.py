"""The states of a report."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class Status(TextChoices):
    DUE = "due", _("Due")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")


class Kind(TextChoices):
    INTERIM = "interim", _("Interim report")
    FINAL = "final", _("Final report")


MOVES = Moves(
    {
        "save": (frozenset({Status.DUE, Status.RETURNED}), Status.DUE),
        "submit": (frozenset({Status.DUE, Status.RETURNED}), Status.SUBMITTED),
        "return": (frozenset({Status.SUBMITTED}), Status.RETURNED),
        "accept": (frozenset({Status.SUBMITTED}), Status.ACCEPTED),
    }
)
