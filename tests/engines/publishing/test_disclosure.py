"""The model itself: what it refuses and what it works out."""

from datetime import date

import pytest

from monarca.engines.publishing.disclosure import Marker
from tests.engines.publishing.samples import DISCLOSURE


def test_a_disclosure_works_out_signature_end_and_total() -> None:
    assert DISCLOSURE.signed_on == date(2024, 7, 10)
    assert DISCLOSURE.ends_on == date(2025, 3, 31)
    assert DISCLOSURE.total_cents == 3_100_000


@pytest.mark.parametrize(("code", "significance"), [("1", "3"), ("8", "4"), ("9", "3")])
def test_a_significance_of_another_marker_is_refused(code: str, significance: str) -> None:
    with pytest.raises(ValueError, match=f"marker {code}"):
        Marker(code=code, significance=significance)


@pytest.mark.parametrize(("code", "significance"), [("1", "0"), ("1", "2"), ("8", "3"), ("9", "4")])
def test_a_marker_s_own_significances_are_taken(code: str, significance: str) -> None:
    assert Marker(code=code, significance=significance).significance == significance
