"""Reading a pool with its rules, and the table of tickets, for `monarca draw`."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monarca.config.shell.files import Fault, Row, settings, table, tables_in
from monarca.engines import sortition
from monarca.engines.reasons import Reason, Value

ONE_HOME = "one_per_address"
LARGEST = 1_000_000_000
"""Seats no quota asks for."""


@dataclass(frozen=True, slots=True)
class TicketFile:
    """What --out writes: the table, what was drawn from it (or nothing yet), the commitment."""

    table: sortition.Table
    drawn: sortition.Drawn | None
    commitment: str


def read_task(pool: Path, rules: Path, *, seats: int) -> tuple[sortition.Task, tuple[Reason, ...]]:
    """The task, and remarks on answers that no quota counts. Raises Fault.

    A feature of which a single value has a quota is no reason for a remark on the others.
    """
    row = settings(rules)
    quotas = [
        _quota(feature, each, seats)
        for feature in row.cells
        if feature != ONE_HOME
        for each in tables_in(row, feature)
    ]
    is_single = row.yes(ONE_HOME)
    features = tuple(dict.fromkeys(quota.feature for quota in quotas))
    needed = ("id", *features, *(("address",) if is_single else ()))
    people = [
        sortition.Person(
            id=each.text("id"),
            answers={name: each.text(name, default="") for name in features},
            address=" ".join(each.text("address", default="").split()).casefold(),
        )
        for each in table(pool, needed=needed, key="id")
    ]
    task = sortition.Task(tuple(people), tuple(quotas), seats, is_single)
    return task, _remarks(task, features)


def _quota(feature: str, row: Row, seats: int) -> sortition.Quota:
    value = row.text("name")
    for name in row.cells:
        if name not in {"name", "min", "max"}:
            raise row.fault("shell.unknown_column", name, choices="min, max")
    least = row.whole("min", least=0, most=LARGEST, default=0)
    most = row.whole("max", least=0, most=LARGEST, default=max(seats, least))
    if least > most:
        values: dict[str, Value] = {"feature": feature, "value": value}
        values |= {"least": least, "most": most}
        raise row.fault("sortition.limits_crossed", "max", **values)
    return sortition.Quota(feature, value, least, most)


def _remarks(task: sortition.Task, features: Sequence[str]) -> tuple[Reason, ...]:
    named = {(quota.feature, quota.value) for quota in task.quotas}
    found = []
    for feature in features:
        for value, people in sorted(Counter(p.answers[feature] for p in task.people).items()):
            values: dict[str, Value] = {"feature": feature, "value": value, "people": people}
            if not value:
                found.append(Reason("shell.draw.without_answer", values))
            elif (feature, value) not in named and sum(each[0] == feature for each in named) > 1:
                found.append(Reason("shell.draw.without_rule", values))
    return tuple(found)


def write_tickets(path: Path, kept: TicketFile) -> None:
    """Write the table and what was drawn, as JSON. Raises Fault."""
    data = {
        "format": sortition.FORMAT,
        "task": kept.table.task,
        "commitment": kept.commitment,
        "seed": kept.drawn.seed if kept.drawn else None,
        "ticket": kept.drawn.number if kept.drawn else None,
        "members": kept.drawn.members if kept.drawn else None,
        "chances": kept.table.chances,
        "tickets": kept.table.tickets,
    }
    try:
        path.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    except OSError:
        raise Fault(path, Reason("shell.draw.cannot_write")) from None


def read_tickets(path: Path) -> TicketFile:
    """A table as `write_tickets` writes it. Raises Fault."""
    cells = settings(path).cells
    if cells.get("format") != sortition.FORMAT:
        raise Fault(path, Reason("shell.draw.not_a_table"))
    try:
        tickets = tuple(_ids(each) for each in cells["tickets"])
        chances = {str(person): float(chance) for person, chance in cells["chances"].items()}
        kept = sortition.Table(_text(cells["task"]), tickets, chances)
        return TicketFile(kept, _drawn(cells), _text(cells["commitment"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Fault(path, Reason("shell.draw.not_a_table")) from None


def _drawn(cells: Mapping[str, Any]) -> sortition.Drawn | None:
    if cells["seed"] is None:
        return None
    return sortition.Drawn(_text(cells["seed"]), int(cells["ticket"]), _ids(cells["members"]))


def _ids(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(each) for each in value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
