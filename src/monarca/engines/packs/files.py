"""Opening the files of a pack: bounded, UTF-8, TOML, and never an exception."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path as Folder
from typing import Any

from monarca.engines.packs.finding import Finding, Path, brief, dotted, found
from monarca.engines.packs.lines import line_at, lines_of
from monarca.engines.reasons import Value

FILE_LIMIT = 256 * 1024
"""Bytes of one file. The largest file of our own pack has a tenth of it."""
FOLDER_LIMIT = 400
DOTS_LIMIT = 100
"""Dots of one line: the standard parser takes quadratic time over long dotted keys."""

_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Source:
    """One TOML file as read: its data, and the line of every key path."""

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    is_read: bool = False

    def fault(
        self, code: str, path: Path = (), *, warning: bool = False, **values: Value
    ) -> Finding:
        line = line_at(self.lines, path)
        return found(code, self.file, key=dotted(path), line=line, warning=warning, **values)


def read_text(folder: Folder, name: str) -> str | Finding:
    """The text of one file, or why there is none."""
    place = folder / name
    try:
        if not place.is_file():
            return found("pack_file_not_a_file" if place.exists() else "pack_file_missing", name)
        with place.open("rb") as file:
            raw = file.read(FILE_LIMIT + 1)
        size = place.stat().st_size
    except (OSError, ValueError):
        return found("pack_file_unreadable", name)
    if len(raw) > FILE_LIMIT:
        return found("pack_file_too_large", name, bytes=size, limit=FILE_LIMIT)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return found("pack_file_not_utf8", name, line=raw[: error.start].count(b"\n") + 1)
    return text if text.strip() else found("pack_file_empty", name)


def read_toml(folder: Folder, name: str) -> tuple[Source, list[Finding]]:
    """One TOML file; an unreadable one is an empty source and one finding."""
    text = read_text(folder, name)
    if isinstance(text, Finding):
        return Source(name), [text]
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > DOTS_LIMIT:
            return Source(name), [
                found("pack_line_too_dotted", name, line=number, limit=DOTS_LIMIT)
            ]
    try:
        data = tomllib.loads(text)
        return Source(name, data, lines_of(text.replace("\r\n", "\n")), is_read=True), []
    except RecursionError:
        return Source(name), [found("pack_toml_syntax", name, detail="nested too deeply")]
    except ValueError as error:
        return Source(name), [_syntax(name, text, str(error))]


def _syntax(name: str, text: str, message: str) -> Finding:
    match = _LINE.search(message)
    line = int(match.group(1)) if match else text.rstrip().count("\n") + 1
    detail = brief(re.sub(r" *\(at [^)]*\)", "", message)).rstrip(".")
    return found("pack_toml_syntax", name, line=line, detail=detail)
