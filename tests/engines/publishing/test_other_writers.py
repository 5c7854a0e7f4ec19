"""IATI's organisation file, 360Giving and CommonGrants: valid, the same each time, telling nothing."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from monarca.engines.publishing import (
    check_common_grants,
    check_giving,
    check_iati,
    common_grants,
    iati,
)
from monarca.engines.publishing.common_grants import Call
from monarca.engines.publishing.disclosure import Disclosure, Envelope, Line, Programme, Redaction
from monarca.engines.publishing.findings import is_valid
from monarca.engines.publishing.giving import (
    Giver,
    grants_of,
    package_file,
    plain,
    table_file,
)
from monarca.engines.publishing.giving_columns import column_of, grant_of
from monarca.engines.publishing.giving_schema import package_validator
from monarca.engines.publishing.iati_organisation import organisation_file
from tests.engines.publishing.samples import AT, DISCLOSURE, PROGRAMME, PUBLISHER, told
from tests.engines.publishing.strategies import disclosures

GIVER = Giver(publisher=PUBLISHER, prefix="360G-monarca", source="https://fund.example.org/data")
HIDDEN = told(redaction=Redaction.ANONYMISED)
SECRETS = (
    "Agua Clara",
    "ACE",
    "Oaxaca",
    "MX-RFC",
    "CFLI-2024-MX-0007",
    "San Pedro",
    "MX",
    "Mexico",
    "PAY-1",
)
"""What an anonymised agreement must not tell, in any file."""

careful = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def package(*told_ones: Disclosure) -> bytes:
    return package_file(GIVER, programmes=[PROGRAMME], disclosures=told_ones, at=AT)


def table(*told_ones: Disclosure) -> bytes:
    return table_file(GIVER, programmes=[PROGRAMME], disclosures=told_ones)


def organisation(*told_ones: Disclosure, envelopes: tuple[Envelope, ...] = ()) -> bytes:
    return organisation_file(PUBLISHER, envelopes=envelopes, disclosures=told_ones, at=AT)


def awards(*told_ones: Disclosure) -> tuple[dict[str, Any], ...]:
    return common_grants.awards(PUBLISHER, programmes=[PROGRAMME], disclosures=told_ones)


def protocol_problems(name: str, value: dict[str, Any]) -> list[str]:
    """What CommonGrants' own schema says of a document."""
    lists = {"AwardBase": "awards", "OpportunityBase": "opportunities"}
    return [one.text for one in check_common_grants.problems_of({lists[name]: [value]})]


@careful
@given(disclosures())
def test_whatever_was_agreed_every_file_is_valid(disclosure: Disclosure) -> None:
    grants = package(disclosure)
    assert package_validator().is_valid(json.loads(grants))
    assert is_valid(check_giving.problems_of(grants, today=AT.date()), strictly=False)
    assert is_valid(
        check_giving.problems_of_table(table(disclosure), today=AT.date()), strictly=False
    )
    assert check_iati.problems_of(organisation(disclosure), at=AT) == ()
    assert [protocol_problems("AwardBase", one) for one in awards(disclosure)] == [[]]


@careful
@given(disclosures("CFLI-1"), disclosures("CFLI-2"))
def test_the_order_they_come_in_changes_nothing(one: Disclosure, other: Disclosure) -> None:
    for write in (package, table, organisation, awards):
        assert write(one, other) == write(other, one)


@careful
@given(disclosures("CFLI-1"), disclosures("CFLI-2"))
def test_a_table_makes_the_same_grants_again(one: Disclosure, other: Disclosure) -> None:
    """But for the apostrophe before what a spreadsheet would compute, and blank-only texts."""
    heads, *rows = csv.reader(io.StringIO(table(one, other).decode("utf-8-sig"), newline=""))
    columns = [column_of(head) for head in heads]
    assert None not in columns
    again = [grant_of(columns, [cell.removeprefix("'") for cell in row]) for row in rows]
    wanted = [
        bare(grant) for grant in grants_of(GIVER, programmes=[PROGRAMME], disclosures=[one, other])
    ]
    assert [bare(grant) for grant in again] == wanted


def bare(value: Any) -> Any:
    """Texts without the signs that a table may add or lose."""
    if isinstance(value, dict):
        return {name: bare(each) for name, each in value.items() if each != ""}
    if isinstance(value, list):
        return [bare(each) for each in value]
    return value.removeprefix("'").strip() if isinstance(value, str) else value


