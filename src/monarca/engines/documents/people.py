"""Counts of people: women, men, girls, boys and non-binary persons, reached directly or not."""

import re
from collections.abc import Iterator

from monarca.engines.documents.columns import BOYS, GIRLS, MEN, WOMEN
from monarca.engines.documents.tree import Table
from monarca.engines.documents.words import plain

KINDS = (
    ("girls", GIRLS),
    ("boys", BOYS),
    ("women", WOMEN),
    ("men", MEN),
    (
        "non_binary",
        re.compile(
            r"\b(no binari\w+|non binary|nonbinary|non binaires?|genero diverso|diverse"
            r"|otr[ao]s?|other)\b"
        ),
    ),
)
INDIRECT = re.compile(r"\bindirect")
DIRECT = re.compile(r"\bdirect")
COUNT = re.compile(r"\d{1,3}(?:[ ,.]\d{3})+|\d+")

type People = dict[str, dict[str, int]]


def kind_of(text: str) -> str:
    """Which people a head names; the younger first, for "women and girls" is asked of girls too."""
    body = plain(text)
    found = [kind for kind, pattern in KINDS if pattern.search(body)]
    return found[0] if found and len(body) < 60 else ""


def reach_of(text: str) -> str:
    body = plain(text)
    return "indirect" if INDIRECT.search(body) else "direct" if DIRECT.search(body) else ""


def _count(text: str) -> int | None:
    found = COUNT.fullmatch(text.strip().rstrip("."))
    return int(re.sub(r"\D", "", found.group())[:12]) if found else None


def people_in_table(table: Table) -> People:
    """Every number by the heads of its row and of its column."""
    found: People = {}
    for cell in table.cells:
        count = _count(cell.text)
        if count is None:
            continue
        heads = [text for text in _heads(table, cell.row, cell.column) if text]
        kind = next((kind for text in heads if (kind := kind_of(text))), "")
        reach = next((reach for text in heads if (reach := reach_of(text))), "direct")
        if kind:
            found.setdefault(reach, {}).setdefault(kind, count)
    return found


def _heads(table: Table, row: int, column: int) -> Iterator[str]:
    """The written cells to the left, nearest first, then those above."""
    for left in range(column - 1, -1, -1):
        cell = table.places.get((row, left))
        if cell is not None and _count(cell.text) is None:
            yield cell.text
    for above in range(row - 1, -1, -1):
        cell = table.places.get((above, column))
        if cell is not None and _count(cell.text) is None:
            yield cell.text


def people_in_text(text: str) -> People:
    """Numbers with the people named right behind or before them: "120 mujeres", "Women: 120"."""
    found: People = {}
    reach = "direct"
    for part in re.split(
        r"[,;\n\t.]|\s[ye]\s|\sand\s|\set\s", re.sub(r"(?<=\d)[,.](?=\d{3})", "", text)
    ):
        reach = reach_of(part) or reach
        kind = kind_of(part)
        count = COUNT.search(part)
        if kind and count:
            found.setdefault(reach, {}).setdefault(kind, int(re.sub(r"\D", "", count.group())[:12]))
    return found
