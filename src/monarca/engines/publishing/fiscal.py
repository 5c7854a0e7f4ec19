"""What publishing needs of the fiscal year: Canada's reference number, budgets split at its end."""

from dataclasses import replace

from monarca.engines import calendar, money
from monarca.engines.calendar import Quarter
from monarca.engines.publishing.disclosure import Budget


def reference_number(*, department: str, quarter: Quarter, serial: int) -> str:
    """Canada's reference number, DDD-YYYY-YYYY-QX-XXXXX (TBS guideline 32563)."""
    return f"{department}-{quarter.fiscal_year.label}-{quarter.label}-{serial:05d}"


def split_at_year_ends(budget: Budget) -> tuple[Budget, ...]:
    """`budget` in pieces of one fiscal year each, by days, and no cent lost.

    A period that ends before it begins is left as it is, for a checker to find.
    """
    spans = calendar.split(budget.starts_on, budget.ends_on)
    if len(spans) < 2:
        return (budget,)
    shares = money.split(budget.cents, [span.days for span in spans])
    return tuple(
        replace(budget, starts_on=span.starts_on, ends_on=span.ends_on, cents=cents)
        for span, cents in zip(spans, shares, strict=True)
    )
