"""Anybody's 360Giving file: the valid one passes, each fault gets its rule, JSON and CSV alike."""

import csv
import io
import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.publishing.check_giving import problems_of, problems_of_table
from monarca.engines.publishing.findings import Finding, is_valid
from monarca.engines.publishing.giving_columns import column_of, heading_of
from monarca.engines.publishing.giving_findings import HINTS, STRICTER
from monarca.engines.publishing.giving_schema import (
    grant_schema,
    is_address,
    is_instant,
    package_schema,
    package_validator,
)
from tests.engines.publishing.samples import document

TODAY = date(2026, 4, 2)
VALID: dict[str, Any] = json.loads(document("360giving_valid.json"))
EXPECTED = {"360giving.no-location-code", "360giving.own-recipient", "360giving.unknown-funder"}
"""What the valid example leaves doubtful; the official tool says the same three of it."""

Change = Callable[[dict[str, Any]], object]


def package(change: Change | None = None) -> dict[str, Any]:
    whole = deepcopy(VALID)
    if change:
        change(whole["grants"][0])
    return whole


def found(whole: object) -> tuple[Finding, ...]:
    return problems_of(json.dumps(whole).encode(), today=TODAY)


def rules(whole: object) -> set[str]:
    return {one.rule for one in found(whole)} - EXPECTED


def put(name: str, value: object) -> Change:
    return lambda grant: grant.update({name: value})


def inside(name: str, **values: object) -> Change:
    return lambda grant: grant[name][0].update(values)


FAULTS: list[tuple[str, str, Change]] = [
    *(
        ("required", name, lambda grant, name=name: grant.pop(name))
        for name in ("id", "title", "description", "currency", "amountAwarded", "awardDate", "fundingOrganization", "recipientOrganization")
    ),
    ("required", "recipientOrganization/0/name", lambda grant: grant["recipientOrganization"][0].pop("name")),
    ("both-recipients", "recipientIndividual", lambda grant: grant.update(recipientIndividual={"id": "a", "name": "b"}, toIndividualsDetails={"primaryGrantReason": "GTIR010"})),
    ("not-number", "amountAwarded", put("amountAwarded", "31500")),
    ("not-text", "title", put("title", 7)),
    ("not-list", "plannedDates", put("plannedDates", {})),
    ("not-record", "plannedDates/0", put("plannedDates", ["2026"])),
    ("codelist", "currency", put("currency", "CA$")),
    ("codelist", "locationScope", put("locationScope", "GLS041")),
    ("codelist", "regrantType", put("regrantType", "X")),
    ("codelist", "fromOpenCall", put("fromOpenCall", "yes")),
    ("codelist", "beneficiaryLocation/0/countryCode", inside("beneficiaryLocation", countryCode="QQ")),
    ("date", "awardDate", put("awardDate", "10/07/2025")),
    ("date", "awardDate", put("awardDate", "2025-07-10T09:00")),
    ("impossible-date", "awardDate", put("awardDate", "2025-02-30")),
    ("impossible-date", "plannedDates/0/startDate", inside("plannedDates", startDate="2025-04-31")),
    ("instant", "dateModified", put("dateModified", "2026-03-31")),
    ("address", "dataSource", put("dataSource", "example.org")),
    ("empty-list", "fundingOrganization", put("fundingOrganization", [])),
    ("minimum", "plannedDates/0/duration", inside("plannedDates", duration=-1)),
    ("unknown-field", "amountAwarded_CAD", put("amountAwarded_CAD", 1)),
    ("unknown-field", "recipientOrganization/0/rfc", inside("recipientOrganization", rfc="X")),
    ("grant-prefix", "id", put("id", "CFLI-7")),
    ("own-funder", "fundingOrganization/0/id", inside("fundingOrganization", id="360G-x-1")),
    ("unknown-recipient", "recipientOrganization/0/id", inside("recipientOrganization", id="RFC1")),
    ("unknown-recipient", "recipientOrganization/0/id", inside("recipientOrganization", id="MX-RFC")),
    ("several-funders", "fundingOrganization", lambda grant: grant["fundingOrganization"].append({"id": "GB-CHC-1", "name": "B"})),
    ("charity-number", "recipientOrganization/0/charityNumber", inside("recipientOrganization", charityNumber="none")),
    ("company-number", "recipientOrganization/0/companyNumber", inside("recipientOrganization", companyNumber="12")),
    ("individual-details", "recipientIndividual", lambda grant: (grant.pop("recipientOrganization"), grant.update(recipientIndividual={"id": "a", "name": "b"}))),
    ("zero-amount", "amountAwarded", lambda grant: grant.update(amountAwarded=0, amountDisbursed=0)),
    ("negative-amount", "amountAppliedFor", put("amountAppliedFor", -1)),
    ("huge-amount", "amountAppliedFor", put("amountAppliedFor", 10**13)),
    ("paid-more", "amountDisbursed", put("amountDisbursed", 31500.01)),
    ("future-award", "awardDate", put("awardDate", "2026-04-03")),
    ("far-past", "awardDate", put("awardDate", "1925-07-10")),
    ("future-modified", "dateModified", put("dateModified", "2026-05-01T00:00:00Z")),
    ("start-after-end", "plannedDates/0", inside("plannedDates", endDate="2025-07-14")),
    ("far-future", "plannedDates/0/endDate", inside("plannedDates", endDate="2126-02-28")),
    ("no-place", "beneficiaryLocation", lambda grant: grant.pop("beneficiaryLocation")),
    ("no-programme", "grantProgramme", lambda grant: grant.pop("grantProgramme")),
    ("no-modified", "dateModified", lambda grant: grant.pop("dateModified")),
    ("no-source", "dataSource", lambda grant: grant.pop("dataSource")),
    ("long-title", "title", put("title", "x" * 141)),
    ("same-title", "description", lambda grant: grant.update(description=grant["title"])),
    ("email", "description", put("description", "Ask ana@example.org.")),
]  # fmt: skip


