"""The kinds of things that are compared: how each is spelled, its outcomes, what is expected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monarca.engines import spelling

APART = "\x1f"
"""Stands between the two parts of a value (a name and its acronyms, a town and its state)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its spelling, its outcomes from the least to the most alike, and what is expected.

    `same`, `kin` and `different` are the shares expected of each outcome, before any pair is seen:
    among pairs that are the same; among kin, which share much and are not the same (the chapters of
    a network, the members of a household); and among pairs taken at random. A rare value tells more
    than a common one where `is_rarity_telling`. What `is_identity` kin never share: what is
    expected of them there is not learned, and tells them from the same.
    """

    spell: Callable[[Sequence[str]], str]
    outcomes: tuple[str, ...]
    same: tuple[float, ...]
    kin: tuple[float, ...]
    different: tuple[float, ...]
    is_rarity_telling: bool = True
    is_identity: bool = False


def _name(cells: Sequence[str]) -> str:
    words = spelling.organisation(cells[0]) if spelling.said(cells[0]) else ()
    written = spelling.acronym(cells[1]) if len(cells) > 1 and spelling.said(cells[1]) else ""
    if not written:
        written = min(spelling.acronyms(cells[0]), default="")
    return f"{' '.join(words)}{APART}{written}" if words or written else ""


def _person(cells: Sequence[str]) -> str:
    said = " ".join(cell for cell in cells if spelling.said(cell))
    return " ".join(spelling.person(said))


def _parts(spell: Callable[[str], str]) -> Callable[[Sequence[str]], str]:
    """Cells that may hold several values: the different ones in order, divided."""

    def spelled(cells: Sequence[str]) -> str:
        found = {spell(part) for cell in cells for part in spelling.several(cell)}
        return APART.join(sorted(found - {""}))

    return spelled


def _place(cells: Sequence[str]) -> str:
    town, state = (
        spelling.place(cell) if spelling.said(cell) else "" for cell in (*cells[:2], "")[:2]
    )
    return f"{town}{APART}{state}" if town or state else ""


def _day(cells: Sequence[str]) -> str:
    found = spelling.day(" ".join(cells).strip())
    return found if found.strip("0") else ""


def _text(cells: Sequence[str]) -> str:
    return " ".join(spelling.fold(cell) for cell in cells if spelling.said(cell))


def _number(cells: Sequence[str]) -> str:
    return "".join(spelling.number(cell) for cell in cells)


KINDS = {
    "name": Kind(
        _name,
        ("different", "initials", "alike", "close", "same"),
        (0.04, 0.05, 0.08, 0.13, 0.70),
        (0.20, 0.05, 0.10, 0.10, 0.55),
        (0.97, 0.004, 0.02, 0.003, 0.001),
    ),
    "person": Kind(
        _person,
        ("different", "alike", "part", "close", "same"),
        (0.10, 0.04, 0.06, 0.15, 0.65),
        (0.60, 0.05, 0.05, 0.05, 0.25),
        (0.97, 0.02, 0.004, 0.004, 0.002),
    ),
    "id": Kind(
        _number,
        ("different", "near", "close", "same"),
        (0.05, 0.02, 0.08, 0.85),
        (0.97, 0.02, 0.005, 0.005),
        (0.9994, 0.0004, 0.0001, 0.00002),
        is_rarity_telling=False,
        is_identity=True,
    ),
    "phone": Kind(
        _parts(spelling.phone),
        ("different", "close", "same"),
        (0.20, 0.07, 0.73),
        (0.64, 0.01, 0.35),
        (0.9994, 0.0004, 0.0002),
        is_rarity_telling=False,
    ),
    "email": Kind(
        _parts(spelling.email),
        ("different", "close", "same"),
        (0.20, 0.07, 0.73),
        (0.79, 0.01, 0.20),
        (0.9990, 0.0008, 0.0002),
        is_rarity_telling=False,
    ),
    "place": Kind(
        _place,
        ("different", "region", "close", "same"),
        (0.05, 0.06, 0.07, 0.82),
        (0.55, 0.25, 0.01, 0.19),
        (0.90, 0.05, 0.01, 0.04),
    ),
    "date": Kind(
        _day,
        ("different", "near", "close", "same"),
        (0.05, 0.03, 0.07, 0.85),
        (0.93, 0.05, 0.01, 0.01),
        (0.98, 0.015, 0.004, 0.0005),
        is_identity=True,
    ),
    "postcode": Kind(
        _number,
        ("different", "close", "same"),
        (0.08, 0.07, 0.85),
        (0.60, 0.05, 0.35),
        (0.97, 0.02, 0.01),
    ),
    "text": Kind(
        _text,
        ("different", "alike", "close", "same"),
        (0.10, 0.05, 0.10, 0.75),
        (0.60, 0.05, 0.05, 0.30),
        (0.95, 0.03, 0.01, 0.01),
    ),
}
