"""A file of commitments: its columns, its rows as they were read, and what each would do here."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from monarca.engines import tables
from monarca.engines.documents import safety, sheets
from monarca.engines.documents.archive import Refused as Unreadable
from monarca.engines.reasons import Reason
from monarca.engines.tables import Column, Flaw, Row, Table
from monarca.ground.commitments.queries.addresses import is_address
from monarca.ground.commitments.states import Aims, Origins, Pillars, Sides, Status
from monarca.kit.trilingual import LANGUAGES

MOST_ROWS = 1000
LARGEST = 5_000_000
LONGEST = 4000
LONGEST_NAME = 200
STATUSES = tuple(Status.values)

COLUMNS = (
    Column("reference", unique=True),
    Column("external_id", unique=True),
    Column("text_es"),
    Column("text_en"),
    Column("text_fr"),
    Column("origin", "choice", needed=True, choices=tuple(Origins.values)),
    Column("pillar", "choice", choices=tuple(Pillars.values), default=""),
    Column("aims"),
    Column("promised_on", "day", needed=True),
    Column("due_on", "day"),
    Column("owner_canada"),
    Column("owner_mexico"),
    Column("owner_other"),
    Column("source_es"),
    Column("source_en"),
    Column("source_fr"),
    Column("status", "choice", choices=STATUSES, default=""),
    Column("evidence_url"),
    Column("public", "yes"),
)
TOLD = ("percent", "reported_on", "closed_on", "address")
"""Columns that an exported file has and an imported one may have: they are not read."""

CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))
FORMULA = re.compile(r"^'(?=[=+\-@\t\r])")
DIVIDED = re.compile(r"[;|,]")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One row of a file, typed. What its file does not say is None or empty: no opinion."""

    line: int
    origin: str
    promised_on: date
    text: Mapping[str, str]
    reference: str = ""
    external_id: str = ""
    pillar: str = ""
    aims: tuple[str, ...] = ()
    due_on: date | None = None
    owners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    source: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    evidence_url: str = ""
    public: bool | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A whole file: every row, or every fault and no row."""

    rows: tuple[Incoming, ...] = ()
    flaws: tuple[Flaw, ...] = ()


def read(name: str, data: bytes) -> Arrival:
    """Read a CSV or XLSX file; all its faults are told at once, each with line and column."""
    if len(data) > LARGEST:
        return Arrival(flaws=(_whole("table.too_big", most=LARGEST // 1_000_000),))
    if name.lower().endswith((".csv", ".txt", ".tsv")) and not data.startswith(b"PK"):
        return _typed(tables.read(data, _columns()))
    verdict = safety.inspect(name, data)
    if verdict.reason:
        return Arrival(flaws=(Flaw(0, "", verdict.reason),))
    if verdict.kind != "xlsx":
        return Arrival(flaws=(_whole("commitments.neither_csv_nor_xlsx"),))
    return _from_sheet(data)


def _columns() -> tuple[Column, ...]:
    return (*COLUMNS, *(Column(name) for name in TOLD))


def _whole(code: str, **values: Any) -> Flaw:
    return Flaw(0, "", Reason(code, values))


def _from_sheet(data: bytes) -> Arrival:
    """The first sheet that is shown, by its stored values: formulas are never worked out anew."""
    try:
        found = [sheet for sheet in sheets.sheets_of("xlsx", data) if not sheet.hidden]
    except Unreadable as problem:
        return Arrival(flaws=(Flaw(0, "", problem.reason),))
    grid = [[_cell(one) for one in row] for row in found[0].grid] if found else []
    if not any(any(row) for row in grid):
        return Arrival(flaws=(_whole("table.empty"),))
    return _typed(_headless(grid) or tables.read(_as_csv(grid), _columns()))


def _cell(value: sheets.Value) -> str:
    """A cell as a CSV file would hold it; a day that carries midnight is a day."""
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else str(value)
    text = re.sub(r"^(\d{4}-\d\d-\d\d) 00:00:00$", r"\1", value or "")
    return text.replace("\0", "").replace("\r", "").replace("\n", "\u2028")


def _headless(grid: Sequence[Sequence[str]]) -> Table | None:
    """A cell under no heading would be lost in silence: it is a fault."""
    head = next(row for row in grid if any(row))
    flaws = [
        Flaw(line, "", Reason("commitments.cell_without_heading", {"value": cell[:40]}))
        for line, row in enumerate(grid, 1)
        for place, cell in enumerate(row)
        if cell and not (place < len(head) and head[place].strip())
    ]
    return Table(flaws=tuple(flaws[: tables.MOST_FLAWS])) if flaws else None


def _as_csv(grid: Sequence[Sequence[str]]) -> bytes:
    width = max(len(row) for row in grid)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in grid)
    return stream.getvalue().encode()


def _typed(table: Table) -> Arrival:
    if table.flaws:
        return Arrival(flaws=table.flaws)
    if len(table.rows) > MOST_ROWS:
        return Arrival(flaws=(_whole("table.too_many_rows", most=MOST_ROWS),))
    flaws = [flaw for row in table.rows for flaw in _wrong(row)]
    if flaws:
        return Arrival(flaws=tuple(flaws[: tables.MOST_FLAWS]))
    return Arrival(rows=tuple(incoming(row.line, row.values) for row in table.rows))


def _wrong(row: Row) -> Iterator[Flaw]:
    """What is wrong in one row by itself, whatever stands in the register."""
    values = row.values
    for name in _split(values.get("aims")):
        if name not in Aims.values:
            said = {"value": name[:40], "choices": ", ".join(Aims.values)}
            yield Flaw(row.line, "aims", Reason("table.not_one_of", said))
    address = _plain(values.get("evidence_url")) or ""
    if address and not is_address(address):
        yield Flaw(row.line, "evidence_url", Reason("NotAnAddress"))
    for code in LANGUAGES:
        if len(values.get(f"text_{code}") or "") > LONGEST:
            said_most = {"most": LONGEST}
            yield Flaw(row.line, f"text_{code}", Reason("table.cell_too_long", said_most))
    for name, most in _limits():
        if any(len(one) > most for one in _parts(name, values.get(name))):
            yield Flaw(row.line, name, Reason("table.cell_too_long", {"most": most}))


def _limits() -> Iterator[tuple[str, int]]:
    yield "external_id", 80
    for side in Sides.values:
        yield f"owner_{side}", LONGEST_NAME
    for code in LANGUAGES:
        yield f"source_{code}", LONGEST_NAME


def _parts(name: str, said: str | None) -> Sequence[str]:
    return _names(said) if name.startswith("owner_") else [said or ""]


def incoming(line: int, values: Mapping[str, Any]) -> Incoming:
    """One typed row from its columns."""
    given = {name: _plain(value) for name, value in values.items()}
    return Incoming(
        line=line,
        origin=given["origin"],
        promised_on=given["promised_on"],
        text=_in_three("text", given),
        reference=(given.get("reference") or "").upper(),
        external_id=given.get("external_id") or "",
        pillar=given.get("pillar") or "",
        aims=tuple(dict.fromkeys(_split(given.get("aims")))),
        due_on=given.get("due_on"),
        owners={side: tuple(_names(given.get(f"owner_{side}"))) for side in Sides.values},
        source=_in_three("source", given),
        status=given.get("status") or "",
        evidence_url=given.get("evidence_url") or "",
        public=given.get("public"),
    )


def _plain(value: Any) -> Any:
    """Text without signs that no page or file can hold, and without the guard of an export."""
    if not isinstance(value, str):
        return value
    return FORMULA.sub("", value.replace("\u2028", "\n").translate(CONTROLS)).strip()


def _in_three(name: str, given: Mapping[str, Any]) -> dict[str, str]:
    found = {code: given.get(f"{name}_{code}") or "" for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}


def _split(said: str | None) -> list[str]:
    return [part.strip().lower() for part in DIVIDED.split(said or "") if part.strip()]


def _names(said: str | None) -> list[str]:
    """Several institutions of one side stand in one cell, divided by semicolons or bars."""
    return [part.strip() for part in re.split(r"[;|]", said or "") if part.strip()]


def in_a_cell(name: str) -> str:
    """An institution as a cell with several of them writes it: without the signs that divide."""
    return " ".join(re.sub(r"[;|]", ",", name).split())


def laid_by(rows: Iterable[Incoming]) -> list[dict[str, Any]]:
    """The rows as plain JSON, until a person says yes."""
    return [
        {
            "line": row.line,
            "values": {
                **{f"text_{code}": text for code, text in row.text.items()},
                **{f"source_{code}": text for code, text in row.source.items()},
                **{f"owner_{side}": ";".join(names) for side, names in row.owners.items()},
                "reference": row.reference,
                "external_id": row.external_id,
                "origin": row.origin,
                "pillar": row.pillar,
                "aims": ";".join(row.aims),
                "promised_on": row.promised_on.isoformat(),
                "due_on": row.due_on.isoformat() if row.due_on else None,
                "status": row.status,
                "evidence_url": row.evidence_url,
                "public": row.public,
            },
        }
        for row in rows
    ]


def taken_up(rows: Iterable[Mapping[str, Any]]) -> tuple[Incoming, ...]:
    """What `laid_by` kept, typed again."""
    found = []
    for row in rows:
        values = dict(row["values"])
        values["promised_on"] = date.fromisoformat(values["promised_on"])
        values["due_on"] = date.fromisoformat(values["due_on"]) if values["due_on"] else None
        found.append(incoming(row["line"], values))
    return tuple(found)
