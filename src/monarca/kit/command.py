"""What every `monarca` command shares: --json, plain errors, and the one reading of the clock."""

import json
import sys
from argparse import SUPPRESS, ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.management.base import CommandParser as Parser
from django.utils import timezone

from monarca.engines.reasons import Reason
from monarca.kit import reasons
from monarca.kit.guard import Refused

__all__ = ["Command", "CommandError", "Parser", "now"]

HIDDEN = ("--settings", "--pythonpath", "--no-color", "--force-color", "--version", "--skip-checks")


def now() -> datetime:
    """The present instant in UTC, for commands and the worker only."""
    return timezone.now()


class Command(BaseCommand):
    """A command people type. Exit 0 done, 1 found problems, 2 wrong usage.

    Results go to standard output (one JSON document with --json, and nothing else), progress
    and remarks to standard error. A refusal becomes one sentence without a label before it, never
    a traceback; code that calls a command gets it as a CommandError.
    """

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Parser:  # noqa: ARG002
        parser = super().create_parser("monarca", subcommand, **kwargs)
        for action in parser._actions:  # noqa: SLF001
            if set(action.option_strings) & set(HIDDEN):
                action.help = SUPPRESS
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return self.answer(*args, **options)
        except CommandError as stopped:
            typed = self._called_from_command_line  # type: ignore[attr-defined]
            if not typed or options.get("traceback"):
                raise
            self.remark(str(stopped))
            sys.exit(stopped.returncode)

    def answer(self, *args: Any, **options: Any) -> Any:
        """What the command does; a refusal on the way ends it with its sentence."""
        try:
            return super().execute(*args, **options)
        except Refused as refusal:
            raise CommandError(reasons.sentence(refusal.reason, "en")) from refusal

    def tell(self, data: Any, text: str, *, as_json: bool) -> None:
        """Print the result: `data` as JSON, or `text` for people."""
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)

    def remark(self, text: str) -> None:
        """Progress and remarks, out of the way of results."""
        self.stderr.write(text, style_func=str)

    def stop(self, sentence: str, code: int = 1) -> None:
        """End with a sentence and an exit code."""
        raise CommandError(sentence, returncode=code)

    def sentence(self, reason: Reason) -> str:
        return reasons.sentence(reason, "en")


def finish(code: int) -> None:
    """Exit without a word: what there was to say has been printed."""
    sys.exit(code)
