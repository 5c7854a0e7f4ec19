"""Words of three languages that mean the same when a form asks: from stems to ideas."""

import tomllib
from functools import cache
from importlib import resources

from monarca.engines.documents.words import plain, stem, stems

DROPPED = ""


@cache
def _table() -> dict[str, dict[str, str]]:
    source = resources.files("monarca.engines.documents").joinpath("concepts.toml")
    found: dict[str, dict[str, str]] = tomllib.loads(source.read_text("utf-8"))
    return found


@cache
def ideas(part: str) -> dict[str, str]:
    """The idea each known stem stands for; DROPPED for stems that add nothing."""
    table = _table()
    found: dict[str, str] = {}
    for idea, words in table[part].items():
        for word in words.split():
            found.setdefault(stem(plain(word)), DROPPED if idea == "drop" else f"={idea}")
    for words in table["filler"].values() if part == "ideas" else ():
        for word in words.split():
            found.setdefault(stem(plain(word)), DROPPED)
    return found


def _meant(text: str, part: str) -> tuple[str, ...]:
    known = ideas(part)
    mine = stems(text)
    kept = [known.get(one, one) for one in mine]
    return tuple(dict.fromkeys(one for one in kept if one != DROPPED)) or mine


def meant(text: str) -> tuple[str, ...]:
    """The ideas of a question, each once; a word without a known idea stands for itself."""
    return _meant(text, "ideas")


def meant_by_head(text: str) -> tuple[str, ...]:
    """The ideas of the head of a budget's column, each once."""
    return _meant(text, "budget")
