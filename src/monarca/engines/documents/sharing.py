"""Several fields that share one line: "Phone: ____ E-mail: ____", "Tel  555   Cargo  Rectora".

A label ends at its colon and begins where the value before it ends: at a gap (a line to write on,
a tab, two blanks, a semicolon), else as far back as the words are a known label. Beside labels that
are known, one in unknown words that stands apart is a label too, and its value is nobody else's.
Linear in the line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from monarca.engines.documents.lexicon import STRONG, Widened
from monarca.engines.documents.places import STATES_NAMED
from monarca.engines.documents.words import bare, plain

COLON = re.compile(r"(?<=[\w.'\u2019])\)?\s?:(?!//)(?!\d\d\b)")
GAP = re.compile(r"_{2,}|\t+| {2,}|\n|\s\|\s|…{2,}|\.{4,}")
APART = re.compile(r"(?:[_\t;|]|\s{2,}|_\s)$")
BREAK = re.compile(r"_{2,}\s*|\t+| {2,}|;\s|\s\|\s|\n|…{2,}\s*|\.{4,}\s*")
MARK = re.compile(r"[☒☐☑✓✔✗✘■□●○◉◯]|[(\[]\s{0,3}[xX✓]?\s{0,3}[)\]]")
SURE = 0.85
SECTION = "section:"
DASHED = re.compile(r"([^\u2013\u2014]{2,60}?)\s[\u2013\u2014-]\s(.+)")
SHORTEST, LONGEST = 12, 600
WORDS = 8


@dataclass(frozen=True, slots=True)
class Field:
    """What a part of a line asks and holds; `target` is "" where the words are unknown."""

    target: str
    score: float
    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Head:
    """A label with where it begins and where its colon ends."""

    target: str
    score: float
    start: int
    end: int
    label: str


def fields_of(text: str, lexicon: Widened) -> list[Field]:
    """The fields of a line that holds two or more, else nothing."""
    if not SHORTEST <= len(text) <= LONGEST:
        return []
    found = _by_colons(text, lexicon)
    gapped = _by_gaps(text, lexicon)
    found = gapped if len(gapped) > len(found) else found
    return found if len(found) >= 2 else []


def _by_colons(text: str, lexicon: Widened) -> list[Field]:
    ends = [one.end() for one in COLON.finditer(text)]
    if len(ends) < 2:
        return []
    heads = [head for left, end in pairwise([0, *ends]) for head in _head(text, left, end, lexicon)]
    known = [one for one in heads if one.target]
    apart = known and not MARK.search(text) and BREAK.search(text[known[0].end :])
    heads = heads if apart and known[0] is heads[0] else known
    heads = [
        head
        for before, head in zip([None, *heads], heads, strict=False)
        if head.target or before is None or text[before.end : head.start].strip(" _\t.…")
    ]
    fields = []
    for index, head in enumerate(heads):
        until = heads[index + 1].start if index + 1 < len(heads) else len(text)
        value = text[head.end : until].strip(" _\t\n;|,/")
        fields.append(Field(head.target, head.score, value, head.label))
    return fields


def _head(text: str, left: int, end: int, lexicon: Widened) -> Iterator[_Head]:
    """The label that ends at a colon: what stands apart, or the longest run of known words."""
    chunk = text[left:end]
    gaps = list(BREAK.finditer(chunk.rstrip(" :")))
    start = gaps[-1].end() if gaps and gaps[-1].end() < len(chunk) - 2 else -1
    start = 0 if not gaps and not left else start
    whole = chunk[start:] if start >= 0 else ""
    match = lexicon.match(whole, asked=True) if whole and not MARK.search(whole) else None
    if match is not None and match.score >= STRONG and match.target != SECTION:
        yield _Head(match.target, match.score, left + start, end, whole)
        return
    hit = _suffix(text, left, end, lexicon)
    if hit is not None and hit.start >= left + start:
        yield hit
    elif 0 < len(bare(whole).split()) <= WORDS and "?" not in whole:
        yield _Head("", 0.0, left + start, end, whole.strip(" :"))


def _suffix(text: str, left: int, end: int, lexicon: Widened) -> _Head | None:
    """The longest run of words before a colon that is a known label."""
    chunk = text[left:end]
    starts = [found.start() for found in re.finditer(r"(?<!\S)\S", chunk)][-9:]
    best: _Head | None = None
    for start in starts:
        apart = not left + start or APART.search(text[: left + start]) is not None
        hear = lexicon.match if apart else lexicon.surely
        found = hear(chunk[start:])
        if found is None or found.score < SURE or found.target == SECTION:
            continue
        if best is None or found.score > best.score + 0.01:
            best = _Head(found.target, found.score, left + start, end, chunk[start:])
    return best


def _by_gaps(text: str, lexicon: Widened) -> list[Field]:
    fields: list[Field] = []
    for piece in GAP.split(text):
        short = 0 < len(piece.split()) < 9 and not MARK.search(piece)
        short = short and plain(piece) not in STATES_NAMED
        found = lexicon.match(piece) if short else None
        dashed = DASHED.fullmatch(piece.strip())
        head = lexicon.match(dashed[1]) if dashed is not None else None
        if found is not None and found.score >= SURE and found.target != SECTION:
            fields.append(Field(found.target, found.score, "", piece))
        elif dashed and head is not None and head.score >= SURE and head.target != SECTION:
            fields.append(Field(head.target, head.score, dashed[2], dashed[1]))
        elif fields and piece.strip():
            last = fields[-1]
            value = f"{last.value} {piece.strip()}".strip()
            fields[-1] = Field(last.target, last.score, value, last.label)
    return fields
