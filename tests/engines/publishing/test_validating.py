"""A file is recognised by what is in it, and a hostile one is refused in a sentence."""

import io
from time import perf_counter

import pytest

from monarca.engines.calendar import FiscalYear
from monarca.engines.publishing import canada
from monarca.engines.publishing.canada import Layout
from monarca.engines.publishing.validating import Format, format_of, judge
from tests.engines.publishing.samples import document
from tests.engines.publishing.test_check_canada import VALID, file_of
from tests.engines.publishing.test_check_giving import table
from tests.engines.publishing.test_check_iati import AT

ACTIVITY = document("iati_activity_valid.xml")
NIL = b"fiscal_year,quarter\r\n2025-2026,Q1\r\n"


def utf16(data: bytes) -> bytes:
    return data.decode().replace("UTF-8", "UTF-16").encode("utf-16")


def latin(data: bytes) -> bytes:
    return data.decode().replace("UTF-8", "ISO-8859-1").encode("latin-1")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ACTIVITY, Format.IATI_ACTIVITIES),
        (b"\xef\xbb\xbf\n" + ACTIVITY, Format.IATI_ACTIVITIES),
        (utf16(ACTIVITY), Format.IATI_ACTIVITIES),
        (document("iati_org_valid.xml"), Format.IATI_ORGANISATIONS),
        (document("360giving_valid.json"), Format.GIVING_JSON),
        (b"[]", Format.GIVING_JSON),
        (table({}), Format.GIVING_CSV),
        (b"id,title,awardDate\n", Format.GIVING_CSV),
        (file_of(VALID), Format.CANADA),
        (",".join(canada.columns(Layout.BY_AGREEMENT)).encode(), Format.CANADA),
        (NIL, Format.NIL),
        (b"owner_org,fiscal_year,quarter\n", Format.NIL),
        (b"", None),
        (b"name,city\n1,2\n", None),
        (b"%PDF-1.7", None),
        (b"PK\x03\x04\x00\x00", None),
    ],
)
def test_the_format_is_told_from_the_content(data: bytes, expected: Format | None) -> None:
    assert format_of(data) is expected


@pytest.mark.parametrize("data", [ACTIVITY, utf16(ACTIVITY), latin(ACTIVITY), NIL, table({})])
def test_a_valid_file_in_any_encoding_it_declares_has_no_error(data: bytes) -> None:
    found = judge(io.BytesIO(data), at=AT).findings
    assert [one.text for one in found if one.severity == "error"] == []


BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b']><iati-activities version="2.03">&m;</iati-activities>'
)
DEEP = b'<iati-activities version="2.03"><iati-activity>' + b"<a>" * 9000 + b"</a>" * 9000
HOSTILE = [
    (BOMB, "xml.doctype"),
    (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><iati-activities/>', "xml.doctype"),
    (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://example.org/x"> %p;]><iati-activities/>', "xml.doctype"),
    (b'<iati-activities version="2.03">&x;</iati-activities>', "xml"),
    (DEEP + b"</iati-activity></iati-activities>", "xml"),
    (ACTIVITY[:1500], "xml"),
    (ACTIVITY + b"<more/>", "xml"),
    (ACTIVITY.decode().encode("latin-1"), "xml.encoding"),
    (ACTIVITY.replace(b"UTF-8", b"zlib"), "xml.encoding-name"),
    (ACTIVITY.replace(b"UTF-8", b"unicode_escape"), "xml.encoding-name"),
    (utf16(ACTIVITY)[:-5], "xml.encoding"),
    (b"<html><body/></html>", "xml.root"),
    (b'<iati-activities version="2.03"/>', "xsd"),
    (b"", "publishing.empty"),
    (b"\x00" * 500, "publishing.empty"),
    (b"fiscal_year;quarter\n2025-2026;Q1\n", "publishing.divider"),
    (b"Identifier\tTitle\tCurrency\n", "publishing.divider"),
    (bytes(range(256)), "publishing.unknown"),
    (b"Identifier,Title\n\"" + b"x\n" * 200_000, "360giving.csv"),
    (b"ref_number,agreement_value\n" + b"x" * 3_000_000, "canada.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "rule"), HOSTILE)
def test_a_hostile_file_is_named_quickly(data: bytes, rule: str) -> None:
    start = perf_counter()
    found = list(judge(io.BytesIO(data), at=AT).findings)
    assert rule in {one.rule for one in found}
    assert all(one.text for one in found)
    assert perf_counter() - start < 5


def test_activities_before_the_end_of_a_truncated_file_are_checked() -> None:
    end = ACTIVITY.index(b"</iati-activities>")
    faulty = ACTIVITY[:end].replace(b'code="15170"', b'code="99999"')
    found = list(judge(io.BytesIO(faulty + b"<iati-activity>"), at=AT).findings)
    assert [one.rule for one in found] == ["codelist.Sector", "xml"]


def test_another_version_of_iati_is_said_to_be_checked_as_this_one() -> None:
    old = ACTIVITY.replace(b'version="2.03"', b'version="2.02"')
    (one,) = judge(io.BytesIO(old), at=AT).findings
    assert (one.rule, one.severity, one.line, one.is_stricter) == (
        "monarca.version",
        "warning",
        2,
        True,
    )


def test_words_between_activities_are_found_once_each_with_their_line() -> None:
    end = ACTIVITY.index(b"</iati-activities>")
    found = list(judge(io.BytesIO(ACTIVITY[:end] + b"stray\n" + ACTIVITY[end:]), at=AT).findings)
    assert [one.rule for one in found] == ["xsd"]
    assert "Character content" in found[0].text


def test_a_nil_return_of_ours_is_valid() -> None:
    quarters = FiscalYear(2025).quarters
    found = judge(io.BytesIO(canada.nothing_to_report(quarters)), at=AT)
    assert (found.format, list(found.findings)) == (Format.NIL, [])
