"""A batch: several agreements in one line, never fewer than three."""

from datetime import date

import pytest

from monarca.engines.publishing import check_canada, check_iati
from monarca.engines.publishing.batching import NotOneBatch, TooFew, batch_of
from monarca.engines.publishing.canada import proactive_disclosure
from monarca.engines.publishing.disclosure import Disclosure, Redaction
from monarca.engines.publishing.iati import activity_file
from tests.engines.publishing.samples import AT, PROGRAMME, PUBLISHER, told

HIDDEN = [told(redaction=Redaction.AGGREGATED, identifier=f"X-{place}") for place in range(3)]


def batch(disclosures: list[Disclosure]) -> Disclosure:
    return batch_of(disclosures, identifier="B-7Q", reference="052-2024-2025-Q2-00099")


def test_a_batch_is_the_sum_and_names_nobody() -> None:
    whole = batch(HIDDEN)
    assert whole.total_cents == 9_300_000
    assert [one.cents for one in whole.transactions] == [9_300_000]
    assert whole.signed_on == date(2024, 9, 30)
    assert whole.title["fr"] == "Initiatives locales regroupées (Q2 2024-2025)"
    assert [word for word in ("Agua", "Oaxaca", "0007", "X-1") if word in str(whole)] == []


def test_a_batch_is_valid_in_both_files() -> None:
    xml = activity_file(PUBLISHER, programmes=[PROGRAMME], disclosures=[batch(HIDDEN)], at=AT)
    assert check_iati.problems_of(xml, at=AT) == ()
    sheet = proactive_disclosure([batch(HIDDEN)], programmes=[PROGRAMME])
    assert check_canada.problems_of(sheet) == ()


def test_two_are_too_few() -> None:
    with pytest.raises(TooFew):
        batch(HIDDEN[:2])


@pytest.mark.parametrize(
    "odd",
    [
        told(redaction=Redaction.FULL),
        told(redaction=Redaction.WITHHELD),
        told(redaction=Redaction.AGGREGATED, programme="CFLI-GT-2024"),
        told(redaction=Redaction.AGGREGATED, amendments=told().amendments[1:]),
    ],
)
def test_a_batch_is_of_one_programme_quarter_and_level(odd: Disclosure) -> None:
    with pytest.raises(NotOneBatch):
        batch([*HIDDEN, odd])
