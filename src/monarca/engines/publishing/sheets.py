"""Rows of anybody's CSV file, one at a time with their lines, whatever the file's size or state."""

import codecs
import csv
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

BLOCK = 1 << 16
LONGEST = 2_000_000
"""Letters in one line; more is no table."""

MARK = codecs.BOM_UTF8
END = re.compile(r"\r\n|\n|\r(?!\Z)")

Row = tuple[int, list[str]]


class NotReadable(Exception):
    """Why the rest of a file cannot be read: `encoding`, `csv` or `empty`, its line, in words."""

    def __init__(self, why: str, line: int, said: str = "") -> None:
        super().__init__(said or why)
        self.why, self.line, self.said = why, line, said


def blocks_of(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    while block := file.read(BLOCK):
        yield block


def rows_of(blocks: Iterable[bytes]) -> Iterator[Row]:
    """(line where it begins, cells) of each row, blank ones too; a byte order mark is skipped.

    Raises NotReadable at the first byte that is not UTF-8, at what is not CSV (RFC 4180, quoted
    strictly), and for a file without anything in it.
    """
    before, has_text = 1, False
    reader = csv.reader(_lines_of(iter(blocks)), strict=True)
    try:
        for cells in reader:
            has_text = has_text or any(cell.strip() for cell in cells)
            yield before, cells
            before = reader.line_num + 1
    except csv.Error as problem:
        raise NotReadable("csv", reader.line_num, str(problem)) from None
    if not has_text:
        raise NotReadable("empty", 0)


def _lines_of(blocks: Iterator[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    line, rest, block = 1, "", next(blocks, b"")
    while block:
        following = next(blocks, b"")
        try:
            rest += decoder.decode(block, not following)
        except UnicodeDecodeError as problem:
            good = problem.object[: problem.start].count(b"\n")
            raise NotReadable("encoding", line + good) from None
        end, block = 0, following
        for found in END.finditer(rest):
            yield rest[end : found.end()]
            line, end = line + 1, found.end()
        rest = rest[end:]
        if len(rest) > LONGEST:
            raise NotReadable("csv", line, "a line is longer than 2 million letters")
    if rest:
        yield rest
