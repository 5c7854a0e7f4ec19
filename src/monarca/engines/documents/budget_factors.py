"""More columns that a line is multiplied by: persons, days, sessions, a share of somebody's time.

The problem: quantity x unit cost is not the total, because the sheet multiplies by one or two
columns more ("2 persons x 3 days", "50 % of time"). Such a column is known by its numbers: with
it four rows in five agree, without it they do not.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from monarca.engines.documents.budget_heads import Factor, Head
from monarca.engines.documents.numerals import number, share
from monarca.engines.documents.sheets import Value

AGREE = 0.8
CENT = Decimal("0.011")
LEAST = 2
MOST = 8

type Rows = Sequence[Sequence[Value]]


def factor_of(cells: Sequence[Value], factor: Factor) -> Decimal | None:
    """What a cell multiplies by; None when it is blank or no number."""
    raw = cells[factor.column] if factor.column < len(cells) else None
    if isinstance(raw, str) and "%" in raw:
        return share(raw)
    amount = number(raw)[0]
    return amount / 100 if factor.is_percent and amount is not None else amount


def with_factors(head: Head, body: Rows) -> Head:
    """The head with one or two columns more that make quantity x unit cost the total."""
    known = ("quantity", "unit_cents", "total_cents")
    if head.months or not set(known) <= set(head.columns) or _agrees(head, body, ()):
        return head
    left, right = min(head.columns.values()), head.columns["total_cents"]
    taken = set(head.columns.values())
    free = [at for at in range(left, right) if at not in taken][:MOST]
    single = [Factor(at, kind) for at in free for kind in (False, True)]
    for count in (1, 2):
        for factors in combinations(single, count):
            apart = len({one.column for one in factors}) == count
            if apart and _agrees(head, body, factors):
                return replace(head, factors=factors)
    return head


def multiplies(head: Head, body: Rows) -> bool:
    """Quantity x unit cost and what else multiplies make the total of nearly all lines."""
    return _agrees(head, body, head.factors)


def _agrees(head: Head, body: Rows, factors: Sequence[Factor]) -> bool:
    columns = [head.columns[one] for one in ("quantity", "unit_cents") if one in head.columns]
    held = [
        Factor(at) for at in (*columns, *(head.columns[o] for o in ("times",) if o in head.columns))
    ]
    checked = good = 0
    for cells in body:
        parts = [factor_of(cells, one) for one in (*held, *factors)]
        whole = factor_of(cells, Factor(head.columns["total_cents"]))
        if not whole or any(one is None for one in parts):
            continue
        checked += 1
        found = Decimal(1)
        for one in parts:
            found *= one or Decimal(0)
        good += abs(found - whole) <= CENT
    return checked >= LEAST and good >= AGREE * checked
