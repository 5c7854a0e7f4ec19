"""How a component becomes HTML: one template each, arguments checked, points in every number."""

import re
from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

type Number = int | Fraction | Decimal
type Row = Sequence[object]

PLAIN = frozenset({str, SafeString, int, bool, type(None)})
GAP = re.compile("\ue000([a-z]+)\ue001")
KEPT = 1500  # drawings a process remembers: the form of a call in three languages


def render(name: str, /, **values: object) -> SafeString:
    """The component's template with these values; everything not marked safe is escaped there.

    The same values give the same HTML in one language, so it is drawn once and remembered.
    """
    held = Values(values)
    if held.key is None:
        return SafeString(_draw(name, values))
    return SafeString(_drawn(name, get_language(), held))


def render_around(name: str, typed: Mapping[str, Any], /, **values: object) -> SafeString:
    """The same, remembered without what a person `typed`: that is put into it each time.

    Each is printed as it is by the template, `{{ value }}`, and decides nothing in it.
    """
    drawn = render(name, **values, **{part: f"\ue000{part}\ue001" for part in typed})
    return SafeString(GAP.sub(lambda gap: conditional_escape(typed.get(gap[1], gap[0])), drawn))


class Values:
    """A component's values, compared by what they say; `key` is None when they may change."""

    __slots__ = ("key", "values")

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values
        try:
            self.key: Hashable = _plain(values)
        except TypeError:
            self.key = None

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Values) and self.key == other.key


def _plain(value: object) -> Hashable:
    """The value with its types: words that are safe as HTML are not the words that are not.

    Raises TypeError for anything but words, whole numbers and collections of them.
    """
    kind = type(value)
    if kind in PLAIN:
        return kind, value
    if isinstance(value, dict):
        return dict, tuple((key, _plain(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(map(_plain, value))
    raise TypeError(kind)


@lru_cache(maxsize=KEPT)
def _drawn(name: str, language: str | None, held: Values) -> str:  # noqa: ARG001
    return _draw(name, held.values)


def _draw(name: str, values: Mapping[str, object]) -> str:
    return render_to_string(f"components/{name}.html", dict(values)).strip()


def check(tag: str, given: Mapping[str, object], shape: type) -> None:
    """Refuse a misspelt or missing argument, as Python does for a plain signature.

    `shape` is the TypedDict that describes the keyword arguments. Raises TypeError.
    """
    required, known = _arguments(shape)
    if not (required <= given.keys() <= known):
        if unknown := sorted(given.keys() - known):
            knows = ", ".join(sorted(known))
            raise TypeError(f"{tag} knows no {', '.join(unknown)}; it knows {knows}")
        raise TypeError(f"{tag} needs {', '.join(sorted(required - given.keys()))}")


@cache
def _arguments(shape: type) -> tuple[frozenset[str], frozenset[str]]:
    """The arguments that a shape requires, and all that it knows."""
    required: frozenset[str] = shape.__required_keys__  # type: ignore[attr-defined]
    return required, required | shape.__optional_keys__  # type: ignore[attr-defined]


def padded(row: Row, length: int) -> list[object]:
    """The row with empty strings at its end, so that a template can count on every place."""
    return [*row, *[""] * (length - len(row))]


def places(numbers: str | Sequence[int]) -> frozenset[int]:
    """Column numbers from a sequence or, in a template, from `"1,3"`; the first column is 0."""
    if isinstance(numbers, str):
        return frozenset(int(part) for part in numbers.split(",") if part.strip())
    return frozenset(numbers)


def percent(part: Number, whole: Number) -> str:
    """Share of the whole as an SVG length within 0 and 100, with a point in every language."""
    if not whole:
        return "0.0%"
    share = Fraction(part) / Fraction(whole) * 100
    return point(min(max(share, Fraction(0)), Fraction(100))) + "%"


def point(value: Number) -> str:
    """A coordinate with one decimal and a point, whatever the reader's language."""
    return f"{Fraction(value):.1f}"
