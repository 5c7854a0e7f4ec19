"""What kind of pledge it is, whose, of what, and what else it serves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    PARIS = "paris", _("Paris Agreement")
    NET_ZERO = "net_zero", _("Net zero")
    METHANE = "methane", _("Methane")
    POWER = "clean_power", _("Clean power")
    OTHER = "other", pgettext_lazy("pledge", "Another pledge")


class Country(TextChoices):
    """Whose pledge it is: what the series measures is the emissions of this place."""

    CANADA = "canada", _("Canada")
    MEXICO = "mexico", _("Mexico")
    BOTH = "both", _("Canada and Mexico")
    NORTH_AMERICA = "north_america", _("North America")
    SHARED = "shared", _("Shared with other countries")


class Sector(TextChoices):
    WHOLE = "economy_wide", _("The whole economy")
    OIL_AND_GAS = "oil_and_gas", _("Oil and gas")
    POWER = "electricity", _("Electricity")
    INDUSTRY = "industry", _("Industry")
    TRANSPORT = "transport", _("Transport")
    BUILDINGS = "buildings", _("Buildings")
    FARMING = "agriculture", _("Agriculture")
    WASTE = "waste", _("Waste")
    LAND = "land", _("Forests and land")


class Gases(TextChoices):
    ALL = "all", _("All greenhouse gases")
    CO2 = "co2", _("Carbon dioxide")
    METHANE = "methane", _("Methane")
    CARBON = "black_carbon", _("Black carbon")
    NONE = "none", _("Not counted in gases")


class Measure(TextChoices):
    """How what was pledged is written."""

    BELOW = "below", _("Per cent below the base year")
    LEVEL = "level", _("A value to arrive at")


class Tags(TextChoices):
    """What else a pledge serves (the mission's page: the green solutions it names)."""

    TECHNOLOGIES = "clean_technologies", _("Clean technologies")
    JOBS = "good_jobs", _("Good jobs")
    ADAPTATION = "adaptation", _("Adaptation of vulnerable countries")


class Stand(TextChoices):
    """How a pledge stands at a glance."""

    MET = "met", pgettext_lazy("pledge", "Met")
    MISSED = "missed", pgettext_lazy("pledge", "Missed")
    AHEAD = "ahead", pgettext_lazy("pledge", "Ahead")
    ON = "on", pgettext_lazy("pledge", "On the path")
    BEHIND = "behind", pgettext_lazy("pledge", "Behind")
    UNTOLD = "untold", pgettext_lazy("pledge", "Not known yet")
