"""Languages by ISO 639-3 with their names and tags, states and provinces by ISO 3166-2."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from monarca.kit import formats

DATA = files("monarca.programmes.consultations") / "data"
OURS = ("es", "en", "fr")


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, the shortest tag of BCP 47, and what it is called.

    The autonym is empty where we are not certain of it.
    """

    code: str
    tag: str
    country: str
    autonym: str
    names: Mapping[str, str]


@cache
def languages() -> Mapping[str, Language]:
    """Every Indigenous language we know, in the order of the file."""
    return {
        row["code"]: Language(
            row["code"],
            row["tag"],
            row["country"],
            row["autonym"],
            {code: row[code] for code in OURS},
        )
        for row in _rows("languages.csv")
    }


@cache
def regions() -> Mapping[str, Mapping[str, str]]:
    """Mexico's states and Canada's provinces and territories."""
    return {row["code"]: {code: row[code] for code in OURS} for row in _rows("regions.csv")}


def _rows(name: str) -> Sequence[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines()))


def is_language(code: str) -> bool:
    return code in OURS or code in languages()


def tag(code: str) -> str:
    """For `lang`: the shortest code, as BCP 47 wants it (`iu`, not `iku`); es-MX for es."""
    if code in OURS:
        return formats.TAGS[code]
    return languages()[code].tag if code in languages() else "und"


def called(code: str, lang: str = "") -> str:
    """What the reader's language calls it, with its own name where we are certain of it."""
    short = formats.language(lang)
    if code in OURS:
        return OWN[code]
    known = languages().get(code)
    if known is None:
        return code
    name = known.names[short]
    is_same = known.autonym.casefold() == name.casefold()
    return f"{name} ({known.autonym})" if known.autonym and not is_same else name


OWN = {"es": "Español", "en": "English", "fr": "Français"}


def region(code: str, lang: str = "") -> str:
    return regions()[code][formats.language(lang)] if code in regions() else code
