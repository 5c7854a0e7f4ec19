"""What a command answers: a table for people, one JSON document, a drawing on request."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from monarca.config.shell import tables
from monarca.config.shell.files import Fault
from monarca.config.shell.seen import visible
from monarca.config.shell.stopping import heard
from monarca.config.shell.tables import SHORT, Column, Laid
from monarca.engines.reasons import Reason, Value
from monarca.kit import reasons

LANGUAGES = ("en", "es", "fr")
WIDE = 160
"""How wide a table may be where nobody looks at a terminal: a file, a pipe."""

Step = Callable[[int, int], None]
"""What long work calls now and then: how much is done, of how much."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for people: title and heads are codes of sentences, numbers stand to the right."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Teller:
    """How the answer is told: its language, as JSON or not, and where a drawing goes."""

    lang: str = "en"
    as_json: bool = False
    plot: Path | None = None

    def say(self, code: str, **values: Value) -> str:
        """The sentence of a code in the person's language."""
        return reasons.sentence(Reason(code, values), self.lang)

    def reason(self, reason: Reason) -> str:
        """A reason an engine gave, in the person's language."""
        return reasons.sentence(reason, self.lang)

    def fault(self, fault: Fault) -> str:
        """File, line, column and what is wrong there, in one sentence."""
        place = f"{fault.path}:{fault.line}" if fault.line else str(fault.path)
        column = f", {self.say('shell.column', name=fault.column)}" if fault.column else ""
        return f"{place}{column}: {self.reason(fault.reason)}"

    def tell(self, data: object, *parts: Sheet | str) -> None:
        """Print the answer: `data` as one JSON document, or the parts for people, in order."""
        if self.as_json:
            said = json.dumps(plain(data, self.lang), ensure_ascii=not speaks_utf8(), indent=2)
            with heard() as wish:
                sys.stdout.write(f"{said}\n")
                sys.stdout.flush()
            wish.heed()
            return
        width = None if sys.stdout.isatty() else WIDE
        console = Console(file=sys.stdout, highlight=False, width=width)
        for part in parts:
            if isinstance(part, Sheet):
                tables.write(console, self._laid(part))
            else:
                console.print(Text(visible(part)))
            console.print()
        sys.stdout.flush()

    def remark(self, text: str) -> None:
        """Something beside the answer, on standard error."""
        sys.stderr.write(f"{visible(text)}\n")

    def draw(self, svg: str) -> None:
        """Write the drawing where `--plot` says; nothing without it. Raises Fault."""
        if self.plot is None:
            return
        try:
            self.plot.write_text(svg, encoding="utf-8")
        except OSError:
            raise Fault(self.plot, Reason("shell.cannot_write")) from None

    @contextmanager
    def progress(self, code: str, **values: Value) -> Iterator[Step]:
        """A bar on standard error while long work goes on, where that is a terminal."""
        console = Console(file=sys.stderr)
        said = TextColumn("{task.description}", markup=False)
        columns = (said, BarColumn(), TimeElapsedColumn())
        shown = console.is_terminal and not self.as_json
        with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
            task = bar.add_task(visible(self.say(code, **values)), total=None)

            def step(done: int, whole: int) -> None:
                bar.update(task, completed=done, total=whole or None)

            yield step

    def _laid(self, sheet: Sheet) -> Laid:
        """The same in words, each cell once."""
        cells = [[visible(self._cell(each)).expandtabs() for each in row] for row in sheet.rows]
        columns = tuple(
            Column(
                self.say(head),
                bool(cells)
                and all(isinstance(row[place], int | float | Decimal) for row in sheet.rows),
                max((len(row[place]) for row in cells), default=0) <= SHORT,
            )
            for place, head in enumerate(sheet.heads)
        )
        return Laid(visible(self.say(sheet.title, **sheet.values)), columns, cells)

    def _cell(self, value: object) -> str:
        if isinstance(value, Reason):
            return self.reason(value)
        if isinstance(value, bool):
            return self.say("shell.yes" if value else "shell.no")
        if isinstance(value, int | float | Decimal):
            return reasons.written("", value, self.lang)
        return "" if value is None else str(value)


def speaks_utf8() -> bool:
    """Can standard output write every sign as it is?"""
    return (sys.stdout.encoding or "utf-8").lower().replace("-", "") == "utf8"


def plain(value: Any, lang: str = "en") -> Any:
    """A value as JSON holds it: reasons with their sentence, decimals as numbers, sets in order."""
    if isinstance(value, Reason):
        return {
            "code": value.code,
            "values": plain(value.values, lang),
            "sentence": reasons.sentence(value, lang),
        }
    if is_dataclass(value) and not isinstance(value, type):
        names = value.__dataclass_fields__
        return {name: plain(getattr(value, name), lang) for name in names}
    if isinstance(value, Mapping):
        return {_key(key): plain(each, lang) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return [plain(each, lang) for each in sorted(value)]
    return _single(value, lang)


def _single(value: Any, lang: str) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    if isinstance(value, Iterable):
        return [plain(each, lang) for each in value]
    return str(value)


def _key(key: object) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)
