"""What an indicator measures, in which unit and for whom, and what a marker's score may be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    OUTPUT = "output", _("Output")
    IMMEDIATE = "immediate", _("Immediate outcome")
    INTERMEDIATE = "intermediate", _("Intermediate outcome")


class Unit(TextChoices):
    NUMBER = "number", _("A number")
    PERCENT = "percent", _("A percentage")


class Group(TextChoices):
    """Whom a value counts; nobody is in two groups, and whoever is in none is in the total only."""

    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    GIRLS = "girls", _("Girls")
    BOYS = "boys", _("Boys")
    NON_BINARY = "non_binary", _("Non-binary people")


TOTAL = ""
"""The group of everybody."""

ORDER = (TOTAL, *Group.values)

MOST = 10**12
"""No project counts more than this; a larger number is a slip of the keyboard."""

OUTCOMES = frozenset({Level.IMMEDIATE, Level.INTERMEDIATE})
"""The levels at which a change is measured, not only what was delivered."""

GE_CODE = "ge_code"
DAC_GENDER = "1"
DERIVED = frozenset({GE_CODE, DAC_GENDER})
"""The markers that evidence gives; the others are set by hand."""


SIGNIFICANCE = {
    0: _("not targeted"),
    1: _("significant objective"),
    2: _("principal objective"),
    3: _("principal objective, with an action programme"),
    4: _("explicit primary objective"),
}
"""What the scores of a policy marker mean (IATI code list PolicySignificance)."""

MARKERS = {
    GE_CODE: _("Gender equality code of Global Affairs Canada"),
    "1": _("Gender equality (OECD-DAC)"),
    "2": _("Aid to the environment"),
    "3": _("Participatory development and good governance"),
    "4": _("Trade development"),
    "5": _("Biodiversity"),
    "6": _("Climate change mitigation"),
    "7": _("Climate change adaptation"),
    "8": _("Desertification"),
    "9": _("Reproductive, maternal, newborn and child health"),
    "10": _("Disaster risk reduction"),
    "11": _("Inclusion of persons with disabilities"),
    "12": _("Nutrition"),
}
"""Every marker that may be set (IATI code list PolicyMarker, vocabulary 1)."""
