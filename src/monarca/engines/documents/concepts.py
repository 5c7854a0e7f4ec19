"""Words of three languages that mean the same when a form asks: from stems to ideas."""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from monarca.engines.documents.words import STOP, plain, stem, stems

DROPPED = ""
OR = re.compile(r"(?<=\w)\s+ou\s+(?=\w)")
"""French "or" between words; "où", and "ou" at the head of a question, ask where."""
LEAST = 4
"""Letters of a stem that stands for its idea; shorter words must be known as they are."""


@cache
def _table() -> dict[str, Any]:
    source = resources.files("monarca.engines.documents").joinpath("concepts.toml")
    found: dict[str, Any] = tomllib.loads(source.read_text("utf-8"))
    return found


@cache
def _ideas(part: str) -> tuple[dict[str, str], dict[str, str]]:
    """The idea of each known word, and of each known stem; DROPPED for what adds nothing."""
    table = _table()
    pairs = [(word, f"={idea}") for idea, many in table[part].items() for word in many.split()]
    pairs += [(word, DROPPED) for many in table["filler"][part].values() for word in many.split()]
    words: dict[str, str] = {}
    known: dict[str, str] = {}
    for word, idea in pairs:
        words.setdefault(plain(word), idea)
        known.setdefault(stem(plain(word)), idea)
    return words, known


def _meant(text: str, part: str) -> tuple[str, ...]:
    words, known = _ideas(part)
    told = []
    for word in plain(OR.sub(" ", text)).split():
        idea = words.get(word)
        if idea is None and word not in STOP:
            short = stem(word)
            idea = known.get(short, short) if len(short) >= LEAST else short
        if idea:
            told.append(idea)
    return tuple(dict.fromkeys(told)) or stems(text)


def meant(text: str) -> tuple[str, ...]:
    """The ideas of a question, each once; a word without a known idea stands for itself."""
    return _meant(text, "ideas")


def meant_by_head(text: str) -> tuple[str, ...]:
    """The ideas of the head of a budget's column, each once."""
    return _meant(text, "budget")
