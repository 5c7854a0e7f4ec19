"""Work that takes long: done outside of any transaction, each of its steps an act of its own."""

from collections.abc import Callable
from datetime import datetime

from monarca.engines import opinion, sortition
from monarca.programmes.youthlab import queries
from monarca.programmes.youthlab.actions import drawing, voting
from monarca.programmes.youthlab.models import Lottery, Round

STEP = 5
"""Progress is written down at every so many percent."""


def work_out(lottery: Lottery, *, at: datetime) -> bool:
    """Work out everybody's chance and the tickets. False: somebody else has it, or had it.

    Run twice, or again after a crash, it commits once: the tickets follow from pool and rules, and
    only who holds the lottery writes.
    """
    held = drawing.take(lottery, by=None, at=at)
    if held is None:
        return False
    try:
        task, relaxation = _task(held)
        step = stepping(held, at=at)
        chances = sortition.fair_chances(task, method=held.method, progress=step)
        tickets = sortition.table(chances)
    except sortition.CannotDraw as problem:
        return drawing.refuse(held, problem, by=None, at=at) is not None
    done = drawing.settle(held, chances, tickets, by=None, at=at, relaxation=relaxation)
    return done is not None


def _task(lottery: Lottery) -> tuple[sortition.Task, sortition.Relaxation | None]:
    """The whole draw, or the seats that are left; then perhaps with quotas that give way."""
    task = queries.task_of(lottery)
    if lottery.number == 1 or not (lottery.stays or lottery.gone):
        return task, None
    left = sortition.vacancy(task, staying=lottery.stays, declined=lottery.gone)
    return left.task, left.relaxation


def stepping(lottery: Lottery, *, at: datetime) -> Callable[[int, int], None]:
    """Write progress down, at most once every five percent."""
    last = [0]

    def step(done: int, whole: int) -> None:
        percent = min(99, done * 100 // max(1, whole))
        if percent >= last[0] + STEP:
            last[0] = percent
            drawing.progressed(lottery, percent, by=None, at=at)

    return step


def read_votes(held: Round, *, at: datetime) -> bool:
    """What the votes of a closed round say: statements first, groups only where they hold."""
    votes, texts = queries.ballots_of(held)
    found = opinion.survey(votes, texts)
    return voting.note_findings(held, found, by=None, at=at)
