"""On which line of a valid TOML text each key path begins."""

import re
import tomllib
from bisect import bisect_right

from monarca.engines.packs.finding import Path

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_PLAIN_VALUE = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> dict[Path, int]:
    """Key path to line, from 1, for tables, arrays of tables, dotted keys and inline values.

    `text` must already have been accepted by `tomllib`; other text gives some answer, never
    an exception other than RecursionError. One pass, linear in the text.
    """
    return _Scan(text).run()


def line_at(lines: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest thing around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.breaks = [index for index, letter in enumerate(text) if letter == "\n"]
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        table: Path = ()
        self.blank()
        while self.at < len(self.text):
            before = self.at
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.blank()
            if self.at == before:
                break
        return self.lines

    def blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def note(self, path: Path) -> None:
        self.lines.setdefault(path, bisect_right(self.breaks, self.at - 1) + 1)

    def header(self) -> Path:
        is_array = self.text.startswith("[[", self.at)
        start = self.at
        self.at += 2 if is_array else 1
        keys = self.keys()
        end, self.at = self.at, start
        path: Path = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            self.note(path)
            if is_array and place == len(keys) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
                self.note(path)
        self.at = end
        while self.peek() == "]":
            self.at += 1
        return path

    def keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self.blank()
            key = self.key()
            if key is None:
                return keys
            keys.append(key)
            self.blank()
            if self.peek() != ".":
                return keys
            self.at += 1

    def key(self) -> str | None:
        quoted = _STRING.match(self.text, self.at)
        match = quoted or _BARE_KEY.match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        if quoted is None:
            return match.group()
        try:
            return str(tomllib.loads(f"key = {quoted.group()}")["key"])
        except tomllib.TOMLDecodeError:
            return quoted.group()

    def pair(self, table: Path) -> None:
        start = self.at
        keys = self.keys()
        end, self.at = self.at, start
        path = table
        for key in keys:
            path = (*path, key)
            self.note(path)
        self.at = end
        if self.peek() == "=":
            self.at += 1
            self.value(path)

    def value(self, path: Path) -> None:
        self.blank()
        letter = self.peek()
        if letter == "[":
            self.array(path)
        elif letter == "{":
            self.inline(path)
        else:
            match = _STRING.match(self.text, self.at) or _PLAIN_VALUE.match(self.text, self.at)
            self.at = match.end() if match else self.at

    def array(self, path: Path) -> None:
        self.at += 1
        place = 0
        self.blank()
        while self.peek() not in {"]", ""}:
            before = self.at
            self.note((*path, place))
            self.value((*path, place))
            place += 1
            self.comma()
            if self.at == before:
                return
        self.at += 1

    def inline(self, path: Path) -> None:
        self.at += 1
        self.blank()
        while self.peek() not in {"}", ""}:
            before = self.at
            self.pair(path)
            self.comma()
            if self.at == before:
                return
        self.at += 1

    def comma(self) -> None:
        self.blank()
        if self.peek() == ",":
            self.at += 1
            self.blank()
