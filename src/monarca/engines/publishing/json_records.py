"""A 360Giving package taken apart: one grant at a time, whatever the size of the JSON file.

Only as much text is held as the present member needs, at most `LARGEST`; a grant is decoded by
the standard library. Time: linear in the file.
"""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

BLOCK = 1 << 16
LARGEST = 16_000_000
"""Letters in one member of the package; a larger one is not read."""

SPACE = " \t\n\r"
LIST = "grants"


@dataclass(frozen=True, slots=True)
class Grant:
    """One entry of `grants`; `number` counts from 0, as its path in the file does."""

    number: int
    line: int
    value: Any


@dataclass(frozen=True, slots=True)
class Member:
    """Another member of the package; `grants` too where it is no list, and `[]` once it has ended.

    A document that is no object at all is a member without a name.
    """

    name: str
    line: int
    value: Any


class NotReadable(Exception):
    """Why the rest of a file cannot be read: a code, its line, and what the reader says."""

    def __init__(self, why: str, line: int, said: str = "") -> None:
        super().__init__(said or why)
        self.why, self.line, self.said = why, line, said


def members_of(file: BinaryIO) -> Iterator[Grant | Member]:
    """The grants and the other members of a package in the order of the file.

    Raises NotReadable: `encoding` (JSON is UTF-8, RFC 8259), `syntax`, `empty`, `too-large`,
    `too-deep`.
    """
    text = _Text(file)
    if text.peek() == "":
        raise NotReadable("empty", 0)
    if text.peek() != "{":
        line = text.here()
        yield Member("", line, text.value())
    else:
        yield from _object(text)
    if text.peek():
        text.fail("something follows the end of the document")


def _object(text: "_Text") -> Iterator[Grant | Member]:
    text.take("{")
    while text.peek() != "}":
        line = text.here()
        name = text.value()
        if not isinstance(name, str):
            text.fail("a name in quotation marks should stand here")
        text.take(":")
        if name == LIST and text.peek() == "[":
            yield from _grants(text)
            yield Member(LIST, line, [])
        else:
            yield Member(name, line, text.value())
        text.separate("}")
    text.take("}")


def _grants(text: "_Text") -> Iterator[Grant]:
    text.take("[")
    number = 0
    while text.peek() != "]":
        line = text.here()
        yield Grant(number, line, text.value())
        number += 1
        text.separate("]")
    text.take("]")


class _Text:
    """The part of the file that is held, where reading is, and the line of that place."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.json = json.JSONDecoder(parse_constant=_no_constant)
        self.held, self.at, self.line, self.counted = "", 0, 1, 0
        self.is_whole = False

    def here(self) -> int:
        """The line of the present place."""
        self.line += self.held.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line

    def fail(self, said: str) -> NoReturn:
        raise NotReadable("syntax", self.here(), said)

    def more(self, least: int = BLOCK) -> bool:
        """Hold at least so many more bytes; False at the end of the file."""
        if self.is_whole:
            return False
        self.here()
        block = self.file.read(max(least, BLOCK))
        self.is_whole = not block
        held = self.held[self.at :]
        try:
            text = self.decoder.decode(block, self.is_whole)
        except UnicodeDecodeError as problem:
            good = problem.object[: problem.start].count(b"\n")
            raise NotReadable("encoding", self.line + held.count("\n") + good) from None
        self.held, self.at, self.counted = held + text, 0, 0
        return True

    def peek(self) -> str:
        """The next sign that is no space; empty at the end of the file."""
        while True:
            held, at, end = self.held, self.at, len(self.held)
            while at < end and held[at] in SPACE:
                at += 1
            self.at = at
            if at < end:
                return held[at]
            if not self.more():
                return ""

    def take(self, sign: str) -> None:
        if self.peek() != sign:
            self.fail(f"“{sign}” should stand here")
        self.at += 1

    def separate(self, end: str) -> None:
        """A comma and something after it, or the end, which is not taken."""
        if self.peek() == end:
            return
        self.take(",")
        if self.peek() == end:
            self.fail(f"nothing stands between “,” and “{end}”")

    def value(self) -> Any:
        """The JSON value at the present place."""
        self.peek()
        while True:
            try:
                value, end = self.json.raw_decode(self.held, self.at)
            except json.JSONDecodeError as problem:
                self._grow(problem)
            except RecursionError:
                raise NotReadable("too-deep", self.here()) from None
            except ValueError as problem:
                self.fail(str(problem))
            else:
                is_cut = end == len(self.held) and not isinstance(value, str | list | dict)
                if not is_cut or not self.more():
                    self.at = end
                    return value

    def _grow(self, problem: json.JSONDecodeError) -> None:
        """Hold twice as much where the value may go on; else say what is wrong and where."""
        held = len(self.held) - self.at
        may_go_on = problem.msg.startswith("Unterminated") or problem.pos > len(self.held) - 16
        if may_go_on and held > LARGEST:
            raise NotReadable("too-large", self.here())
        if not may_go_on or not self.more(held):
            self.at = min(max(problem.pos, self.at), len(self.held))
            self.fail(problem.msg)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
