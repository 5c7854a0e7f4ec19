"""Commands that work on plain files: no installation, no Django, one module a command.

`monarca rank scores.csv` reads a file; `monarca rank CFLI-MX-2024` is about a call, starts Django
and reads the same table from the river.
"""

import os
import sys
from argparse import Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from monarca.config.shell.calls import is_call
from monarca.config.shell.files import Fault
from monarca.config.shell.showing import LANGUAGES, Teller
from monarca.config.shell.usage import Misused, Words, language

DOORS: dict[str, str] = {
    "allocate": "share a scarce quantity by a fair rule, with the reason for every share",
    "assign": "reviewers to applications, fair and exact, with the proof and every pair’s reason",
    "draw": "a panel by lottery under quotas, with everybody's chance and a table anyone can check",
    "intake": "read filled forms, budgets and e-mails: every answer, how sure, and where it stands",
    "link": "find probable doubles and copied text, with the chance of each and why",
    "mark": "policy markers from evidence, with the reason of every criterion",
    "opinions": "what people agree on, where they are divided, and groups only if they hold",
    "rank": "rank applications from the scores of several reviewers, and say how sure that is",
    "select": "the best projects within the money and the rules, each decision with its price",
    "seal": "one hash for a closed list, proofs that a receipt is in it, and their check",
    "validate": "check anybody's IATI, 360Giving or proactive-disclosure files",
}
"""Every command that has a door for files, and the sentence of its help."""


def has_door(words: Sequence[str]) -> bool:
    """Is there a door here for what was typed? Reading filled forms is one only as a trial."""
    return words[0] in DOORS and (words[0] != "intake" or _is_trial(words))


def _is_trial(words: Sequence[str]) -> bool:
    """`--dry-run` without a call: nothing is kept, so no installation is needed. Help is free."""
    asked = {word.partition("=")[0] for word in words}
    return bool(asked & {"--dry-run", "--help", "-h"}) and "--call" not in asked


def run(words: Sequence[str]) -> int:
    """Answer one command: 0 done, 1 problems found, 2 wrong usage.

    What is wrong with a file is one sentence on standard error: file, line, column, why.
    """
    door = import_module(f"monarca.config.shell.{words[0]}")
    _never_choke()
    try:
        given = parser_of(words[0], door).read(words[1:])
    except SystemExit:
        return 0
    except Misused as misused:
        teller = Teller(lang=language(words))
        teller.remark(f"{misused.place}: {teller.reason(misused.reason)}")
        return 2
    return _answered(door, given)


def _answered(door: Any, given: Namespace) -> int:
    """What the command found, told; whatever stops it is one sentence."""
    teller = Teller(lang=given.lang, as_json=given.json, plot=getattr(given, "plot", None))
    if not given.asker and any(
        isinstance(one, Path) and is_call(one) for one in vars(given).values()
    ):
        teller.remark(teller.say("shell.open_files"))
    try:
        code: int = door.answer(given, teller)
    except Fault as fault:
        teller.remark(teller.fault(fault))
        return 1
    except KeyboardInterrupt:
        teller.remark(teller.say("shell.stopped"))
        return 1
    except BrokenPipeError:
        _let_go()
        return 1
    except OSError:
        _let_go()
        raise
    return code


def _never_choke() -> None:
    """A terminal that lacks a sign shows its number instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go() -> None:
    """Nobody reads on (`… | head`, a full disk): what is left goes nowhere, without complaint."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parser_of(name: str, door: Any) -> Words:
    """What may be typed after a command: its own words, and those that all share."""
    parser = Words(
        f"monarca {name}",
        description=DOORS[name],
        epilog=door.EXAMPLE,
        formatter_class=RawDescriptionHelpFormatter,
    )
    door.arguments(parser)
    shared = parser.add_argument
    shared("--json", action="store_true", help="print one JSON document")
    shared("--lang", choices=LANGUAGES, default="en", help="language of the sentences")
    if getattr(door, "HAS_PLOT", True):
        shared("--plot", type=Path, metavar="FILE", help="draw the answer as SVG")
    who = "of a call: who asks, and so what is seen"
    shared("--as", dest="asker", default="", metavar="E-MAIL", help=who)
    return parser
