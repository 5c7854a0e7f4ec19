"""Numbers as they are written: separators of the language, nought without a sign."""

from decimal import Decimal

import pytest

from monarca.kit import formats


@pytest.mark.parametrize(
    ("value", "lang", "said"),
    [
        (1234567, "en", "1,234,567"),
        (1234567, "es", "1,234,567"),
        (1234567, "fr", "1\u00a0234\u00a0567"),
        (Decimal("1234.5"), "en", "1,234.5"),
        (Decimal("1234.5"), "fr", "1\u00a0234,5"),
        (1, "en", "1"),
        (Decimal("1.0"), "en", "1"),
        (True, "en", "1"),
    ],
)
def test_a_number_has_the_separators_of_its_language(value, lang, said):
    assert formats.number(value, lang) == said


@pytest.mark.parametrize("nought", [Decimal("-0"), Decimal(0), 0, Decimal("-0.000")])
def test_nought_has_no_sign_whatever_was_written_before(nought):
    assert formats.number(nought, "en") == "0"
