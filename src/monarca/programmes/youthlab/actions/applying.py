"""Applying: saved whatever it says, sent when whole, corrected until closing, taken back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from secrets import token_bytes
from typing import Any

from django.db import IntegrityError, transaction

from monarca.engines import references
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.youthlab import policy, queries
from monarca.programmes.youthlab.models import Candidacy, Draft, Edition, Lottery, Ruling
from monarca.programmes.youthlab.states import SENDING, Reasons, Sent

HEAD = "P"


class NotOpen(Refused):
    """Applications are taken from the opening until the closing instant, and not after."""


class NotWhole(Refused):
    """Something that is needed is missing."""


class ReasonForNo(Refused):
    """Who may not take part is told why; who may needs no reason."""


class PoolIsFrozen(Refused):
    """A lottery was prepared from this pool: who is in it stands."""


class TakenBack(Refused):
    """This application was taken back."""


@transaction.atomic
def start(
    edition: Edition,
    *,
    by: User,
    at: datetime,
    language: str,
    random: Callable[[int], bytes] = token_bytes,
) -> Candidacy:
    """Begin an application, or find the one there is. Raises `NotOpen`.

    `random(n)` gives n random bytes, for a reference and a number that nobody can guess.
    """
    require(policy.may_apply(by, edition, at=at))
    known = Candidacy.objects.filter(edition=edition, person=by).first()
    if known and known.status != Sent.WITHDRAWN:
        return known
    if queries.phase(edition, at=at) != "open":
        raise NotOpen(closes_at=edition.closes_at.isoformat())
    if known:
        return _again(known, by=by, at=at)
    made = _begun(edition, by, at, language, random)
    record("youth_application.started", made, by=by, at=at)
    return made


def _again(known: Candidacy, *, by: User, at: datetime) -> Candidacy:
    """Who took an application back may apply again while it is open, from an empty page."""
    Candidacy.objects.filter(pk=known.pk).update(
        status=Sent.DRAFT, sent_at=None, withdrawn_at=None, started_at=at, saved_at=at
    )
    known.refresh_from_db()
    record("youth_application.started_again", known, by=by, at=at)
    return known


def _begun(
    edition: Edition, by: User, at: datetime, language: str, random: Callable[[int], bytes]
) -> Candidacy:
    """A reference and a number that nobody can guess, or tell from one another."""
    for _attempt in range(5):
        try:
            with transaction.atomic():
                return Candidacy.objects.create(
                    edition=edition,
                    person=by,
                    reference=references.make(edition.code, random),
                    number=references.make(HEAD, random),
                    language=language,
                    status=Sent.DRAFT,
                    words={"name": by.name} if by.name else {},
                    started_at=at,
                    saved_at=at,
                )
        except IntegrityError:
            known = Candidacy.objects.filter(edition=edition, person=by).first()
            if known:
                return known
    raise RuntimeError("no reference is free")


@transaction.atomic
def save_answers(
    candidacy: Candidacy,
    words: Mapping[str, Any],
    traits: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
) -> Candidacy:
    """Keep what was typed, whole or not; only what is given changes. Raises `NotOpen`."""
    require(policy.may_write(by, candidacy))
    held = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    _still_open(held, by=by, at=at)
    held.words = {**held.words, **words}
    held.traits = {**held.traits, **traits}
    held.saved_at = at
    held.save(update_fields=["words", "traits", "saved_at"])
    return held


@transaction.atomic
def keep(place: str, words: Mapping[str, str], *, by: User, at: datetime) -> Draft | None:
    """Keep what somebody typed in a box and has not sent; nothing typed forgets the draft."""
    require(by.is_active)
    if not any(str(each).strip() for each in words.values()):
        Draft.objects.filter(person=by, place=place).delete()
        return None
    made, _new = Draft.objects.update_or_create(
        person=by, place=place, defaults={"words": dict(words), "at": at}
    )
    return made


@transaction.atomic
def send(candidacy: Candidacy, *, by: User, at: datetime) -> Candidacy:
    """Send it, or send it corrected. Raises `NotOpen` and `NotWhole`.

    What was sent last is what counts at the closing instant.
    """
    require(policy.may_write(by, candidacy))
    held = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    _still_open(held, by=by, at=at)
    missing = queries.gaps(held)
    if missing:
        raise NotWhole(missing=len(missing))
    again = held.status == Sent.SENT
    Ruling.objects.filter(candidacy=held).delete()
    held = move(held, SENDING, "send", sent_words=held.words, sent_traits=held.traits, sent_at=at)
    verb = "youth_application.corrected" if again else "youth_application.sent"
    record(verb, held, by=by, at=at)
    if not again:
        _tell("youth.received", held, by=by, at=at)
    return held


@transaction.atomic
def withdraw(candidacy: Candidacy, *, by: User, at: datetime) -> Candidacy:
    """Take it back; everything the person said of themselves is erased.

    Also after the closing, until a lottery is prepared from it. Raises `TakenBack`,
    `PoolIsFrozen`.
    """
    require(policy.may_write(by, candidacy))
    Edition.objects.select_for_update().get(pk=candidacy.edition_id)
    held = Candidacy.objects.select_for_update().get(pk=candidacy.pk)
    if held.status == Sent.WITHDRAWN:
        raise TakenBack
    if not policy.may_withdraw(by, held):
        raise PoolIsFrozen
    _blank(held)
    Ruling.objects.filter(candidacy=held).delete()
    nothing: dict[str, Any] = {"words": {}, "traits": {}, "sent_words": {}, "sent_traits": {}}
    held = move(held, SENDING, "withdraw", withdrawn_at=at, **nothing)
    record("youth_application.withdrawn", held, by=by, at=at)
    return held


def _blank(held: Candidacy) -> None:
    """A lottery that was given up forgets the answers; the number stays and counts."""
    rows = Lottery.objects.filter(edition=held.edition_id, pool__has_key=held.number)
    for each in rows.select_for_update():
        each.pool[held.number] = {}
        each.save(update_fields=["pool"])


@transaction.atomic
def rule(
    candidacy: Candidacy, *, is_eligible: bool, reason: str = "", by: User, at: datetime
) -> Ruling:
    """Say whether this person may take part, with a reason where not.

    Raises `ReasonForNo`, `TakenBack`, and `PoolIsFrozen` once a lottery was prepared.
    """
    require(policy.may_check(by, candidacy, at=at))
    held = Candidacy.objects.select_for_update().select_related("edition").get(pk=candidacy.pk)
    if held.status != Sent.SENT:
        raise TakenBack
    if is_eligible == bool(reason) or (reason and reason not in Reasons.values):
        raise ReasonForNo
    if queries.under_way(held.edition) or queries.first_drawn(held.edition):
        raise PoolIsFrozen
    made, _new = Ruling.objects.update_or_create(
        candidacy=held,
        defaults={"is_eligible": is_eligible, "reason": reason, "by": by, "at": at},
    )
    verb = "youth_application.found_eligible" if is_eligible else "youth_application.refused"
    record(verb, held, by=by, at=at)
    return made


def _still_open(held: Candidacy, *, by: User, at: datetime) -> None:
    if held.status == Sent.WITHDRAWN:
        raise TakenBack
    if not policy.may_correct(by, held, at=at):
        raise NotOpen(closes_at=held.edition.closes_at.isoformat())


def _tell(key: str, candidacy: Candidacy, *, by: User | None, at: datetime) -> None:
    """A letter says what happened and where to look; never what a person said of themselves."""
    edition = candidacy.edition
    letters.write(
        key,
        to=candidacy.person,
        by=by,
        at=at,
        about=candidacy,
        reference=candidacy.reference,
        edition=edition.name,
        address=f"/youthlab/{edition.code}/mine/",
    )
