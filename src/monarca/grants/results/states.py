"""The levels at which an indicator measures, and what a marker's score may be."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    OUTPUT = "output", _("Output")
    IMMEDIATE = "immediate", _("Immediate outcome")
    INTERMEDIATE = "intermediate", _("Intermediate outcome")


class Significance(IntegerChoices):
    NONE = 0, _("Not targeted")
    SIGNIFICANT = 1, _("Significant objective")
    PRINCIPAL = 2, _("Principal objective")
