"""What happened and was said goes into the record: once, in any language, never changed after."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from monarca.engines import references
from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments.actions import Holder, Promise
from monarca.ground.commitments.states import Aims, Origins, Sides
from monarca.ground.journal.actions import record
from monarca.ground.letters import actions as letters
from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEALED
from monarca.kit import trilingual
from monarca.kit.guard import Refused, require
from monarca.programmes.consultations import policy, queries
from monarca.programmes.consultations.actions.protecting import (
    locked,
    require_day,
    require_open_time,
)
from monarca.programmes.consultations.actions.wishing import (
    heard,
    kept_file,
    known,
)
from monarca.programmes.consultations.models import Consultation, Item, Piece, Text
from monarca.programmes.consultations.queries.telling import Attached, Entering
from monarca.programmes.consultations.states import ENTERED, PROMISES, SPOKEN, THEIRS, Kind


class NotInThisPhase(Refused):
    """What is entered belongs to its phase."""


class NothingEntered(Refused):
    """An item says something: words, or a recording or paper."""


class FormMissing(Refused):
    """Of what was shared the record says in what form and in which language."""


class OwnerMissing(Refused):
    """A promise names who owes it, and is worded in Spanish, English or French too."""


class SpeakerMissing(Refused):
    """A position, an agreement, a condition, a dissent is somebody's: one of theirs."""


class AboutWhat(Refused):
    """An addition and an objection are about an item of the same record."""


class WordedAlready(Refused):
    """A language is written once; what is wrong with it is said in an addition."""


class LabelMissing(Refused):
    """A file says what it is."""


class SentBefore(Refused):
    """A form that was written into the record is not sent again with other words."""


@transaction.atomic
def enter(consultation: Consultation, given: Entering, *, by: User | None, at: datetime) -> Item:
    """Enter one item; an agreement deposits its commitment in the same act.

    While the people deliberate by themselves only they add or object. Raises `TimeIsTheirs`,
    `WithinTheirTime`, `NotYetHappened`, `NotInThisPhase`, and the refusals of this module.
    """
    _require_right(consultation, given, by=by, at=at)
    held = locked(consultation)
    standing = written_before(held, given, by=by)
    if standing:
        return standing
    given = _as_sealed_as(given, at=at)
    _require_time(held, given, by=by, at=at)
    check(held, given)
    made = written(held, given, by=by, at=at)
    if made.kind == Kind.AGREEMENT:
        deposit(made, by=by, at=at)
    tell(held, by=by, at=at)
    return made


def _require_right(
    consultation: Consultation, given: Entering, *, by: User | None, at: datetime
) -> None:
    may = policy.may_speak if given.kind in THEIRS else policy.may_run
    require(may(by, consultation, at=at))
    if given.about is not None:
        require(policy.may_touch(by, given.about, at=at))


def _as_sealed_as(given: Entering, *, at: datetime) -> Entering:
    """What is said about a sealed item is sealed like it, if it was sealed an instant ago too."""
    about = Item.objects.get(pk=given.about.pk) if given.about else None
    if about is None or about.sealed_at is None:
        return given
    readers = (*(given.readers or ()), *queries.readers_of(about, at=at))
    return replace(given, readers=readers)


def written_before(held: Consultation, given: Entering, *, by: User | None) -> Item | None:
    """What the very form that is sent made when it was sent before: a double press acts once.

    The code of the item is drawn with the page (`views.asking`), and the record is held while it
    is looked for. Raises `SentBefore` when other words are sent with that form now.
    """
    rows = Item.objects.filter(consultation=held, code=given.code) if given.code else None
    found = rows.first() if rows is not None else None
    if found is None:
        return None
    words = {one.language: one.text for one in Text.objects.filter(item=found)}
    sent = {code: text.strip() for code, text in given.texts.items() if text.strip()}
    same = ("kind", "on", "result", "owner_side", "owner_name", "due_on")
    is_same = all(getattr(found, name) == getattr(given, name) for name in same)
    if not (is_same and words == sent and found.by_id == (by.pk if by else None)):
        raise SentBefore
    return found


def _require_time(held: Consultation, given: Entering, *, by: User | None, at: datetime) -> None:
    """A representative's own addition or objection is never out of time."""
    require_day(held, given.on, at=at)
    if given.kind in THEIRS and queries.speaks(by, held, at=at):
        return
    require_open_time(held, given.on, at=at)


def check(held: Consultation, given: Entering) -> None:
    """Raises the refusals of what is incomplete or out of its phase."""
    if held.status not in ENTERED.get(given.kind, frozenset()):
        raise NotInThisPhase
    if not any(text.strip() for text in given.texts.values()) and not given.pieces:
        raise NothingEntered
    if given.kind == Kind.SHARED and not (given.form and given.shared_in):
        raise FormMissing
    if given.kind in SPOKEN and given.wish is None:
        raise SpeakerMissing
    if given.kind in THEIRS and (given.about is None or given.about.consultation_id != held.pk):
        raise AboutWhat
    ours = any(given.texts.get(code, "").strip() for code in trilingual.LANGUAGES)
    if given.kind in PROMISES and not (given.owner_side and given.owner_name.strip() and ours):
        raise OwnerMissing
    if given.due_on and given.due_on < given.on:
        raise commitments.DueBeforePromised(promised_on=given.on.isoformat())


