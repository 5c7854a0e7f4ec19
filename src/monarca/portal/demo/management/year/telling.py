"""The whole sample year, chapter by chapter, as one transaction: all of it stands, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from monarca.engines import packs
from monarca.grants.calls import tasks as calls
from monarca.ground.journal import actions as journal
from monarca.portal.demo import actions
from monarca.portal.demo.management.year import (
    agreeing,
    arriving,
    calendar,
    climate,
    commitments,
    consultations,
    deciding,
    dialogues,
    disclosing,
    measuring,
    open_call,
    opening,
    paying,
    reporting,
    reviewing,
    screening,
    shares,
    stage,
    youthlab,
)
from monarca.portal.demo.management.year.stage import Year

CHAPTERS: tuple[tuple[str, Callable[[Year], None]], ...] = (
    ("Reading what arrived by mail", arriving.arrive),
    ("Screening", screening.screen),
    ("Reviews", reviewing.review),
    ("The committee", deciding.decide),
    ("A third reading", reviewing.third_readings),
    ("Agreements", agreeing.agree),
    ("What each project measures", measuring.plan),
    ("Advances", paying.advance),
    ("The committee again", deciding.decide_again),
    ("Agreements that change", agreeing.change),
    ("Reports", reporting.report),
    ("The rest of the money", paying.rest),
    ("Results", measuring.measure),
    ("What everybody may read", disclosing.disclose),
    ("Two sides meet: a dialogue, a working group, a position for a summit", dialogues.tell),
    ("Two peoples are consulted: one consents with conditions, one does not", consultations.tell),
    ("A Youth Lab, from the open application to the answers", youthlab.tell),
    ("Climate pledges and what is measured", climate.tell),
    ("A scarce thing divided under four rules", shares.tell),
    ("The action plan, promise by promise", commitments.tell),
)


TURNS = len(CHAPTERS) + 2
"""How many chapters are announced: these, the opening before them and the call of now after."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How many applications are added for tests of size, and from which seed."""

    applications: int = 0
    seed: int = 1


class Listener(Protocol):
    """Who hears how far it is: each chapter as it begins, and what came of it."""

    def begins(self, title: str) -> None: ...

    def says(self, words: str) -> None: ...


@transaction.atomic
def tell(listener: Listener, wish: Wish, *, at: datetime) -> datetime:
    """Make the year, then the call that is open at `at`; returns when that one closes."""
    definition = packs.read(stage.PACK).definition
    listener.begins("The mission, its people, its rates, the call of 2024")
    year = opening.open_year(definition, listener.says)
    calls.tick(at=calendar.CALL_IS_CLOSED)
    for title, chapter in CHAPTERS:
        listener.begins(title)
        chapter(year)
    if wish.applications:
        listener.says(f"{wish.applications} more applications, seed {wish.seed}")
        actions.multiply(
            year.call, by=None, at=calendar.EXPORTS, count=wish.applications, seed=wish.seed
        )
    listener.begins("The call that is open now")
    call = open_call.open_now(year, definition, at=at)
    listener.says(f"{journal.seal(by_calendar=True)} acts sealed into the journal")
    return call.closes_at
