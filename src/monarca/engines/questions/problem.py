"""What is wrong with one answer, at which field of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monarca.engines.reasons import Reason, Value

type Json = Any
"""A JSON value without floats: text, whole number, truth, nothing, list, object."""

type Question = Mapping[str, Any]

CODES = (
    "question.required",
    "question.file_missing",
    "question.declaration_missing",
    "question.too_many_words",
    "question.too_long",
    "question.too_few",
    "question.too_many",
    "question.unknown_option",
    "question.not_email",
    "question.not_phone",
    "question.not_url",
    "question.wrong_shape",
    "question.ends_before_start",
    "date.ambiguous",
    "number.unreadable",
    "number.not_whole",
    "number.too_small",
    "number.too_large",
    "place.state_missing",
    "place.municipality_missing",
    "place.municipality_elsewhere",
    "people.nobody",
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`field` is what follows the question's own field name: "" or "-r1-year"."""

    field: str
    reason: Reason

    def under(self, *parts: str) -> "Problem":
        return Problem(suffix(*parts) + self.field, self.reason)


def suffix(*parts: str) -> str:
    return "".join(f"-{part}" for part in parts if part)


def problem(code: str, *parts: str, **values: Value) -> Problem:
    return Problem(suffix(*parts), Reason(code, values))


def raw_of(value: Json) -> str | None:
    """The text as it was typed, when it could not be read; else None."""
    if isinstance(value, Mapping) and isinstance(value.get("raw"), str):
        return str(value["raw"])
    return None


def is_blank(value: Json) -> bool:
    """Nothing was answered: no text, choice, row or field of an object. Zero is an answer."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping):
        return all(is_blank(each) for key, each in value.items() if key != "id")
    if isinstance(value, list | tuple):
        return all(is_blank(each) for each in value)
    return value is None
