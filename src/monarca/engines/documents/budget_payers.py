"""Columns of what others pay, known by the names in their heads and by what they add up to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from monarca.engines.documents.budget_heads import Head, Payer, spoken
from monarca.engines.documents.budget_names import (
    CASH,
    CLEAR,
    GENERIC,
    INNER,
    SHARES,
    named_field,
    payer_in,
)
from monarca.engines.documents.sheets import Grid
from monarca.engines.documents.words import stems

AGREE = 0.8
CENT = Decimal("0.011")
LONGEST = 90
DONOR = frozenset(
    stems(
        "fondo fund fonds fundación foundation fondation embajada embassy ambassade gobierno"
        " government gouvernement municipio municipality municipalité ayuntamiento secretaría"
        " ministerio ministry ministère universidad university université banco bank banque unión"
        " union agencia agency agence"
    )
)
GIVEN = re.compile(
    r"\bespecie\b|\bin[- ]kind\b|\ben nature\b|volunt[ae]+ri|volunteer|b[eé]n[eé]vol"
    r"|pr[eé]stamos?\b|\b(?:loan|lent)\b|\bpr[eê]t(?:s|[eé]e?s?)?\b|\bdonad[oa]s?\b|\bdonated\b"
    r"|mano de obra|\btequio|\bfaenas?\b|main[- ]d.\u0153uvre",
    re.IGNORECASE,
)

type Column = list[Decimal | None]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the heads of the columns say, and the words of the titles above them."""

    labels: Mapping[int, str]
    titles: frozenset[str]


def with_payers(grid: Grid, head: Head, numbers: list[Column]) -> Head:
    """The head with the columns its shares lack, and the names its heads give to who pays."""
    sheet = _Sheet(_labels(grid, head), _titles(grid, head))
    other = head.columns.get("other_cents")
    name = payer_in(sheet.labels.get(other, "")) if other is not None else ""
    if name and other is not None:
        head = replace(head, payers=(Payer(other, "other_cents", name),))
    for column in _filling(head, sheet, numbers):
        head = _paid(head, column, sheet)
    return head


def _labels(grid: Grid, head: Head) -> dict[int, str]:
    """The lowest words of the head over each column."""
    found: dict[int, str] = {}
    for row in grid[head.first : head.last + 1]:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.strip() and len(cell) < LONGEST:
                found[column] = cell.strip()
    return found


def _titles(grid: Grid, head: Head) -> frozenset[str]:
    texts = [cell for row in grid[: head.first] for cell in row if isinstance(cell, str)]
    return frozenset(stem for text in texts for stem in stems(text))


def _filling(head: Head, sheet: _Sheet, numbers: list[Column]) -> list[int]:
    """The columns that together fill what the named shares leave of the totals, else none."""
    total = head.columns.get("total_cents")
    shares = [head.columns[one] for one in SHARES if one in head.columns]
    if total is None or total >= len(numbers) or not shares:
        return []
    gaps = _gaps(numbers, total, shares)
    if not any(gaps):
        return []
    exactly = _closed(gaps)
    found = []
    for column in range(len(numbers)):
        if not _may_pay(head, sheet, column) or not _fits(numbers[column], gaps, exactly=exactly):
            continue
        found.append(column)
        held = numbers[column]
        gaps = [
            None if gap is None else gap - (held[row] or Decimal(0)) for row, gap in enumerate(gaps)
        ]
    return found if _closed(gaps) else []


def _gaps(numbers: list[Column], total: int, shares: Sequence[int]) -> Column:
    paid = [numbers[one] for one in shares if one < len(numbers)]
    return [
        None if whole is None else whole - sum((one[row] or Decimal(0) for one in paid), Decimal(0))
        for row, whole in enumerate(numbers[total])
    ]


def _closed(gaps: Column) -> bool:
    known = [gap for gap in gaps if gap is not None]
    return sum(abs(gap) <= CENT for gap in known) >= AGREE * len(known)


def _fits(held: Column, gaps: Column, *, exactly: bool) -> bool:
    """No row pays more than what is left to pay, but for a few.

    `exactly`: nearly all is paid already; a column counts where it pays just what is left.
    """
    written = [(one, gap) for one, gap in zip(held, gaps, strict=True) if one and gap is not None]
    if exactly:
        return bool(written) and all(abs(one - gap) <= CENT for one, gap in written)
    return bool(written) and sum(0 < one <= gap + CENT for one, gap in written) >= AGREE * len(
        written
    )


def _may_pay(head: Head, sheet: _Sheet, column: int) -> bool:
    """A column with a head that names nothing else than who pays, in the budget's currency."""
    label = sheet.labels.get(column, "")
    if not label or column in {*head.columns.values(), *head.months}:
        return False
    field, score = named_field([label])
    currency = spoken(label)
    return (not field or field in SHARES or score < CLEAR) and currency in {None, head.currency}


def _paid(head: Head, column: int, sheet: _Sheet) -> Head:
    """Whose money one more column holds: ours, when its head says our name; else its name's."""
    label = sheet.labels[column]
    named = named_field([label])[0]
    field = named if named in SHARES and named != "fund_cents" else _whose(head, label, sheet)
    name = payer_in(label) if field == "other_cents" else ""
    if field not in head.columns:
        wide = max(head.width, column + 1)
        head = replace(head, columns={**head.columns, field: column}, width=wide)
    return replace(head, payers=(*head.payers, Payer(column, field, name)))


def _whose(head: Head, label: str, sheet: _Sheet) -> str:
    inner = INNER.search(label)
    if inner and CASH.fullmatch(inner[1].strip()):
        return "own_cents"
    name = payer_in(label)
    words = {one for one in stems(name) if one not in GENERIC}
    is_ours = bool(words) and words <= sheet.titles
    is_donor = bool(words & DONOR) or any(one.isupper() and len(one) > 1 for one in name.split())
    if GIVEN.search(label) and (is_ours or not is_donor):
        return "in_kind_cents"
    if is_ours:
        return "own_cents"
    return "other_cents" if name and (is_donor or "own_cents" in head.columns) else "own_cents"
