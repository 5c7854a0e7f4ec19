"""The small Markdown of articles: paragraphs, `- ` lists, `**bold**`; values filled in safely."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_PLANES = range(0x10000, 0x110000, 0x10000)
_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# What may not stand in a Word file (XML 1.0, section 2.2), or would let a signed text read
# otherwise than it is stored (direction controls, Unicode report 9).
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
    "|[" + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in _PLANES) + "]"
)
_TOKEN = re.compile(r"\\([\\*{}-])|(\*\*)")
_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """One list; each item is a line of runs."""

    items: tuple[tuple[Run, ...], ...]


def clean(text: str) -> str:
    r"""The text as any paper can hold it: NFC, `\n` for every line break, no control characters."""
    broken = _BREAKS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", broken))


def line(text: str) -> str:
    """The cleaned text on one line; spaces that must not break are kept."""
    return re.sub("[ \n]+", " ", clean(text)).strip(" ")


def literal(text: str) -> str:
    """Somebody's words on one line, escaped so that `parse` gives them back letter by letter."""
    return re.sub(r"([\\*{}-])", r"\\\1", line(text))


def plain(text: str) -> str:
    """Somebody's words with each of their lines as a paragraph, escaped as in `literal`."""
    lines = (literal(part) for part in clean(text).split("\n"))
    return "\n\n".join(part for part in lines if part)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each `{name}` replaced by its value, escaped; KeyError if one has no value."""
    return _PLACEHOLDER.sub(lambda found: literal(values[found[1]]), text)


def placeholders(text: str) -> frozenset[str]:
    """The names that `fill` needs a value for."""
    return frozenset(_PLACEHOLDER.findall(text))


def runs(text: str) -> tuple[Run, ...]:
    """One line of small Markdown as runs; a `**` without its partner stays as it is."""
    tokens = list(_TOKEN.finditer(text))
    marks = [token.start() for token in tokens if token[2]]
    odd = marks[-1] if len(marks) % 2 else None
    found: list[Run] = []
    words, bold, start = "", False, 0
    for token in tokens:
        words += text[start : token.start()]
        start = token.end()
        if token[2] and token.start() != odd:
            found.append(Run(words, bold))
            words, bold = "", not bold
        else:
            words += token[1] or token[2]
    found.append(Run(words + text[start:], bold))
    return tuple(run for run in found if run.text)


def parse(text: str) -> tuple[Paragraph | Items, ...]:
    """The blocks of a small Markdown text; neighbouring items make one list."""
    found: list[Paragraph | Items] = []
    for is_item, words in _chunks(clean(text)):
        read = runs(words)
        last = found[-1] if found else None
        if not read:
            continue
        if is_item and isinstance(last, Items):
            found[-1] = Items((*last.items, read))
        else:
            found.append(Items((read,)) if is_item else Paragraph(read))
    return tuple(found)


def _chunks(text: str) -> Iterator[tuple[bool, str]]:
    """Paragraphs and items with their lines joined: (is it an item, its words)."""
    is_item, held = False, list[str]()
    for raw in [*text.split("\n"), ""]:
        words = raw.strip(" ")
        starts = words.startswith("- ")
        if held and (starts or not words):
            yield is_item, line(" ".join(held))
            held = []
        if starts:
            is_item, words = True, words[2:]
        elif not held:
            is_item = False
        if words:
            held.append(words)
