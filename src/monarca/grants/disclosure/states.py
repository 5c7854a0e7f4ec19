"""The states of a disclosure record, how much of it is shown, and why not more."""

from collections.abc import Mapping
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.engines.states import Moves
from monarca.grants.applications.states import Sensitivity


class Status(TextChoices):
    PREPARED = "prepared", pgettext_lazy("record", "Prepared")
    APPROVED = "approved", pgettext_lazy("record", "Approved")
    PUBLISHED = "published", pgettext_lazy("record", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("record", "Withdrawn")


class Level(TextChoices):
    FULL = "full", _("In full")
    AGGREGATED = "aggregated", _("In totals only")
    ANONYMISED = "anonymised", _("Without names and places")
    WITHHELD = "withheld", _("Not published")


class Why(TextChoices):
    """Why less than everything is told (standards 1.7; Access to Information Act, ss. 13 to 20)."""

    SAFETY = "safety", _("Someone could be put at risk")
    ASKED = "asked", _("The organization asked for it")
    PRIVACY = "privacy", _("It would tell of private persons")
    RELATIONS = "relations", _("It would harm relations with authorities")
    CONFIDENTIAL = "confidential", _("The agreement holds confidential matters")


class Field(TextChoices):
    """The texts that are published in both official languages."""

    TITLE = "title", _("Title")
    DESCRIPTION = "description", _("Description")
    RESULTS = "expected_results", _("Expected results")


LONGEST: Mapping[str, int] = {Field.TITLE: 200, Field.DESCRIPTION: 4000, Field.RESULTS: 4000}
"""How many letters an official text may have."""


class Kind(TextChoices):
    """The public files, by the names of `monarca publish`."""

    IATI = "iati", _("IATI activity file")
    CANADA = "proactive-disclosure", _("Proactive disclosure of Canada")


class Further(StrEnum):
    """The files that only machines read, by the names of `monarca publish`."""

    ORGANISATION = "iati-org"
    GIVING = "360giving"
    COMMON = "common-grants"


OFFICIAL = ("en", "fr")
"""Both must stand before anything is published (Official Languages Act; the EN and FR gate)."""

OF_ITS_OWN = frozenset({Level.FULL, Level.ANONYMISED})
"""The levels at which an agreement has a page and a line of its own."""

OPEN_TO: Mapping[str, frozenset[str]] = {
    Sensitivity.OPEN: frozenset(Level),
    Sensitivity.RESTRICTED: frozenset({Level.ANONYMISED, Level.AGGREGATED, Level.WITHHELD}),
    Sensitivity.SEALED: frozenset({Level.AGGREGATED, Level.WITHHELD}),
}
"""How much may be told of a file: of a sealed one at most its share of a total."""

MOVES = Moves(
    {
        "translate": (frozenset({Status.PREPARED}), Status.PREPARED),
        "approve": (frozenset({Status.PREPARED}), Status.APPROVED),
        "publish": (frozenset({Status.APPROVED}), Status.PUBLISHED),
        "withdraw": (
            frozenset({Status.PREPARED, Status.APPROVED, Status.PUBLISHED}),
            Status.WITHDRAWN,
        ),
        "prepare_again": (
            frozenset({Status.PREPARED, Status.WITHDRAWN, Status.APPROVED}),
            Status.PREPARED,
        ),
    }
)
