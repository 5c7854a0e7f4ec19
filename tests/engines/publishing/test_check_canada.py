"""Anybody's proactive-disclosure file: the valid record passes, each fault gets its rule."""

import csv
import io
import json

import pytest

from monarca.engines.publishing.canada import Layout, columns
from monarca.engines.publishing.check_canada import problems_of
from tests.engines.publishing.samples import document

VALID: dict[str, str] = json.loads(document("canada_grants_record_valid.json"))
BEFORE_2025 = {"agreement_start_date": "2024-07-10", "agreement_end_date": "2025-02-28"}
BEFORE_2018 = {"agreement_start_date": "2017-07-10", "agreement_end_date": "2018-02-28"}

FAULTS = [
    ("canada.required", "ref_number", {"ref_number": ""}),
    ("canada.required", "amendment_number", {"amendment_number": ""}),
    ("canada.required", "agreement_value", {"agreement_value": ""}),
    ("canada.required", "agreement_start_date", {"agreement_start_date": ""}),
    ("canada.comma", "ref_number", {"ref_number": "052-2025,2026"}),
    ("canada.integer", "amendment_number", {"amendment_number": "first"}),
    ("canada.integer", "amendment_number", {"amendment_number": "1.0"}),
    ("canada.amendment-date", "amendment_date", {"amendment_number": "1"}),
    ("canada.date", "amendment_date", {"amendment_date": "10/07/2026"}),
    ("canada.date", "agreement_end_date", {"agreement_end_date": "2027-02-29"}),
    ("canada.amount", "agreement_value", {"agreement_value": "$31,500.00"}),
    ("canada.amount", "agreement_value", {"agreement_value": "NaN"}),
    ("canada.amount", "agreement_value", {"agreement_value": "3e4"}),
    ("canada.required-2018", "agreement_type", {"agreement_type": ""}),
    ("canada.required-2018", "recipient_legal_name", {"recipient_legal_name": ""}),
    ("canada.required-2018", "recipient_country", {"recipient_country": ""}),
    ("canada.required-2018", "recipient_city", {"recipient_city": ""}),
    ("canada.required-2018", "description_en", {"description_en": ""}),
    ("canada.required-2018", "description_fr", {"description_fr": ""}),
    ("canada.required-2025", "recipient_type", {"recipient_type": ""}),
    ("canada.required-2025", "prog_name_fr", {"prog_name_fr": ""}),
    ("canada.required-2025", "prog_purpose_en", {"prog_purpose_en": ""}),
    ("canada.required-2025", "agreement_title_fr", {"agreement_title_fr": ""}),
    ("canada.required-2025", "agreement_end_date", {"agreement_end_date": ""}),
    ("canada.required-2025", "expected_results_en", {"expected_results_en": ""}),
    ("canada.choice", "agreement_type", {"agreement_type": "X"}),
    ("canada.choice", "recipient_type", {"recipient_type": "NGO"}),
    ("canada.choice", "recipient_country", {"recipient_country": "MEX"}),
    ("canada.choice", "recipient_country", {"recipient_country": "mx"}),
    ("canada.choice", "foreign_currency_type", {"foreign_currency_type": "MXN", "foreign_currency_value": "9"}),
    ("canada.currency-pair", "foreign_currency_value", {"foreign_currency_type": "USD"}),
    ("canada.currency-pair", "foreign_currency_type", {"foreign_currency_value": "9.00"}),
    ("canada.province", "recipient_province", {"recipient_country": "CA"}),
    ("canada.choice", "recipient_province", {"recipient_country": "CA", "recipient_province": "OA"}),
    ("canada.business-number", "recipient_business_number", {"recipient_business_number": "ACE010203AB1"}),
    ("canada.business-number", "recipient_business_number", {"recipient_business_number": "012345678"}),
    ("canada.postal-code", "recipient_postal_code", {"recipient_postal_code": "68000"}),
    ("canada.riding-number", "federal_riding_number", {"federal_riding_number": "4601"}),
    ("canada.start-after-end", "agreement_start_date", {"agreement_end_date": "2026-07-09"}),
    ("canada.negative", "agreement_value", {"agreement_value": "-1.00"}),
    ("canada.blank", "recipient_legal_name", {"recipient_legal_name": "   "}),
    ("canada.same-title", "agreement_title_fr", {"agreement_title_fr": "Community Water Monitoring "}),
    ("canada.pair", "additional_information_fr", {"additional_information_en": "Joint funding."}),
    ("canada.industry", "naics_identifier", {"naics_identifier": "81"}),
    ("canada.formula", "description_en", {"description_en": "=HYPERLINK(1)"}),
    ("canada.formula", "recipient_legal_name", {"recipient_legal_name": "@SUM(A1)"}),
    ("canada.bars", "recipient_city", {"recipient_city": "Oaxaca|Oaxaca|Oaxaca"}),
    ("canada.control", "description_en", {"description_en": "Trains\x0bwomen"}),
    ("canada.cents", "agreement_value", {"agreement_value": "31500.005"}),
    ("canada.amendment-order", "amendment_number", {"amendment_number": "-1", "amendment_date": "2026-08-01"}),
    ("canada.not-canada", "recipient_province", {"recipient_province": "ON"}),
]  # fmt: skip


