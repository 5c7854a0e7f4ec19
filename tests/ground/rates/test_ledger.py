"""Rates: the last business day on or before, and nothing older than a week."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from monarca.ground.rates import actions, queries
from tests.conftest import NOON


@pytest.fixture
def series(db):
    return actions.load_published(by=None, at=NOON)


def test_a_sunday_takes_fridays_rate(series):
    rate = queries.on(date(2024, 4, 21), "MXN")

    assert rate.on == date(2024, 4, 19)
    assert rate.source == "Bank of Canada"


def test_the_figure_is_the_banks_to_the_last_digit(series):
    assert queries.on(date(2017, 1, 3), "MXN").cad == Decimal("0.06439")


def test_a_rate_older_than_seven_days_is_refused(series):
    last = date(2025, 12, 30)
    assert queries.on(date(2026, 1, 6), "MXN").on == last

    with pytest.raises(queries.RateTooOld) as refusal:
        queries.on(date(2026, 1, 7), "MXN")
    assert refusal.value.values["last_on"] == "2025-12-30"


def test_loading_twice_changes_nothing(series):
    assert series > 4000
    assert actions.load_published(by=None, at=NOON) == 0


def test_only_finance_enters_a_rate_by_hand(db, staff):
    with pytest.raises(PermissionDenied):
        actions.enter(
            "MXN", Decimal("0.08"), on=NOON.date(), source="SAT", by=staff("manager"), at=NOON
        )

    entered = actions.enter(
        "MXN", Decimal("0.0801"), on=NOON.date(), source="SAT", by=staff("finance"), at=NOON
    )
    assert queries.on(NOON.date(), "MXN") == entered


def test_a_rate_of_nothing_or_of_tomorrow_is_refused(db, staff):
    finance = staff("finance")
    for cad, on in ((Decimal(0), NOON.date()), (Decimal("0.08"), date(2024, 4, 2))):
        with pytest.raises(actions.RateOutOfReason):
            actions.enter("MXN", cad, on=on, source="SAT", by=finance, at=NOON)
