"""The states of a contribution agreement, and the vocabulary of its parts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent for signature")
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    TERMINATED = "terminated", _("Terminated")


class InstalmentKind(TextChoices):
    ADVANCE = "advance", _("Advance")
    INSTALMENT = "instalment", _("Instalment")
    REIMBURSEMENT = "reimbursement", _("Reimbursement")
    FINAL = "final", _("Final payment")


class Condition(TextChoices):
    """What an instalment waits for, as packs name it."""

    SIGNATURE = "signature", _("Both signatures")
    INTERIM = "report:interim", _("Interim report accepted")
    FINAL = "report:final", _("Final report accepted")


class Party(TextChoices):
    RECIPIENT = "recipient", _("Recipient")
    CANADA = "canada", _("Canada")


MOVES = Moves(
    {
        "revise": (frozenset({Status.DRAFT}), Status.DRAFT),
        "send": (frozenset({Status.DRAFT}), Status.SENT),
        "sign": (frozenset({Status.SENT}), Status.ACTIVE),
        "amend": (frozenset({Status.ACTIVE}), Status.ACTIVE),
        "suspend": (frozenset({Status.ACTIVE}), Status.SUSPENDED),
        "resume": (frozenset({Status.SUSPENDED}), Status.ACTIVE),
        "terminate": (
            frozenset({Status.DRAFT, Status.SENT, Status.ACTIVE, Status.SUSPENDED}),
            Status.TERMINATED,
        ),
    }
)
