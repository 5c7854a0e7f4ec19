"""Anybody's file: its format told from its content, and all that is wrong with it, as a stream.

Known are IATI 2.03 (activities, organisations), 360Giving (JSON, CSV) and Canada's proactive
disclosure (both layouts, and the nil return). A name or suffix says nothing.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import BinaryIO

from monarca.engines.publishing import check_canada, check_giving, check_iati
from monarca.engines.publishing.canada import NIL_COLUMNS, Layout, columns
from monarca.engines.publishing.findings import Finding
from monarca.engines.publishing.giving_columns import column_of
from monarca.engines.publishing.iati_records import problem

HEAD = 1 << 16
MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"
ORGANISATIONS = re.compile(rb"<iati-organisations[\s/>]")
DIVIDERS = (";", "\t", "|")


class Format(StrEnum):
    """What a file turned out to be."""

    IATI_ACTIVITIES = "iati-activities"
    IATI_ORGANISATIONS = "iati-organisations"
    GIVING_JSON = "360giving-json"
    GIVING_CSV = "360giving-csv"
    CANADA = "proactive-disclosure"
    NIL = "proactive-disclosure-nil"


IATI = frozenset({Format.IATI_ACTIVITIES, Format.IATI_ORGANISATIONS})


@dataclass(frozen=True, slots=True)
class Judged:
    """A file's format, None where it is none of ours, and its findings as they are found."""

    format: Format | None
    findings: Iterator[Finding]


def judge(file: BinaryIO, *, at: datetime, publishers: Iterable[str] | None = None) -> Judged:
    """What the file is, and what is wrong with it at the instant `at` (with a zone).

    `file` can be sought in. Nothing is read beyond its head before the findings are asked for;
    memory does not grow with the file. `publishers`: see `check_iati.problems_of`.
    """
    head = file.read(HEAD)
    file.seek(0)
    kind = format_of(head)
    today = at.astimezone(UTC).date()
    if kind is None:
        return Judged(None, iter((_unknown(head),)))
    if kind in IATI:
        return Judged(kind, check_iati.findings_in(file, at=at, publishers=publishers))
    if kind is Format.GIVING_JSON:
        return Judged(kind, check_giving.findings_in(file, today=today))
    if kind is Format.GIVING_CSV:
        return Judged(kind, check_giving.findings_in_table(file, today=today))
    return Judged(kind, check_canada.findings_in(file))


def format_of(head: bytes) -> Format | None:
    """The format told from a file's first bytes; XML of any other kind is taken for IATI."""
    plain = head.replace(b"\x00", b"").lstrip(MARKS)
    if plain.startswith(b"<"):
        is_of_bodies = ORGANISATIONS.search(plain) is not None
        return Format.IATI_ORGANISATIONS if is_of_bodies else Format.IATI_ACTIVITIES
    if plain.startswith((b"{", b"[")):
        return Format.GIVING_JSON
    if b"\x00" in head:
        return None
    return _of_header(_header(head, ","))


def _header(head: bytes, divider: str) -> list[str]:
    text = head.decode("utf-8-sig", "replace").lstrip()
    line = text.split("\n", 1)[0].split("\r", 1)[0]
    try:
        return [cell.strip() for cell in next(csv.reader((line,), delimiter=divider), [])]
    except csv.Error:
        return []


def _of_header(header: list[str]) -> Format | None:
    """Most of the headings decide; two must be known, for one may be anybody's."""
    names = set(header)
    if set(NIL_COLUMNS) <= names:
        return Format.NIL
    canada = max(len(names & set(columns(layout))) for layout in Layout)
    giving = sum(column_of(name) is not None for name in names)
    if max(canada, giving) < 2 and not names & {"ref_number", "agreement_value"}:
        return None
    return Format.CANADA if canada >= giving else Format.GIVING_CSV


def _unknown(head: bytes) -> Finding:
    if not head.strip(MARKS):
        return problem("publishing.empty", "There is nothing in this file.", 0)
    for divider in DIVIDERS:
        if b"\x00" not in head and _of_header(_header(head, divider)) is not None:
            text = f"The cells of this table are divided by “{divider}”, not by commas."
            return problem("publishing.divider", text, 1, value=divider.replace("\t", "⇥"))
    text = "This is no file of IATI, 360Giving or Canada's proactive disclosure."
    return problem("publishing.unknown", text, 0)
