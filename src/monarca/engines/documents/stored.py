"""What was kept of a reading, asked again: its answers, its doubts, its budget's rows.

The input is the plain data of `intake.Reading.as_json`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

SURE = 75
"""Answers read with less confidence (0 to 100) are shown first and marked in words."""

type Json = Any


def answers(read: Mapping[str, Json]) -> dict[str, Json]:
    """The answers that were read, by question; those that were not understood are left out."""
    return {one["key"]: one["value"] for one in fields(read) if one.get("value") is not None}


def fields(read: Mapping[str, Json]) -> Sequence[Mapping[str, Json]]:
    found: Sequence[Mapping[str, Json]] = read.get("fields") or ()
    return found


def unplaced(read: Mapping[str, Json]) -> list[tuple[str, str]]:
    """What questions of unknown wording asked and were told, which was put nowhere."""
    found: Sequence[Mapping[str, Json]] = read.get("unplaced") or ()
    pairs = [(words(one.get("label")), words(one.get("text"))) for one in found]
    return [(label, text) for label, text in pairs if text]


def is_doubtful(field: Mapping[str, Json]) -> bool:
    """Read with doubt, or something is written that was not understood."""
    if field.get("value") is None:
        return bool(field.get("text"))
    return int(field.get("confidence") or 0) < SURE


def doubts(read: Mapping[str, Json]) -> list[str]:
    """The questions whose answer a person should look at first."""
    return [str(one["key"]) for one in fields(read) if is_doubtful(one)]


def group(said: Mapping[str, Json]) -> str:
    """What the group calls itself; empty when it does not say."""
    names = (words(said.get(key)) for key in ("legal_name", "short_name"))
    return next((name for name in names if name), "")


def budget_rows(read: Mapping[str, Json], currency: str) -> list[dict[str, Json]]:
    """The lines of the budget as JSON rows; `currency` where the document names none."""
    budget = read.get("budget") or {}
    named = str(budget.get("currency") or currency)
    return [_row(line, named) for line in budget.get("lines") or ()]


def _row(line: Mapping[str, Json], currency: str) -> dict[str, Json]:
    row = {key: value for key, value in line.items() if key != "key" and value not in (None, "")}
    return {**row, "currency": currency}


def words(value: Json) -> str:
    return value.strip() if isinstance(value, str) else ""


def cents(value: Json) -> int | None:
    """The cents of an amount, when it is one that can be kept."""
    found = value.get("cents") if isinstance(value, Mapping) else None
    return found if isinstance(found, int) and 0 <= found < 10**15 else None


def day(value: Json) -> date | None:
    try:
        return date.fromisoformat(words(value))
    except ValueError:
        return None


def same(one: Json, other: Json) -> bool:
    """The same answer, but for blanks, empty parts, and the order in which options were ticked."""
    return bool(_tidy(one) == _tidy(other))


def _tidy(value: Json) -> Json:
    if isinstance(value, str):
        return " ".join(value.split()) or None
    if isinstance(value, Mapping):
        kept = {key: tidied for key, one in value.items() if (tidied := _tidy(one)) is not None}
        return kept or None
    if isinstance(value, list):
        rows = [tidied for one in value if (tidied := _tidy(one)) is not None]
        plain = all(isinstance(one, str) for one in rows)
        return (sorted(rows) if plain else rows) or None
    return value
