"""The sessions as a calendar file (RFC 5545), in the reader's language."""

from collections.abc import Iterable
from datetime import UTC, datetime

from monarca.kit import trilingual
from monarca.programmes.youthlab.models import Edition, Session

WIDTH = 74
"""Octets of a line before it is folded (RFC 5545, 3.1)."""


def calendar_of(edition: Edition, sessions: Iterable[Session], *, host: str) -> str:
    """Every session as an event; instants in UTC, so every calendar shows its own time."""
    stamp = _instant(edition.published_at or edition.opens_at)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Monarca//Youth Lab//EN"]
    for each in sessions:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{edition.code}-{each.number}@{host}",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{_instant(each.starts_at)}",
            f"DTEND:{_instant(each.ends_at)}",
            f"SUMMARY:{_text(trilingual.say(each.title).text)}",
            f"DESCRIPTION:{_text(trilingual.say(each.agenda).text)}",
            f"LOCATION:{_text(each.place)}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return words.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """No line longer than 75 octets, never cut within a letter."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > WIDTH:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
