"""What is scarce, why somebody takes no part in a round, and what becomes of a division."""

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
