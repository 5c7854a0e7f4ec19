"""How many of what, at which price: a quantity with its unit, or a whole calculation, in one cell.

"2,100 repas" is two thousand one hundred; "7 mois x 12 000 $" is a quantity, a unit and a unit
cost. Where one comma could part thousands or decimals, the line's own product decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import prod

from monarca.engines.documents.budget_heads import Head
from monarca.engines.documents.numerals import number, says_nothing
from monarca.engines.documents.sheets import Grid, Value

CENT = Decimal("0.011")
AGREE = 0.6
LEAST = 2
LONGEST = 90
ROWS = 200
FIGURE = r"\d{1,3}(?:[ ,.'\u2019]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
COUNT = re.compile(rf"\s*(?P<figure>{FIGURE})\s*\D*$")
UNIT = re.compile(r"\d\s*([^\W\d]\D*)$")
DOUBTFUL = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
TIMES = re.compile(
    r"\s*[\u00d7\u2715\u2716*@]\s*|\s+[xX]\s+(?=[$\d])|(?<=\d)[xX](?=[$\d])"
    r"|\s+(?:por|by|times|fois|at|[àa](?: raz[oó]n de| raison de| rate of)?)\s+(?=\$?\s?\d)"
)
CURRENCY = r"(?:\$|(?:MXN|CAD|USD|CDN|pesos?|d[oó]lares|dollars)\b|M\.?N\.?)"
PART = re.compile(
    rf"(?P<before>{CURRENCY}\s*)*(?P<figure>{FIGURE})\s*(?P<percent>%)?"
    rf"(?P<after>\s*{CURRENCY})*\s*(?P<words>[^\d$%]{{0,40}})",
    re.IGNORECASE,
)
EACH = re.compile(
    r"^/\s*|^(?:c/u|cada(?: un[oa])?|each|chac\w+|l'unit[eé]|la pi[eè]ce|p/|per|par|por|al|a|le|la)"
    r"(?![^\W\d])\s*",
    re.IGNORECASE,
)
NEEDED = ("quantity", "unit", "unit_cents")


@dataclass(frozen=True, slots=True)
class Calculation:
    """What one cell multiplies: so many units at so much each.

    `is_priced`: the price says that it is money, so "3 x 4" of a sheet of canvas is not.
    """

    quantity: Decimal
    unit: str
    price: Decimal
    is_priced: bool = True


def counted(raw: Value, unit: Decimal | None, total: Decimal | None) -> Decimal | None:
    """The quantity a text begins with, whatever unit follows; None when it is no such text."""
    found = COUNT.match(raw) if isinstance(raw, str) else None
    if found is None:
        return None
    figure = found["figure"]
    whole = number(figure)[0]
    part = Decimal(figure.replace(",", ".")) if re.fullmatch(r"\d+(?:[.,]\d+)?", figure) else None
    if whole is None or part is None or not DOUBTFUL.fullmatch(figure):
        return whole if part is None else part
    for one in (part, whole):
        if unit is not None and total and abs(one * unit - total) <= CENT:
            return one
    return whole if "," in figure else part


def unit_beside(raw: Value) -> str:
    """The unit written behind a quantity in its cell, "" when there is none."""
    found = UNIT.search(raw) if isinstance(raw, str) else None
    return found[1].strip() if found else ""


def calculated(raw: Value) -> Calculation | None:
    """The calculation a cell writes out, "7 months x $1,200"; None for any other cell."""
    if not isinstance(raw, str) or len(raw) > LONGEST:
        return None
    parts = [PART.fullmatch(one.strip()) for one in TIMES.split(raw.partition("=")[0].strip())]
    known = [one for one in parts if one is not None]
    if len(known) < len(parts) or len(known) < LEAST:
        return None
    money = [one for one in known if one["before"] or one["after"]]
    priced = money or known[-1:]
    price = priced[0]
    counts = [one for one in known if one is not price]
    values = [_value(one) for one in (*counts, price)]
    if len(priced) > 1 or any(one is None for one in values):
        return None
    told = [one for one in values if one is not None]
    named = [one["words"].strip(" .,;()") for one in counts if not one["percent"]]
    unit = next((one for one in named if one), "") or EACH.sub("", price["words"].strip(" .,;()"))
    return Calculation(prod(told[:-1], start=Decimal(1)), unit, told[-1], bool(money))


def _value(part: re.Match[str]) -> Decimal | None:
    held = number(part["figure"])[0]
    return held / 100 if held is not None and part["percent"] else held


def with_calculations(grid: Grid, head: Head) -> tuple[Grid, Head]:
    """The table with columns of its own for what the cells of one column multiply.

    Only where no column says a unit cost and most cells of that column are calculations.
    """
    column = _column(grid, head)
    if column is None:
        return grid, head
    width = max(map(len, grid))
    wider: Grid = []
    for at, row in enumerate(grid):
        held = row[column] if at > head.last and column < len(row) else None
        found = calculated(held)
        padded = [*row, *[None] * (width - len(row))]
        told: list[Value] = [found.quantity, found.unit or None, found.price] if found else []
        wider.append([*padded, *told] if told else list(row))
    kept = {name: at for name, at in head.columns.items() if at != column and name not in NEEDED}
    added = {name: width + at for at, name in enumerate(NEEDED)}
    return wider, replace(head, columns={**kept, **added}, width=width + len(NEEDED))


def _column(grid: Grid, head: Head) -> int | None:
    """The column that holds calculations."""
    named = {at: name for name, at in head.columns.items()}
    free = {"quantity", "unit", "unit_cents", "times", "skip", ""}
    body = grid[head.last + 1 : head.last + 1 + ROWS]
    priced = head.columns.get("unit_cents")
    for column in range(max(map(len, body), default=0)):
        if named.get(column, "") in free and (priced is None or priced == column):
            held = _told(body, column)
            good = sum(_costs(row, head, calculated(row[column])) for row in held)
            if good >= LEAST and good >= AGREE * len(held):
                return column
    return None


def _costs(row: Sequence[Value], head: Head, found: Calculation | None) -> bool:
    """The calculation speaks of money, or the line costs what it makes."""
    if found is None or found.is_priced:
        return found is not None
    column = head.columns.get("total_cents", len(row))
    whole = number(row[column])[0] if column < len(row) else None
    return whole is not None and abs(found.quantity * found.price - whole) <= CENT


def _told(body: Sequence[Sequence[Value]], column: int) -> list[Sequence[Value]]:
    """The rows with something in the column."""
    held = [row for row in body if column < len(row) and row[column] is not None]
    return [row for row in held if not says_nothing(str(row[column]))]
