"""The shape a file must have, as data, and the walk that checks a file against it."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from monarca.engines.packs.files import Source
from monarca.engines.packs.finding import Finding, Path, brief
from monarca.engines.packs.kinds import LANGUAGES

STRANGE_LIMIT = 20
"""Unknown keys told of one table; a table with more is not a slip of the keyboard."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_BRACED = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Text:
    """A non-empty string; with `pattern`, of that form, said in words by `expected`."""

    limit: int = 300
    pattern: str = ""
    expected: str = "text"
    one_of: tuple[str, ...] = ()
    placeholders: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `low` to `high`, both allowed."""

    low: int = 0
    high: int = 10**12


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Instant:
    """A date and time; without an offset it is the mission's local time."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Checked elsewhere."""


@dataclass(frozen=True, slots=True)
class Table:
    required: Mapping[str, "Shape"] = field(default_factory=dict)
    optional: Mapping[str, "Shape"] = field(default_factory=dict)
    is_tri: bool = False


@dataclass(frozen=True, slots=True)
class Many:
    """A list; `unique` names the key of its tables that must differ, or "." for the item."""

    item: "Shape"
    low: int = 0
    high: int = 200
    unique: str = ""


Shape = Text | Number | Flag | Instant | Anything | Table | Many

CODE = Text(
    limit=60,
    pattern=r"[A-Za-z0-9][A-Za-z0-9_.-]*",
    expected="a code of plain letters, digits, - and _",
)
KEY = Text(
    limit=60,
    pattern=r"[a-z][a-z0-9_]*",
    expected="a key of small letters a-z, digits and _, beginning with a letter",
)


def tri(limit: int = 300, placeholders: frozenset[str] | None = None) -> Table:
    text = Text(limit=limit, placeholders=placeholders)
    return Table(dict.fromkeys(LANGUAGES, text), is_tri=True)


def one_of(choices: Iterable[str]) -> Text:
    return Text(one_of=tuple(choices))


def check(source: Source, shape: Shape, value: object, path: Path = ()) -> list[Finding]:
    """Every way in which `value`, at `path` of `source`, differs from `shape`."""
    match shape:
        case Table():
            findings = _table(source, shape, value, path)
        case Many():
            findings = _many(source, shape, value, path)
        case Text():
            findings = _text(source, shape, value, path)
        case Number():
            findings = _number(source, shape, value, path)
        case Flag() if not isinstance(value, bool):
            findings = [_wrong_type(source, "true or false", value, path)]
        case Instant() if not isinstance(value, datetime):
            findings = [_wrong_type(source, "a date and time", value, path)]
        case _:
            findings = []
    return findings


def check_words(source: Source, text: str, shape: Text, path: Path = ()) -> list[Finding]:
    """Length, control characters, placeholders of one text."""
    if len(text) > shape.limit:
        return [source.fault("pack_text_too_long", path, length=len(text), limit=shape.limit)]
    if _CONTROL.search(text):
        return [source.fault("pack_text_has_control", path)]
    return [] if shape.placeholders is None else _braces(source, text, shape.placeholders, path)


def _braces(source: Source, text: str, known: frozenset[str], path: Path) -> list[Finding]:
    if set(_BRACED.sub("", text)) & {"{", "}"}:
        return [source.fault("pack_braces_broken", path)]
    allowed = ", ".join(sorted(known)) or "none"
    return [
        source.fault("pack_placeholder_unknown", path, name=name, allowed=allowed)
        for name in sorted(set(_BRACED.findall(text)) - known)
    ]


def _table(source: Source, shape: Table, value: object, path: Path) -> list[Finding]:
    if not isinstance(value, dict):
        wanted = "three texts (es, en, fr)" if shape.is_tri else "a table"
        return [_wrong_type(source, wanted, value, path)]
    known = {**shape.required, **shape.optional}
    findings = [_missing(source, shape, name, path) for name in shape.required if name not in value]
    for name in filter(value.__contains__, known):
        findings += check(source, known[name], value[name], (*path, name))
    strange = (name for name in value if name not in known)
    findings += [
        _unknown(source, name, known, (*path, name)) for name in islice(strange, STRANGE_LIMIT)
    ]
    return findings


def _missing(source: Source, shape: Table, name: str, path: Path) -> Finding:
    if shape.is_tri:
        return source.fault("pack_language_missing", (*path, name), language=name)
    return source.fault("pack_key_missing", (*path, name), name=name)


def _unknown(source: Source, name: str, known: Iterable[str], path: Path) -> Finding:
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return source.fault("pack_key_misspelt", path, name=brief(name), near=near[0])
    return source.fault("pack_key_unknown", path, name=brief(name))


def _many(source: Source, shape: Many, value: object, path: Path) -> list[Finding]:
    if not isinstance(value, list):
        return [_wrong_type(source, "a list", value, path)]
    if len(value) < shape.low:
        return [source.fault("pack_list_too_short", path, length=len(value), low=shape.low)]
    if len(value) > shape.high:
        return [source.fault("pack_list_too_long", path, length=len(value), high=shape.high)]
    findings = []
    for place, item in enumerate(value):
        findings += check(source, shape.item, item, (*path, place))
    return findings + _twice(source, shape, value, path)


def _twice(source: Source, shape: Many, value: list[Any], path: Path) -> list[Finding]:
    if not shape.unique:
        return []
    seen: set[str | int] = set()
    findings = []
    for place, item in enumerate(value):
        where: Path = (*path, place)
        if shape.unique != ".":
            where = (*where, shape.unique)
            item = item.get(shape.unique) if isinstance(item, dict) else None  # noqa: PLW2901
        if not isinstance(item, str | int):
            continue
        if item in seen:
            findings.append(source.fault("pack_duplicate", where, value=brief(item)))
        seen.add(item)
    return findings


def _text(source: Source, shape: Text, value: object, path: Path) -> list[Finding]:
    if not isinstance(value, str):
        return [_wrong_type(source, shape.expected, value, path)]
    if not value.strip():
        return [_empty(source, shape, path)]
    if shape.one_of and value not in shape.one_of:
        allowed = ", ".join(shape.one_of)
        return [source.fault("pack_value_unknown", path, value=brief(value), allowed=allowed)]
    if shape.pattern and not re.fullmatch(shape.pattern, value):
        return [source.fault("pack_form_wrong", path, expected=shape.expected)]
    return check_words(source, value, shape, path)


def _empty(source: Source, shape: Text, path: Path) -> Finding:
    last = path[-1] if path else ""
    if last in LANGUAGES and len(path) > 1:
        return source.fault("pack_language_missing", path, language=str(last))
    return source.fault("pack_type_wrong", path, expected=shape.expected, found="empty text")


def _number(source: Source, shape: Number, value: object, path: Path) -> list[Finding]:
    if isinstance(value, bool) or not isinstance(value, int):
        return [_wrong_type(source, "a whole number", value, path)]
    if not shape.low <= value <= shape.high:
        return [
            source.fault(
                "pack_number_out_of_range", path, value=brief(value), low=shape.low, high=shape.high
            )
        ]
    return []


_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "true or false"),
    (str, "text"),
    (int, "a whole number"),
    (float, "a number with a decimal point"),
    (list, "a list"),
    (dict, "a table"),
    ((datetime, date, time), "a date or time without quotes"),
)


def _wrong_type(source: Source, expected: str, value: object, path: Path) -> Finding:
    found = next((name for kind, name in _NAMES if isinstance(value, kind)), "something else")
    return source.fault("pack_type_wrong", path, expected=expected, found=found)
