"""The line of every key path in a TOML text."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monarca
from monarca.engines.packs.finding import dotted
from monarca.engines.packs.lines import line_at, lines_of

HERE = Path(monarca.__file__).parent / "packs" / "cfli-mexico"

TEXT = '''# a comment with [brackets] = and "quotes"
first = 1
a.b.c = "dotted"

[table]
long = """
[not.a.table]
key = "no"
"""
after = 'x # y'
list = [
  1,  # one ]
  { inner = "é", deep = { er = [2, 3] } },
]

[[rows]]
name = "zero"
[[rows]]
name = "one"
label.es = "uno"
  [[rows.fields]]
  key = "f0"
  [[rows.fields]]
  "quoted.key" = 1979-05-27 07:32:00
  [rows.fields.sub]
  last = true
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("first",), 2),
        (("a",), 3),
        (("a", "b", "c"), 3),
        (("table",), 5),
        (("table", "long"), 6),
        (("table", "after"), 10),
        (("table", "list"), 11),
        (("table", "list", 0), 12),
        (("table", "list", 1, "inner"), 13),
        (("table", "list", 1, "deep", "er", 1), 13),
        (("rows",), 16),
        (("rows", 0, "name"), 17),
        (("rows", 1), 18),
        (("rows", 1, "label", "es"), 20),
        (("rows", 1, "fields", 0, "key"), 22),
        (("rows", 1, "fields", 1, "quoted.key"), 24),
        (("rows", 1, "fields", 1, "sub", "last"), 26),
    ],
)
def test_each_kind_of_key_has_its_line(path, line):
    assert lines_of(TEXT)[path] == line


def test_a_missing_key_is_on_the_line_of_the_table_around_it():
    lines = lines_of(TEXT)
    assert line_at(lines, ("rows", 1, "fields", 0, "gone", "fr")) == 21
    assert line_at(lines, ("nothing",)) == 1


def test_a_path_reads_as_people_write_it():
    assert dotted(("questions", 3, "label", "fr")) == "questions[3].label.fr"
    assert dotted(()) == ""


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from leaves(inner, (*path, place))
    else:
        yield path, value


@pytest.mark.parametrize("file", sorted(HERE.rglob("*.toml")), ids=lambda each: each.name)
def test_the_line_of_every_value_of_our_pack_holds_that_value(file):
    text = file.read_text("utf-8")
    lines, rows = lines_of(text), text.split("\n")
    for path, value in leaves(tomllib.loads(text)):
        if isinstance(value, str):
            assert value.replace('"', '\\"') in rows[lines[path] - 1].replace('\\\\"', '\\"'), path
        else:
            assert path in lines


KEYS = st.text("abcé.# =[]{}'\"\\", min_size=1, max_size=6)
VALUES = st.recursive(
    st.integers(0, 99) | st.text("ab\n'\"#,]}\\é", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def quoted(text: str) -> str:
    swaps = {"\\": "\\\\", '"': '\\"', "\n": "\\n"}
    return '"' + "".join(swaps.get(letter, letter) for letter in text) + '"'


def written(value: Any) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)} = {written(v)}" for k, v in value.items()) + "}"
    return str(value)


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_any_document_one_key_a_line_is_found_on_those_lines(document):
    text = "\n".join(f"{quoted(key)} = {written(value)}" for key, value in document.items())
    assert tomllib.loads(text) == document
    lines = lines_of(text)
    order = list(document)
    for path, _ in leaves(document):
        assert lines[path] == order.index(path[0]) + 1


@given(st.text("[]{}=\"'#\n\\ab.,", max_size=60))
def test_text_that_is_no_toml_raises_nothing(text):
    lines_of(text)
