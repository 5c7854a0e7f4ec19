"""Money: sums stay exact, shares add up, and written sums are read or refused."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import money
from monarca.engines.money import Money

weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)
cents = st.integers(-(10**12), 10**12)


def test_currencies_never_mix():
    for verb in (
        lambda: Money(1) + Money(1, "MXN"),
        lambda: Money(1) - Money(1, "MXN"),
        lambda: Money(1) < Money(1, "MXN"),
        lambda: Money(1) >= Money(1, "MXN"),
    ):
        with pytest.raises(ValueError, match="cannot mix MXN with CAD"):
            verb()


def test_sums_differences_and_comparisons():
    assert Money(150) + Money(25) == Money(175)
    assert Money(150) - Money(200) == Money(-50)
    assert -Money(150) == Money(-150)
    assert Money(1) < Money(2) <= Money(2) < Money(3)
    assert (bool(Money(0)), bool(Money(-1))) == (False, True)
    assert Money(4500050).amount == Decimal("45000.50")
    assert money.total([Money(1, "MXN"), Money(2, "MXN")], currency="MXN") == Money(3, "MXN")
    assert money.total([]) == Money(0, "CAD")


@pytest.mark.parametrize(
    ("sum_cents", "rate", "expected"),
    [
        (100, "0.005", 0),
        (300, "0.005", 2),
        (500, "0.005", 2),
        (-300, "0.005", -2),
        (4500000, "0.0731", 328950),
        (10**15, "0.07319999999999999999999999999", 73200000000000),
    ],
)
def test_a_rate_rounds_half_to_even(sum_cents, rate, expected):
    got = Money(sum_cents, "MXN").scale(Decimal(rate), currency="CAD")
    assert got == Money(expected, "CAD")


@given(cents, weights)
def test_shares_add_up_to_the_cent_and_stay_within_one_of_their_quota(sum_cents, given_weights):
    shares = money.split(sum_cents, given_weights)
    assert sum(shares) == sum_cents
    for share, weight in zip(shares, given_weights, strict=True):
        assert abs(share * sum(given_weights) - sum_cents * weight) < sum(given_weights)


@given(st.integers(0, 10**9), weights)
def test_a_heavier_weight_never_gets_less(sum_cents, given_weights):
    pairs = sorted(zip(given_weights, money.split(sum_cents, given_weights), strict=True))
    for (light, less), (heavy, more) in itertools.pairwise(pairs):
        assert less <= more or light == heavy


def test_the_cents_left_over_go_to_the_largest_remainders_earliest_first():
    assert money.split(100, [1, 1, 1]) == (34, 33, 33)
    assert money.split(-100, [1, 1, 1]) == (-34, -33, -33)
    assert money.split(10, [Decimal("0.25"), Decimal("0.75")]) == (3, 7)


@pytest.mark.parametrize("wrong", [[], [0, 0], [1, -1]])
def test_weights_that_weigh_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match="weights"):
        money.split(100, wrong)


@pytest.mark.parametrize(
    ("text", "expected", "currency"),
    [
        ("45,000.00", 4500000, "CAD"),
        ("45 000,00", 4500000, "CAD"),
        ("45000", 4500000, "CAD"),
        ("CAD 45 000", 4500000, "CAD"),
        ("1.234.567,89", 123456789, "CAD"),
        ("1,234,567", 123456700, "CAD"),
        ("45\u202f000,50 $", 4500050, "CAD"),
        ("45\u00a0000\u00a0$ CA", 4500000, "CAD"),
        ("$ 1,200.00 M.N.", 120000, "MXN"),
        ("850,000 pesos mexicanos", 85000000, "MXN"),
        ("US$ 12.5", 1250, "USD"),
        ("1'234.50", 123450, "CAD"),
        ("1\u2019234.50", 123450, "CAD"),
        (".50", 50, "CAD"),
        ("0.500", 50, "CAD"),
        ("1234,5", 123450, "CAD"),
        ("\uff14\uff15", 4500, "CAD"),
        ("  $0  ", 0, "CAD"),
        ("45.005,1", 4500510, "CAD"),
    ],
)
def test_a_sum_is_read_as_people_write_it(text, expected, currency):
    assert money.parse(text).money == Money(expected, currency)


@pytest.mark.parametrize("text", ["45.000", "45,000", "$45,000 CAD"])
def test_one_mark_before_three_figures_is_thousands_and_flagged(text):
    parsed = money.parse(text)
    assert (parsed.money, parsed.ambiguous, parsed.reason) == (Money(4500000), True, None)


def test_a_sum_in_full_is_not_ambiguous():
    for text in ("45,000.00", "45 000", "45000", "1,234,567"):
        assert money.parse(text).ambiguous is False


def test_the_form_s_currency_stands_unless_the_text_names_one():
    assert money.parse("45", currency="MXN") == money.Parsed(Money(4500, "MXN"))
    assert money.parse("45 CAD", currency="MXN") == money.Parsed(Money(4500, "CAD"), named=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "money.empty"),
        (" \u00a0 ", "money.empty"),
        ("cuarenta mil", "money.unreadable"),
        ("1,23,456", "money.unreadable"),
        ("45,000 / 50,000", "money.unreadable"),
        ("CAD 45 MXN", "money.unreadable"),
        ("45 EUR", "money.unreadable"),
        ("1e5", "money.unreadable"),
        ("45k", "money.unreadable"),
        ("9" * 61, "money.unreadable"),
        ("-45", "money.negative"),
        ("\u221245", "money.negative"),
        ("(45.00)", "money.negative"),
        ("1234.567", "money.too_precise"),
        ("1.234,567", "money.too_precise"),
        ("99999999999999", "money.too_large"),
    ],
)
def test_what_is_no_sum_is_refused_with_a_reason(text, code):
    parsed = money.parse(text)
    assert (parsed.money, parsed.reason and parsed.reason.code) == (None, code)


@given(st.integers(0, 10**14), st.sampled_from([",.", ".,", " ,", "\u00a0,", "\u202f,", "'."]))
def test_every_sum_survives_being_written_out(sum_cents, marks):
    text = f"{sum_cents // 100:,}".replace(",", marks[0]) + marks[1] + f"{sum_cents % 100:02}"
    assert money.parse(text).money == Money(sum_cents)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text):
    parsed = money.parse(text)
    assert (parsed.money is None) != (parsed.reason is None)
    assert parsed.reason is None or parsed.reason.code in money.CODES