def file_of(
    *rows: dict[str, str], layout: Layout = Layout.BY_REFERENCE, mark: bool = True
) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns(layout), restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8")


def amended(number: int, **changes: str) -> dict[str, str]:
    day = "2026-09-01" if number else ""
    return {**VALID, "amendment_number": str(number), "amendment_date": day, **changes}


def rules(data: bytes) -> list[str]:
    return [one.rule for one in problems_of(data)]


def test_the_valid_record_has_nothing_to_find() -> None:
    assert problems_of(file_of(VALID)) == ()


@pytest.mark.parametrize(("rule", "field", "changes"), FAULTS)
def test_each_fault_is_found_by_its_rule_on_its_line(
    rule: str, field: str, changes: dict[str, str]
) -> None:
    found = problems_of(
        file_of(VALID, {**VALID, "ref_number": "052-2025-2026-Q2-00008", **changes})
    )
    assert (rule, field, 3) in [(one.rule, one.field, one.line) for one in found]
    assert all(one.line in (1, 3) for one in found)


@pytest.mark.parametrize(("rule", "field", "changes"), FAULTS)
def test_a_fault_says_where_and_why(rule: str, field: str, changes: dict[str, str]) -> None:
    found = next(one for one in problems_of(file_of({**VALID, **changes})) if one.rule == rule)
    assert found.text.endswith(".") or found.rule == "canada.cents"
    assert found.reason.code == rule
    assert "{" not in found.text


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient_type": ""},
        {"prog_name_en": "", "prog_name_fr": "", "prog_purpose_en": "", "prog_purpose_fr": ""},
        {"agreement_title_en": "", "agreement_title_fr": ""},
        {"expected_results_en": "", "expected_results_fr": ""},
        {"agreement_end_date": ""},
        {"recipient_postal_code": "68000"},
        {"recipient_business_number": "ACE010203AB1"},
    ],
)
def test_what_december_2025_asks_is_not_asked_of_older_agreements(changes: dict[str, str]) -> None:
    assert problems_of(file_of({**VALID, **BEFORE_2025, **changes})) == ()


def test_what_2018_asks_is_not_asked_of_older_agreements() -> None:
    older = {"ref_number": "052-2017-2018-Q2-1", "amendment_number": "0", "agreement_value": "5"}
    assert problems_of(file_of({**older, **BEFORE_2018})) == ()


@pytest.mark.parametrize(
    ("start", "end", "rule"),
    [
        ("2018-04-01", "2018-12-31", "canada.required-2018"),
        ("2025-12-01", "2026-12-31", "canada.required-2025"),
    ],
)
def test_an_obligation_begins_on_its_day(start: str, end: str, rule: str) -> None:
    bare = {"ref_number": "1", "amendment_number": "0", "agreement_value": "5"}
    assert rule in rules(
        file_of({**bare, "agreement_start_date": start, "agreement_end_date": end})
    )


@pytest.mark.parametrize(("start", "is_stricter"), [("2026-05-01", False), ("2026-04-30", True)])
def test_a_negative_value_is_official_from_may_2026(start: str, is_stricter: bool) -> None:
    row = {**VALID, "agreement_start_date": start, "agreement_value": "-1.00"}
    (one,) = problems_of(file_of(row))
    assert (one.rule, one.severity, one.is_stricter) == ("canada.negative", "error", is_stricter)


