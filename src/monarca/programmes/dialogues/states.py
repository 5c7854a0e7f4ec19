"""Kinds of meetings and what they lead to, who may read an item, and how far each thing is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.engines.states import Moves
from monarca.ground.commitments.states import Sides as Owning


class Kinds(TextChoices):
    DIALOGUE = "dialogue", _("Dialogue")
    WORKING_GROUP = "working_group", _("Working group")
    FORUM = "forum", _("Joint positions in a forum")


class Forums(TextChoices):
    """The international forums that the mission's page names."""

    G20 = "g20", _("G20")
    UN = "un", _("United Nations")
    OECD = "oecd", _("OECD")
    OAS = "oas", _("Organization of American States")
    APEC = "apec", _("APEC")
    WTO = "wto", _("World Trade Organization")


class Sides(TextChoices):
    CANADA = Owning.CANADA.value, _("Canada")
    MEXICO = Owning.MEXICO.value, _("Mexico")


OURS = Sides.CANADA
THEIRS = Sides.MEXICO


def other(side: str) -> str:
    """The side across the table."""
    return THEIRS if side == OURS else OURS


class Status(TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    OPEN = "open", pgettext_lazy("meeting", "In preparation")
    HELD = "held", pgettext_lazy("meeting", "Held")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")


MOVES = Moves(
    {
        "open": (frozenset({Status.PLANNED}), Status.OPEN),
        "hold": (frozenset({Status.PLANNED, Status.OPEN}), Status.HELD),
        "close": (frozenset({Status.HELD}), Status.CLOSED),
        "reopen": (frozenset({Status.CLOSED}), Status.HELD),
    }
)
HAPPENED = frozenset({Status.HELD, Status.CLOSED})


class Sectors(TextChoices):
    PUBLIC = "public", _("Public sector")
    PRIVATE = "private", _("Private sector")


class Sensitivity(TextChoices):
    OPEN = "open", pgettext_lazy("item", "Open")
    INTERNAL = "internal", pgettext_lazy("item", "Own side only")
    SEALED = "sealed", pgettext_lazy("item", "Sealed")


class Asking(TextChoices):
    """Who may send an input before a meeting."""

    NOBODY = "nobody", _("Nobody")
    INVITED = "invited", _("Whoever has the invitation")
    EVERYBODY = "everybody", _("Everybody, on the public page")


class Consent(TextChoices):
    BY_NAME = "by_name", _("Pass it on with our name")
    ANONYMOUS = "anonymous", _("Pass it on without our name")
    NOT_PASSED_ON = "not_passed_on", _("Do not pass it on")


PASSED_ON = frozenset({Consent.BY_NAME, Consent.ANONYMOUS})


class Texts(TextChoices):
    STATEMENT = "statement", _("Joint statement")
    MINUTES = "minutes", _("Minutes")
    POSITION = "position", _("Joint position")


class Stage(TextChoices):
    DRAFT = "draft", pgettext_lazy("text", "Draft")
    FINAL = "final", pgettext_lazy("text", "Final")


ADOPTING = Moves({"adopt": (frozenset({Stage.DRAFT}), Stage.FINAL)})

GUEST = "counterpart"
"""Why a person of the other side reads an edition: it was shared with them by name."""
READER = "reader"
"""Why a person of our own side without a role there reads it."""
