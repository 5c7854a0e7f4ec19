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
    written_before,
)
from monarca.programmes.consultations.actions.owning import lapse
from monarca.programmes.consultations.actions.protecting import (
    NoTimeOfTheirOwn,
    locked,
    require_day,
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


class WithdrawnBeforeGiven(Refused):
    """Consent is not taken back before the day on which it was given."""


@transaction.atomic
def conclude(consultation: Consultation, given: Entering, *, by: User | None, at: datetime) -> Item:
    """Enter the outcome, as one of theirs said it; each condition becomes a commitment with it.

    Raises `TimeIsTheirs`, `NotInThisPhase`, `NobodyInformed`, `NoTimeOfTheirOwn`,
    `ConditionsMissing`, `ConditionsStand`, `SpeakerMissing`.
    """
    require(policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    standing = written_before(held, given, by=by)
    if standing:
        return standing
    require_open_time(held, given.on, at=at)
    conditions = list(Item.objects.filter(consultation=held, kind=Kind.CONDITION).order_by("pk"))
    _check(held, given, conditions)
    made = written(held, given, by=by, at=at)
    if given.result == Result.CONDITIONS:
        for condition in conditions:
            deposit(condition, by=by, at=at)
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

    What was decided (free, prior and informed consent, UNDRIP articles 19 and 32): consent that
    can be given can be taken back, and nobody may be shown the one without the other. So what
    depends on consent, which is the outcome, its conditions and what was said about them, is
    public no longer, its commitments included: the permission lapses, because the people gave it
    for words of a consent that stood. They may permit each of them anew; then every page of ours
    that shows one says on which day consent was withdrawn, whether or not they permit the words
    of the withdrawal, and the register of commitments, which cannot say so, stays without them.
    Agreements stand by themselves. Nothing is rewritten or ended: the record keeps that consent
    was given, and who owed a condition owes it until a keeper of the register says otherwise.

    Raises `NothingToWithdraw`, `SpeakerMissing`, `NotYetHappened`, `WithdrawnBeforeGiven`.
    """
    require(policy.may_speak(by, consultation, at=at))
    held = locked(consultation)
    standing = written_before(held, given, by=by)
    if standing:
        return standing
    outcome = queries.outcome(held)
    if outcome is None or outcome.result not in AGREED or queries.withdrawal(held):
        raise NothingToWithdraw
    if given.wish is None:
        raise SpeakerMissing
    require_day(held, given.on, at=at)
    if given.on < outcome.on:
        raise WithdrawnBeforeGiven(given_on=outcome.on.isoformat())
    made = written(held, given, by=by, at=at)
    for one in queries.bound(held):
        lapse(one, by=by, at=at)
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