def written(held: Consultation, given: Entering, *, by: User | None, at: datetime) -> Item:
    """The rows of one item, behind every check."""
    said: Mapping[str, Any] = {"by": by, "at": at}
    if given.wish:
        said = heard(given.wish, held, by=by, at=at)
    made = Item.objects.create(
        consultation=held,
        code=given.code or references.make("R"),
        kind=given.kind,
        phase=held.status,
        on=given.on,
        form=given.form,
        shared_in=known(given.shared_in),
        about=given.about,
        due_on=given.due_on,
        owner_side=given.owner_side,
        owner_name=given.owner_name.strip(),
        result=given.result,
        sealed_at=at if given.readers is not None else None,
        **said,
    )
    _dress(made, given, by=by, at=at)
    record("item.entered", made, by=by, at=at, kind=made.kind, phase=made.phase)
    return made


def _dress(made: Item, given: Entering, *, by: User | None, at: datetime) -> None:
    for language, text in given.texts.items():
        if text.strip():
            _text(made, language, text, by=by, at=at)
    for piece in given.pieces:
        _piece(made, piece, by=by, at=at)
    if given.readers is not None:
        open_to_readers(made, given.readers, by=by, at=at)


def open_to_readers(
    made: Item, readers: tuple[User, ...], *, by: User | None, at: datetime
) -> None:
    """Name the readers of a sealed item: these, the representatives, and who sealed it."""
    speakers = queries.representatives(made.consultation, at=at)
    named = [*readers, *(one.user for one in speakers if one.user), *([by] if by else [])]
    for user in dict.fromkeys(named):
        people.open_to(user, made, by=by, at=at, reason=SEALED)


def _text(item: Item, language: str, text: str, *, by: User | None, at: datetime) -> Text:
    if not language or Text.objects.filter(item=item, language=known(language)).exists():
        raise WordedAlready
    return Text.objects.create(item=item, language=language, text=text.strip(), by=by, at=at)


def _piece(item: Item, given: Attached, *, by: User | None, at: datetime) -> Piece:
    if not given.label.strip():
        raise LabelMissing
    last = Piece.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0
    file = kept_file(given.upload, by=by, at=at)
    told = {
        "language": known(given.language),
        "label": given.label.strip()[:200],
        "transcript": given.transcript.strip(),
    }
    standing = Piece.objects.filter(item=item, file__sha256=file.sha256, **told).first()
    if standing:
        return standing
    return Piece.objects.create(item=item, number=last + 1, file=file, by=by, at=at, **told)


def deposit(item: Item, *, by: User | None, at: datetime) -> None:
    """The commitment of an agreement or condition, owed on both sides; shown when they permit.

    Of what is sealed nobody reads it but who reads the item, whoever concludes; and who said it
    is asked about it as long as they speak for the people.
    """
    held = item.consultation
    texts = {one.language: one.text for one in Text.objects.filter(item=item)}
    speaker = item.representative.user if item.representative else None
    owners = (
        Holder(item.owner_side, item.owner_name),
        Holder(
            Sides.OTHER, held.community, speaker if queries.speaks(speaker, held, at=at) else None
        ),
    )
    is_sealed = item.sealed_at is not None or held.is_sealed
    promise = Promise(
        mission=held.mission,
        origin=Origins.CONSULTATION,
        text={code: texts[code] for code in trilingual.LANGUAGES if code in texts},
        promised_on=item.on,
        due_on=item.due_on,
        aims=(Aims.RIGHTS,),
        owners=owners,
        source_name=held.title,
        source_path=f"/consultations/{held.reference}/",
        readers=tuple(queries.knowing(item, at=at)) if is_sealed else None,
    )
    commitments.deposit(promise, source=item, by=by, at=at)


def tell(held: Consultation, *, by: User | None, at: datetime) -> None:
    """A letter to every representative with an account, the one who acts excepted."""
    for one in queries.representatives(held, at=at):
        if one.user and (by is None or one.user_id != by.pk):
            address = f"/consultations/{held.reference}/record/"
            given: dict[str, Any] = {"reference": held.reference, "address": address}
            letters.write("consultation.news", to=one.user, by=by, at=at, about=held, **given)


@transaction.atomic
def add_text(item: Item, language: str, text: str, *, by: User | None, at: datetime) -> Text:
    """Say the same in one more language. Raises `WordedAlready`, `NothingEntered`, `TimeIsTheirs`.

    A permission that was given before does not cover it.
    """
    require(policy.may_touch(by, item, at=at))
    held = locked(item.consultation)
    if not queries.speaks(by, held, at=at):
        require_open_time(held, queries.today(held, at=at), at=at)
    if not text.strip():
        raise NothingEntered
    made = _text(item, language, text, by=by, at=at)
    record("item.worded", item, by=by, at=at, language=language)
    return made


@transaction.atomic
def add_piece(item: Item, given: Attached, *, by: User | None, at: datetime) -> Piece:
    """Put a recording or a paper beside an item. Raises `LabelMissing`, `TimeIsTheirs`."""
    require(policy.may_touch(by, item, at=at))
    held = locked(item.consultation)
    if not queries.speaks(by, held, at=at):
        require_open_time(held, queries.today(held, at=at), at=at)
    made = _piece(item, given, by=by, at=at)
    record("item.accompanied", item, by=by, at=at, sha256=made.file.sha256)
    return made
