"""Which indicators of the fund's list say what projects did for the climate."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

MARKERS = ("6", "7")
"""Climate change mitigation and adaptation (OECD-DAC Rio markers, IATI PolicyMarker)."""

LEAST_PEOPLE = 5
"""People fewer than this are not told: a small number may point at somebody."""


@dataclass(frozen=True, slots=True)
class Achievement:
    """One line of what adds up: the list's code, and how it is counted.

    Where it counts people, it is told of projects with a climate marker only, since any project
    reaches people; somebody whom two projects reached is in both counts.
    """

    code: str
    title: Any
    unit: Any
    is_people: bool = False


ACHIEVEMENTS = (
    Achievement("tco2e", _("Greenhouse gases avoided or stored"), _("tonnes of CO2e")),
    Achievement("methane", _("Methane kept out of the air"), _("kg of CH4")),
    Achievement("hectares", _("Land restored or better managed"), _("hectares")),
    Achievement("good_jobs", _("Good jobs created or kept"), _("jobs"), is_people=True),
    Achievement(
        "people_adapted", _("People better prepared for climate impacts"), _("people"), True
    ),
    Achievement("water_access", _("People with better access to water"), _("people"), True),
)

BY_CODE: Mapping[str, Achievement] = {one.code: one for one in ACHIEVEMENTS}
