"""The sessions as a calendar file (RFC 5545), in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from monarca.kit import trilingual
from monarca.programmes.youthlab.models import Edition, Session

WIDTH = 74
"""Octets of a line before it is folded (RFC 5545, 3.1)."""


def calendar_of(
    edition: Edition, sessions: Iterable[Session], *, places: bool, at: datetime
) -> str:
    """Every session as an event; instants in UTC, so every calendar shows its own time.

    `places`: only delegates and who keeps the edition are told where. `at` is when the file was
    made (3.8.7.2). A session keeps its UID wherever the file is asked for.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Monarca//Youth Lab//EN",
        "METHOD:PUBLISH",
    ]
    for each in sessions:
        lines += _event(edition, each, places=places, at=at)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(edition: Edition, each: Session, *, places: bool, at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{edition.code.lower()}-{each.number}@youthlab.monarca"
    yield f"DTSTAMP:{_instant(at)}"
    if each.changed_at:
        yield f"LAST-MODIFIED:{_instant(each.changed_at)}"
    yield f"SEQUENCE:{each.sequence}"
    yield f"DTSTART:{_instant(each.starts_at)}"
    yield f"DTEND:{_instant(each.ends_at)}"
    yield f"SUMMARY:{_text(trilingual.say(each.title).text)}"
    yield f"DESCRIPTION:{_text(trilingual.say(each.agenda).text)}"
    if places and each.place:
        yield f"LOCATION:{_text(each.place)}"
    yield "END:VEVENT"


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
