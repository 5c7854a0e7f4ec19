"""A call's own dates: its window, its code, its fiscal year, the end of its activities."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from monarca.engines.packs.definition import stamp

FISCAL_MONTH = 4
"""Canada's fiscal year begins on 1 April (Financial Administration Act, s. 2)."""


def for_window(
    definition: Mapping[str, Any], *, opens_at: datetime, closes_at: datetime
) -> dict[str, Any]:
    """The same definition with another window; the one given stays as it is.

    Both instants must know their zone. Raises ValueError otherwise, or when closing does
    not come after opening.
    """
    if opens_at.utcoffset() is None or closes_at.utcoffset() is None:
        raise ValueError("opens_at and closes_at need a time zone")
    if opens_at >= closes_at:
        raise ValueError("closes_at must come after opens_at")
    window = {
        "opens_at": stamp(opens_at.astimezone(UTC)),
        "closes_at": stamp(closes_at.astimezone(UTC)),
    }
    return {**definition, "call": {**definition["call"], **window}}


def closing_day(definition: Mapping[str, Any]) -> date:
    """The day of closing where the mission is."""
    closes_at = datetime.fromisoformat(definition["call"]["closes_at"])
    return closes_at.astimezone(ZoneInfo(definition["mission"]["time_zone"])).date()


def call_code(definition: Mapping[str, Any]) -> str:
    """The call's code: its prefix and the year of closing, `CFLI-MX-2024`."""
    return f"{definition['call']['prefix']}-{closing_day(definition).year}"


def fiscal_year(definition: Mapping[str, Any]) -> str:
    """The fiscal year of the projects, `2024-2025`.

    It is the one in which the call closes; where that year's activities are over by then
    (a call closing in March), the next.
    """
    first = _first_year(definition)
    return f"{first}-{first + 1}"


def activities_end(definition: Mapping[str, Any], *, years: int = 1) -> date:
    """The last day of activities: the call's month and day in its last fiscal year.

    `years` counts the fiscal years a project takes; 28 February is a date, never "the end
    of February" (calls of the fund; a leap year changes nothing).
    """
    return _end(definition, _first_year(definition) + years - 1)


def _first_year(definition: Mapping[str, Any]) -> int:
    day = closing_day(definition)
    first = day.year if day.month >= FISCAL_MONTH else day.year - 1
    return first if _end(definition, first) > day else first + 1


def _end(definition: Mapping[str, Any], first_year: int) -> date:
    month, day = map(int, definition["call"]["activities_end"].split("-"))
    return date(first_year if month >= FISCAL_MONTH else first_year + 1, month, day)
