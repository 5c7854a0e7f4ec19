"""The people decide: consent, with conditions or without, or none; and consent is withdrawn."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.consultations import policy, queries
from monarca.programmes.consultations.actions.beginning import ReasonWanting
from monarca.programmes.consultations.actions.entering import (
    NotInThisPhase,
    SpeakerMissing,
    deposit,
    tell,
    written,
)
from monarca.programmes.consultations.actions.owning import lapse
from monarca.programmes.consultations.actions.protecting import (
    NoTimeOfTheirOwn,
    locked,
    require_open_time,
)
from monarca.programmes.consultations.models import Consultation, Item
from monarca.programmes.consultations.queries.telling import Entering
from monarca.programmes.consultations.states import AGREED, MOVES, Kind, Phase, Result


class NobodyInformed(Refused):
    """Nobody decides about what they were not told in a language of theirs."""


class ConditionsMissing(Refused):
    """Consent with conditions names them first."""


class ConditionsStand(Refused):
    """Where conditions stand, consent is with conditions."""


class NothingToWithdraw(Refused):
    """Consent that was not given, or was withdrawn already, cannot be withdrawn."""


@transaction.atomic
def conclude(consultation: Consultation, given: Entering, *, by: User | None, at: datetime) -> Item:
    """Enter the outcome, as one of theirs said it; each condition becomes a commitment with it.

    Raises `TimeIsTheirs`, `NotInThisPhase`, `NobodyInformed`, `NoTimeOfTheirOwn`,
    `ConditionsMissing`, `ConditionsStand`, `SpeakerMissing`.
    """
    require(policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    require_open_time(held, given.on, at=at)
    conditions = list(Item.objects.filter(consultation=held, kind=Kind.CONDITION).order_by("pk"))
    _check(held, given, conditions)
    made = written(held, given, by=by, at=at)
    if given.result == Result.CONDITIONS:
        for condition in conditions:
            readers = queries.readers_of(condition, at=at) if condition.sealed_at else None
            sealed = tuple(readers) if readers is not None else None
            deposit(condition, readers=sealed, by=by, at=at)
    move(held, MOVES, "conclude", concluded_at=at)
    tell(held, by=by, at=at)
    record("consultation.concluded", held, by=by, at=at, result=made.result)
    return made


def _check(held: Consultation, given: Entering, conditions: list[Item]) -> None:
    if held.status != Phase.DIALOGUE or given.kind != Kind.OUTCOME:
        raise NotInThisPhase
    if given.wish is None:
        raise SpeakerMissing
    if given.result not in Result.values or given.readers is not None:
        raise ValueError("an outcome is one of the four, and its readers are those of the record")
    if queries.last_protection(held) is None:
        raise NoTimeOfTheirOwn
    shared = Item.objects.filter(consultation=held, kind=Kind.SHARED)
    if not shared.filter(shared_in__in=held.languages).exists():
        raise NobodyInformed
    if given.result == Result.CONDITIONS and not conditions:
        raise ConditionsMissing
    if given.result == Result.CONSENT and conditions:
        raise ConditionsStand


@transaction.atomic
def withdraw(consultation: Consultation, given: Entering, *, by: User | None, at: datetime) -> Item:
    """The people take their consent back, at any time after they gave it.

    Everybody who could read the consent reads it no longer, until they permit it anew.

    Raises `NothingToWithdraw`, `SpeakerMissing`.
    """
    require(policy.may_speak(by, consultation, at=at))
    held = locked(consultation)
    outcome = queries.outcome(held)
    if outcome is None or outcome.result not in AGREED or queries.withdrawal(held):
        raise NothingToWithdraw
    if given.wish is None:
        raise SpeakerMissing
    made = written(held, given, by=by, at=at)
    lapse(outcome, by=by, at=at)
    tell(held, by=by, at=at)
    record("consultation.consent_withdrawn", held, by=by, at=at)
    return made


@transaction.atomic
def stop(
    consultation: Consultation,
    texts: Mapping[str, str],
    *,
    on: date,
    by: User | None,
    at: datetime,
) -> Consultation:
    """The matter is dropped before it was decided; the record says why. Raises `TimeIsTheirs`."""
    require(policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    require_open_time(held, on, at=at)
    if not any(text.strip() for text in texts.values()):
        raise ReasonWanting
    written(held, Entering(Kind.STEP, on, texts), by=by, at=at)
    move(held, MOVES, "stop")
    tell(held, by=by, at=at)
    record("consultation.stopped", held, by=by, at=at)
    return held
