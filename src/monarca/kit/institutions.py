"""Institutions whose official name stands in three languages: each reader is shown their own.

Whoever names an institution types it once, in whatever language; a promise of a ministry is the
same promise to who reads it in another. What is no known name is shown as it was typed. The names
stand in `institutions.csv`; `also` are other ways to write them. Source: the registry of applied
titles of the Federal Identity Program (Canada) and the Ley Orgánica de la Administración Pública
Federal (Mexico); where a government has no form of its own in a language, the name is translated.
"""

import csv
from functools import cache
from importlib import resources

from django.utils.translation import get_language

LANGUAGES = ("es", "en", "fr")


def institution(name: str, language: str | None = None) -> str:
    """Its official name in `language` (by default the reader's); as typed if it is not known."""
    row = _known().get(_folded(name))
    code = (language or get_language() or "es")[:2]
    return name if row is None or code not in LANGUAGES else row[code]


def listed() -> list[dict[str, str]]:
    """Every row of the list: `es`, `en`, `fr`, and `also` with semicolons between."""
    text = resources.files("monarca.kit").joinpath("institutions.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _known() -> dict[str, dict[str, str]]:
    """Folded name, in any language or other way of writing, to its row."""
    return {
        _folded(name): row
        for row in listed()
        for name in (*(row[code] for code in LANGUAGES), *row["also"].split(";"))
        if name
    }


def _folded(name: str) -> str:
    return " ".join(name.replace("'", "’").split()).casefold()
