"""Anybody's IATI file: the valid ones pass, and each fault gets the rule it breaks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest

from monarca.engines.publishing.check_iati import problems_of
from monarca.engines.publishing.findings import is_valid
from tests.engines.publishing.samples import document

AT = datetime(2026, 4, 2, tzinfo=UTC)
ACTIVITY = document("iati_activity_valid.xml").decode()
ORGANISATION = document("iati_org_valid.xml").decode()

COUNTRY = '<recipient-country code="MX" percentage="100"/>'
SECTORS = (
    '<sector vocabulary="1" code="15170" percentage="40"/>\n'
    '    <sector vocabulary="1" code="14015" percentage="60"/>'
)
START = '<activity-date type="1" iso-date="2025-07-01"/>'
STARTED = '<activity-date type="2" iso-date="2025-07-15"/>'
AID = '<default-aid-type vocabulary="1" code="C01"/>'
IDENTIFIER = "<iati-identifier>XM-EXAMPLE-1-CFLI-2025-MX-0007</iati-identifier>"
IMPLEMENTER = '<participating-org role="4" type="22">'
DISBURSED = '<transaction-date iso-date="2025-07-20"/>'
VALUED = 'value-date="2025-07-20"'
RECEIVER = '<receiver-org type="22"><narrative>Asociación Ejemplo Agua Clara A.C.</narrative></receiver-org>'
INDICATOR = (
    '<indicator measure="1" ascending="1"><title><narrative>Young women trained</narrative></title>'
)
REGIONS = '<recipient-region code="498"{}/><recipient-region code="298"{}/>'
BUDGET_ITEMS = (
    '<country-budget-items vocabulary="2"><budget-item code="1.1.1"{}/>{}</country-budget-items>'
    '<policy-marker vocabulary="1" code="1" significance="2"/>'
)
GENDER = '<policy-marker vocabulary="1" code="1" significance="2"/>'
ITEM = '<budget-item code="2.1.1"{}/>'

ACTIVITY_FAULTS = [
    ("1.1.3", IDENTIFIER, "<iati-identifier>XM-EXAMPLE-1</iati-identifier>"),
    ("1.1.21", IDENTIFIER, "<iati-identifier>GB-1-CFLI-2025-MX-0007</iati-identifier>"),
    ("1.14.8", 'ref="XM-EXAMPLE-1" type="10" secondary', 'ref="FOO-1" type="10" secondary'),
    ("1.3.13", IDENTIFIER, "<iati-identifier>XM-EXAMPLE-1-CFLI/2025</iati-identifier>"),
    ("1.3.1", IDENTIFIER, "<iati-identifier> XM-EXAMPLE-1-CFLI-7 </iati-identifier>"),
    ("1.14.13", 'ref="XM-EXAMPLE-1" type="10" secondary', 'ref="XM-EX|1" type="10" secondary'),
    ("1.14.1", 'ref="XM-EXAMPLE-1" type="10" secondary', 'ref=" XM-EXAMPLE-1" type="10" secondary'),
    ("1.8.1", 'role="1" type="10" ref="XM-EXAMPLE-1"', 'role="1" type="10" ref="XM-EXAMPLE-1 "'),
    ("1.8.13", 'role="1" type="10" ref="XM-EXAMPLE-1"', 'role="1" type="10" ref="XM?1"'),
    ("1.15.13", '<receiver-org type="22">', '<receiver-org type="22" ref="MX/1">'),
    ("1.15.1", '<receiver-org type="22">', '<receiver-org type="22" ref="MX-1 ">'),
    ("1.5.1", '<receiver-org type="22">', '<receiver-org type="22" receiver-activity-id=" A-1">'),
    ("2.1.1", 'code="15170" percentage="40"', 'code="15170"'),
    ("2.1.2", 'code="15170" percentage="40"', 'code="15170" percentage="30"'),
    ("2.1.4", SECTORS, '<sector vocabulary="1" code="15170" percentage="40"/>'),
    ("2.2.1", SECTORS, f'{SECTORS}<sector vocabulary="99" code="X"/>'),
    ("102.1.1", SECTORS, '<sector vocabulary="2" code="151"/>'),
    ("2.1.2", SECTORS, f'{SECTORS}<sector vocabulary="2" code="151" percentage="10"/><sector vocabulary="2" code="140" percentage="20"/>'),
    ("2.1.1", SECTORS, f'{SECTORS}<sector vocabulary="2" code="151"/><sector vocabulary="2" code="140"/>'),
    ("2.1.4", SECTORS, f'{SECTORS}<sector vocabulary="2" code="151" percentage="10"/>'),
    ("6.2.2", SECTORS, ""),
    ("6.6.2", RECEIVER, f'{RECEIVER}<sector vocabulary="1" code="15170"/>'),
    ("3.7.1", COUNTRY, ""),
    ("3.7.2", COUNTRY, ""),
    ("3.6.2", RECEIVER, f'{RECEIVER}<recipient-country code="MX"/>'),
    ("3.1.1", COUNTRY, '<recipient-country code="MX"/><recipient-country code="GT"/>'),
    ("3.1.2", COUNTRY, '<recipient-country code="MX" percentage="50"/><recipient-country code="GT" percentage="40"/>'),
    ("3.1.4", COUNTRY, '<recipient-country code="MX" percentage="90"/>'),
    ("3.4.1", COUNTRY, REGIONS.format("", "")),
    ("3.4.2", COUNTRY, REGIONS.format(' percentage="10"', ' percentage="20"')),
    ("3.4.1", COUNTRY, REGIONS.format(*[' vocabulary="1"'] * 2)),
    ("3.4.2", COUNTRY, REGIONS.format(*[' vocabulary="1" percentage="20"'] * 2)),
    ("3.4.4", COUNTRY, '<recipient-region code="498" percentage="20"/>'),
    ("3.4.4", COUNTRY, '<recipient-region code="498" vocabulary="1" percentage="20"/>'),
    ("12.1.1", COUNTRY, '<recipient-country code="MX" percentage="130"/>'),
    ("12.3.1", 'code="15170" percentage="40"', 'code="15170" percentage="-1"'),
    ("4.1.1", 'xml:lang="en" default-currency', "default-currency"),
    ("4.3.1", "<narrative>Young women trained</narrative>", "<narrative/>"),
    ("4.4.1", "<narrative>A local association trains young women to test well water.</narrative>", "<narrative/>"),
    ("7.8.1", ' default-currency="CAD"', ""),
    ("11.1.1", 'last-updated-datetime="2026-03-31T09:00:00Z"', 'last-updated-datetime="2027-03-31T09:00:00Z"'),
    ("11.1.2", 'type="3" iso-date="2026-02-28"', 'type="3" iso-date="2025-06-30"'),
    ("11.1.3", STARTED, f'{STARTED}<activity-date type="4" iso-date="2025-07-14"/>'),
    ("11.1.4", STARTED, '<activity-date type="2" iso-date="2026-07-15"/>'),
    ("11.1.5", STARTED, f'{STARTED}<activity-date type="4" iso-date="2027-01-01"/>'),
    ("11.2.1", DISBURSED, '<transaction-date iso-date="2026-07-20"/>'),
    ("11.2.2", VALUED, 'value-date="2026-07-20"'),
    ("6.9.2", RECEIVER, "<receiver-org/>"),
    ("6.9.1", RECEIVER, f"<provider-org/>{RECEIVER}"),
    ("6.10.1", IMPLEMENTER, f'<participating-org role="3"/>{IMPLEMENTER}'),
    ("6.14.1", 'code="6" significance="1"', 'code="6"'),
    ("6.13.1", 'vocabulary="1" code="6" significance="1"', 'vocabulary="99" code="Z"'),
    ("107.1.2", AID, f'{AID}<default-aid-type vocabulary="1" code="B03"/>'),
    ("107.1.1", AID, '<default-aid-type vocabulary="2" code="4"/>'),
    ("107.2.2", RECEIVER, f'{RECEIVER}<aid-type code="C01"/><aid-type code="B03"/>'),
    ("7.5.3", '<period-end iso-date="2026-03-31"/>', '<period-end iso-date="2026-04-02"/>'),
    ("8.6.3", '<period-end iso-date="2026-03-31"/>', '<period-end iso-date="2025-03-31"/>'),
    ("8.6.1", '<period-start iso-date="2025-07-15"/>', '<period-start iso-date="2026-03-15"/>'),
    ("8.8.1", '<baseline year="2025" value="0"/>', '<baseline year="2025"/>'),
    ("8.8.2", '<baseline year="2025" value="0"/>', '<baseline year="2025" value="none"/>'),
    ("8.9.1", '<target value="60"/>', "<target/>"),
    ("8.9.2", '<target value="60"/>', '<target value="sixty"/>'),
    ("8.10.1", '<actual value="64"/>', "<actual/>"),
    ("8.10.2", '<actual value="64"/>', '<actual value="64 women"/>'),
    ("8.8.3", '<indicator measure="1"', '<indicator measure="5"'),
    ("8.9.3", '<indicator measure="1"', '<indicator measure="5"'),
    ("8.10.3", '<indicator measure="1"', '<indicator measure="5"'),
    ("8.11.1", INDICATOR, f'<reference vocabulary="99" code="A"/>{INDICATOR}<reference vocabulary="1" code="B"/>'),
    ("7.9.1", GENDER, BUDGET_ITEMS.format("", ITEM.format(""))),
    ("7.9.2", GENDER, BUDGET_ITEMS.format(' percentage="10"', ITEM.format(' percentage="20"'))),
    ("7.9.4", GENDER, BUDGET_ITEMS.format(' percentage="10"', "")),
    ("codelist.Sector", 'code="15170"', 'code="99999"'),
    ("codelist.Country", 'recipient-country code="MX"', 'recipient-country code="QQ"'),
    ("codelist.Region", COUNTRY, '<recipient-region code="497" vocabulary="1"/>'),
    ("codelist.Currency", 'default-currency="CAD"', 'default-currency="CA$"'),
    ("codelist.PolicyMarker", 'code="6" significance="1"', 'code="77" significance="1"'),
    ("codelist.PolicySignificance", 'code="6" significance="1"', 'code="6" significance="7"'),
    ("codelist.TransactionType", '<transaction-type code="3"/>', '<transaction-type code="99"/>'),
    ("codelist.OrganisationRole", 'role="4"', 'role="9"'),
    ("codelist.UNSDG-Goals", '<tag vocabulary="2" code="6"/>', '<tag vocabulary="2" code="18"/>'),
    ("codelist.Language", '<narrative xml:lang="es">', '<narrative xml:lang="xx">'),
    ("codelist.ActivityStatus", '<activity-status code="2"/>', '<activity-status code="8"/>'),
    ("codelist.Version", 'iati-activities version="2.03"', 'iati-activities version="9.99"'),
    ("xsd", '<activity-status code="2"/>', ""),
    ("xsd", STARTED, '<activity-date type="2" iso-date="15 July 2025"/>'),
    ("xsd", "31500.00</value></budget>", "CAD 31500</value></budget>"),
    ("xsd", SECTORS, f"{SECTORS}{COUNTRY}"),
    ("monarca.significance", 'code="6" significance="1"', 'code="6" significance="3"'),
    ("monarca.blank", "<narrative>Young women trained</narrative>", "<narrative>  </narrative>"),
    ("6.11.1", f"{START}\n    {STARTED}", ""),
    ("xml", "</iati-activities>", ""),
]  # fmt: skip

ORGANISATION_FAULTS = [
    ("11.4.1", "2026-03-31T09:00:00Z", "2027-03-31T09:00:00Z"),
    ("7.8.2", ' default-currency="CAD"', ""),
    ("4.5.1", 'xml:lang="en" default', "default"),
    ("1.12.1", ">XM-EXAMPLE-1<", "> XM-EXAMPLE-1<"),
    ("1.12.13", ">XM-EXAMPLE-1<", ">XM|EXAMPLE<"),
    ("1.18.8", 'ref="XM-EXAMPLE-1"', 'ref="NOBODY"'),
    ("7.5.3", '<period-end iso-date="2027-03-31"/>', '<period-end iso-date="2027-04-02"/>'),
    ("8.6.3", '<period-end iso-date="2027-03-31"/>', '<period-end iso-date="2026-03-30"/>'),
    ("11.3.1", "600000</value></recipient", '600000</value><budget-line><value value-date="2027-04-01">5</value><narrative>A</narrative></budget-line></recipient'),
    ("codelist.BudgetStatus", 'total-budget status="2"', 'total-budget status="6"'),
    ("xsd", "<organisation-identifier>XM-EXAMPLE-1</organisation-identifier>", ""),
]  # fmt: skip


def rules(xml: str, *, at: datetime = AT) -> set[str]:
    return {one.rule for one in problems_of(xml.encode(), at=at)}


@pytest.mark.parametrize("xml", [ACTIVITY, ORGANISATION], ids=["activities", "organisation"])
def test_a_valid_document_has_nothing_to_find(xml: str) -> None:
    assert problems_of(xml.encode(), at=AT) == ()


@pytest.mark.parametrize(("rule", "sound", "broken"), ACTIVITY_FAULTS)
def test_each_fault_of_an_activity_is_found_by_its_rule(rule: str, sound: str, broken: str) -> None:
    assert sound in ACTIVITY
    assert rule in rules(ACTIVITY.replace(sound, broken))


@pytest.mark.parametrize(("rule", "sound", "broken"), ORGANISATION_FAULTS)
def test_each_fault_of_an_organisation_is_found(rule: str, sound: str, broken: str) -> None:
    assert sound in ORGANISATION
    assert rule in rules(ORGANISATION.replace(sound, broken))


def test_a_single_fault_is_found_once_and_alone() -> None:
    broken = ACTIVITY.replace('code="15170"', 'code="99999"')
    (one,) = problems_of(broken.encode(), at=AT)
    assert (one.rule, one.severity, one.line) == ("codelist.Sector", "error", 25)
    assert one.place == "/iati-activities/iati-activity[1]/sector[1]/@code"
    assert one.text == "The code “99999” is not on the list Sector."
    assert dict(one.reason.values) == {"list": "Sector", "code": "99999", "withdrawn": False}


def test_the_second_payment_in_the_future_is_marked_stricter() -> None:
    """The official engine looks at the first transaction only."""
    (second,) = problems_of(
        ACTIVITY.replace(DISBURSED, DISBURSED.replace("2025", "2027")).encode(), at=AT
    )
    assert (second.rule, second.is_stricter) == ("11.2.1", True)
    first = '<transaction-date iso-date="2025-07-10"/>'
    (only,) = problems_of(ACTIVITY.replace(first, first.replace("2025", "2027")).encode(), at=AT)
    assert (only.rule, only.is_stricter) == ("11.2.1", False)


def test_a_payment_of_today_is_not_in_the_future() -> None:
    noon = datetime(2025, 7, 20, 12, tzinfo=UTC)
    assert "11.2.1" not in rules(ACTIVITY, at=noon)
    assert "11.2.1" in rules(ACTIVITY, at=noon - timedelta(days=1))


def test_now_is_judged_in_utc() -> None:
    evening_in_mexico = datetime(2025, 7, 19, 19, tzinfo=timezone(timedelta(hours=-6)))
    assert "11.2.1" not in rules(ACTIVITY, at=evening_in_mexico)


def test_a_withdrawn_code_is_a_warning() -> None:
    withdrawn = ACTIVITY.replace('code="14015"', 'code="14010"').replace(
        'code="15170"', 'code="15140"'
    )
    found = problems_of(withdrawn.encode(), at=AT)
    assert {one.severity for one in found if one.rule == "codelist.Sector"} <= {"warning"}
    assert is_valid(found)


def test_a_code_of_another_vocabulary_is_not_looked_up_in_the_dac_list() -> None:
    assert "codelist.Sector" not in rules(
        ACTIVITY.replace(
            SECTORS,
            f'{SECTORS}<sector vocabulary="99" code="X"><narrative>Own</narrative></sector>',
        )
    )


def test_the_same_identifier_twice_is_found() -> None:
    start = ACTIVITY.index("  <iati-activity ")
    end = ACTIVITY.index("</iati-activities>")
    assert rules(ACTIVITY[:end] + ACTIVITY[start:]) == {"monarca.duplicate"}


def test_a_registered_publisher_need_not_have_an_agency() -> None:
    foo = ACTIVITY.replace("XM-EXAMPLE-1", "FOO-1").encode()
    assert {one.rule for one in problems_of(foo, at=AT)} == {"1.14.8"}
    assert {one.rule for one in problems_of(foo, at=AT, publishers=())} == {"1.14.8"}
    assert problems_of(foo, at=AT, publishers=["FOO-1"]) == ()


def test_an_unregistered_publisher_is_named_when_the_register_is_known() -> None:
    assert {one.rule for one in problems_of(ACTIVITY.encode(), at=AT, publishers=["GB-1"])} == {
        "1.14.8"
    }


def test_a_quotation_mark_in_a_vocabulary_breaks_no_rule_of_ours() -> None:
    odd = ACTIVITY.replace(SECTORS, f'{SECTORS}<sector vocabulary="o\'x" code="X"/>')
    assert "codelist.SectorVocabulary" in rules(odd)


@pytest.mark.parametrize(
    ("xml", "rule"),
    [
        (b"", "xml"),
        (b"not xml at all", "xml"),
        (b"<html/>", "xml.root"),
        (
            b'<!DOCTYPE a [<!ENTITY b "c">]><iati-activities version="2.03">&b;</iati-activities>',
            "xml.doctype",
        ),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><iati-activities/>', "xml.doctype"),
    ],
)
def test_a_stranger_s_file_is_refused_in_one_sentence(xml: bytes, rule: str) -> None:
    (one,) = problems_of(xml, at=AT)
    assert (one.rule, one.severity) == (rule, "error")


def test_dates_that_are_none_are_left_to_the_schema() -> None:
    odd = ACTIVITY.replace(DISBURSED, '<transaction-date iso-date="2025-13-45"/>')
    assert rules(odd) == {"xsd"}


def test_validity_can_be_asked_strictly_or_officially() -> None:
    blank = ACTIVITY.replace(
        "<narrative>Young women trained</narrative>", "<narrative> </narrative>"
    )
    found = problems_of(blank.encode(), at=AT)
    assert [(one.rule, one.is_stricter) for one in found] == [("monarca.blank", True)]
    assert (is_valid(found), is_valid(found, strictly=False)) == (False, True)


def test_an_empty_identifier_is_not_blamed_for_its_symbols() -> None:
    empty = ACTIVITY.replace(IDENTIFIER, "<iati-identifier></iati-identifier>")
    assert rules(empty) == {"1.1.21"}


def test_without_any_sector_both_rules_speak_as_the_official_engine_does() -> None:
    assert rules(ACTIVITY.replace(SECTORS, "")) == {"6.2.2", "6.7.2"}


def test_files_checked_at_once_do_not_mix_their_faults() -> None:
    files = [ACTIVITY, *(ACTIVITY.replace(f'code="{old}"/>', "/>") for old in ("2", "C01", "110"))]
    alone = [problems_of(xml.encode(), at=AT) for xml in files]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda xml: problems_of(xml.encode(), at=AT), files * 25))
    assert together == alone * 25
