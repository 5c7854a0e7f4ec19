"""Dated rates of exchange: which one holds on a day, and sums turned from one money into another.

Problem: a payment in pesos is a liability in Canadian dollars, and an auditor must find the very
rate, its day and its source. The rate of the last business day on or before the day holds; one
older than seven days is refused, because then something is missing. Rates are exact decimals, the
rounding is half to even and comes once, at the end; a sum is never divided by a rounded rate.
Source: Bank of Canada, daily average rates (published on business days). Logarithmic in the rates.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from monarca.engines.money import Money
from monarca.engines.reasons import Reason

CODES = ("rate.none", "rate.too_old")
LONGEST = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Rate:
    """One unit of `base` is `value` units of `quote` on the day `on`, as `source` published it."""

    base: str
    quote: str
    on: date
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Series:
    """Rates of one pair in the order of their days; of two of one day, the later given holds."""

    rates: tuple[Rate, ...]

    def on(self, day: date) -> Rate | Reason:
        """The rate that holds on `day`, or why none does."""
        place = bisect_right(self.rates, day, key=lambda rate: rate.on)
        if place == 0:
            return Reason("rate.none", {"day_on": day.isoformat()})
        rate = self.rates[place - 1]
        if day - rate.on > LONGEST:
            values = {"day_on": day.isoformat(), "last_on": rate.on.isoformat()}
            return Reason("rate.too_old", values)
        return rate


def series(rates: Iterable[Rate]) -> Series:
    """The series of these rates. ValueError: two pairs in one series, or a rate not above zero."""
    kept = {rate.on: rate for rate in rates}
    if len({(rate.base, rate.quote) for rate in kept.values()}) > 1:
        raise ValueError("a series is of one pair of currencies")
    if any(not rate.value.is_finite() or rate.value <= 0 for rate in kept.values()):
        raise ValueError("a rate is above zero")
    return Series(tuple(kept[day] for day in sorted(kept)))


def converted(sum_: Money, rate: Rate) -> Money:
    """The sum in the rate's other money, rounded once, half to even.

    ValueError: the sum is in neither of the two.
    """
    if sum_.currency == rate.base:
        return Money(round(Fraction(sum_.cents) * Fraction(rate.value)), rate.quote)
    if sum_.currency == rate.quote:
        return Money(round(Fraction(sum_.cents) / Fraction(rate.value)), rate.base)
    raise ValueError(f"{sum_.currency} is not of this rate")
