"""Anybody's proactive-disclosure CSV checked: the file, each row, and what rows say together."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from monarca.engines.publishing.canada import NIL_COLUMNS, Layout, columns
from monarca.engines.publishing.canada_rules import SENTENCES, Fault, faults_of, whole_of
from monarca.engines.publishing.findings import Finding, Severity, in_order
from monarca.engines.reasons import Reason

ADDED_BY_PORTAL = frozenset({"owner_org", "owner_org_title"})
QUARTERS = frozenset({"Q1", "Q2", "Q3", "Q4"})
Row = Mapping[str, str]
Numbered = tuple[int, Row]
KEYS = {Layout.BY_REFERENCE: "ref_number", Layout.BY_AGREEMENT: "agreement_number"}


def problems_of(data: bytes, *, layout: Layout | None = None) -> tuple[Finding, ...]:
    """All that is wrong with a CSV file of grants, or a nil return, by line.

    The layout is told from the header unless it is given: without ref_number it is the one of
    May 2026. A header of fiscal_year and quarter is a nil return.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return (_of_file("canada.encoding", "The file is not UTF-8.", line),)
    if not text.strip():
        return (_of_file("canada.empty", "The file is empty.", 0),)
    found = [] if data.startswith(b"\xef\xbb\xbf") else [_no_mark()]
    return in_order((*found, *_of_text(text, layout)))


def problems_of_rows(
    rows: Iterable[Numbered], *, layout: Layout = Layout.BY_REFERENCE
) -> tuple[Finding, ...]:
    """The same for rows already read: pairs of line and {column: cell}."""
    several = tuple(rows)
    key = KEYS[layout]
    own = (_finding(line, row, fault, key) for line, row in several for fault in _faults(row, key))
    return in_order((*own, *_together(several, key)))


def _faults(row: Row, key: str) -> Iterator[Fault]:
    return faults_of(row, key=key)


def _of_text(text: str, layout: Layout | None) -> Iterator[Finding]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[tuple[int, list[str]]] = []
    try:
        before = 1
        for cells in reader:
            lines.append((before, cells))
            before = reader.line_num + 1
    except csv.Error as error:
        yield _of_file("canada.csv", f"This is not a CSV file: {error}.", reader.line_num)
        return
    header, body = lines[0][1], [(line, cells) for line, cells in lines[1:] if cells]
    if set(header) - ADDED_BY_PORTAL == set(NIL_COLUMNS):
        yield from _nil(header, body)
    else:
        yield from _grants(header, body, layout or _layout_of(header))


def _layout_of(header: Sequence[str]) -> Layout:
    return Layout.BY_REFERENCE if "ref_number" in header else Layout.BY_AGREEMENT


def _grants(
    header: Sequence[str], body: Sequence[tuple[int, list[str]]], layout: Layout
) -> Iterator[Finding]:
    yield from _header(header, columns(layout))
    yield from _widths(header, body)
    whole = ((line, cells) for line, cells in body if len(cells) == len(header))
    rows = ((line, dict(zip(header, cells, strict=True))) for line, cells in whole)
    yield from problems_of_rows(rows, layout=layout)


def _header(header: Sequence[str], expected: Sequence[str]) -> Iterator[Finding]:
    for name in expected:
        if name not in header:
            yield _of_file("canada.column", f"The column {name} is missing.", 1, field=name)
    for name, times in Counter(header).items():
        if times > 1:
            yield _of_file("canada.column", f"The column {name} stands twice.", 1, field=name)
        if name not in expected and name not in ADDED_BY_PORTAL:
            yield _of_file("canada.column", f"The column {name} is not known.", 1, field=name)


def _widths(header: Sequence[str], body: Sequence[tuple[int, list[str]]]) -> Iterator[Finding]:
    for line, cells in body:
        if len(cells) != len(header):
            text = f"This row has {len(cells)} cells, the header {len(header)}."
            yield _of_file("canada.width", text, line)


def _together(rows: Sequence[Numbered], key: str) -> Iterator[Finding]:
    """Keys are unique; the amendments of one agreement have no gap."""
    seen: dict[str, dict[int, int]] = defaultdict(dict)
    for line, row in rows:
        number = whole_of(row.get("amendment_number", ""))
        if number is None or not row.get(key):
            continue
        agreement = seen[row[key]]
        if number in agreement:
            text = f"{row[key]} has amendment {number} twice, first on line {agreement[number]}."
            place = f"{row[key]}/{number}"
            yield _of_file("canada.key", text, line, place=place, field="amendment_number")
        agreement.setdefault(number, line)
    for reference, numbers in seen.items():
        yield from _gaps(reference, numbers)


def _gaps(reference: str, numbers: Mapping[int, int]) -> Iterator[Finding]:
    """A missing number is an error; a file may begin after 0, where 0 was told in another."""
    present = sorted(numbers)
    severity: Severity = "warning"
    expected = 0
    for number in present:
        if number > expected:
            text = f"{reference} has amendment {number} but not {expected}."
            yield _of_file(
                "canada.amendment-gap",
                text,
                numbers[number],
                place=f"{reference}/{number}",
                field="amendment_number",
                stricter=severity,
            )
        expected, severity = number + 1, "error"


def _nil(header: Sequence[str], body: Sequence[tuple[int, list[str]]]) -> Iterator[Finding]:
    yield from _widths(header, body)
    seen: set[tuple[str, str]] = set()
    for line, cells in body:
        row = dict(zip(header, cells, strict=False))
        year, quarter = row.get("fiscal_year", ""), row.get("quarter", "")
        if not _is_fiscal_year(year):
            text = f"A fiscal year is written 2025-2026, not “{year}”."
            yield _of_file("canada.fiscal-year", text, line, field="fiscal_year")
        if quarter not in QUARTERS:
            text = f"A quarter is Q1, Q2, Q3 or Q4, not “{quarter}”."
            yield _of_file("canada.quarter", text, line, field="quarter")
        if (year, quarter) in seen:
            yield _of_file("canada.key", f"{year} {quarter} is reported twice.", line)
        seen.add((year, quarter))


def _is_fiscal_year(text: str) -> bool:
    first, _, second = text.partition("-")
    digits = len(first) == 4 and first.isascii() and first.isdigit()
    return digits and second == str(int(first) + 1)


def _no_mark() -> Finding:
    text = "The file has no byte order mark; a spreadsheet will misread its accents."
    return _of_file("canada.byte-order-mark", text, 1, stricter="warning")


def _finding(line: int, row: Row, fault: Fault, key: str) -> Finding:
    values = {"field": fault.field, "value": fault.value[:200]}
    return Finding(
        rule=fault.rule,
        severity=fault.severity,
        reason=Reason(fault.rule, values),
        text=SENTENCES[fault.rule].format(**values),
        line=line,
        place=f"{row.get(key, '')}/{row.get('amendment_number', '')}",
        field=fault.field,
        is_stricter=fault.is_stricter,
    )


def _of_file(
    rule: str,
    text: str,
    line: int,
    *,
    place: str = "",
    field: str = "",
    stricter: Severity | None = None,
) -> Finding:
    """A fault of the file or of several rows; `stricter` is how serious one of our own is."""
    reason = Reason(rule, {"field": field, "place": place, "message": text})
    return Finding(
        rule=rule,
        severity=stricter or "error",
        reason=reason,
        text=text,
        line=line,
        place=place,
        field=field,
        is_stricter=stricter is not None,
    )
