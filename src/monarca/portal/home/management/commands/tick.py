"""`monarca tick`: the periodic work of every room, then the seal and the post; safe to run twice.

Run it every few minutes (cron, a systemd timer). Each room does its own part in its own
transactions; one that fails does not keep the others from theirs.
"""

import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Event
from typing import Any

from monarca.grants.calls import tasks as calls
from monarca.grants.payments import tasks as payments
from monarca.grants.reports import tasks as reports
from monarca.ground.commitments import tasks as commitments
from monarca.ground.journal import tasks as journal
from monarca.ground.letters.management.commands import worker
from monarca.kit.command import Command as Base
from monarca.kit.command import finish, now
from monarca.programmes.consultations import tasks as consultations
from monarca.programmes.youthlab import tasks as youthlab

LOG = logging.getLogger(__name__)


def post(*, at: datetime) -> int:  # noqa: ARG001
    """Send the letters that are due, as the worker would; each reads the clock when it leaves."""
    return worker.send_due(Event())


PARTS: Mapping[str, Callable[..., int]] = {
    "calls closed": calls.tick,
    "reports asked for, reminded or noted late": reports.tick,
    "debts noted or lifted": payments.tick,
    "owners of commitments asked": commitments.tick,
    "times of deliberation begun": consultations.tick,
    "lotteries and votes worked out": youthlab.tick,
    "letters sent": post,
    "journal entries sealed": journal.tick,
}


class Command(Base):
    help = "Do the periodic work once: close calls, remind, send letters, seal the journal."

    def handle(self, *_args: Any, **options: Any) -> None:
        at = now()
        done = {name: self.attempt(name, part, at=at) for name, part in PARTS.items()}
        lines = [f"{count} {name}" for name, count in done.items() if count is not None]
        self.tell({"at": at.isoformat(), "done": done}, "\n".join(lines), as_json=options["json"])
        if None in done.values():
            finish(1)

    def attempt(self, name: str, part: Callable[..., int], *, at: datetime) -> int | None:
        """Do one part; a failure is told and logged, and the other parts go on.

        The log says where and of which kind, never the message: it may carry a name.
        """
        try:
            return part(at=at)
        except Exception as problem:  # noqa: BLE001
            kind, where = type(problem).__name__, traceback.extract_tb(problem.__traceback__)[-1]
            LOG.warning("tick: %s: %s at %s:%s", name, kind, where.filename, where.lineno)
            self.remark(f"Not done: {name} ({kind}).")
            return None
