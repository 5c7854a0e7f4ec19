"""Where a commitment comes from, whom it serves, who owes it, and what can become of it."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.engines.states import Moves


class Origins(TextChoices):
    DIALOGUE = "dialogue", _("Dialogue")
    WORKING_GROUP = "working_group", _("Working group")
    CONSULTATION = "consultation", _("Consultation")
    YOUTH = "youth_recommendation", _("Youth recommendation")
    CLIMATE = "climate_pledge", _("Climate pledge")
    AGREEMENT = "agreement", _("Agreement")
    ACTION_PLAN = "action_plan", _("Action plan")


class Aims(TextChoices):
    """What Canada and Mexico say they are united in (the mission's page, second paragraph)."""

    GENDER = "gender_equality", _("Gender equality")
    MARGINALIZED = "marginalized_communities", _("Development among marginalized communities")
    RIGHTS = "human_rights", _("Human rights")
    CLIMATE = "climate", _("Climate change")
    MIGRATION = "migration", _("Root causes of migration")
    ECONOMIES = "economies", _("Economies that work for everyone")


def bits_of(aims: Iterable[str]) -> int:
    """Aims as one number: the first of the list is 1, the second 2, the third 4, and so on."""
    return sum(1 << Aims.values.index(aim) for aim in set(aims))


def aims_in(bits: int) -> list[str]:
    """The aims that `bits_of` made the number of."""
    return [aim for place, aim in enumerate(Aims.values) if bits >> place & 1]


class Pillars(TextChoices):
    """The four pillars of the Canada-Mexico Action Plan 2025-2028."""

    PROSPERITY = "prosperity", _("Prosperity")
    MOBILITY = "mobility", _("Mobility, inclusivity and well-being")
    SECURITY = "security", _("Security")
    ENVIRONMENT = "environment", _("Environment and sustainability")


class Sides(TextChoices):
    CANADA = "canada", _("Canada")
    MEXICO = "mexico", _("Mexico")
    OTHER = "other", _("Others")


class Status(TextChoices):
    PROMISED = "promised", pgettext_lazy("commitment", "Promised")
    UNDER_WAY = "under_way", pgettext_lazy("commitment", "Under way")
    KEPT = "kept", pgettext_lazy("commitment", "Kept")
    PARTLY_KEPT = "partly_kept", pgettext_lazy("commitment", "Kept in part")
    NOT_KEPT = "not_kept", pgettext_lazy("commitment", "Not kept")
    WITHDRAWN = "withdrawn", pgettext_lazy("commitment", "Withdrawn")


OPEN = frozenset({Status.PROMISED, Status.UNDER_WAY})
ENDED = frozenset({Status.KEPT, Status.PARTLY_KEPT, Status.NOT_KEPT, Status.WITHDRAWN})

MOVES = Moves(
    {
        "begin": (frozenset({Status.PROMISED}), Status.UNDER_WAY),
        "keep": (OPEN, Status.KEPT),
        "keep_in_part": (OPEN, Status.PARTLY_KEPT),
        "miss": (OPEN, Status.NOT_KEPT),
        "withdraw": (OPEN, Status.WITHDRAWN),
        "reopen": (ENDED, Status.UNDER_WAY),
    }
)
