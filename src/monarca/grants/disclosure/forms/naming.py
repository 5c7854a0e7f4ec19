"""Names of languages and of the purpose codes that the fund uses, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES = {
    "en": pgettext_lazy("language", "English"),
    "fr": pgettext_lazy("language", "French"),
    "es": pgettext_lazy("language", "Spanish"),
}

SECTORS = {
    "11110": _("Education policy and administration"),
    "12220": _("Basic health care"),
    "12240": _("Basic nutrition"),
    "14015": _("Conservation of water resources"),
    "15113": _("Anti-corruption organizations and institutions"),
    "15130": _("Legal and judicial development"),
    "15150": _("Democratic participation and civil society"),
    "15153": _("Media and free flow of information"),
    "15160": _("Human rights"),
    "15170": _("Women’s rights organizations and movements"),
    "15180": _("Ending violence against women and girls"),
    "15190": _("Orderly, safe and regular migration"),
    "15210": _("Management and reform of the security system"),
    "15220": _("Peacebuilding, conflict prevention and resolution"),
    "16010": _("Social protection"),
    "24040": _("Informal and semi-formal financial services"),
    "32130": _("Development of small and medium enterprises"),
    "41010": _("Environmental policy and administration"),
    "41020": _("Protection of the biosphere"),
    "41030": _("Biodiversity"),
    "43010": _("Several sectors"),
}
"""OECD-DAC purpose codes; upstream has their names in English and French only."""