def test_the_valid_package_leaves_three_doubts() -> None:
    every = found(VALID)
    assert {one.rule for one in every} == EXPECTED
    assert is_valid(every)


@pytest.mark.parametrize(("rule", "path", "change"), FAULTS)
def test_each_fault_of_a_grant_is_named_alone_and_in_its_place(
    rule: str, path: str, change: Change
) -> None:
    whole = package(change)
    assert rules(whole) == {f"360giving.{rule}"}
    (one,) = (each for each in found(whole) if each.rule == f"360giving.{rule}")
    assert one.place == f"grants/0/{path}"
    assert one.severity == ("warning" if f"giving.{rule}" in HINTS else "error")
    assert one.is_stricter == (f"giving.{rule}" in STRICTER)


def test_a_location_code_needs_a_type_of_the_list() -> None:
    unknown = package(inside("beneficiaryLocation", geoCode="20", geoCodeType="INEGI"))
    assert rules(unknown) == {"360giving.geo-type"}
    coded = found(package(inside("beneficiaryLocation", geoCode="E05000026", geoCodeType="WD")))
    assert "360giving.no-location-code" not in {one.rule for one in coded}


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ({}, {"360giving.required"}),
        ([], {"360giving.not-record"}),
        (7, {"360giving.not-record"}),
        ({"grants": []}, {"360giving.empty-list"}),
        ({"grants": {}}, {"360giving.not-list"}),
        ({**VALID, "version": "1.4.3"}, {"360giving.pattern"}),
        ({**VALID, "license": "CC BY"}, {"360giving.address"}),
        ({**VALID, "publisher": {}}, {"360giving.required"}),
        ({**VALID, "grants": VALID["grants"] * 2}, {"360giving.repeated", "360giving.duplicate-id"}),
    ],
)  # fmt: skip
def test_faults_of_a_package(whole: object, expected: set[str]) -> None:
    assert rules(whole) == expected


def test_the_same_identifier_of_two_grants_is_one_error() -> None:
    other = {**VALID["grants"][0], "title": "Another"}
    whole = {**VALID, "grants": [VALID["grants"][0], other]}
    (one,) = (each for each in found(whole) if each.rule == "360giving.duplicate-id")
    assert (one.place, one.severity) == ("grants/1/id", "error")


values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.sampled_from(["", "CAD", "2025-07-10", "2025-02-30", "x@y.org", "Yes", "GLS040", "\ud800", "2025-07-10T00:00:00Z"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "name", "startDate", "code"]), inner, max_size=2),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(grant_schema()["properties"])), values, max_size=5))
def test_the_schema_of_the_whole_package_agrees(changes: dict[str, Any]) -> None:
    """Oracle: jsonschema on the whole document, the grant schema registered under the $ref."""
    whole = package(lambda grant: grant.update(changes))
    ours = [one for one in found(whole) if one.severity == "error" and not one.is_stricter]
    lists = {"360giving.codelist", "360giving.impossible-date"}
    if package_validator().is_valid(whole):
        assert {one.rule for one in ours} <= lists
    else:
        assert ours


def test_the_package_schema_asks_for_another_version_of_the_grant_schema() -> None:
    address = package_schema()["properties"]["grants"]["items"]["$ref"]
    assert "1.4.2" in address
    assert "1.4.3" in grant_schema()["$id"]
    assert [error.validator for error in package_validator().iter_errors({"grants": [{}]})]


