"""How a component becomes HTML: one template each, arguments checked, points in every number."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

type Number = int | Fraction | Decimal
type Row = Sequence[object]


def render(name: str, /, **values: object) -> SafeString:
    """The component's template with these values; everything not marked safe is escaped there."""
    return SafeString(render_to_string(f"components/{name}.html", values).strip())


def check(tag: str, given: Mapping[str, object], shape: type) -> None:
    """Refuse a misspelt or missing argument, as Python does for a plain signature.

    `shape` is the TypedDict that describes the keyword arguments. Raises TypeError.
    """
    required: frozenset[str] = shape.__required_keys__  # type: ignore[attr-defined]
    known: frozenset[str] = required | shape.__optional_keys__  # type: ignore[attr-defined]
    if unknown := sorted(set(given) - known):
        raise TypeError(f"{tag} knows no {', '.join(unknown)}; it knows {', '.join(sorted(known))}")
    if missing := sorted(required - set(given)):
        raise TypeError(f"{tag} needs {', '.join(missing)}")


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
