"""What an indicator measures, in which unit and for whom, and what a marker's score may be."""

from django.db.models import IntegerChoices, TextChoices
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


class Significance(IntegerChoices):
    NONE = 0, _("Not targeted")
    SIGNIFICANT = 1, _("Significant objective")
    PRINCIPAL = 2, _("Principal objective")
