"""`monarca validate FILE...`: what is wrong with anybody's IATI, 360Giving or disclosure file."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from monarca.config.shell.drawing import Mark, bars
from monarca.config.shell.files import Fault, read_text
from monarca.config.shell.showing import Sheet, Step, Teller, speaks_utf8
from monarca.config.shell.stopping import Wish, heard
from monarca.config.shell.usage import day, whole
from monarca.engines.publishing import validating
from monarca.engines.publishing.findings import Finding
from monarca.engines.reasons import Reason

MOST = 500
DRAWN = 20

EXAMPLE = """\
The format is told from the content; several files may be named, of different formats:

  IATI 2.03 activities and organisations (XML), 360Giving 1.4 (JSON, CSV), Canada's proactive
  disclosure of grants (CSV: by reference, by agreement, nil return).

example:

  nil.csv
    fiscal_year,quarter
    2025-2026,Q1
    2025-2026,Q5

  $ monarca validate nil.csv --json
    {"findings": [{"file": "nil.csv", "line": 3, "record": "", "rule": "canada.quarter",
      "severity": "error", "message": "A quarter is Q1, Q2, Q3 or Q4, not “Q5”.", ...}], ...}

Every finding has its file, line or record, rule, severity and message. Rules of the IATI standard
keep their own number and words; `stricter` marks what the official checkers let pass. The exit
code is 1 when an error is found, 0 when there are none or only warnings. With --json, Ctrl-C
closes the document: "interrupted" is true, and "valid" null where nothing was found so far.
"""


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the files to check")
    parser.add_argument(
        "--on",
        type=day,
        metavar="DAY",
        help="YYYY-MM-DD, taken as today by the rules about the future (today in UTC)",
    )
    parser.add_argument(
        "--publishers",
        type=Path,
        metavar="FILE",
        help="organisation ids of the IATI Registry, one a line, for rules 1.14.8 and 1.18.8",
    )
    parser.add_argument(
        "--official", action="store_true", help="leave out what is stricter than the standards"
    )
    parser.add_argument(
        "--most",
        type=whole(),
        default=MOST,
        metavar="N",
        help=f"rows of a table, for each file ({MOST}); --json always has all",
    )


@dataclass(slots=True)
class Told:
    """One file: its format, and how many findings of each severity and rule it has."""

    path: Path
    format: str | None = None
    severities: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    is_read: bool = False

    def counted(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        for one in findings:
            self.severities[one.severity] += 1
            self.rules[one.rule] += 1
            yield one
        self.is_read = True

    @property
    def is_valid(self) -> bool:
        """No error was found, yet."""
        return not self.severities["error"]

    @property
    def verdict(self) -> bool | None:
        """None: none was found, but the file was not read to its end."""
        return self.is_valid if self.is_read or not self.is_valid else None

    def summary(self) -> dict[str, Any]:
        return {
            "file": str(self.path),
            "format": self.format,
            "valid": self.verdict,
            "errors": self.severities["error"],
            "warnings": self.severities["warning"],
        }


def answer(given: Namespace, teller: Teller) -> int:
    """Each file is read once, record by record; findings are written as they are found."""
    publishers = _listed(given.publishers) if given.publishers else None
    at = given.on or datetime.now(UTC)  # noqa: TID251  # a command reads the clock
    told = [Told(path) for path in _readable(given.files)]
    asked = Asked(at, publishers, is_official=given.official)
    if teller.as_json:
        with heard() as wish:
            _write_json(told, replace(asked, wish=wish), teller)
    else:
        for one in told:
            _write_table(one, _found(one, asked, teller), given.most, teller)
    teller.draw(_drawing(told, teller))
    return 0 if all(one.is_valid for one in told) else 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What every file is held against, and whether somebody wants to stop."""

    at: datetime
    publishers: frozenset[str] | None
    is_official: bool
    wish: Wish = field(default_factory=Wish)


def _readable(paths: Sequence[Path]) -> Sequence[Path]:
    """The files, all of which can be opened: half a JSON document is none. Raises Fault."""
    for path in paths:
        if path.is_dir() or not os.access(path, os.R_OK):
            raise Fault(path, Reason("shell.not_found"))
    return paths


def _listed(path: Path) -> frozenset[str]:
    return frozenset(line.strip() for line in read_text(path).splitlines() if line.strip())


def _found(told: Told, asked: Asked, teller: Teller) -> Iterator[Finding]:
    """The findings of one file. Raises Fault where it cannot be read at all."""
    try:
        with _watched(told.path, asked.wish, teller) as file:
            judged = validating.judge(file, at=asked.at, publishers=asked.publishers)
            told.format = judged.format and judged.format.value
            kept = (one for one in judged.findings if not (asked.is_official and one.is_stricter))
            yield from told.counted(kept)
    except OSError:
        raise Fault(told.path, Reason("shell.not_found")) from None


