"""The columns of a 360Giving table: titles or field names, and the grant that a row makes.

`Recipient Org:0:Name`, `Recipient Org:Name` and `recipientOrganization/0/name` are one column. The
titles stand in the schema; a list without a number means its first entry.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from monarca.engines.publishing.giving_schema import grant_schema, resolved

Path = tuple[str | int, ...]
MOST = 200
"""Entries of one list that columns may number."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the cells of a column go within a grant, and what they are made into."""

    head: str
    path: Path
    kind: str


@cache
def column_of(head: str) -> Column | None:
    """The column a heading means; None where the standard knows none."""
    steps = [part.strip() for part in head.replace("/", ":").split(":")]
    rule: dict[str, Any] = grant_schema()
    path: list[str | int] = []
    while steps:
        found = _property(rule, steps.pop(0))
        if found is None:
            return None
        name, rule = found
        path.append(name)
        if rule.get("type") == "array" and resolved(rule["items"]).get("type") == "object":
            number = int(steps.pop(0)) if steps and steps[0].isdecimal() else 0
            if number >= MOST:
                return None
            path.append(number)
            rule = resolved(rule["items"])
    kind = _kind(rule)
    return Column(head, tuple(path), kind) if kind != "object" else None


def _property(rule: Mapping[str, Any], step: str) -> tuple[str, dict[str, Any]] | None:
    for name, inner in rule.get("properties", {}).items():
        full = resolved(inner)
        if step.casefold() in {name.casefold(), str(full.get("title", name)).casefold()}:
            return name, full
    return None


def _kind(rule: Mapping[str, Any]) -> str:
    kind = rule.get("type", "string")
    return str(kind if isinstance(kind, str) else kind[0])


def heading_of(path: Path) -> str:
    """The heading of a path by titles, numbered: `Recipient Org:0:Name`."""
    rule: dict[str, Any] = grant_schema()
    parts: list[str] = []
    for step in path:
        if isinstance(step, int):
            parts.append(str(step))
            rule = resolved(rule["items"])
        else:
            rule = resolved(rule["properties"][step])
            parts.append(str(rule.get("title", step)))
    return ":".join(parts)


def grant_of(columns: Sequence[Column | None], cells: Sequence[str]) -> dict[str, Any]:
    """The grant a row makes; empty cells make nothing, and lists have no holes."""
    grant: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column is not None and cell.strip():
            _put(grant, column.path, _value(cell.strip(), column.kind))
    return {name: _closed(value) for name, value in grant.items()}


def _put(grant: dict[str, Any], path: Path, value: object) -> None:
    """Lists are kept as {number: entry} until the row is read."""
    inner: dict[Any, Any] = grant
    for step in path[:-1]:
        inner = inner.setdefault(step, {})
    inner[path[-1]] = value


def _closed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    closed = {name: _closed(each) for name, each in value.items()}
    if closed and all(isinstance(name, int) for name in closed):
        return [closed[number] for number in sorted(closed)]
    return closed


def _value(cell: str, kind: str) -> Any:
    """A number where one is wanted and written plainly; else the text, for the schema to judge."""
    if kind == "number":
        try:
            return float(cell) if not cell.lstrip("-").isdecimal() else int(cell[:300])
        except ValueError:
            return cell
    if kind == "array":
        return [part.strip() for part in cell.split(";") if part.strip()]
    return cell
