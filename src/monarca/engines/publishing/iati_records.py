"""An IATI file taken apart: one activity (or organisation) at a time, whatever the file's size.

expat walks over the bytes and says where each child of the root begins; the bytes between two
beginnings, put into a copy of the root's own tag, are a small document of their own. A document
type is refused before anything in it is read, so no entity is ever expanded; memory is bounded by
`LARGEST`, whatever comes. Time and memory: linear in the file, and in its largest record.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from monarca.engines.publishing.findings import Finding
from monarca.engines.reasons import Reason

BLOCK = 1 << 16
LARGEST = 20_000_000
"""Bytes: a record beyond this is named and passed over."""

ROOTS = {"iati-activities": "activities", "iati-organisations": "organisations"}
TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
DECLARED = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']")
ENCODINGS = re.compile(
    r"utf-?(8|16)(-?[lb]e)?|us-ascii|ascii|iso-?8859-?\d+|latin-?1|windows-125\d"
)
"""What a file may say its encoding is; never one of Python's codecs that unpack or compute."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Record:
    """One child of the root as a document of its own, whose first line is `line` of the file.

    `number` counts from 1; it is 0 for a root that has no child at all. The root's own tag
    stands on `root_line`.
    """

    number: int
    line: int
    xml: bytes
    kind: str
    root_line: int


class Refused(Exception):
    """The rest of the file is not read: why, as a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text)
        self.finding = finding


def records_of(file: BinaryIO) -> Iterator[Record | Finding]:
    """The records of a file in order, and at most one finding at the end for why it stopped."""
    splitter = _Splitter()
    try:
        for block in utf8_of(file):
            yield from splitter.fed(block)
        yield from splitter.ended()
    except Refused as refused:
        yield from splitter.waiting()
        yield refused.finding


def problem(rule: str, text: str, line: int = 1, **values: str) -> Finding:
    """A finding about the file as a whole."""
    reason = Reason(rule, values)
    return Finding(rule=rule, severity="error", reason=reason, text=text, line=line)


def utf8_of(file: BinaryIO) -> Iterator[bytes]:
    """The file's blocks in UTF-8, without a byte order mark. Raises Refused at a wrong byte."""
    block = file.read(BLOCK)
    decoder = codecs.getincrementaldecoder(_encoding_of(block))()
    line = 1
    while block:
        try:
            text = decoder.decode(block)
        except UnicodeDecodeError as error:
            good = error.object[: error.start]
            raise _undecodable(line + good.count(b"\n")) from None
        line += text.count("\n")
        yield text.encode("utf-8", "surrogatepass")
        block = file.read(BLOCK)
    try:
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        raise _undecodable(line) from None


def _encoding_of(head: bytes) -> str:
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    said = DECLARED.match(head)
    name = said.group(1).decode("ascii").lower() if said else "utf-8"
    if ENCODINGS.fullmatch(name) is None:
        text = f"The encoding “{name}” is not one for an IATI file; save it as UTF-8."
        raise Refused(problem("xml.encoding-name", text, name=name))
    return "utf-8" if name.startswith(("utf-16", "utf16")) else name


def _undecodable(line: int) -> Refused:
    text = "The bytes here are not in the encoding that the file says it has."
    return Refused(problem("xml.encoding", text, line))


class _Splitter:
    """Keeps the bytes of the present record, and where records began."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._opened
        self.parser.EndElementHandler = self._closed
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.depth = self.number = self.fed_bytes = self.base = self.root_line = 0
        self.kept = bytearray()
        self.root = self.stray = b""
        self.kind = ""
        self.cuts: list[tuple[int, int]] = []
        self.is_skipping = False

    def _opened(self, name: str, _: object) -> None:
        if self.depth < 2:
            if self.depth == 0:
                self._rooted(name)
            self.cuts.append(self._here())
        self.depth += 1

    def _closed(self, _: str) -> None:
        self.depth -= 1
        if self.depth == 0:
            self.cuts.append(self._here())

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentByteIndex, self.parser.CurrentLineNumber

    def _rooted(self, name: str) -> None:
        self.kind = ROOTS.get(name, "")
        if not self.kind:
            text = "This is neither an IATI activity nor organisation file."
            raise Refused(problem("xml.root", text, self.parser.CurrentLineNumber))

    def _doctype(self, *_: object) -> None:
        text = "A document type is not allowed in an IATI file."
        raise Refused(problem("xml.doctype", text, self.parser.CurrentLineNumber))

    def fed(self, block: bytes) -> Iterator[Record | Finding]:
        self.kept += block
        self.fed_bytes += len(block)
        self._parse(block)
        yield from self.waiting()
        if self.fed_bytes - self.parser.CurrentByteIndex > LARGEST:
            raise Refused(self._too_large())
        if len(self.kept) > LARGEST:
            if not self.is_skipping:
                yield self._too_large()
            self.is_skipping = True
            self._drop(self.parser.CurrentByteIndex)

    def ended(self) -> Iterator[Record | Finding]:
        self._parse(b"", is_last=True)
        yield from self.waiting()

    def _parse(self, block: bytes, *, is_last: bool = False) -> None:
        try:
            self.parser.Parse(block, is_last)
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            text = f"This is not well-formed XML: {message}."
            found = problem("xml", text, error.lineno, message=message)
            raise Refused(found) from None

    def waiting(self) -> Iterator[Record | Finding]:
        """The records whose end is known; the root's own tag is kept when it is met first."""
        while len(self.cuts) > 1:
            start, line = self.cuts.pop(0)
            following = self.cuts[0][0]
            piece = bytes(self.kept[start - self.base : following - self.base])
            self._drop(following)
            if not self.root:
                yield from self._headed(piece, line)
            elif self.is_skipping:
                self.is_skipping = False
                self.number += 1
            else:
                yield self._record(piece, line)

    def _headed(self, piece: bytes, line: int) -> Iterator[Record]:
        """The root's tag; words between it and its first child go with that child's document."""
        tag = TAG.match(piece)
        head = tag.group() if tag else piece
        rest = piece[len(head) :]
        is_empty = self.depth == 0 and len(self.cuts) == 1
        self.root_line = line
        self.root = b" ".join(head.split(b"\n")).replace(b"\r", b" ")
        if self.root.endswith(b"/>"):
            self.root = self.root[:-2] + b">"
        if is_empty:
            yield Record(0, line, self.root + rest + self._end(), self.kind, line)
        elif rest.strip() and not rest.strip().startswith(b"<"):
            self.stray = rest

    def _record(self, piece: bytes, line: int) -> Record:
        self.number += 1
        before, self.stray = self.stray, b""
        xml = self.root + before + piece + self._end()
        line -= before.count(b"\n")
        return Record(self.number, line, xml, self.kind, self.root_line)

    def _end(self) -> bytes:
        return b"</iati-%s>" % self.kind.encode()

    def _drop(self, index: int) -> None:
        index = max(index, self.base)
        del self.kept[: index - self.base]
        self.base = index

    def _too_large(self) -> Finding:
        line = self.cuts[0][1] if self.cuts else 1
        text = "One record is larger than 20 MB; it is not checked."
        return problem("xml.too-large", text, line)
