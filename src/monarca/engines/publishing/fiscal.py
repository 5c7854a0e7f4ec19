"""Canada's fiscal year, 1 April to 31 March: quarters, and budgets split where a year ends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monarca.engines.publishing.disclosure import Budget

APRIL = 4


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the fiscal year that begins on 1 April of `year`; `number` is 1 to 4."""

    year: int
    number: int

    @property
    def fiscal_year(self) -> str:
        """As Canada's lists write it: 2025-2026."""
        return f"{self.year}-{self.year + 1}"

    @property
    def label(self) -> str:
        return f"Q{self.number}"


def fiscal_year_of(day: date) -> int:
    """The year in which the fiscal year of `day` began."""
    return day.year if day.month >= APRIL else day.year - 1


def quarter_of(day: date) -> Quarter:
    """The fiscal quarter of `day`: April to June is Q1."""
    return Quarter(fiscal_year_of(day), (day.month - APRIL) % 12 // 3 + 1)


def last_day_of(quarter: Quarter) -> date:
    """30 June, 30 September, 31 December or 31 March."""
    year = quarter.year + quarter.number // 4
    month = (quarter.number * 3 + 3) % 12 or 12
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def reference_number(*, department: str, quarter: Quarter, serial: int) -> str:
    """Canada's reference number, DDD-YYYY-YYYY-QX-XXXXX (TBS guideline 32563)."""
    return f"{department}-{quarter.fiscal_year}-{quarter.label}-{serial:05d}"


def split_at_year_ends(budget: Budget) -> tuple[Budget, ...]:
    """`budget` in pieces of one fiscal year each, by days, and no cent lost.

    Each piece gets the difference of two cumulative shares rounded down, so that the pieces add
    up to the whole. A period that ends before it begins is left as it is, for a checker to find.
    """
    pieces = tuple(_pieces(budget.starts_on, budget.ends_on))
    if len(pieces) < 2:
        return (budget,)
    days = (budget.ends_on - budget.starts_on).days + 1
    made, before = [], 0
    for first, last in pieces:
        until = budget.cents * ((last - budget.starts_on).days + 1) // days
        made.append(replace(budget, starts_on=first, ends_on=last, cents=until - before))
        before = until
    return tuple(made)


def _pieces(starts_on: date, ends_on: date) -> Iterator[tuple[date, date]]:
    first = starts_on
    while first <= ends_on:
        year_end = date(fiscal_year_of(first) + 1, 3, 31)
        yield first, min(year_end, ends_on)
        first = year_end + timedelta(days=1)
