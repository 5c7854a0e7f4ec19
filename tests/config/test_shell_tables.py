"""Tables of thousands of rows look as rich would have them, and what is hidden is seen."""

import io
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from monarca.config.cli import main
from monarca.config.shell import tables
from monarca.config.shell.seen import visible
from monarca.config.shell.tables import Column, Laid

words = st.text("ab é漢\n🦋-", max_size=30).map(str.strip)


@st.composite
def laid(draw):
    columns = tuple(
        Column(draw(words), draw(st.booleans()), draw(st.booleans()))
        for _ in range(draw(st.integers(1, 4)))
    )
    row = st.lists(words, min_size=len(columns), max_size=len(columns))
    return Laid(draw(words), columns, draw(st.lists(row, min_size=1, max_size=6)))


def printed(table, width, monkeypatch, tall):
    monkeypatch.setattr(tables, "TALL", tall)
    console = Console(file=io.StringIO(), width=width, highlight=False)
    tables.write(console, table)
    return console.file.getvalue()


@settings(max_examples=150, deadline=None)
@given(table=laid(), width=st.integers(30, 90))
@example(Laid("t", (Column("h", is_right=True, is_whole=False),), [["a" * 50 + "\n\nb"]]), 30)
def test_line_by_line_a_table_looks_as_rich_would_have_it(table, width):
    with pytest.MonkeyPatch.context() as patch:
        line_by_line = printed(table, width, patch, 1)
        assert line_by_line == printed(table, width, patch, 10**9)


def test_a_long_ranking_is_written_line_by_line_and_nobody_is_missing(tmp_path, capsys):
    path = tmp_path / "scores.csv"
    rows = [
        f"F-{number:03},{name},{number % 5}" for number in range(300) for name in ("Ana", "Eva")
    ]
    path.write_text("application,reviewer,score\n" + "\n".join(rows))
    assert main(["rank", str(path)]) == 0
    said = capsys.readouterr().out
    assert len(rows) / 2 > tables.TALL
    assert [f"│ F-{number:03} │" in said for number in range(300)] == [True] * 300
    assert len({len(line) for line in said.splitlines() if line.startswith(("│", "┃", "└"))}) <= 3


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\xad", "\ufeff", "\x1b", "\u2028"])
def test_a_hidden_sign_is_written_out_by_its_number(sign, tmp_path, capsys):
    path = tmp_path / "scores.csv"
    path.write_text(f"application,reviewer,score\nA{sign}B,Ana,3\nC,Ana,2\n", encoding="utf-8")
    assert main(["rank", str(path)]) == 0
    said = capsys.readouterr().out
    assert f"A⟨U+{ord(sign):04X}⟩B" in said
    assert sign not in said


def test_a_hidden_sign_in_a_complaint_is_written_out_too(tmp_path, capsys):
    path = tmp_path / "scores.csv"
    path.write_text("application,reviewer,score\nA,Ana,\u202e3\n", encoding="utf-8")
    assert main(["rank", str(path)]) == 1
    assert "“⟨U+202E⟩3” is not a number" in capsys.readouterr().err


def test_everything_that_turns_the_direction_of_writing_is_seen():
    turning = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    signs = [
        chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in turning
    ]
    assert len(signs) == 9
    for sign in [*signs, "\u200e", "\u200f", "\u061c"]:
        assert visible(f"a{sign}") == f"a⟨U+{ord(sign):04X}⟩"


@pytest.mark.parametrize(
    "text", ["Mëxico\xa0—\u202f«ñ»", "1\t2\n3", "👩🏽\u200d🌾 ❤\ufe0f\u200d🔥", "Ꞌ\u0301"]
)
def test_what_people_write_stays_as_it_is(text):
    assert visible(text) == text


def test_lines_that_windows_ends_are_lines():
    assert visible("a\r\nb\u202e") == "a\nb⟨U+202E⟩"
    assert visible("a\rb") == "a⟨U+000D⟩b"
