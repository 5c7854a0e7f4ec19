"""Columns of taxes: amount + tax = total, and the total with tax is what a line costs."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from monarca.engines.documents.budget_heads import Head
from monarca.engines.documents.numerals import number, share
from monarca.engines.documents.sheets import Grid, Value
from monarca.engines.documents.words import plain

TAX = re.compile(
    r"^(?:monto (?:de|del) |montant de la |amount of )?"
    r"(?:i ?v ?a|vat|t ?v ?a|tps|tvq|gst|hst|pst|tax(?:es)?|sales tax|impuestos?|ieps|ish)"
    r"(?: \d{1,2})?(?: (?:mxn|cad|usd|pesos|trasladado|amount|monto|montant))?$"
)
CENT = Decimal("0.011")
AGREE = 0.8
LEAST = 2
AFTER = 4

type Column = list[Decimal | None]


def with_taxes(grid: Grid, head: Head, numbers: Sequence[Column]) -> Head:
    """The head whose total contains the taxes that stand in columns of their own.

    Where the amount before tax was taken for the total and a column behind the taxes is the sum
    of both in four rows of five, that column is the total.
    """
    total = head.columns.get("total_cents")
    taxes = _taxes(grid, head)
    if total is None or total >= len(numbers) or not taxes:
        return head
    taken = {*head.columns.values(), *head.months}
    after = [at for at in range(max(*taxes, total) + 1, len(numbers)) if at not in taken][:AFTER]
    head = _priced(grid, head, after, (taxes, numbers))
    for column in after if head.columns["total_cents"] == total else ():
        if _sums(grid, head, taxes, (numbers[total], numbers[column])):
            wide = max(head.width, column + 1)
            columns = {**head.columns, "total_cents": column}
            return replace(head, columns=columns, width=wide, taxes=taxes)
    return replace(head, taxes=taxes)


def _priced(
    grid: Grid, head: Head, after: Sequence[int], told: tuple[Sequence[int], Sequence[Column]]
) -> Head:
    """What was taken for the total is a unit cost, where it times the quantity and tax make it."""
    taxes, numbers = told
    counted, price = head.columns.get("quantity"), head.columns["total_cents"]
    if counted is None or counted >= len(numbers) or "unit_cents" in head.columns:
        return head
    product = [
        None if one is None or many is None else one * many
        for one, many in zip(numbers[price], numbers[counted], strict=True)
    ]
    for column in after:
        if _sums(grid, head, taxes, (product, numbers[column])):
            columns = {**head.columns, "unit_cents": price, "total_cents": column}
            return replace(head, columns=columns, width=max(head.width, column + 1))
    return head


def with_tax(cents: int, taxes: Sequence[Value]) -> int:
    """An amount with its taxes: sums of money, or parts of it ("16 %", 0.16)."""
    whole = Decimal(cents) / 100
    return round(100 * (whole + sum((_tax(whole, one) for one in taxes), Decimal(0))))


def _tax(whole: Decimal, held: Value) -> Decimal:
    part = share(held)
    return whole * part if part is not None else number(held)[0] or Decimal(0)


def _taxes(grid: Grid, head: Head) -> tuple[int, ...]:
    """The columns whose head names a tax and nothing else."""
    taken = {*head.columns.values(), *head.months}
    return tuple(
        sorted(
            column
            for row in grid[head.first : head.last + 1]
            for column, cell in enumerate(row)
            if isinstance(cell, str) and column not in taken and TAX.match(plain(cell))
        )
    )


def _sums(grid: Grid, head: Head, taxes: Sequence[int], pair: tuple[Column, Column]) -> bool:
    rows = [row for row in grid[head.last + 1 :] if any(row)]
    checked = good = taxed = 0
    for at, (before, after) in enumerate(zip(*pair, strict=True)):
        if before is None or after is None:
            continue
        held = [rows[at][one] for one in taxes if one < len(rows[at])]
        told = Decimal(with_tax(round(before * 100), held)) / 100
        checked += 1
        good += abs(told - after) <= CENT
        taxed += before != after
    return checked >= LEAST and taxed > 0 and good >= AGREE * checked
