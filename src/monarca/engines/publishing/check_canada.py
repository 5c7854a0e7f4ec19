"""Anybody's proactive-disclosure CSV checked: the file, each row, and what rows say together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import BinaryIO

from monarca.engines.publishing import sheets
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
    return in_order(findings_in(BytesIO(data), layout=layout))


def findings_in(file: BinaryIO, *, layout: Layout | None = None) -> Iterator[Finding]:
    """The same for a file of any size: of its head, row by row, at last of amendments left out.

    Memory: some 150 bytes an agreement, for what rows say together.
    """
    blocks = sheets.blocks_of(file)
    first = next(blocks, b"")
    rows = sheets.rows_of(chain((first,), blocks))
    try:
        _, header = next(rows, (1, []))
        if set(header) - ADDED_BY_PORTAL == set(NIL_COLUMNS):
            yield from _nil(header, rows)
            return
        if any(header) and not first.startswith(sheets.MARK):
            yield _no_mark()
        yield from _grants(header, rows, layout or _layout_of(header))
    except sheets.NotReadable as problem:
        yield _unreadable(problem)


def _unreadable(problem: sheets.NotReadable) -> Finding:
    said = {
        "encoding": "The file is not UTF-8.",
        "empty": "The file is empty.",
        "csv": f"This is not a CSV file: {problem.said}.",
    }
    return _of_file(f"canada.{problem.why}", said[problem.why], problem.line)


def problems_of_rows(
    rows: Iterable[Numbered], *, layout: Layout = Layout.BY_REFERENCE
) -> tuple[Finding, ...]:
    """The same for rows already read: pairs of line and {column: cell}."""
    together = _Together(KEYS[layout])
    own = [found for line, row in rows for found in _of_row(line, row, together)]
    return in_order((*own, *together.gaps()))


def _of_row(line: int, row: Row, together: "_Together") -> Iterator[Finding]:
    for fault in faults_of(row, key=together.key):
        yield _finding(line, row, fault, together.key)
    yield from together.with_row(line, row)


def _layout_of(header: Sequence[str]) -> Layout:
    return Layout.BY_REFERENCE if "ref_number" in header else Layout.BY_AGREEMENT


def _grants(header: Sequence[str], rows: Iterator[sheets.Row], layout: Layout) -> Iterator[Finding]:
    yield from _header(header, columns(layout))
    together = _Together(KEYS[layout])
    for line, cells in rows:
        if len(cells) == len(header):
            row = dict(zip(header, cells, strict=True))
            yield from in_order(_of_row(line, row, together))
        elif cells:
            yield _width(header, line, cells)
    yield from together.gaps()


def _header(header: Sequence[str], expected: Sequence[str]) -> Iterator[Finding]:
    for name in expected:
        if name not in header:
            yield _of_file("canada.column", f"The column {name} is missing.", 1, field=name)
    for name, times in Counter(header).items():
        if times > 1:
            yield _of_file("canada.column", f"The column {name} stands twice.", 1, field=name)
        if name not in expected and name not in ADDED_BY_PORTAL:
            yield _of_file("canada.column", f"The column {name} is not known.", 1, field=name)


def _width(header: Sequence[str], line: int, cells: Sequence[str]) -> Finding:
    text = f"This row has {len(cells)} cells, the header {len(header)}."
    return _of_file("canada.width", text, line)


class _Together:
    """What rows say together: keys are unique; the amendments of an agreement have no gap.

    Most agreements have the one row 0, so an agreement is kept as {number: line} only from its
    second row on, and as the line of its row 0 before.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.seen: dict[str, int | dict[int, int]] = {}

    def with_row(self, line: int, row: Row) -> Iterator[Finding]:
        number, reference = whole_of(row.get("amendment_number", "")), row.get(self.key)
        if number is None or not reference:
            return
        numbers = self._numbers(reference)
        if number in numbers:
            text = f"{reference} has amendment {number} twice, first on line {numbers[number]}."
            place = f"{reference}/{number}"
            yield _of_file("canada.key", text, line, place=place, field="amendment_number")
            return
        numbers[number] = line
        self.seen[reference] = line if list(numbers) == [0] else numbers

    def _numbers(self, reference: str) -> dict[int, int]:
        known = self.seen.get(reference, {})
        return {0: known} if isinstance(known, int) else known

    def gaps(self) -> Iterator[Finding]:
        """A missing number is an error; a file may begin after 0, where 0 was told in another."""
        for reference, numbers in self.seen.items():
            if not isinstance(numbers, int):
                yield from _gaps(reference, numbers)


def _gaps(reference: str, numbers: Mapping[int, int]) -> Iterator[Finding]:
    severity: Severity = "warning"
    expected = 0
    for number in sorted(numbers):
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


def _nil(header: Sequence[str], rows: Iterator[sheets.Row]) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for line, cells in rows:
        if not cells:
            continue
        if len(cells) != len(header):
            yield _width(header, line, cells)
        row = dict(zip(header, cells, strict=False))
        year, quarter = row.get("fiscal_year", ""), row.get("quarter", "")
        yield from _of_quarter(line, year, quarter)
        if (year, quarter) in seen:
            yield _of_file("canada.key", f"{year} {quarter} is reported twice.", line)
        seen.add((year, quarter))


def _of_quarter(line: int, year: str, quarter: str) -> Iterator[Finding]:
    if not _is_fiscal_year(year):
        text = f"A fiscal year is written 2025-2026, not “{year}”."
        yield _of_file("canada.fiscal-year", text, line, field="fiscal_year")
    if quarter not in QUARTERS:
        text = f"A quarter is Q1, Q2, Q3 or Q4, not “{quarter}”."
        yield _of_file("canada.quarter", text, line, field="quarter")


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
