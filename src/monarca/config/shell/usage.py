"""What is wrong with the words typed after a command: one sentence in the language asked for."""

import re
from argparse import Action, ArgumentError, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, NoReturn

from monarca.config.shell.showing import LANGUAGES
from monarca.engines.reasons import Reason, Value

LONGEST = 40
"""Of what was typed, so many signs are repeated."""

KNOWN = (
    (r"the following arguments are required: (?P<names>.+)", "shell.usage.needed"),
    (r"one of the arguments (?P<names>.+) is required", "shell.usage.one_needed"),
    (r"unrecognized arguments: (?P<words>.+)", "shell.usage.unknown"),
    (r"not allowed with argument (?P<other>.+)", "shell.usage.together"),
    (r"expected .*argument.*", "shell.usage.no_value"),
    (r"ignored explicit argument .+", "shell.usage.takes_no_value"),
)
"""What argparse says, as a pattern, and the code of our sentence for it."""


class Misused(Exception):
    """Wrong usage: `place` is the command and what was typed after it, `reason` says why."""

    def __init__(self, place: str, reason: Reason) -> None:
        super().__init__(reason.code)
        self.place, self.reason = place, reason


class Wrong(ArgumentTypeError):
    """A value that cannot stand after an option: `reason` says why."""

    def __init__(self, code: str, said: str = "", **values: Value) -> None:
        super().__init__(code)
        self.reason = Reason(code, {"value": brief(said), **values} if said else values)


class Words(ArgumentParser):
    """argparse, whose complaints are raised as Misused and never printed."""

    def __init__(self, prog: str, **given: Any) -> None:
        super().__init__(prog, exit_on_error=False, allow_abbrev=False, **given)

    def read(self, words: Sequence[str]) -> Namespace:
        """What was typed, understood. Raises Misused; SystemExit once help was shown."""
        try:
            return self.parse_args(words)
        except ArgumentError as problem:
            place = f"{self.prog} {problem.argument_name or ''}".strip()
            raise Misused(place, _reason(problem)) from None

    def error(self, message: str) -> NoReturn:
        """What argparse would print and leave by."""
        raise ArgumentError(None, message)

    def _check_value(self, action: Action, value: Any) -> None:
        """One of a list, or the list is told."""
        if action.choices is not None and value not in action.choices:
            said = Wrong("shell.not_one_of", str(value), choices=", ".join(action.choices))
            raise ArgumentError(action, str(said)) from said


def _reason(problem: ArgumentError) -> Reason:
    """Ours for what argparse found; a reason of our own stands behind the complaint."""
    for behind in (problem.__cause__, problem.__context__):
        if isinstance(behind, Wrong):
            return behind.reason
    for pattern, code in KNOWN:
        if found := re.fullmatch(pattern, problem.message, re.DOTALL):
            return Reason(code, {name: brief(said) for name, said in found.groupdict().items()})
    return Reason("shell.usage.other", {"said": brief(problem.message)})


def brief(said: str) -> str:
    """The beginning of what was typed."""
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def language(words: Sequence[str]) -> str:
    """The language asked for with `--lang`, also where the rest cannot be understood."""
    asked = [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    asked += [after for word, after in pairwise(words) if word == "--lang"]
    return next((lang for lang in reversed(asked) if lang in LANGUAGES), "en")


def whole(least: int = 0, most: int = 10**18) -> Callable[[str], int]:
    """A reader of a whole number between these two; 1_000 is a thousand."""

    def read(said: str) -> int:
        digits = said.replace("_", "")
        if not re.fullmatch(r"[+-]?[0-9]+", digits):
            raise Wrong("shell.not_whole", said)
        if len(digits) > len(str(most)) + 1:
            raise Wrong("shell.too_many_digits", said, most=len(str(most)))
        return _within(int(digits), said, least, most)

    return read


def number(least: float, most: float) -> Callable[[str], float]:
    """A reader of a number between these two."""

    def read(said: str) -> float:
        try:
            value = float(said)
        except ValueError:
            raise Wrong("shell.not_a_number", said) from None
        if value != value:  # noqa: PLR0124  # NaN
            raise Wrong("shell.not_a_number", said)
        return _within(value, said, least, most)

    return read


def _within[N: (int, float)](value: N, said: str, least: N, most: N) -> N:
    if value < least:
        raise Wrong("shell.too_small", said, least=least)
    if value > most:
        raise Wrong("shell.too_large", said, most=most)
    return value


def day(said: str) -> datetime:
    """The beginning of a day, UTC."""
    try:
        return datetime.strptime(said, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Wrong("shell.not_a_day", said) from None