def test_an_end_before_the_start_is_ours_to_refuse_before_december_2025() -> None:
    (one,) = problems_of(file_of({**VALID, **BEFORE_2025, "agreement_end_date": "2024-07-09"}))
    assert (one.rule, one.is_stricter) == ("canada.start-after-end", True)


def test_the_same_amendment_twice_is_refused() -> None:
    (one,) = problems_of(file_of(VALID, VALID))
    assert (one.rule, one.line, one.place) == ("canada.key", 3, "052-2025-2026-Q2-00007/0")
    assert one.text == "052-2025-2026-Q2-00007 has amendment 0 twice, first on line 2."


def test_amendments_may_stand_in_any_order_but_without_a_gap() -> None:
    assert problems_of(file_of(amended(2), amended(0), amended(1))) == ()
    (one,) = problems_of(file_of(amended(0), amended(2)))
    assert (one.rule, one.severity, one.line) == ("canada.amendment-gap", "error", 3)


def test_a_file_may_begin_with_an_amendment_but_says_so() -> None:
    (one,) = problems_of(file_of(amended(1)))
    assert (one.rule, one.severity, one.is_stricter) == ("canada.amendment-gap", "warning", True)


def test_a_title_that_is_the_agreement_s_number_may_be_equal_in_both_languages() -> None:
    number = VALID["agreement_number"]
    row = {**VALID, "agreement_title_en": number, "agreement_title_fr": number}
    assert problems_of(file_of(row)) == ()


def test_a_canadian_recipient_passes_with_its_own_numbers() -> None:
    row = {
        **VALID,
        "recipient_country": "CA",
        "recipient_province": "ON",
        "recipient_postal_code": " k1a  0g2 ",
        "recipient_business_number": "123456789",
        "federal_riding_number": "35075",
        "foreign_currency_type": "USD",
        "foreign_currency_value": "100.00",
    }
    assert problems_of(file_of(row)) == ()


def test_the_line_of_a_row_counts_line_ends_inside_cells() -> None:
    long = {**VALID, "description_en": "One.\nTwo.\nThree."}
    bad = {**VALID, "ref_number": "2", "agreement_type": "X"}
    (one,) = problems_of(file_of(long, bad))
    assert one.line == 5


def test_the_portal_s_own_columns_are_no_fault() -> None:
    text = file_of(VALID).decode("utf-8-sig").splitlines()
    data = f"{text[0]},owner_org,owner_org_title\r\n{text[1]},dfatd-maecd,GAC\r\n"
    assert problems_of(data.encode("utf-8-sig")) == ()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["canada.empty"]),
        ("ref_number\nÉ".encode("latin-1"), ["canada.encoding"]),
        (file_of(VALID, mark=False), ["canada.byte-order-mark"]),
        (file_of(VALID).replace(b"coverage", b"covering"), ["canada.column", "canada.column"]),
        (file_of(VALID).replace(b"coverage", b"ref_number"), ["canada.column", "canada.column"]),
        (file_of(VALID) + b"1,2\r\n", ["canada.width"]),
        (file_of(VALID) + b'"open', ["canada.csv"]),
    ],
)
def test_a_damaged_file_is_named_in_one_sentence(data: bytes, expected: list[str]) -> None:
    assert rules(data) == expected


def test_the_layout_of_may_2026_has_the_agreement_number_as_its_key() -> None:
    row = {**VALID, "agreement_number": "7,8"}
    row.pop("ref_number")
    (one,) = problems_of(file_of(row, layout=Layout.BY_AGREEMENT))
    assert (one.rule, one.field) == ("canada.comma", "agreement_number")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("2025-2026,Q2", None),
        ("2025-2027,Q2", "canada.fiscal-year"),
        ("2025,Q2", "canada.fiscal-year"),
        ("2025-2026,Q5", "canada.quarter"),
        ("2025-2026,", "canada.quarter"),
        ("2025-2026,Q1\r\n2025-2026,Q1", "canada.key"),
    ],
)
def test_a_nil_return_is_checked_too(row: str, rule: str | None) -> None:
    data = f"fiscal_year,quarter\r\n{row}\r\n".encode("utf-8-sig")
    assert rules(data) == ([rule] if rule else [])
