"""What is scarce, why somebody takes no part in a round, and what becomes of a division."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from monarca.engines.states import Moves


class What(TextChoices):
    ENVELOPE = "envelope", _("Money (Canadian dollars)")
    VACCINES = "vaccines", _("Vaccine doses")
    THERAPEUTICS = "therapeutics", _("Therapeutics")
    DIAGNOSTICS = "diagnostics", _("Diagnostics")
    OTHER = "other", _("Something else")


class Aside(TextChoices):
    """Why a claimant takes no part: the COVAX papers' reasons, and one in words."""

    OPTED_OUT = "opted_out", _("Asked for none in this round")
    NOT_READY = "not_ready", _("Not ready to receive")
    UNPAID = "unpaid", _("Payment outstanding")
    DELAYED = "delayed", _("Delivery delayed")
    OTHER = "other", _("Another reason")


KEEPS_ITS_PLACE = frozenset({Aside.NOT_READY, Aside.UNPAID, Aside.DELAYED, Aside.OTHER})
"""Whoever is set aside for one of these is served first in the next round."""


class Status(TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


MOVES = Moves(
    {
        "propose": (frozenset({Status.DRAFT}), Status.PROPOSED),
        "send_back": (frozenset({Status.PROPOSED}), Status.DRAFT),
        "publish": (frozenset({Status.PROPOSED}), Status.PUBLISHED),
        "withdraw": (
            frozenset({Status.DRAFT, Status.PROPOSED, Status.PUBLISHED}),
            Status.WITHDRAWN,
        ),
    }
)


class Said(TextChoices):
    """What a remark beside a division explains."""

    RULE = "rule", _("Why this rule")
    SENT_BACK = "sent_back", _("Why it was sent back")
    WITHDRAWN = "withdrawn", _("Why it was withdrawn")


SHOWN = ("webster", "water_filling", "weighted_water_filling", "largest_remainder")
"""What is compared unless somebody chooses otherwise: four answers to one question."""

MOST_RULES = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """What is divided and how; quantities in cents or whole units, parts per million."""

    title: Mapping[str, str]
    what: str
    supply: int
    about: Mapping[str, str]
    unit: int = 1
    buffer: int = 0
    by: str = "claim"
    target: int = 200_000
    doses: int = 2
    rules: tuple[str, ...] = SHOWN


@dataclass(frozen=True, slots=True)
class Line:
    """One claimant as a person typed or uploaded it; fields as in `models.Claimant`."""

    code: str
    name: str
    claim: int
    weight: str = "1"
    floor: int = 0
    cap: int | None = None
    minimum: int = 0
    population: int = 0
    received: int = 0
    risk: str = "1"
    due: int = 0
    aside: str = ""
    note: str = ""
