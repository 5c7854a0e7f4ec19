"""A measured series as a CSV that people upload and download: one line a day or a year."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from monarca.engines import tables
from monarca.engines.reasons import Reason
from monarca.engines.tables import Column, Flaw, Row
from monarca.engines.trajectories.course import Point

EXACT = 6
"""Decimals that are kept, exactly."""

MOST = 10**12
"""No value is larger, above zero or below: a slip of the keyboard, or the wrong unit."""

EARLIEST = date(1850, 1, 1)
"""Nothing was measured earlier: the year from which industry's warming is counted (IPCC)."""

COLUMNS = ("date", "value", "unit", "revision", "source")
"""What a download holds; of an upload, only the first two must be there."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Every point by day, or every flaw of the file with its line and column."""

    points: tuple[Point, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def read(data: bytes, *, unit: str, until: date) -> Reading:
    """Read a series: `date` (2023-06-30, or 2023 for a year's total) and `value`.

    `until` is the last day that can have been measured; the first one is `EARLIEST`. A `unit`
    column must say the series' own; `revision` and `source` of a download are passed over.
    """
    table = tables.read(data, _columns(unit))
    flaws = table.flaws or tuple(_flaws(table.rows, until))
    if flaws:
        return Reading(flaws=flaws[: tables.MOST_FLAWS])
    points = (Point(row.values["date"], Fraction(row.values["value"])) for row in table.rows)
    return Reading(tuple(sorted(points, key=lambda point: point.on)))


def _columns(unit: str) -> tuple[Column, ...]:
    return (
        Column("date", "day", needed=True),
        Column("value", "number", needed=True, least=-MOST, most=MOST),
        Column("unit", "choice", choices=(unit,)),
        Column("revision"),
        Column("source"),
    )


def _flaws(rows: Sequence[Row], until: date) -> Iterable[Flaw]:
    """What is wrong with rows that can be read: a strange day or one twice, too many decimals."""
    seen: dict[date, int] = {}
    for row in rows:
        on, value = row.values["date"], row.values["value"]
        first = seen.setdefault(on, row.line)
        if first != row.line:
            said = {"day_on": on.isoformat(), "first": first}
            yield Flaw(row.line, "date", Reason("trajectory.same_day", said))
        if strange := _strange(on, until):
            yield Flaw(row.line, "date", strange)
        if value != round(value, EXACT):
            yield Flaw(row.line, "value", Reason("trajectory.too_fine", {"most": EXACT}))


def _strange(on: date, until: date) -> Reason | None:
    if on < EARLIEST:
        return Reason("trajectory.too_early", {"first_on": EARLIEST.isoformat()})
    return Reason("trajectory.not_yet", {"day_on": on.isoformat()}) if on > until else None


def written(rows: Iterable[tuple[date, Fraction, int, str]], *, unit: str) -> bytes:
    """(day, value, revision, source) as the CSV that `read` takes back, years where all are years.

    The unit and the source are typed by people: what a spreadsheet would run is quoted.
    """
    found = sorted(rows)
    yearly = all((on.month, on.day) == (12, 31) for on, *_rest in found)
    out = io.StringIO(newline="")
    sheet = csv.writer(out)
    sheet.writerow(COLUMNS)
    for on, value, revision, source in found:
        day = f"{on.year:04}" if yearly else on.isoformat()
        sheet.writerow([day, plain(value), unit, revision, _harmless(source)])
    return out.getvalue().encode("utf-8-sig")


def plain(value: Fraction) -> str:
    """An exact decimal with a point and no zeros to spare. ValueError: more than six decimals."""
    whole = value * 10**EXACT
    if whole.denominator != 1:
        raise ValueError(f"{value} has more than {EXACT} decimals")
    said = f"{Decimal(whole.numerator).scaleb(-EXACT):f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
