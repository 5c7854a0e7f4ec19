"""Widgets of our own kinds of answer; how they look is decided by the component templates."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

PARTS = ("year", "month", "day")
APART = "\n"  # between parts that are not digits: refused by the field, kept for the person


class Words(forms.Textarea):
    """A long answer; `words` is its limit, 0 for none, and `rows` its height in lines."""

    face = "words"

    def __init__(self, *, words: int = 0, rows: int = 7, lang: str = "") -> None:
        super().__init__()
        self.words, self.rows, self.lang = words, rows, lang


class Number(forms.TextInput):
    """A whole number with the unit said after it; a text box, so that 45,000 can be typed."""

    face = "number"

    def __init__(self, *, unit: str = "") -> None:
        super().__init__()
        self.unit = unit


class Money(forms.TextInput):
    """An amount in a currency (ISO 4217); the field reads what was typed."""

    face = "money"

    def __init__(self, *, currency: str = "CAD") -> None:
        super().__init__()
        self.currency = currency


class Score(forms.RadioSelect):
    """Points with one anchor a step, from 0; its field is a TypedChoiceField of those steps."""

    face = "score"

    def __init__(self, *, anchors: Sequence[str], weight: int = 0) -> None:
        super().__init__(choices=[(str(step), str(step)) for step in range(len(anchors))])
        self.anchors, self.weight = anchors, weight


class Upload(forms.FileInput):
    """A paper; `have` says in words what already arrived."""

    face = "file"

    def __init__(self, *, accept: str = "", have: str = "") -> None:
        super().__init__()
        self.accept, self.have = accept, have


class Choices(forms.RadioSelect):
    """Radios whose options may carry an explanation: `notes` by value."""

    face = "choice"

    def __init__(self, *, notes: Mapping[str, object] | None = None) -> None:
        super().__init__()
        self.notes = notes or {}


class ManyChoices(forms.CheckboxSelectMultiple):
    """Check boxes whose options may carry an explanation: `notes` by value."""

    face = "choice"

    def __init__(self, *, notes: Mapping[str, object] | None = None) -> None:
        super().__init__()
        self.notes = notes or {}


class DateBoxes(forms.TextInput):
    """A date in three boxes, `name_day`, `name_month`, `name_year`; nothing typed is lost."""

    face = "date"

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str | None:
        """ISO 8601 when all parts are digits; otherwise a text that no date field accepts."""
        del files
        parts = [str(data.get(f"{name}_{part}") or "").strip() for part in PARTS]
        if not any(parts):
            return None
        return ("-" if all(part.isdecimal() for part in parts) else APART).join(parts)

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Left out only when none of the three boxes was sent."""
        del files
        return not any(f"{name}_{part}" in data for part in PARTS)

    @staticmethod
    def parts(value: object) -> dict[str, str]:
        """The three texts of a date, of an ISO date or of what was typed."""
        if isinstance(value, dt.date):
            value = value.isoformat()[:10]
        typed = str(value or "")
        texts = typed.split(APART if APART in typed else "-")
        return dict(zip(PARTS, [*texts, "", "", ""], strict=False))
