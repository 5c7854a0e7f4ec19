"""The states of an application and of a letter that was read into one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Sensitivity(TextChoices):
    OPEN = "open", _("Open")
    RESTRICTED = "restricted", _("Restricted")
    SEALED = "sealed", _("Sealed")


class IntakeStatus(TextChoices):
    READ = "read", _("Read, waits for a person")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Set aside")


class SetAside(TextChoices):
    """Why what arrived does not become an application."""

    NO_APPLICATION = "no_application", _("It is no application")
    TWICE = "twice", _("The same application arrived already")
    REPLACED = "replaced", _("A newer version replaces it")
    ANOTHER_CALL = "another_call", _("It belongs to another call")
    UNREADABLE = "unreadable", _("It cannot be opened: another copy was asked for")
    OTHER = "other", _("Another reason")


MOVES = Moves(
    {
        "submit": (frozenset({Status.DRAFT}), Status.SUBMITTED),
        "reopen": (frozenset({Status.SUBMITTED}), Status.DRAFT),
        "withdraw": (frozenset({Status.DRAFT, Status.SUBMITTED}), Status.WITHDRAWN),
    }
)

INTAKE_MOVES = Moves(
    {
        "confirm": (frozenset({IntakeStatus.READ}), IntakeStatus.CONFIRMED),
        "refuse": (frozenset({IntakeStatus.READ}), IntakeStatus.REFUSED),
    }
)

SIDES = {"direct": _("take part"), "indirect": _("benefit as well")}
GROUPS = {
    "women": _("Women"),
    "men": _("Men"),
    "girls": _("Girls"),
    "boys": _("Boys"),
    "non_binary": _("Non-binary people"),
}
"""The people grid's sides and groups, as `engines.questions` keeps them."""
