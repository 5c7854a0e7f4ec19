"""Anybody's 360Giving file checked, JSON or CSV, one grant at a time: schema, lists, doubts."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import blake2b
from io import BytesIO
from typing import Any, BinaryIO

from monarca.engines.publishing import json_records, sheets
from monarca.engines.publishing.findings import Finding, in_order
from monarca.engines.publishing.giving_columns import Column, column_of, grant_of
from monarca.engines.publishing.giving_findings import Fault, fault, finding_of
from monarca.engines.publishing.giving_hints import hints_of
from monarca.engines.publishing.giving_rules import (
    RECIPIENTS,
    faults_of_grant,
    faults_of_member,
)
from monarca.engines.publishing.giving_schema import grant_schema
from monarca.engines.publishing.json_records import LIST, Grant, Member


def problems_of(json_bytes: bytes, *, today: date) -> tuple[Finding, ...]:
    """All that is wrong with a 360Giving package in JSON, by line; `today` is a day in UTC."""
    return in_order(findings_in(BytesIO(json_bytes), today=today))


def problems_of_table(csv_bytes: bytes, *, today: date) -> tuple[Finding, ...]:
    """The same for a table of grants in CSV."""
    return in_order(findings_in_table(BytesIO(csv_bytes), today=today))


class _Seen:
    """The identifiers and grants met so far, as digests: 33 bytes each, however long they are."""

    def __init__(self) -> None:
        self.identifiers: set[bytes] = set()
        self.grants: set[bytes] = set()

    def again(self, grant: Any) -> Iterator[Fault]:
        whole = _digest(json.dumps(grant, sort_keys=True))
        if whole in self.grants:
            yield fault("giving.repeated")
        self.grants.add(whole)
        own = grant.get("id") if isinstance(grant, dict) else None
        if isinstance(own, str):
            digest = _digest(own)
            if digest in self.identifiers:
                yield fault("giving.duplicate-id", "id", value=own)
            self.identifiers.add(digest)


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def findings_in(file: BinaryIO, *, today: date) -> Iterator[Finding]:
    """The findings of a package of any size, grant by grant.

    Memory: that of the largest grant (`json_records.LARGEST`) and two digests a grant.
    """
    seen, count, members = _Seen(), 0, set()
    try:
        for part in json_records.members_of(file):
            if isinstance(part, Grant):
                count += 1
                place = f"{LIST}/{part.number}"
                for found in _of_grant(part.value, seen, today):
                    yield finding_of(found, line=part.line, place=place)
            else:
                members.add(part.name)
                yield from _of_member(part, count)
    except json_records.NotReadable as problem:
        yield _unreadable(problem.why, problem.line, problem.said)
        return
    if "" not in members and LIST not in members:
        yield finding_of(fault("giving.required", LIST), line=1)


def _of_grant(grant: Any, seen: _Seen, today: date) -> Iterator[Fault]:
    """Schema first, then repetition, then doubts; the schema names what is no record."""
    yield from faults_of_grant(grant)
    yield from seen.again(grant)
    if isinstance(grant, dict):
        yield from hints_of(grant, today=today)


def _of_member(part: Member, count: int) -> Iterator[Finding]:
    if part.name == LIST:
        if not isinstance(part.value, list):
            found = fault("giving.not-list", LIST, value=part.value)
            yield finding_of(found, line=part.line)
        elif not count:
            yield finding_of(fault("giving.empty-list", LIST), line=part.line)
        return
    for found in faults_of_member(part.name, part.value):
        yield finding_of(found, line=part.line)


def findings_in_table(file: BinaryIO, *, today: date) -> Iterator[Finding]:
    """The findings of a table of any size: of its head, then row by row."""
    try:
        rows = sheets.rows_of(sheets.blocks_of(file))
        line, heads = next(((at, cells) for at, cells in rows if any(cells)), (1, []))
        columns = [column_of(head.strip()) for head in heads]
        missing = _missing(columns)
        yield from _of_heads(heads, columns, missing, line)
        yield from _of_rows(rows, columns, missing, today)
    except sheets.NotReadable as problem:
        yield _unreadable(problem.why, problem.line, problem.said)


def _of_rows(
    rows: Iterator[sheets.Row],
    columns: Sequence[Column | None],
    missing: frozenset[str],
    today: date,
) -> Iterator[Finding]:
    """What a whole column lacks is said once, of the head, and not of each row again."""
    seen, number = _Seen(), 0
    by_path = {column.path: column.head for column in columns if column}
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            yield finding_of(fault("giving.width"), line=line)
        for found in _of_grant(grant_of(columns, cells), seen, today):
            is_said = found.code == "giving.required" and str(found.path[0]) in missing
            if not is_said:
                field = by_path.get(tuple(found.path), "")
                yield finding_of(found, line=line, place=f"{LIST}/{number}", field=field)
        number += 1
    if not number:
        yield finding_of(fault("giving.empty-list", LIST), line=1)


def _missing(columns: Sequence[Column | None]) -> frozenset[str]:
    present = {str(column.path[0]) for column in columns if column}
    needed = set(grant_schema()["oneOf"][0]["required"])
    if present & set(RECIPIENTS):
        needed -= set(RECIPIENTS)
    return frozenset(needed - present)


def _of_heads(
    heads: Sequence[str], columns: Sequence[Column | None], missing: frozenset[str], line: int
) -> Iterator[Finding]:
    for name in sorted(missing):
        yield finding_of(fault("giving.required", name), line=line, field=name)
    paths = [column.path if column else None for column in columns]
    for place, (head, path) in enumerate(zip(heads, paths, strict=True)):
        if path is None and head.strip():
            yield finding_of(fault("giving.unknown-column"), line=line, field=head.strip())
        if path is not None and path in paths[:place]:
            yield finding_of(fault("giving.column-twice"), line=line, field=head.strip())


def _unreadable(why: str, line: int, said: str) -> Finding:
    values = {"message": said} if said else {}
    return finding_of(fault(f"giving.{why}", **values), line=line)