@contextmanager
def _watched(path: Path, wish: Wish, teller: Teller) -> Iterator[BinaryIO]:
    """The open file, whose reading moves a bar on standard error and heeds a wish to stop."""
    size = path.stat().st_size
    progress = teller.progress("shell.validate.reading", file=path.name)
    with path.open("rb") as file, progress as step:
        yield cast("BinaryIO", _Watched(file, wish, step, size))


class _Watched:
    """What the engine needs of a file: reading on, and going back to its beginning."""

    def __init__(self, file: IO[bytes], wish: Wish, step: Step, size: int) -> None:
        self.file, self.wish, self.step, self.size = file, wish, step, size

    def read(self, size: int) -> bytes:
        self.wish.heed()
        self.step(self.file.tell(), self.size)
        return self.file.read(size)

    def seek(self, place: int) -> int:
        return self.file.seek(place)


def _message(one: Finding, teller: Teller) -> str:
    """Official words as published; ours in the person's language."""
    return one.text if teller.lang == "en" else teller.reason(one.reason)


def _row(told: Told, one: Finding, teller: Teller) -> dict[str, Any]:
    return {
        "file": str(told.path),
        "line": one.line,
        "record": one.place,
        "rule": one.rule,
        "severity": one.severity,
        "message": _message(one, teller),
        "field": one.field,
        "stricter": one.is_stricter,
    }


def _write_json(told: list[Told], asked: Asked, teller: Teller) -> None:
    """One document, written row by row, so that a million findings need no memory.

    Who stops it, or takes a file away, still has a whole document that says so. Raises what stopped
    it: KeyboardInterrupt, Fault.
    """
    sys.stdout.write('{\n"findings": [')
    try:
        _write_rows(told, asked, teller)
    finally:
        files = ",\n".join(_spelled(one.summary()) for one in told)
        verdicts = [one.verdict for one in told]
        valid = None if None in verdicts and False not in verdicts else all(verdicts)
        sys.stdout.write(f'\n],\n"files": [\n{files}\n],\n"valid": {_spelled(valid)},\n')
        sys.stdout.write(f'"interrupted": {_spelled(not all(one.is_read for one in told))}\n}}\n')


def _write_rows(told: list[Told], asked: Asked, teller: Teller) -> None:
    divider = "\n"
    for one in told:
        for finding in _found(one, asked, teller):
            sys.stdout.write(divider + _spelled(_row(one, finding, teller)))
            divider = ",\n"
            asked.wish.heed()


def _spelled(value: object) -> str:
    return json.dumps(value, ensure_ascii=not speaks_utf8()).encode("utf-8", "replace").decode()


def _write_table(told: Told, stream: Iterator[Finding], most: int, teller: Teller) -> None:
    shown = list(islice(stream, max(most, 0)))
    rest = sum(1 for _ in stream)
    parts: list[Sheet | str] = [_sheet(told, shown, teller)] if shown else []
    if rest:
        parts.append(teller.say("shell.validate.more", count=rest))
    code = "shell.validate.valid" if told.is_valid else "shell.validate.invalid"
    kind = told.format or "unknown"
    counts = {"errors": told.severities["error"], "warnings": told.severities["warning"]}
    what = teller.say(f"shell.validate.{kind}")
    parts.append(teller.say(code, file=str(told.path), format=what, **counts))
    teller.tell({}, *parts)


def _sheet(told: Told, shown: Iterable[Finding], teller: Teller) -> Sheet:
    heads = ("line", "record", "rule", "severity", "message")
    rows = [
        (
            str(one.line or ""),
            one.place,
            f"{one.rule} *" if one.is_stricter else one.rule,
            teller.say(f"shell.validate.{one.severity}"),
            _message(one, teller),
        )
        for one in shown
    ]
    named = [f"shell.validate.{head}" for head in heads]
    return Sheet("shell.validate.title", named, rows, {"file": str(told.path)})


def _drawing(told: Iterable[Told], teller: Teller) -> str:
    """How often each rule is broken, the most frequent first."""
    rules: Counter[str] = Counter()
    for one in told:
        rules.update(one.rules)
    ranked = sorted(rules.items(), key=lambda pair: (-pair[1], pair[0]))[:DRAWN]
    marks = [Mark(rule, count, said=str(count)) for rule, count in ranked]
    return bars(teller.say("shell.validate.drawing"), marks)
