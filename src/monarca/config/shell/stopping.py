"""Ctrl-C is heard between two records and never inside one, so that what is written stays whole."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass(slots=True)
class Wish:
    """Whether somebody wants the work to end."""

    is_there: bool = False

    def heed(self) -> None:
        """Raises KeyboardInterrupt where somebody does."""
        if self.is_there:
            raise KeyboardInterrupt


@contextmanager
def heard() -> Iterator[Wish]:
    """Keep a first Ctrl-C until the work heeds it; a second one is felt at once.

    Where the work is not in the main thread, or Ctrl-C means something else already, all stays so.
    """
    wish = Wish()
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield wish
        return

    def keep(_number: int, _frame: FrameType | None) -> None:
        wish.is_there = True
        signal.signal(signal.SIGINT, usual)

    signal.signal(signal.SIGINT, keep)
    try:
        yield wish
    finally:
        signal.signal(signal.SIGINT, usual)
