"""`monarca worker`: send the letters of the outbox, until told to stop."""

import logging
import signal
from threading import Event
from typing import Any

from django.core.mail import mailers
from django.db import OperationalError, close_old_connections

from monarca.ground.letters import actions, queries
from monarca.ground.letters.http import message
from monarca.ground.letters.models import Letter
from monarca.kit.command import Command as Base
from monarca.kit.command import Parser, now

LOG = logging.getLogger(__name__)
SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Command(Base):
    help = "Send the letters that wait in the outbox. Several workers may run at once."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        super().add_arguments(parser)
        parser.add_argument("--once", action="store_true", help="send what is due, then end")
        parser.add_argument(
            "--pause", type=float, default=2.0, metavar="SECONDS", help="between two looks"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        stop = Event()
        count = send_due(stop) if options["once"] else until_told(stop, pause=options["pause"])
        self.tell({"sent": count}, f"{count} letters sent", as_json=options["json"])


def until_told(stop: Event, *, pause: float) -> int:
    """Run until SIGTERM or SIGINT: the letter in hand is finished, the next not begun."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in SIGNALS:
        signal.signal(number, lambda *_: stop.set())
    try:
        return run(stop, pause=pause)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(stop: Event, *, pause: float) -> int:
    """Look, send, wait; a database that is away for a moment is waited for."""
    count = 0
    while not stop.is_set():
        close_old_connections()
        try:
            count += send_due(stop)
        except OperationalError as away:
            LOG.warning("The database does not answer: %s", away)
        stop.wait(pause)
    return count


def send_due(stop: Event) -> int:
    """Send everything that is due now, one letter a transaction; how many left the house."""
    actions.beat("worker", by=None, at=now())
    count = 0
    while not stop.is_set() and queries.due(at=now()).exists():
        letter = actions.claim(by=None, at=now())
        if letter is not None:
            count += send(letter)
    return count


def send(letter: Letter) -> int:
    """Hand one claimed letter to the post; a failure is kept with the letter."""
    try:
        mailers["post"].send_messages([message(letter)])
    except (OSError, ValueError) as problem:
        told = f"{type(problem).__name__}: {problem}"
        actions.failed(letter, by=None, at=now(), problem=told)
        return 0
    actions.sent(letter, by=None, at=now())
    return 1
