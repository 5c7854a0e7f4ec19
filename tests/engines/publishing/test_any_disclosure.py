"""Whatever an embassy has agreed, the files made of it are valid and always the same."""

import csv
import io
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from lxml import etree

from monarca.engines.publishing import check_canada, check_iati
from monarca.engines.publishing.canada import Layout, proactive_disclosure
from monarca.engines.publishing.disclosure import Disclosure
from monarca.engines.publishing.findings import is_valid
from monarca.engines.publishing.iati import activity_file
from monarca.engines.publishing.iati_paths import matches
from monarca.engines.publishing.redaction import redacted
from tests.engines.publishing.samples import AT, PROGRAMME, PUBLISHER
from tests.engines.publishing.strategies import disclosures

PROGRAMMES = [PROGRAMME]
careful = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@careful
@given(disclosures())
def test_its_iati_activity_is_valid(disclosure: Disclosure) -> None:
    data = activity_file(PUBLISHER, programmes=PROGRAMMES, disclosures=[disclosure], at=AT)
    assert check_iati.problems_of(data, at=AT) == ()


@careful
@given(disclosures())
def test_its_rows_in_canada_s_file_are_valid(disclosure: Disclosure) -> None:
    for layout in Layout:
        data = proactive_disclosure(
            [disclosure], programmes=PROGRAMMES, layout=layout, threshold_cents=-1
        )
        found = check_canada.problems_of(data)
        assert is_valid(found)
        assert found == ()


@careful
@given(disclosures("CFLI-1"), disclosures("CFLI-2"))
def test_order_changes_nothing(one: Disclosure, other: Disclosure) -> None:
    def both(*several: Disclosure) -> tuple[bytes, bytes]:
        return (
            activity_file(PUBLISHER, programmes=PROGRAMMES, disclosures=several, at=AT),
            proactive_disclosure(several, programmes=PROGRAMMES, threshold_cents=-1),
        )

    assert both(one, other) == both(other, one) == both(redacted(one), redacted(other))


@careful
@given(disclosures())
def test_both_files_tell_the_same_money(disclosure: Disclosure) -> None:
    sheet = proactive_disclosure([disclosure], programmes=PROGRAMMES, threshold_cents=-1)
    rows = list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))
    xml = activity_file(PUBLISHER, programmes=[], disclosures=[disclosure], at=AT)
    root = etree.fromstring(xml)
    assert _sum_of(root, "//transaction[transaction-type/@code='2']") == Decimal(
        rows[-1]["agreement_value"]
    )
    assert _sum_of(root, "//budget") * 100 == sum(one.cents for one in disclosure.budgets)


def _sum_of(root: etree._Element, path: str) -> Decimal:
    return sum((Decimal(one.text) for one in matches(root, f"{path}/value")), Decimal(0))
