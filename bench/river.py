"""The steps of the crowd down the river, and which room's pages to look at after each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import crowd as many
from bench import one
from bench.crowd import Crowd
from monarca.grants.applications.models import Application

type ByBulk = Callable[[Crowd], None]
type ByActs = Callable[[Application], None]


@dataclass(frozen=True, slots=True)
class Step:
    """What the crowd does next, and the room whose lists are longest then."""

    name: str
    room: str
    bulk: ByBulk
    acts: ByActs


def stay(_crowd: Crowd) -> None:
    """The crowd waits."""


STEPS = (
    Step("begun", "screening", many.begin, one.begin),
    Step("asked", "screening", many.ask, one.ask),
    Step("eligible", "reviews", many.conclude, one.conclude),
    Step("assigned", "reviews", many.assign, one.assign),
    Step("reviewed", "decisions", many.review, one.review),
    Step("convened", "decisions", stay, one.convene),
    Step("decided", "decisions", many.decide, one.decide),
    Step("confirmed", "agreements", many.confirm, one.confirm),
    Step("drafted", "agreements", many.draft, one.draft),
    Step("sent", "agreements", many.send, one.send),
    Step("signed", "payments", many.sign, one.sign),
    Step("asked to report", "reports", many.ask_to_report, one.ask_to_report),
    Step("reported", "reports", many.report, one.report),
    Step("accepted", "reports", many.accept, one.accept),
    Step("payment requested", "payments", many.request, one.request),
    Step("payment certified", "payments", many.certify, one.certify),
    Step("payment released", "payments", many.release, one.release),
    Step("paid", "payments", many.pay, one.pay),
)


def down(count: int) -> Iterator[tuple[str, str, Crowd]]:
    """(step, room, crowd) at each stop; at the last one, the sea, every room is looked at."""
    crowd = many.gather(count)
    yield "submitted", "screening", crowd
    for step in STEPS:
        step.acts(crowd.file)
        step.bulk(crowd)
        crowd.file.refresh_from_db()
        yield step.name, step.room, crowd
    yield "the sea", "", crowd
