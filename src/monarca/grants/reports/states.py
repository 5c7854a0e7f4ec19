"""The states of a report, the ladder of its reminders, and the parts it is written in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.engines.states import Moves


class Status(TextChoices):
    DUE = "due", pgettext_lazy("report", "Due")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")


class Kind(TextChoices):
    INTERIM = "interim", _("Interim report")
    FINAL = "final", _("Final report")


OPEN = (Status.DUE, Status.RETURNED)
"""The recipient is still to send it, for the first time or again."""

LADDER = (-14, 0, 7, 14)
"""Days from the due date on which a reminder goes out (domain dossier, 8.5)."""

MOVES = Moves(
    {
        "submit": (frozenset({Status.DUE, Status.RETURNED}), Status.SUBMITTED),
        "return": (frozenset({Status.SUBMITTED}), Status.RETURNED),
        "accept": (frozenset({Status.SUBMITTED}), Status.ACCEPTED),
    }
)
