"""The claimants as a table that people upload, type into a box, and download again."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from monarca.engines.reasons import Reason
from monarca.engines.tables import Column, Flaw, Row
from monarca.engines.tables import read as read_table
from monarca.programmes.shares.models import Claimant
from monarca.programmes.shares.states import Aside, Line

LARGEST = 10**15
CENTS = 100
QUANTITIES = ("claim", "floor", "cap", "minimum", "received", "owed")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def columns(*, is_money: bool) -> tuple[Column, ...]:
    """The layout of `monarca allocate`, with names, notes and what is owed from a round before."""
    kind = "number" if is_money else "whole"
    return (
        Column("id", needed=True, unique=True),
        Column("name"),
        Column("claim", kind, needed=True, least=0, most=LARGEST),
        Column("weight", "number", most=LARGEST),
        Column("floor", kind, least=0, most=LARGEST),
        Column("cap", kind, least=0, most=LARGEST),
        Column("minimum", kind, least=0, most=LARGEST),
        Column("population", "whole", least=0, most=LARGEST),
        Column("received", kind, least=0, most=LARGEST),
        Column("risk", "number", most=LARGEST),
        Column("owed", kind, least=0, most=LARGEST),
        Column("excluded"),
    )


def read(data: bytes, *, is_money: bool) -> tuple[tuple[Line, ...], tuple[Flaw, ...]]:
    """Every claimant, or every fault; amounts of money are dollars with at most two decimals."""
    found = read_table(data, columns(is_money=is_money))
    flaws = [*found.flaws]
    lines = []
    for row in found.rows:
        flaws += _flaws(row, is_money=is_money)
        lines.append(_line(row, is_money=is_money))
    return ((), tuple(flaws)) if flaws else (tuple(lines), ())


def _flaws(row: Row, *, is_money: bool) -> list[Flaw]:
    """What a cell alone does not show: cents that cannot be cut, weights, texts too long."""
    found = []
    for name in QUANTITIES:
        value = row.values[name]
        if is_money and isinstance(value, Decimal) and _places(value) > 2:
            found.append(Flaw(row.line, name, Reason("shares.not_in_cents")))
    for name in ("weight", "risk"):
        value = row.values[name]
        if value is not None and not (value > 0 and -value.as_tuple().exponent <= 9):
            found.append(Flaw(row.line, name, Reason("shares.not_a_weight")))
    for name, most in (("id", 60), ("name", 200), ("excluded", 300)):
        if len(row.values[name] or "") > most:
            found.append(Flaw(row.line, name, Reason("table.cell_too_long", {"most": most})))
    if (row.values["cap"] is not None) and row.values["cap"] < (row.values["floor"] or 0):
        found.append(Flaw(row.line, "cap", Reason("shares.cap_below_floor")))
    return found


def _places(value: Decimal) -> int:
    """Decimals as they were written: 12.000 may have been meant for twelve thousand."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _line(row: Row, *, is_money: bool) -> Line:
    said = _meant(row.values["excluded"] or "")
    is_known = said in Aside.values
    return Line(
        code=_meant(row.values["id"]),
        name=_meant(row.values["name"] or row.values["id"]),
        weight=_plain(row.values["weight"]),
        risk=_plain(row.values["risk"]),
        population=row.values["population"] or 0,
        aside=said if is_known else (Aside.OTHER.value if said else ""),
        note="" if is_known else said,
        cap=_whole(row.values["cap"], is_money=is_money),
        claim=_whole(row.values["claim"], is_money=is_money) or 0,
        floor=_whole(row.values["floor"], is_money=is_money) or 0,
        minimum=_whole(row.values["minimum"], is_money=is_money) or 0,
        received=_whole(row.values["received"], is_money=is_money) or 0,
        due=_whole(row.values["owed"], is_money=is_money) or 0,
    )


def _meant(said: str) -> str:
    """Without the apostrophe that kept our own file from being taken for a formula."""
    return said[1:] if said.startswith("'") and said[1:].startswith(FORMULA) else said


def _plain(value: Decimal | None) -> str:
    return "1" if value is None else f"{value.normalize():f}"


def _whole(value: Decimal | int | None, *, is_money: bool) -> int | None:
    if value is None:
        return None
    return int(value * CENTS) if is_money else int(value)


def as_csv(rows: Iterable[Claimant], *, is_money: bool, for_command: bool = False) -> str:
    """The same table back; `for_command` gives the columns and cents of `monarca allocate`.

    A text that a spreadsheet would take for a formula gets an apostrophe before it; the command
    reads text as text, and needs every cell but the name as it is.
    """
    names = [each.name for each in columns(is_money=is_money)]
    if for_command:
        names = [name for name in names if name != "owed"]
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(names)
    dollars = is_money and not for_command
    for row in rows:
        cells = _cells(row, is_money=dollars)
        as_it_is = set(names) - {"name"} if for_command else set()
        writer.writerow(
            [cells[name] if name in as_it_is else harmless(str(cells[name])) for name in names]
        )
    return held.getvalue()


def _cells(row: Claimant, *, is_money: bool) -> dict[str, Any]:
    amounts = {
        "claim": row.claim,
        "floor": row.floor or None,
        "cap": row.cap,
        "minimum": row.minimum or None,
        "received": row.received or None,
        "owed": row.due or None,
    }
    return {
        "id": row.code,
        "name": row.name,
        "weight": row.weight,
        "risk": row.risk,
        "population": row.population or "",
        "excluded": row.note or row.aside,
        **{name: _written(value, is_money=is_money) for name, value in amounts.items()},
    }


def _written(cents: int | None, *, is_money: bool) -> str:
    if cents is None:
        return ""
    return f"{cents // CENTS}.{cents % CENTS:02}" if is_money else str(cents)


def harmless(said: str) -> str:
    """With an apostrophe before what a spreadsheet would run (OWASP, CSV injection)."""
    return f"'{said}" if said.startswith(FORMULA) else said
