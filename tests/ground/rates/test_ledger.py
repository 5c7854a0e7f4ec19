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


@pytest.mark.parametrize(
    ("cad", "source"),
    [
        ("0", "SAT"),
        ("-0.08", "SAT"),
        ("1000", "SAT"),
        ("0.123456789", "SAT"),
        ("NaN", "SAT"),
        ("0.08", ""),
        ("0.08", "  "),
    ],
)
def test_a_rate_out_of_reason_or_without_a_source_is_refused(db, staff, cad, source):
    with pytest.raises(actions.RateOutOfReason):
        actions.enter(
            "MXN", Decimal(cad), on=NOON.date(), source=source, by=staff("finance"), at=NOON
        )


def test_a_rate_of_tomorrow_is_refused(db, staff):
    with pytest.raises(actions.RateFromTomorrow):
        actions.enter(
            "MXN", Decimal("0.08"), on=date(2024, 4, 2), source="SAT", by=staff("finance"), at=NOON
        )


def test_one_source_says_one_rate_a_day_and_another_source_may_say_another(db, staff):
    finance = staff("finance")
    given = {"on": NOON.date(), "by": finance, "at": NOON}
    actions.enter("MXN", Decimal("0.08"), source="SAT", **given)

    with pytest.raises(actions.RateKnown):
        actions.enter("MXN", Decimal("0.09"), source=" SAT ", **given)
    later = actions.enter("MXN", Decimal("0.09"), source="Banco de México", **given)
    assert queries.on(NOON.date(), "MXN") == later
