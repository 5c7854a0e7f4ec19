"""A call in place of a file: what the river holds of it, in the same tables a person would write.

Naming a call starts Django; naming a file never does. Without `--as` only files that are open to
the whole team are counted; with it, those that person may see. So a sealed file leaves no trace in
what a command prints for somebody who may not know of it.
"""

import os
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from monarca.config.shell.files import Fault, Row, Told
from monarca.engines.matching import Problem
from monarca.engines.reasons import Reason

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,19}")


def is_call(path: Path) -> bool:
    """Does this word name a call (CFLI-MX-2024) rather than a file?"""
    return bool(CODE.fullmatch(str(path))) and not path.exists()


def told(table: str, path: Path, *, asker: str = "", may_be_empty: bool = False) -> Told:
    """The rows of one of `river.TABLES` for a call, as `asker` (an e-mail address) may see them.

    Raises Fault where there is no such call, no such person, or nothing to tell.
    """
    river = _started("monarca.config.shell.river")
    try:
        rows = river.told(table, str(path), asker=asker)
    except river.NotTold as refused:
        raise Fault(path, refused.reason) from None
    except import_module("django.db").DatabaseError:
        raise Fault(path, Reason("shell.no_installation")) from None
    if not rows and not may_be_empty:
        raise Fault(path, Reason("shell.nothing_yet"))
    return Told(str(path), [Row(path, 0, cells) for cells in rows])


def problem(path: Path, *, each: int, asker: str = "") -> Problem:
    """The problem that a plan of a call's readers solves, as its page puts it. Raises Fault."""
    river = _started("monarca.config.shell.river")
    try:
        found: Problem = river.problem(str(path), each=each, asker=asker)
    except river.NotTold as refused:
        raise Fault(path, refused.reason) from None
    except import_module("django.db").DatabaseError:
        raise Fault(path, Reason("shell.no_installation")) from None
    return found


class NotDone(Exception):
    """An act of the river was refused; nothing was done."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


def act(name: str, path: Path, *given: object, asker: str) -> int:
    """Do one of `acts.ACTS` on a call, all of it or nothing; how many records it made.

    Raises NotDone.
    """
    done: int | Reason = _started("monarca.config.shell.acts").do(name, str(path), *given, by=asker)
    if isinstance(done, Reason):
        raise NotDone(done)
    return done


def _started(module: str) -> Any:
    """A module that knows the river; loading it starts Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monarca.config.settings")
    import_module("django").setup()
    return import_module(module)
