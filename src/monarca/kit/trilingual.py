"""Text in three languages: stored as one JSON object, read with a stated fallback."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("es", "en", "fr")
FALLBACK = {"es": ("es", "en", "fr"), "en": ("en", "fr", "es"), "fr": ("fr", "en", "es")}


class Said(NamedTuple):
    """A text and the language it is in, which may not be the one asked for."""

    text: str
    language: str


def say(texts: Mapping[str, str] | None, language: str = "") -> Said:
    """The text in `language` (default: the reader's), else in the next best, else empty."""
    wanted = language or (get_language() or "en")[:2]
    for code in FALLBACK.get(wanted, LANGUAGES):
        if texts and texts.get(code):
            return Said(texts[code], code)
    return Said("", wanted)


def missing(texts: Mapping[str, str] | None) -> tuple[str, ...]:
    """The languages that still need this text."""
    return tuple(code for code in LANGUAGES if not (texts or {}).get(code, "").strip())


def check(value: Any) -> None:
    """Refuse anything but {language: text} with known languages."""
    if not isinstance(value, dict) or not set(value) <= set(LANGUAGES):
        raise ValidationError("A trilingual text is an object with es, en and fr.")
    if not all(isinstance(text, str) for text in value.values()):
        raise ValidationError("A trilingual text holds strings only.")


class Trilingual(models.JSONField):
    """A JSON object {es, en, fr} of strings."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("validators", [check])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, path, args, kwargs


def institution(name: str, language: str | None = None) -> str:
    """The official name of an institution in `language` (by default the reader's).

    Whoever names one types it once, in whatever language; a name that `institutions.csv` does
    not know is given back as it was typed. Source of the list: the registry of applied titles of
    the Federal Identity Program (Canada) and the Ley Orgánica de la Administración Pública
    Federal (Mexico); where a government has no form of its own in a language, it is translated.
    """
    row = _known().get(_folded(name))
    code = (language or get_language() or "es")[:2]
    return name if row is None or code not in LANGUAGES else row[code]


def institutions() -> list[dict[str, str]]:
    """Every institution known by name: `es`, `en`, `fr`, and `also` with semicolons between."""
    text = resources.files("monarca.kit").joinpath("institutions.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _known() -> dict[str, dict[str, str]]:
    """Folded name, in any language or other way of writing, to its row."""
    return {
        _folded(name): row
        for row in institutions()
        for name in (*(row[code] for code in LANGUAGES), *row["also"].split(";"))
        if name
    }


def _folded(name: str) -> str:
    return " ".join(name.replace("'", "’").split()).casefold()
