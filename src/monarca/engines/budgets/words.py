"""Spotting costs by the words of a line: whole words, without accents, simple plurals included."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from monarca.engines.budgets.lines import Line

PLURALS = ("", "s", "es", "x")
TURNING = """
sin no ni sans without non excluding excluye excluyendo excepto salvo sauf hors libre
"""
PREVENTING = """
prevencion prevenir prevention preventing prevent combatir combattre contra against contre
"""
BEFORE = {2: frozenset(TURNING.split()), 4: frozenset(PREVENTING.split())}
"""Words that turn what follows, by how far they reach: "sin alcohol", "prevención del alcohol"."""

AFTER = frozenset({"free"})
HARMLESS = (
    "alcohol en gel",
    "alcohol gel",
    "gel de alcohol",
    "alcohol isopropilico",
    "alcohol etilico",
    "alcohol desinfectante",
    "isopropyl alcohol",
    "rubbing alcohol",
    "alcohol wipes",
    "toallitas con alcohol",
    "alcool isopropylique",
    "alcool a friction",
    "gel a l alcool",
)
HARMLESS_PHRASE = re.compile(rf"\b(?:{'|'.join(HARMLESS)})\b")


@dataclass(frozen=True, slots=True)
class Spotted:
    """An excluded cost found in a line: its code, and the word of the list that was found."""

    line: str
    cost: str
    word: str


def fold(text: str) -> str:
    """Small letters without accents; anything that is no letter or figure is one blank."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def excluded(
    lines: Iterable[Line], costs: Iterable[Mapping[str, Any]], *, language: str = ""
) -> tuple[Spotted, ...]:
    """Lines that name an ineligible cost (`costs.ineligible` of the definition).

    Words of `language` count, or of all three when none is said. Each cost once a line.
    """
    known = [(cost["code"], _words(cost.get("words", {}), language)) for cost in costs]
    return tuple(
        Spotted(line.key, code, word)
        for line in lines
        if (clauses := _clauses(line.description))
        for code, words in known
        if (word := _first(clauses, words))
    )


def speaks_of(text: str, words: Iterable[str]) -> str | None:
    """The first of `words` (or phrases) of which the text speaks; None if it speaks of none.

    Whole words only: "vino" is found in "vinos", not in "vinoteca"; "cerveza" not in "Cervantes".
    A word turned by "sin", "no", "against" shortly before it, or "free" after, does not count.
    """
    return _first(_clauses(text), words)


def _clauses(text: str) -> list[list[str]]:
    """The words of each clause, harmless phrases taken out."""
    folded = (fold(clause) for clause in re.split(r"[.;:\n]", text))
    return [HARMLESS_PHRASE.sub("", clause).split() for clause in folded if clause]


def _first(clauses: Sequence[Sequence[str]], words: Iterable[str]) -> str | None:
    seen = {token for tokens in clauses for token in tokens}
    for word in words:
        phrase = _phrase(word)
        if not phrase or phrase[0].isdisjoint(seen):
            continue
        if any(found for tokens in clauses for found in _found(tokens, phrase)):
            return word
    return None


@lru_cache(maxsize=4096)
def _phrase(word: str) -> tuple[frozenset[str], ...]:
    """For each word of a listed phrase, the forms in which it may be written."""
    return tuple(
        frozenset({*(part + ending for ending in PLURALS), part.removesuffix("s") or part})
        for part in fold(word).split()
    )


def _words(words: Mapping[str, Sequence[str]], language: str) -> list[str]:
    chosen = [words.get(language, ())] if language else words.values()
    return [word for each in chosen for word in each]


def _found(tokens: Sequence[str], phrase: Sequence[frozenset[str]]) -> Iterator[bool]:
    size = len(phrase)
    for start in range(len(tokens) - size + 1):
        if all(tokens[start + place] in forms for place, forms in enumerate(phrase)):
            yield not _is_turned(tokens, start, start + size)


def _is_turned(tokens: Sequence[str], start: int, end: int) -> bool:
    if end < len(tokens) and tokens[end] in AFTER:
        return True
    return any(set(tokens[max(0, start - reach) : start]) & BEFORE[reach] for reach in BEFORE)
