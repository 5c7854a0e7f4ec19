"""The IATI file as it is written: a parent for each year, a child for each agreement."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from lxml import etree

from monarca.engines.publishing.check_iati import problems_of
from monarca.engines.publishing.disclosure import (
    Amendment,
    Budget,
    Disclosure,
    Programme,
    Publisher,
    Redaction,
    Sector,
    Transaction,
)
from monarca.engines.publishing.iati import activity_file
from monarca.engines.publishing.iati_elements import decimal
from monarca.engines.publishing.iati_money import commitments
from tests.engines.publishing.samples import AT, DISCLOSURE, PROGRAMME, PUBLISHER, told


def written(*disclosures: Disclosure, publisher: Publisher = PUBLISHER) -> bytes:
    return activity_file(publisher, programmes=[PROGRAMME], disclosures=disclosures, at=AT)


def agreement(*disclosures: Disclosure) -> etree._Element:
    found = etree.fromstring(written(*disclosures)).find("iati-activity[@hierarchy='2']")
    assert found is not None
    return found


def strings(element: etree._Element, path: str) -> list[str]:
    return [str(one) for one in element.xpath(path)]  # type: ignore[union-attr]


@pytest.mark.parametrize("redaction", [Redaction.FULL, Redaction.ANONYMISED])
def test_our_own_file_passes_our_own_check(redaction: Redaction) -> None:
    data = written(told(redaction=redaction))
    assert problems_of(data, at=AT) == ()
    assert problems_of(data, at=AT, publishers=[PUBLISHER.ref]) == ()


def test_the_same_input_gives_the_same_bytes_in_any_order() -> None:
    other = told(identifier="CFLI-2024-MX-0001", reference="052-2024-2025-Q1-00001")
    assert written(DISCLOSURE, other) == written(other, DISCLOSURE)
    assert written(DISCLOSURE) != written(other)


def test_parent_and_child_know_each_other() -> None:
    root = etree.fromstring(written(DISCLOSURE))
    parent, child = root.findall("iati-activity")
    assert (parent.get("hierarchy"), child.get("hierarchy")) == ("1", "2")
    up, down = child.find("related-activity"), parent.find("related-activity")
    assert up is not None
    assert down is not None
    assert (up.get("type"), up.get("ref")) == ("1", parent.findtext("iati-identifier"))
    assert (down.get("type"), down.get("ref")) == ("2", child.findtext("iati-identifier"))
    assert child.findtext("iati-identifier") == "XM-MONARCA-DEMO-CFLI-2024-MX-0007"


def test_every_text_says_its_language() -> None:
    activity = agreement(DISCLOSURE)
    assert strings(activity, "title/narrative/@xml:lang") == ["en", "fr", "es"]
    assert strings(activity, "//narrative[not(@xml:lang)]") == []
    assert strings(activity, "description/@type") == ["1", "4"]


def test_the_commitment_is_what_each_amendment_changed() -> None:
    activity = agreement(DISCLOSURE)
    committed = "transaction[transaction-type/@code='2']"
    assert strings(activity, f"{committed}/value/text()") == ["30000.00", "1500.00", "-500.00"]
    assert strings(activity, f"{committed}/transaction-date/@iso-date") == [
        "2024-07-10",
        "2024-11-04",
        "2025-01-09",
    ]
    assert sum(one.cents for one in commitments(DISCLOSURE)) == DISCLOSURE.total_cents


def test_an_amendment_of_dates_alone_commits_nothing() -> None:
    first = DISCLOSURE.amendments[0]
    longer = Amendment(
        number=1,
        signed_on=date(2024, 9, 1),
        total_cents=first.total_cents,
        ends_on=date(2025, 3, 31),
    )
    assert [one.cents for one in commitments(told(amendments=(first, longer)))] == [3_000_000]


def test_payments_and_refunds_are_disbursements_to_the_recipient() -> None:
    paid = "transaction[transaction-type/@code='3']"
    activity = agreement(DISCLOSURE)
    assert strings(activity, f"{paid}/value/text()") == ["24000.00", "8000.00", "-1000.00"]
    assert strings(activity, f"{paid}/value/@currency") == []
    assert activity.get("default-currency") == "CAD"
    assert set(strings(activity, f"{paid}/provider-org/@ref")) == {"XM-MONARCA-DEMO"}
    assert set(strings(activity, f"{paid}/receiver-org/@ref")) == {"MX-RFC-ACE010203AB1"}


def test_money_that_comes_in_names_no_provider_of_ours() -> None:
    came = Transaction(reference="IN", kind="1", on=date(2024, 6, 1), cents=5)
    activity = agreement(told(transactions=(came,)))
    assert (
        strings(activity, "transaction[transaction-type/@code='1']/*[contains(name(),'-org')]")
        == []
    )


def test_a_budget_is_split_on_31_march_and_adds_up() -> None:
    activity = agreement(DISCLOSURE)
    assert strings(activity, "budget/period-end/@iso-date") == ["2025-03-31", "2025-06-30"]
    values = strings(activity, "budget/value/text()")
    assert sum(map(Decimal, values)) == Decimal("31000.01")


def test_places_are_states_and_never_points() -> None:
    activity = agreement(DISCLOSURE)
    assert strings(activity, "location/@ref") == ["MX-OAX", "MX-MEX"]
    assert strings(activity, "location/location-id/@code") == ["3522507"]
    assert strings(activity, "location/exactness/@code") == ["2", "2"]
    assert strings(activity, ".//point") == []


def test_a_marker_screened_as_nought_is_told_and_an_unscreened_one_is_not() -> None:
    activity = agreement(DISCLOSURE)
    pairs = zip(
        strings(activity, "policy-marker/@code"),
        strings(activity, "policy-marker/@significance"),
        strict=True,
    )
    assert list(pairs) == [("1", "2"), ("6", "0")]


def test_results_have_baseline_target_actual_and_groups() -> None:
    activity = agreement(DISCLOSURE)
    people = "result/indicator[@measure='1']"
    assert strings(activity, f"{people}/baseline/@value") == ["0"]
    assert strings(activity, f"{people}/period/target/@value") == ["60"]
    assert strings(activity, f"{people}/period/actual/@value") == ["64", "20"]
    assert strings(activity, f"{people}/period/actual/dimension/@value") == ["Indigenous"]
    assert strings(activity, "result/indicator[@measure='5']/period/actual/@value") == []


def test_amounts_are_written_without_exponents() -> None:
    sectors = (Sector(code="15170", percentage=Decimal("1E+2")),)
    assert strings(agreement(told(sectors=sectors)), "sector/@percentage") == ["100"]


@pytest.mark.parametrize("rubbish", ["\x00", "\x0b", "\x1f", "\ud800", "\uffff", "\u202e"])
def test_pasted_control_characters_never_reach_the_file(rubbish: str) -> None:
    dirty = told(
        title={"en": f"Wa{rubbish}ter", "fr": f"{rubbish}Eau"}, agreement_number=f"A{rubbish}1"
    )
    data = written(dirty)
    assert problems_of(data, at=AT) == ()
    assert b">Water<" in data


def test_markup_in_a_text_stays_text() -> None:
    clever = told(title={"en": "</title><script>&amp;", "fr": "]]>"})
    assert strings(agreement(clever), "title/narrative/text()") == ["</title><script>&amp;", "]]>"]


def test_a_missing_title_is_for_the_checker_to_find() -> None:
    assert {one.rule for one in problems_of(written(told(title={"en": " "})), at=AT)} == {"4.3.1"}


def test_a_payment_in_the_future_is_for_the_checker_to_find() -> None:
    late = Transaction(reference="X", kind="3", on=date(2025, 6, 2), cents=1)
    found = problems_of(written(told(transactions=(late,))), at=AT)
    assert {one.rule for one in found} == {"11.2.1", "11.2.2"}


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        written(told(updated_at=datetime(2025, 1, 1)))  # noqa: DTZ001


def test_the_publisher_decides_identifiers_and_contact() -> None:
    other = replace(PUBLISHER, ref="CA-3", mailbox="")
    data = written(DISCLOSURE, publisher=other)
    assert b"<iati-identifier>CA-3-CFLI-2024-MX-0007<" in data
    assert b"contact-info" not in data
    assert problems_of(data, at=AT) == ()


def test_a_year_without_agreements_is_a_valid_file() -> None:
    assert problems_of(written(), at=AT) == ()


def test_a_budget_backwards_is_for_the_checker_to_find() -> None:
    backwards = Budget(starts_on=date(2025, 3, 1), ends_on=date(2025, 2, 1), cents=1)
    assert {one.rule for one in problems_of(written(told(budgets=(backwards,))), at=AT)} == {
        "8.6.3"
    }


def test_a_thousand_agreements_are_written_and_checked_whole() -> None:
    many = [told(identifier=f"CFLI-2024-MX-{number:04d}") for number in range(1000)]
    data = written(*many)
    assert data.count(b"</iati-activity>") == 1001
    assert problems_of(data, at=AT) == ()


def test_the_file_says_when_it_was_made_in_utc() -> None:
    root = etree.fromstring(written(DISCLOSURE))
    assert root.get("generated-datetime") == AT.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert root.get("version") == "2.03"


def test_years_stand_by_identifier_whatever_the_order_given() -> None:
    older = replace(PROGRAMME, identifier="CFLI-MX-2023")

    def both(*programmes: Programme) -> bytes:
        return activity_file(PUBLISHER, programmes=programmes, disclosures=[DISCLOSURE], at=AT)

    assert both(older, PROGRAMME) == both(PROGRAMME, older)
    assert both(older).count(b"related-activity") == 1


@pytest.mark.parametrize(
    ("number", "written_as"),
    [
        ("33.50", "33.5"),
        ("100.0", "100"),
        ("0", "0"),
        ("-0.10", "-0.1"),
        ("1E+2", "100"),
        ("250", "250"),
    ],
)
def test_a_number_is_written_plainly(number: str, written_as: str) -> None:
    assert decimal(Decimal(number)) == written_as
