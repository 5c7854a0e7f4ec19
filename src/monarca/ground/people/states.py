"""The roles people hold, and the two ways one file can be opened or closed to a person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Roles(TextChoices):
    COORDINATOR = "coordinator", _("Programme coordinator")
    MANAGER = "manager", _("Programme manager")
    REVIEWER = "reviewer", _("Reviewer")
    HEAD_OF_MISSION = "head_of_mission", _("Head of mission")
    FINANCE = "finance", _("Finance officer")
    HEADQUARTERS = "headquarters", _("Headquarters")
    AUDITOR = "auditor", _("Auditor")
    COUNTERPART = "counterpart", _("Counterpart")


HOUSE = frozenset(Roles.values) - {Roles.COUNTERPART.value}
"""Who works for the fund; a counterpart is a guest who sees what is shared with them."""


class Effects(TextChoices):
    READER = "reader", _("may read")
    BARRED = "barred", _("barred")


SEALED = "sealed"
"""Why somebody reads a file that is closed to all who are not named as its readers."""

SEES_ALL = frozenset(
    {
        Roles.COORDINATOR,
        Roles.MANAGER,
        Roles.HEAD_OF_MISSION,
        Roles.FINANCE,
        Roles.HEADQUARTERS,
        Roles.AUDITOR,
    }
)
