"""The states of a review, the levels of a conflict, and what a reviewer may advise."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class Status(TextChoices):
    ASSIGNED = "assigned", _("Assigned")
    RECUSED = "recused", _("Recused")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETE = "complete", _("Complete")


class Conflict(TextChoices):
    NONE = "none", _("No conflict of interest")
    POTENTIAL = "potential", _("A potential conflict of interest")
    ACTUAL = "actual", _("A conflict of interest")


class Advice(TextChoices):
    APPROVE = "approve", _("Approve")
    CONDITIONS = "conditions", _("Approve with conditions")
    RESERVE = "reserve", _("Keep in reserve")
    DECLINE = "decline", _("Decline")


HINDRANCES = {
    "assigned": _("reads it already"),
    "took_part": _("had a hand in the application or speaks for the organization"),
    "barred": _("takes no part in this file"),
}
"""Why a reviewer cannot be given a file."""

MOVES = Moves(
    {
        "recuse": (
            frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.COMPLETE}),
            Status.RECUSED,
        ),
        "score": (frozenset({Status.ASSIGNED, Status.IN_PROGRESS}), Status.IN_PROGRESS),
        "recommend": (frozenset({Status.IN_PROGRESS}), Status.COMPLETE),
        "return": (frozenset({Status.COMPLETE}), Status.IN_PROGRESS),
    }
)
