"""A damaged, odd or hostile file gets findings, never an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.publishing import check_canada, check_iati
from monarca.engines.publishing.canada import columns
from tests.engines.publishing.samples import AT, document
from tests.engines.publishing.test_check_canada import VALID, file_of

XML, SHEET = document("iati_activity_valid.xml"), file_of(VALID)
odd = st.sampled_from(
    ["", " ", "0", "-0", "1e999999999", "9" * 400, "NaN", "\u0661\u0662", "2025-02-30", "0000-00-00", "'", "\"'", "|;", "=", "9999-12-31", "\u00b2"]
)  # fmt: skip
settle = settings(max_examples=120, deadline=None)


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    start = draw(st.integers(0, len(data)))
    end = draw(st.integers(start, min(len(data), start + 200)))
    return data[:start] + draw(st.binary(max_size=20)) + data[end:]


@settle
@given(st.binary(max_size=300) | damaged(XML))
def test_any_bytes_as_iati(data: bytes) -> None:
    assert all(one.text for one in check_iati.problems_of(data, at=AT))


@settle
@given(st.binary(max_size=300) | damaged(SHEET))
def test_any_bytes_as_a_sheet(data: bytes) -> None:
    assert all(one.text for one in check_canada.problems_of(data))


@settle
@given(st.sampled_from(XML.decode().split('"')[1::2]), odd)
def test_any_attribute_value(old: str, new: str) -> None:
    quoted = new.replace('"', "&quot;")
    data = XML.decode().replace(f'"{old}"', f'"{quoted}"').encode()
    assert isinstance(check_iati.problems_of(data, at=AT), tuple)


@settle
@given(st.dictionaries(st.sampled_from(columns()), odd | st.text(max_size=20), max_size=6))
def test_any_cell(changes: dict[str, str]) -> None:
    row = {**VALID, **changes}
    found = check_canada.problems_of_rows([(2, row)])
    assert {one.line for one in found} <= {2}


def test_a_cell_of_a_million_letters_is_refused_in_a_sentence() -> None:
    (one,) = check_canada.problems_of(file_of({**VALID, "description_en": "a" * 1_000_000}))
    assert one.rule == "canada.csv"
