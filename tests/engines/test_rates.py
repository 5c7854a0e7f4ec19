"""The rate that holds on a day, and sums that lose nothing on the way."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import rates
from monarca.engines.money import Money
from monarca.engines.reasons import Reason

FRIDAY = date(2024, 4, 19)


def rate(on, value="0.0805", base="MXN", quote="CAD"):
    return rates.Rate(base, quote, on, Decimal(value), "Bank of Canada")


PESOS = rates.series([rate(FRIDAY), rate(date(2024, 4, 18), "0.0812"), rate(date(2024, 4, 30))])


@pytest.mark.parametrize("days", [0, 1, 2, 7])
def test_the_last_business_day_on_or_before_holds_for_a_week(days):
    assert PESOS.on(FRIDAY + timedelta(days=days)) == rate(FRIDAY)


def test_an_older_rate_is_refused_with_its_day():
    found = PESOS.on(date(2024, 4, 27))
    assert found == Reason("rate.too_old", {"day_on": "2024-04-27", "last_on": "2024-04-19"})


def test_before_the_first_there_is_none():
    assert PESOS.on(date(2024, 4, 17)) == Reason("rate.none", {"day_on": "2024-04-17"})
    assert rates.series([]).on(FRIDAY) == Reason("rate.none", {"day_on": "2024-04-19"})


def test_a_sum_goes_there_and_back_by_the_exact_rate():
    assert rates.converted(Money(100_000_00, "MXN"), rate(FRIDAY)) == Money(8_050_00)
    assert rates.converted(Money(8_050_00), rate(FRIDAY)) == Money(100_000_00, "MXN")
    assert rates.converted(Money(1, "MXN"), rate(FRIDAY, "0.5")) == Money(0)
    assert rates.converted(Money(3, "MXN"), rate(FRIDAY, "0.5")) == Money(2)


@given(st.integers(-(10**12), 10**12), st.decimals("0.00001", "9999", places=5))
def test_there_and_back_is_off_by_less_than_the_rounding(cents, value):
    there = rates.converted(Money(cents, "MXN"), rate(FRIDAY, value))
    assert abs(there.cents - cents * value) <= Decimal("0.5")


def test_what_is_no_series_or_of_another_money_is_an_error():
    with pytest.raises(ValueError, match="pair"):
        rates.series([rate(FRIDAY), rate(date(2024, 4, 18), base="USD")])
    for value in ("0", "-1", "NaN"):
        with pytest.raises(ValueError, match="above zero"):
            rates.series([rate(FRIDAY, value)])
    with pytest.raises(ValueError, match="EUR"):
        rates.converted(Money(1, "EUR"), rate(FRIDAY))
