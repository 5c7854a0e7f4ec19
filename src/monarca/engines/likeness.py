"""Are two groups the same? Told from their names, addresses and numbers, never proved by them.

Names are compared without accents, case, punctuation and legal forms; a shared e-mail address,
telephone or tax number counts as a sign too. Linear in the signs of both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from monarca.engines import spelling

LEGAL_FORMS = frozenset(
    (
        *("a", "ac", "abp", "asociacion", "c", "civil", "cv", "iap", "ibp", "inc", "ltd", "org"),
        *("r", "rl", "s", "sa", "sc", "scl"),
        *("de", "del", "e", "el", "la", "las", "los", "sociedad", "y"),
        *("and", "des", "du", "et", "le", "les", "of", "the"),
    )
)
NAMES = ("legal_name", "short_name")
ADDRESSES = ("email", "contact_email", "representative_email")
PHONES = ("phone", "contact_phone")
NUMBERS = ("rfc", "cluni")


@lru_cache(maxsize=16384)
def words_of(name: str) -> frozenset[str]:
    """The telling words of a name: no accents, no case, no punctuation, no legal form.

    Remembered, because one file is held against every other name of its call.
    """
    return frozenset(spelling.organisation(name)) - LEGAL_FORMS


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """The same words, or at least three in four of them (two or more)."""
    both, either = len(one & other), len(one | other)
    return bool(both) and (one == other or (both >= 2 and 4 * both >= 3 * either))


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a group from another: the words of its names, and its addresses and numbers."""

    names: tuple[frozenset[str], ...] = ()
    signs: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, Any]:
        return {"names": [sorted(one) for one in self.names], "signs": sorted(self.signs)}


def marks_from(stored: Mapping[str, Any]) -> Marks:
    """The marks that `as_json` made."""
    names = tuple(frozenset(one) for one in stored.get("names", ()))
    return Marks(names, frozenset(stored.get("signs", ())))


def marks_of(answers: Mapping[str, Any]) -> Marks:
    """The marks of a group from the answers of its form."""

    def said(key: str) -> str:
        value = answers.get(key)
        return value if isinstance(value, str) else ""

    names = tuple(words for key in NAMES if (words := words_of(said(key))))
    phones = (re.sub(r"\D", "", said(key))[-10:] for key in PHONES)
    numbers = (re.sub(r"\W", "", said(key)).casefold() for key in NUMBERS)
    found = {said(key).strip().casefold() for key in ADDRESSES if "@" in said(key)}
    found |= {one for one in phones if len(one) == 10}
    return Marks(names, frozenset(found | {one for one in numbers if len(one) >= 9}))


def same_group(one: Marks, other: Marks) -> bool:
    """Perhaps the same: a shared sign, or names that are alike."""
    if one.signs & other.signs:
        return True
    return any(are_alike(mine, theirs) for mine in one.names for theirs in other.names)