@pytest.mark.parametrize(
    ("data", "rule", "line"),
    [
        (b'{"grants": [\n{"id": "a"},\n]}', "syntax", 3),
        (b'{"grants": [\n{"id": "a"}\n', "syntax", 3),
        (b'{"grants": [\n{"id": NaN}]}', "syntax", 2),
        (b'{"grants": []}\n\nx', "syntax", 3),
        ('{"é\n'.encode("latin-1"), "encoding", 1),
        (b"", "empty", 0),
        (b'{"grants": ' + b"[" * 100_000, "too-deep", 1),
        (b'{"grants": [{"id": ' + b"9" * 5000 + b"}]}", "syntax", 1),
    ],
)
def test_what_is_no_json_is_named_with_its_line(data: bytes, rule: str, line: int) -> None:
    last = problems_of(data, today=TODAY)
    assert (f"360giving.{rule}", line) in {(one.rule, one.line) for one in last}


def table(*changes: dict[str, str], drop: str = "") -> bytes:
    """Rows of the valid grant under titles, each with some cells changed."""
    row = {
        "Identifier": "360G-Ex-1",
        "Title": "Wells",
        "Description": "Women test wells.",
        "Currency": "CAD",
        "Amount Awarded": "31500.50",
        "Award Date": "2025-07-10",
        "Recipient Org:Identifier": "MX-RFC-ACE010203AB1",
        "Recipient Org:Name": "Agua Clara",
        "Funding Org:0:Identifier": "CA-GOV-1",
        "fundingOrganization/0/name": "Fund",
        "Beneficiary Location:0:Name": "Oaxaca",
        "Beneficiary Location:0:Geographic Code": "20",
        "Beneficiary Location:0:Geographic Code Type": "CTY",
        "Grant Programme:Title": "CFLI",
        "Last Modified": "2026-03-31T09:00:00Z",
        "Data Source": "https://example.org/",
    }
    row.pop(drop, "")
    names = [*row, *(name for change in changes for name in change if name not in row)]
    text = io.StringIO()
    writer = csv.DictWriter(text, dict.fromkeys(names), restval="")
    writer.writeheader()
    writer.writerows({**row, **change} for change in changes)
    return text.getvalue().encode()


def table_rules(data: bytes) -> list[tuple[int, str, str]]:
    return [(one.line, one.rule[10:], one.field) for one in problems_of_table(data, today=TODAY)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (table({}), []),
        (table({"Amount Awarded": "31,500"}), [(2, "not-number", "Amount Awarded")]),
        (table({"Award Date": "10/07/2025"}), [(2, "date", "Award Date")]),
        (table({}, {}), [(3, "duplicate-id", "Identifier"), (3, "repeated", "")]),
        (table({}, {"Identifier": "360G-Ex-2", "Title": "a\nb"}, {"Identifier": "360G-Ex-3", "Currency": "X"}), [(5, "codelist", "Currency")]),
        (table({}, drop="Title"), [(1, "required", "title")]),
        (table({"Colour": "red"}), [(1, "unknown-column", "Colour")]),
        (table({"title": "Again"}), [(1, "column-twice", "title")]),
        (table(), [(1, "empty-list", "grants")]),
        (table({}) + b"1,2," + b"," * 20 + b"x\r\n", [(3, "width", "")]),
        (table({"Recipient Org:Name": ""}), [(2, "required", "Recipient Org:Name")]),
    ],
)  # fmt: skip
def test_a_table_is_judged_row_by_row(data: bytes, expected: list[tuple[int, str, str]]) -> None:
    assert set(expected) <= set(table_rules(data))
    if len(data) == len(table({})) or not data.endswith(b"x\r\n"):
        assert table_rules(data) == expected


def test_a_heading_is_a_title_or_a_field_name_with_or_without_its_number() -> None:
    same = [
        "Recipient Org:Name",
        "Recipient Org:0:Name",
        "recipientOrganization/0/name",
        "RECIPIENT ORG:name",
    ]
    assert {column_of(head).path for head in same if column_of(head)} == {
        ("recipientOrganization", 0, "name")
    }
    assert [
        column_of(head) for head in ("Recipient Org", "Recipient Org:999999:Name", "", "Nobody")
    ] == [None] * 4
    assert (
        heading_of(("recipientOrganization", 0, "location", 1, "name"))
        == "Recipient Org:0:Location:1:Name"
    )


@pytest.mark.parametrize("text", ["2026-03-31T09:00:00Z", "2026-03-31T09:00:00.5+02:00"])
def test_an_instant_has_a_zone(text: str) -> None:
    assert is_instant(text)
    assert not is_instant(text.rstrip("Z").removesuffix("+02:00"))
    assert is_address("https://example.org/a")
    assert not is_address("https://example.org/a b")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_damaged_package_or_table_gets_findings_never_an_exception(data: st.DataObject) -> None:
    for whole, judge in (
        (json.dumps(VALID).encode(), problems_of),
        (table({}, {}), problems_of_table),
    ):
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(len(whole), start + 60)))
        broken = whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:]
        assert all(one.text and one.rule for one in judge(broken, today=TODAY))
