"""Whatever lies in a folder, reading it as a pack gives findings and never an exception."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import monarca
from monarca.engines import packs

HERE = Path(monarca.__file__).parent / "packs" / "cfli-mexico"
FILES = sorted(str(place.relative_to(HERE)) for place in HERE.rglob("*.*"))
TOML = [name for name in FILES if name.endswith(".toml")]
BYTES = {name: (HERE / name).read_bytes() for name in FILES}
ROOT = Path(tempfile.mkdtemp(prefix="pack-"))
COPY = Path(shutil.copytree(HERE, ROOT / "pack"))


def teardown_module():
    shutil.rmtree(ROOT)


@contextmanager
def changed(name: str, raw: bytes | None) -> Iterator[packs.Pack]:
    """The pack with one file as `raw`, or without it."""
    place = COPY / name
    try:
        if raw is None:
            place.unlink()
        else:
            place.write_bytes(raw)
        yield packs.read(COPY)
    finally:
        place.write_bytes(BYTES[name])


def is_honest(pack: packs.Pack) -> bool:
    """Sound packs have a definition, others none; every finding has a sentence and a line."""
    assert all(each.text and each.line >= 1 and each.file for each in pack.findings)
    return bool(pack.definition) == pack.is_sound


names = st.sampled_from(FILES)
toml_names = st.sampled_from(TOML)
few = settings(max_examples=25, deadline=None)


@few
@given(
    name=names,
    seed=st.integers(0, 10**9),
    kind=st.sampled_from(["drop", "swap", "garble", "cut", "double"]),
)
def test_lines_lost_swapped_garbled_or_doubled_never_crash_the_reader(name, seed, kind):
    chance = random.Random(seed)
    lines = BYTES[name].split(b"\n")
    place = chance.randrange(len(lines))
    other = chance.randrange(len(lines))
    if kind == "drop":
        del lines[place]
    elif kind == "swap":
        lines[place], lines[other] = lines[other], lines[place]
    elif kind == "double":
        lines.insert(other, lines[place])
    elif kind == "cut":
        lines = lines[:place]
    else:
        line = bytearray(lines[place] or b"x")
        line[chance.randrange(len(line))] = chance.randrange(256)
        lines[place] = bytes(line)
    with changed(name, b"\n".join(lines)) as pack:
        assert is_honest(pack)


@few
@given(
    name=toml_names,
    raw=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
)
def test_any_bytes_in_place_of_a_file_are_a_fault_of_that_file(name, raw):
    with changed(name, raw) as pack:
        assert is_honest(pack)
        assert pack.definition == {}
        assert name in {each.file for each in pack.findings if each.severity == "error"}


@few
@given(name=names)
def test_a_file_that_is_gone_is_named_itself_or_by_its_section(name):
    with changed(name, None) as pack:
        assert is_honest(pack)
        found = {each.file for each in pack.findings}
        if name == "README.md":
            assert found == set()
        elif name.startswith("form/"):
            assert found & {"form", *(each for each in FILES if each.startswith("form/"))}
        else:
            assert name in found


@few
@given(
    name=toml_names,
    place=st.integers(0, 10**6),
    junk=st.sampled_from(["= = =", "[[[", '"open', "key == 1", "x y z"]),
)
def test_a_line_of_nonsense_is_named_with_its_file(name, place, junk):
    lines = BYTES[name].decode().split("\n")
    lines.insert(place % len(lines), junk)
    with changed(name, "\n".join(lines).encode()) as pack:
        (found,) = [each for each in pack.findings if each.file == name and not each.key]
        assert found.reason.code == "pack_toml_syntax"


VALUES = st.recursive(
    st.none().map(lambda _: "true")
    | st.integers().map(str)
    | st.floats().map(str)
    | st.sampled_from(
        [
            '"x"',
            "''",
            "2024-01-01",
            "07:30:00",
            "1979-05-27T07:32:00Z",
            "0001-01-01T00:00:00",
            "9999-12-31T23:59:59-12:00",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda value: f"{{ es = {value}, code = {value}, key = {value} }}")
    ),
    max_leaves=5,
)


@settings(max_examples=50, deadline=None)
@given(name=toml_names, pick=st.integers(0, 10**6), value=VALUES)
def test_a_value_of_any_other_type_never_crashes_the_reader(name, pick, value):
    lines = BYTES[name].decode().split("\n")
    pairs = [
        place
        for place, line in enumerate(lines)
        if " = " in line and not line.startswith(("#", " "))
    ]
    place = pairs[pick % len(pairs)]
    lines[place] = lines[place].split(" = ")[0] + " = " + value
    with changed(name, "\n".join(lines).encode()) as pack:
        assert is_honest(pack)


def test_after_all_this_the_pack_is_as_it_was():
    assert packs.read(COPY) == packs.read(HERE)
