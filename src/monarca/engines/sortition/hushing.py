"""What a solver writes by itself never stands among the answers of a command."""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_GATE = threading.Lock()
_KEPT: list[int] = []
"""Standard output as it was, once for each call that is under way: the first is the real one."""


@contextmanager
def hushed() -> Iterator[None]:
    """While this lasts, what is written to standard output beneath Python goes to standard error.

    HiGHS prints some lines of its debugging whatever it is told (`HighsMipSolverData::…`). The
    file descriptor belongs to the whole process, so the first call in turns it and the last one
    out turns it back; another thread's own words are not lost meanwhile, they go to standard
    error. Where a process has no such files, nothing is done.
    """
    is_turned = _turn()
    try:
        yield
    finally:
        if is_turned:
            _turn_back()


def _turn() -> bool:
    with _GATE:
        if not _KEPT:
            _flush()
        try:
            kept = os.dup(1)
            os.dup2(2, 1)
        except OSError:
            return False
        _KEPT.append(kept)
        return True


def _turn_back() -> None:
    with _GATE:
        kept = _KEPT.pop()
        if not _KEPT:
            _flush()
            os.dup2(kept, 1)
        os.close(kept)


def _flush() -> None:
    """Into a pipe, C keeps its lines until it has many: they must leave before the pipe changes."""
    with suppress(AttributeError, OSError, ValueError):
        sys.stdout.flush()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).fflush(None)
