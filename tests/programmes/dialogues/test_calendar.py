"""Calendar files as RFC 5545 wants them: folded, escaped, in the right hours."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from monarca.programmes.dialogues.forms import calendar

AT = datetime(2025, 4, 1, 12, 0, tzinfo=UTC)


def entry(**changes):
    given = {
        "uid": "hrd-2025-abcde@dialogues.monarca",
        "starts_at": datetime(2025, 6, 12, 15, 0, tzinfo=UTC),
        "ends_at": datetime(2025, 6, 12, 21, 30, tzinfo=UTC),
        "time_zone": "America/Toronto",
        "summary": "Diálogo; derechos, 2025",
        "location": "Ottawa, Ontario",
        "description": "1. Uno\n2. Dos \\ tres",
        "url": "https://example.org/x",
        "sequence": 2,
    }
    return calendar.Entry(**{**given, **changes})


def unfolded(body):
    """The content lines as a reader puts them together again (section 3.1)."""
    return body.decode().replace("\r\n ", "").split("\r\n")


def test_a_file_has_what_the_standard_asks_for():
    lines = unfolded(calendar.write("Diálogos", [entry()], language="es", at=AT))
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Monarca//Dialogues//ES"]
    assert lines[-2:] == ["END:VCALENDAR", ""]
    for line in (
        "UID:hrd-2025-abcde@dialogues.monarca",
        "DTSTAMP:20250401T120000Z",
        "SEQUENCE:2",
        "DTSTART;TZID=America/Toronto:20250612T110000",
        "DTEND;TZID=America/Toronto:20250612T173000",
        "STATUS:CONFIRMED",
        "SUMMARY;LANGUAGE=es-MX:Diálogo\\; derechos\\, 2025",
        "LOCATION;LANGUAGE=es-MX:Ottawa\\, Ontario",
        "DESCRIPTION;LANGUAGE=es-MX:1. Uno\\n2. Dos \\\\ tres",
        "URL:https://example.org/x",
    ):
        assert line in lines


def test_the_hours_of_a_zone_are_told_with_each_change_of_them():
    lines = unfolded(calendar.write("x", [entry()], language="en", at=AT))
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    assert "TZID:America/Toronto" in zone
    at = zone.index("DTSTART:20250309T020000")
    assert zone[at - 1 : at + 3] == [
        "BEGIN:DAYLIGHT",
        "DTSTART:20250309T020000",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
    ]
    at = zone.index("DTSTART:20251102T020000")
    assert zone[at + 1 : at + 3] == ["TZOFFSETFROM:-0400", "TZOFFSETTO:-0500"]


def test_a_city_that_keeps_its_hours_has_one_rule_and_utc_none():
    mexico = unfolded(
        calendar.write("x", [entry(time_zone="America/Mexico_City")], language="es", at=AT)
    )
    assert mexico.count("BEGIN:STANDARD") == 1
    assert "TZOFFSETTO:-0600" in mexico
    assert "BEGIN:DAYLIGHT" not in mexico
    plain = unfolded(calendar.write("x", [entry(time_zone="UTC")], language="es", at=AT))
    assert "DTSTART:20250612T150000Z" in plain
    assert "BEGIN:VTIMEZONE" not in plain


@given(words=st.text(max_size=400))
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(words):
    body = calendar.write("x", [entry(summary=words or "x")], language="fr", at=AT)
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert b"\r" not in body.replace(b"\r\n", b"")
    for line in lines:
        line.decode()
    summary = next(line for line in unfolded(body) if line.startswith("SUMMARY"))
    read = re.sub(
        r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], summary.partition(":")[2]
    )
    kept = calendar.unicodedata.normalize("NFC", words or "x")
    kept = calendar.CONTROL.sub("", kept.replace("\r\n", "\n").replace("\r", "\n"))
    assert read == kept


ZONES = ("America/Toronto", "America/Vancouver", "America/Mexico_City", "Europe/Paris", "UTC")
INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda value: value.replace(microsecond=0)
)


@given(starts_at=INSTANTS, zone=st.sampled_from(ZONES))
def test_the_local_time_written_is_the_instant_by_the_rules_written_beside_it(starts_at, zone):
    """Read back with nothing but the file: the last rule before the local time gives the offset."""
    ends_at = starts_at + timedelta(hours=3)
    made = entry(starts_at=starts_at, ends_at=ends_at, time_zone=zone)
    lines = unfolded(calendar.write("x", [made], language="en", at=AT))
    if zone == "UTC":
        assert f"DTSTART:{starts_at:%Y%m%dT%H%M%SZ}" in lines
        return
    written = next(line for line in lines if line.startswith(f"DTSTART;TZID={zone}:"))
    local = datetime.strptime(written.partition(":")[2], "%Y%m%dT%H%M%S")  # noqa: DTZ007
    onsets = []
    for at, line in enumerate(lines):
        if line.startswith("DTSTART:"):
            onset = datetime.strptime(line[8:], "%Y%m%dT%H%M%S")  # noqa: DTZ007
            onsets.append((onset, lines[at + 2].removeprefix("TZOFFSETTO:")))
    rule = max(each for each in onsets if each[0] <= local)[1]
    sign = -1 if rule[0] == "-" else 1
    offset = sign * timedelta(hours=int(rule[1:3]), minutes=int(rule[3:]))
    twice = (
        local.replace(tzinfo=ZoneInfo(zone), fold=0).utcoffset()
        != local.replace(tzinfo=ZoneInfo(zone), fold=1).utcoffset()
    )
    assert twice or local - offset == starts_at.replace(tzinfo=None)
