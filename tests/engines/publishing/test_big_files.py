"""Files of any size: taken apart record by record, with the line of each finding kept."""

import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from monarca.engines.publishing import check_iati, iati_records, json_records, validating
from monarca.engines.publishing.iati_records import Record, records_of
from tests.engines.publishing.samples import document
from tests.engines.publishing.test_check_canada import VALID, file_of
from tests.engines.publishing.test_check_iati import ACTIVITY, AT

START, END = ACTIVITY.index("  <iati-activity "), ACTIVITY.index("</iati-activities>")
HEAD, ONE, TAIL = ACTIVITY[:START], ACTIVITY[START:END], ACTIVITY[END:]
GIVING = document("360giving_valid.json")


def several(*activities: str) -> bytes:
    return (HEAD + "".join(activities) + TAIL).encode()


def numbered(number: int) -> str:
    return ONE.replace("MX-0007<", f"MX-{number:04d}<")


class Dribble(io.BytesIO):
    """A file that gives as few bytes at a time as it likes."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self.most = most

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.most if size is None or size < 0 else min(size, self.most))


def judged(file: io.BytesIO) -> list[tuple[int, str, str, str]]:
    found = validating.judge(file, at=AT).findings
    return [(one.line, one.rule, one.place, one.text) for one in found]


FILES = [
    several(numbered(1), numbered(2).replace('code="15170"', 'code="99999"'), numbered(1)),
    document("iati_org_valid.xml").replace(b'status="2"', b'status="7"'),
    json.dumps({"version": "x", "grants": [{"id": "é\n"}, 7, {"id": "é\n"}]}, indent=2).encode(),
    b'Identifier,Title,Currency\r\n"a\nb",c,QQ\r\n,,\r\n"x",y,CAD\r\n',
    file_of({**VALID, "recipient_country": "QQ", "description_en": "a\nb"}),
]


@pytest.mark.parametrize("data", FILES)
@pytest.mark.parametrize("most", [1, 3, 7, 1000])
def test_how_a_file_is_read_changes_nothing(data: bytes, most: int) -> None:
    whole = validating.judge(io.BytesIO(data), at=AT)
    kind = {
        "iati-activities": check_iati.findings_in,
        "iati-organisations": check_iati.findings_in,
    }.get(str(whole.format and whole.format.value))
    expected = [(one.line, one.rule, one.place, one.text) for one in whole.findings]
    assert expected
    if kind is not None:
        piecemeal = kind(Dribble(data, most), at=AT)
        assert [(one.line, one.rule, one.place, one.text) for one in piecemeal] == expected
    elif data.startswith(b"{"):
        parts = list(json_records.members_of(Dribble(data, most)))
        assert parts == list(json_records.members_of(io.BytesIO(data)))


def test_each_record_is_what_a_parser_of_the_whole_sees() -> None:
    data = several(numbered(1), "<!-- between -->\n", numbered(2), "  \n", numbered(3))
    root = etree.fromstring(data)
    records = [one for one in records_of(io.BytesIO(data)) if isinstance(one, Record)]
    assert [one.number for one in records] == [1, 2, 3]
    for element, record in zip(root.iter("iati-activity"), records, strict=True):
        own = etree.fromstring(record.xml)[0]
        assert etree.tostring(own, method="c14n") == etree.tostring(
            element, method="c14n", with_tail=False
        )
        assert record.line == element.sourceline


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6), st.integers(0, 5), st.integers(0, 40))
def test_a_finding_has_the_line_it_has_in_the_whole_file(
    blanks: list[int], faulty: int, gap: int
) -> None:
    faulty %= len(blanks)
    pieces = []
    for number, blank in enumerate(blanks):
        one = numbered(number)
        if number == faulty:
            one = one.replace("<title>", "\n" * gap + "<title>")
            one = one.replace('code="15170"', 'code="99999"')
        pieces.append("\n" * blank + one)
    data = several(*pieces)
    (found,) = check_iati.problems_of(data, at=AT)
    expected = data[: data.index(b'code="99999"')].count(b"\n") + 1
    assert (found.rule, found.line) == ("codelist.Sector", expected)
    assert found.place == f"/iati-activities/iati-activity[{faulty + 1}]/sector[1]/@code"


class Endless(io.RawIOBase):
    """A file that is made while it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.rest = pieces, b""

    def read(self, size: int = -1) -> bytes:
        while len(self.rest) < size:
            piece = next(self.pieces, b"")
            if not piece:
                break
            self.rest += piece
        block, self.rest = self.rest[:size], self.rest[size:]
        return block


def held(findings: Iterator[object]) -> int:
    tracemalloc.start()
    assert sum(1 for _ in findings) >= 0
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_number_of_activities() -> None:
    def pieces(count: int) -> Iterator[bytes]:
        yield HEAD.encode()
        yield from (numbered(number).encode() for number in range(count))
        yield TAIL.encode()

    few = held(check_iati.findings_in(Endless(pieces(20)), at=AT))  # type: ignore[arg-type]
    many = held(check_iati.findings_in(Endless(pieces(150)), at=AT))  # type: ignore[arg-type]
    assert many < few + 1_000_000


def test_memory_does_not_grow_with_the_number_of_grants() -> None:
    grant = json.dumps(json.loads(GIVING)["grants"][0]).encode()

    def pieces(count: int) -> Iterator[bytes]:
        yield b'{"grants": ['
        for number in range(count):
            yield (b"," if number else b"") + grant.replace(b"0007", b"%04d" % number)
        yield b"]}"

    many = held(json_records.members_of(Endless(pieces(5000))))  # type: ignore[arg-type]
    assert many < 2_000_000


def test_a_record_beyond_the_limit_is_named_and_the_next_one_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(iati_records, "LARGEST", 200_000)
    large = numbered(1).replace("<title>", "<!-- x -->" * 60_000 + "<title>")
    data = several(numbered(0), large, numbered(2).replace('code="15170"', 'code="99999"'))
    found = check_iati.problems_of(data, at=AT)
    assert [one.rule for one in found] == ["xml.too-large", "codelist.Sector"]
    assert found[1].place.startswith("/iati-activities/iati-activity[3]/")
    assert found[0].line == data[: data.index(b"MX-0001")].count(b"\n")


def test_one_endless_attribute_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(iati_records, "LARGEST", 200_000)
    data = several(ONE.replace("humanitarian=", f'x="{"a" * 900_000}" humanitarian='), numbered(2))
    assert [one.rule for one in check_iati.problems_of(data, at=AT)][-1] == "xml.too-large"


def test_the_order_of_activities_changes_lines_only() -> None:
    faulty = numbered(2).replace('code="15170"', 'code="99999"')
    first = check_iati.problems_of(several(numbered(1), faulty, numbered(3)), at=AT)
    second = check_iati.problems_of(several(faulty, numbered(3), numbered(1)), at=AT)
    assert [(one.rule, one.text) for one in first] == [(one.rule, one.text) for one in second]
    assert [one.line for one in first] != [one.line for one in second]


def test_grants_have_their_own_lines() -> None:
    package = b'{"grants": [\n{"id": "a"},\n\n{"id": "b"}\n]}'
    found = validating.judge(io.BytesIO(package), at=AT).findings
    assert {(one.line, one.place.split("/")[1]) for one in found} == {(2, "0"), (4, "1")}