@pytest.mark.parametrize("secret", SECRETS)
def test_an_anonymised_agreement_tells_nothing_of_its_recipient_in_any_format(secret: str) -> None:
    programme = replace(PROGRAMME, country="GT")
    files = [
        package_file(GIVER, programmes=[programme], disclosures=[HIDDEN], at=AT),
        table_file(GIVER, programmes=[programme], disclosures=[HIDDEN]),
        organisation(HIDDEN),
        json.dumps(
            common_grants.awards(PUBLISHER, programmes=[programme], disclosures=[HIDDEN])
        ).encode(),
    ]
    assert [secret.encode() in file for file in files] == [False] * 4


@pytest.mark.parametrize("level", [Redaction.WITHHELD, Redaction.AGGREGATED])
def test_what_has_no_line_of_its_own_is_in_no_file(level: Redaction) -> None:
    gone = told(redaction=level)
    assert json.loads(package(gone))["grants"] == []
    assert awards(gone) == ()
    assert b"total-expenditure" not in organisation(gone)
    assert table(gone) == b"\xef\xbb\xbf\r\n"


def test_a_grant_in_full() -> None:
    (grant,) = json.loads(package(DISCLOSURE))["grants"]
    assert (grant["id"], grant["amountAwarded"], grant["amountDisbursed"]) == (
        "360G-monarca-CFLI-2024-MX-0007",
        31000,
        31000,
    )
    assert grant["recipientOrganization"][0]["id"] == "MX-RFC-ACE010203AB1"
    assert grant["plannedDates"] == [{"startDate": "2024-07-01", "endDate": "2025-03-31"}]
    assert [place["id"] for place in grant["beneficiaryLocation"]] == ["MX-OAX", "MX-MEX"]
    assert (grant["locationScope"], grant["fromOpenCall"]) == ("GLS040", "Yes")
    assert {one["vocabulary"] for one in grant["classifications"]} == {
        "OECD-DAC-5",
        "IATI-99",
        "UNSDG-Goals",
        "UNSDG-Targets",
    }
    assert "recipientIndividual" not in grant


@pytest.mark.parametrize(
    ("cents", "said"),
    [(3_150_050, "31500.5"), (1, "0.01"), (-199, "-1.99"), (10**13 + 1, "100000000000.01")],
)
def test_cents_are_written_exactly(cents: int, said: str) -> None:
    (last,) = (replace(DISCLOSURE.amendments[0], total_cents=cents),)
    text = package(told(amendments=(last,))).decode()
    assert f'"amountAwarded": {said},' in text


def test_a_recipient_without_a_registered_number_gets_one_of_ours_that_stays() -> None:
    to = replace(DISCLOSURE.recipient, ref="")
    (first,) = json.loads(package(told(recipient=to)))["grants"]
    assert first["recipientOrganization"][0]["id"] == "360G-monarca-ORG-agua-clara-ejemplo-a-c"
    assert (plain("Ñandú & Cía."), plain("¿?")) == ("nandu-cia", "x")


ENVELOPES = (
    Envelope(
        starts_on=date(2024, 4, 1), ends_on=date(2026, 3, 31), cents=100_000_001, country="MX"
    ),
    Envelope(starts_on=date(2024, 4, 1), ends_on=date(2025, 3, 31), cents=5, country="GT"),
)


def test_envelopes_are_split_at_the_end_of_the_fiscal_year_and_added_up() -> None:
    data = organisation(DISCLOSURE, envelopes=ENVELOPES)
    assert check_iati.problems_of(data, at=AT) == ()
    body = etree.fromstring(data)[0]
    totals = [one.findtext("value") for one in body.findall("total-budget")]
    assert totals == ["500000.06", "500000.00"]
    countries = [
        (one.find("recipient-country").get("code"), one.findtext("value"))  # type: ignore[union-attr]
        for one in body.findall("recipient-country-budget")
    ]
    assert countries == [("GT", "0.05"), ("MX", "500000.01"), ("MX", "500000.00")]
    assert [one.findtext("value") for one in body.findall("total-expenditure")] == ["31000.00"]


