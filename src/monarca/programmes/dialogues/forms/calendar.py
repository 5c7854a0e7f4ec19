"""Calendar files: meetings as RFC 5545 tells them, in the reader's language."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FOLD = 75
"""Octets of a content line, its line break apart (RFC 5545, section 3.1)."""
TAGS = {"es": "es-MX", "en": "en-CA", "fr": "fr-CA"}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting: `uid` never changes; `sequence` grows with every change of the entry."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    is_certain: bool = True


def write(name: str, entries: Sequence[Entry], *, language: str, at: datetime) -> bytes:
    """The file; `at` (UTC) is when it was made. Lines end in CRLF and are folded at 75 octets."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Monarca//Dialogues//" + language.upper(),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *_zones(entries),
        *(line for entry in entries for line in _event(entry, language, at)),
        "END:VCALENDAR",
    ]
    return "".join(folded(line) + "\r\n" for line in lines).encode()


def _event(entry: Entry, language: str, at: datetime) -> Iterator[str]:
    tag = TAGS[language]
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{_utc(at)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield from (
        _when(name, value, entry.time_zone)
        for name, value in (("DTSTART", entry.starts_at), ("DTEND", entry.ends_at))
    )
    yield f"STATUS:{'CONFIRMED' if entry.is_certain else 'TENTATIVE'}"
    said = (
        ("SUMMARY", entry.summary),
        ("LOCATION", entry.location),
        ("DESCRIPTION", entry.description),
    )
    yield from (f"{name};LANGUAGE={tag}:{escaped(text)}" for name, text in said if text)
    if entry.url:
        yield f"URL:{CONTROL.sub('', entry.url)}"
    yield "END:VEVENT"


def _when(name: str, value: datetime, zone: str) -> str:
    """In UTC with a Z, or in local time with the zone it is the time of (section 3.3.5)."""
    if zone == "UTC":
        return f"{name}:{_utc(value)}"
    return f"{name};TZID={zone}:{value.astimezone(ZoneInfo(zone)):%Y%m%dT%H%M%S}"


def _utc(value: datetime) -> str:
    return f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """TEXT (section 3.3.11): backslash, semicolon and comma escaped, every line break as \\n."""
    clean = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    clean = CONTROL.sub("", clean)
    for sign in ("\\", ";", ","):
        clean = clean.replace(sign, f"\\{sign}")
    return clean.replace("\n", "\\n")


def folded(line: str) -> str:
    """The content line in pieces of at most 75 octets; no letter is cut in two."""
    pieces, piece, size = [], "", 0
    for letter in line:
        wide = len(letter.encode())
        if size + wide > FOLD:
            pieces.append(piece)
            piece, size = "", 1
        piece, size = piece + letter, size + wide
    return "\r\n ".join([*pieces, piece])


def _zones(entries: Iterable[Entry]) -> Iterator[str]:
    """A VTIMEZONE for every zone that is named, with the hours of the years in question."""
    spans: dict[str, tuple[datetime, datetime]] = {}
    for entry in entries:
        if entry.time_zone == "UTC":
            continue
        first, last = spans.get(entry.time_zone, (entry.starts_at, entry.ends_at))
        spans[entry.time_zone] = (min(first, entry.starts_at), max(last, entry.ends_at))
    for zone, (first, last) in sorted(spans.items()):
        yield from ("BEGIN:VTIMEZONE", f"TZID:{zone}")
        yield from _observances(ZoneInfo(zone), first - YEAR, last + YEAR)
        yield "END:VTIMEZONE"


def _observances(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[str]:
    """The rule in force at `first`, then each change of hours until `last` (section 3.6.5)."""
    yield from _observance(zone, datetime(1970, 1, 1, tzinfo=UTC), first)
    instant = first
    while (change := _next_change(zone, instant, last)) is not None:
        yield from _observance(zone, change, change)
        instant = change


def _observance(zone: ZoneInfo, onset: datetime, rule: datetime) -> Iterator[str]:
    """One stretch of hours: `onset` in the local time before it, as the standard wants it."""
    local = rule.astimezone(zone)
    before = _offset(zone, rule - timedelta(seconds=1)) if onset == rule else _offset(zone, rule)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    begins = onset.replace(tzinfo=None) + (before if onset == rule else timedelta(0))
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{begins:%Y%m%dT%H%M%S}"
    yield f"TZOFFSETFROM:{_signed(before)}"
    yield f"TZOFFSETTO:{_signed(_offset(zone, rule))}"
    yield f"TZNAME:{local.tzname()}"
    yield f"END:{kind}"


def _next_change(zone: ZoneInfo, after: datetime, last: datetime) -> datetime | None:
    """The first second after `after` with other hours, found by halving; None until `last`."""
    low, step = after.replace(microsecond=0), timedelta(days=7)
    while low < last and _offset(zone, low) == _offset(zone, low + step):
        low += step
    if low >= last:
        return None
    high = low + step
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        low, high = (middle, high) if _offset(zone, middle) == _offset(zone, low) else (low, middle)
    return high


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta(0)


def _signed(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"