def test_the_calls_of_an_envelope_are_lines_of_its_budget() -> None:
    lines = tuple(
        Line(ref=ref, names={"en": f"Call {ref}", "es": f"Convocatoria {ref}"}, cents=cents)
        for ref, cents in (("B", 30_00), ("A", 60_00))
    )
    whole = Envelope(
        starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31), cents=100_00, status="1", lines=lines
    )
    split = replace(whole, ends_on=date(2028, 3, 31))
    data = organisation(DISCLOSURE, envelopes=(whole, replace(whole, lines=()), split))
    assert check_iati.problems_of(data, at=AT) == ()
    first, second = etree.fromstring(data)[0].findall("total-budget")
    assert (first.get("status"), first.findtext("value")) == ("1", "249.93")
    assert [
        (one.get("ref"), one.findtext("value"), one.findtext("narrative"))
        for one in first.findall("budget-line")
    ] == [("A", "60.00", "Call A"), ("B", "30.00", "Call B")]
    assert second.findall("budget-line") == []


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=4), st.integers(0, 900))
@settings(max_examples=40, deadline=None)
def test_no_cent_of_an_envelope_is_lost(sums: list[int], days: int) -> None:
    start = date(2023, 5, 1)
    envelopes = tuple(
        Envelope(starts_on=start, ends_on=start + timedelta(days), cents=cents, country="MX")
        for cents in sums
    )
    body = etree.fromstring(organisation(envelopes=envelopes))[0]
    for tag in ("total-budget", "recipient-country-budget"):
        told_sums = [(one.findtext("value") or "").replace(".", "") for one in body.findall(tag)]
        assert sum(map(int, told_sums)) == sum(sums)


def test_the_activity_file_is_written_piece_by_piece() -> None:
    pieces = list(
        iati.activity_pieces(PUBLISHER, programmes=[PROGRAMME], disclosures=[DISCLOSURE], at=AT)
    )
    assert len(pieces) == 4
    assert b"".join(pieces) == iati.activity_file(
        PUBLISHER, programmes=[PROGRAMME], disclosures=[DISCLOSURE], at=AT
    )


def call(**changes: Any) -> Call:
    zone = timezone(timedelta(hours=-6), "CST")
    whole = {
        "identifier": PROGRAMME.identifier,
        "title": {"en": "Call 2025", "es": "Convocatoria 2025"},
        "description": {"en": "Small projects."},
        "opens_at": datetime(2025, 5, 1, 9, tzinfo=zone),
        "closes_at": datetime(2025, 6, 15, 23, 59, tzinfo=zone),
        "created_at": datetime(2025, 4, 1, tzinfo=UTC),
        "updated_at": datetime(2025, 4, 2, tzinfo=UTC),
        "available_cents": 60_000_000,
        "least_cents": 1_500_000,
        "most_cents": 6_000_000,
        "expected": 18,
        "applicants": ("nonprofit_without_501c3", "indigenous_community"),
    }
    return Call(**{**whole, **changes})


def test_a_call_is_an_opportunity_with_its_money_as_text_and_its_hour() -> None:
    told_call = common_grants.opportunity(PUBLISHER, call(), at=AT)
    assert protocol_problems("OpportunityBase", told_call) == []
    assert told_call["funding"]["maxAwardAmount"] == {"amount": "60000.00", "currency": "CAD"}
    closing = told_call["keyDates"]["closeDate"]
    assert (closing["date"], closing["time"], closing["description"]) == (
        "2025-06-15",
        "23:59:00",
        "Time zone: CST",
    )
    assert told_call["acceptedApplicantTypes"][1] == {
        "value": "custom",
        "customValue": "indigenous_community",
    }


@pytest.mark.parametrize(
    ("day", "state"),
    [((2025, 4, 30), "forecasted"), ((2025, 5, 2), "open"), ((2025, 6, 17), "closed")],
)
def test_a_call_is_open_between_its_hours(day: tuple[int, int, int], state: str) -> None:
    told_call = common_grants.opportunity(PUBLISHER, call(), at=datetime(*day, tzinfo=UTC))
    assert told_call["status"] == {"value": state}


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("1", {"value": "custom", "customValue": "pipeline"}),
        ("2", {"value": "awarded"}),
        ("4", {"value": "completed"}),
        ("5", {"value": "cancelled"}),
        ("6", {"value": "custom", "customValue": "suspended"}),
    ],
)
def test_the_state_of_an_agreement_is_that_of_its_award(
    status: str, expected: dict[str, str]
) -> None:
    (award,) = awards(told(status=status))
    assert award["status"] == expected


def test_an_award_points_to_its_call_by_an_identity_that_stays() -> None:
    (award,) = awards(DISCLOSURE)
    assert award["opportunity"]["id"] == common_grants.opportunity(PUBLISHER, call(), at=AT)["id"]
    assert award["id"] == "5e2dee7c-22c3-567f-be9b-9b88cf286c6f"
    other: Programme = replace(PROGRAMME, identifier="CFLI-GT-2024")
    (lost,) = common_grants.awards(PUBLISHER, programmes=[other], disclosures=[DISCLOSURE])
    assert "opportunity" not in lost


def test_the_schema_of_the_protocol_refuses_what_is_wrong() -> None:
    (award,) = awards(DISCLOSURE)
    award["funding"]["awardedAmount"]["amount"] = 31000
    del award["createdAt"]
    assert len(protocol_problems("AwardBase", award)) == 2
