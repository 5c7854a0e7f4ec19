"""A commitment is made, by another room's act or by hand, and worded anew with its history kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Model

from monarca.engines import references
from monarca.ground.commitments import policy, queries
from monarca.ground.commitments.models import Aim, Commitment, Owner, Sought, Wording
from monarca.ground.commitments.states import OPEN, Aims, Origins, Pillars, Status, bits_of
from monarca.ground.journal.actions import label, record
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import SEALED
from monarca.kit import trilingual
from monarca.kit.guard import Refused, require

HEAD = "CMT"
AS_GIVEN = (
    *("mission", "origin", "source_path", "external_id", "pillar"),
    *("promised_on", "due_on", "is_public"),
)


class NothingPromised(Refused):
    """A commitment needs its text in at least one language."""


class DueBeforePromised(Refused):
    """Nothing is due before it was promised."""


class PromisedOutOfReason(Refused):
    """The day of a promise lies where somebody could have meant it."""


class DueInALifetime(Refused):
    """What is due a lifetime after it was promised is due never."""


class AlreadyWritten(Refused):
    """The same person wrote the same commitment down moments ago."""


class WordedWhereItWasMade(Refused):
    """What another room deposited is worded by that room's own act alone."""


class SealedStaysSealed(Refused):
    """What is sealed is never put before the public."""


class AlreadyEnded(Refused):
    """What has ended is worded no more, and is reported on only when it is opened again."""


class SameWording(Refused):
    """A new wording differs from the one in force."""


class NoReason(Refused):
    """Whoever words a commitment anew, or opens it again, says why."""


class OwnerUnnamed(Refused):
    """An owner is an institution with a name."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers for it on one side; `user` is the person asked each quarter, if known."""

    side: str
    name: str
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What is deposited: the words, where they come from, who owes them, and who may read them.

    `readers` seals it: nobody else, owners excepted, knows that it exists. `source_path` is the
    page it was made on, without a language. `external_id` is its name in the file it came in.
    """

    mission: Mission
    origin: str
    text: Mapping[str, str]
    promised_on: date
    due_on: date | None = None
    pillar: str = ""
    aims: tuple[str, ...] = ()
    owners: tuple[Holder, ...] = ()
    source_name: Mapping[str, str] | None = None
    source_path: str = ""
    is_public: bool = False
    readers: tuple[User, ...] | None = None
    external_id: str = ""


@transaction.atomic
def deposit(promise: Promise, *, source: Model | None, by: User | None, at: datetime) -> Commitment:
    """Write a commitment into the register, inside another room's own act.

    Raises `NothingPromised`, `PromisedOutOfReason`, `DueBeforePromised`, `DueInALifetime` and
    `OwnerUnnamed`, and `SealedStaysSealed` when a sealed one is said to be public.
    """
    require(policy.may_deposit(by))
    return _made(promise, source=source, by=by, at=at)


@transaction.atomic
def promise(given: Promise, *, by: User | None, at: datetime) -> Commitment:
    """Enter a commitment by hand; only a manager makes it public at once.

    Raises what `deposit` does, and `AlreadyWritten` for a form that was sent twice.
    """
    require(policy.may_promise(by, given.mission, at=at))
    if given.is_public:
        require(policy.may_publish_at(by, given.mission, at=at))
    if by:
        _check_once(given, by=by, at=at)
    return _made(given, source=None, by=by, at=at)


def _check_once(given: Promise, *, by: User, at: datetime) -> None:
    """One after the other, even when both forms arrive at once. Raises `AlreadyWritten`."""
    User.objects.select_for_update().get(pk=by.pk)
    days = (given.promised_on, given.due_on)
    text, origin = _words(given.text), given.origin
    there = queries.written_just_now(given.mission, by, days=days, origin=origin, text=text, at=at)
    if there:
        raise AlreadyWritten(reference=there.reference)


def _made(given: Promise, *, source: Model | None, by: User | None, at: datetime) -> Commitment:
    _check(given, at=at)
    made = Commitment.objects.create(
        reference=_reference(),
        source=label(source) if source else "",
        source_name=_words(given.source_name or {}),
        text=_words(given.text),
        aim_bits=bits_of(given.aims),
        status=Status.PROMISED,
        published_at=at if given.is_public else None,
        is_sealed=given.readers is not None,
        next_report_on=queries.next_report(max(given.promised_on, at.date())),
        made_at=at,
        **{name: getattr(given, name) for name in AS_GIVEN},
    )
    _dress(made, given, by=by, at=at)
    record("commitment.made", made, by=by, at=at, source=made.source, origin=made.origin)
    return made


def _reference() -> str:
    """One that no commitment has: there are a million of them, and a register may be long."""
    while True:
        drawn = references.make(HEAD)
        if not Commitment.objects.filter(reference=drawn).exists():
            return drawn


def _dress(made: Commitment, given: Promise, *, by: User | None, at: datetime) -> None:
    """Aims, first wording, owners and readers of a commitment that was just written."""
    Aim.objects.bulk_create(Aim(commitment=made, aim=aim) for aim in sorted(set(given.aims)))
    _word(made, "", by=by, at=at)
    for holder in given.owners:
        Owner.objects.create(
            commitment=made, side=holder.side, name=holder.name.strip(), user=holder.user, since=at
        )
    for reader in given.readers or ():
        people.open_to(reader, made, by=by, at=at, reason=SEALED)


def _check(given: Promise, *, at: datetime) -> None:
    """Raises the refusals of `deposit`; ValueError for a code that no list knows."""
    if not _words(given.text):
        raise NothingPromised
    if odd := queries.strange_promise(given.promised_on, at=at):
        raise PromisedOutOfReason(odd)
    _check_due(given.promised_on, given.due_on)
    if given.readers is not None and given.is_public:
        raise SealedStaysSealed
    if not all(holder.name.strip() for holder in given.owners):
        raise OwnerUnnamed
    strange = {given.origin} - set(Origins.values) | set(given.aims) - set(Aims.values)
    strange |= {given.pillar} - {*Pillars.values, ""}
    if strange:
        raise ValueError(f"no such origin, aim or pillar: {sorted(strange)}")


def _check_due(promised_on: date, due_on: date | None) -> None:
    strange = queries.strange_due(promised_on, due_on)
    if strange and strange.code == DueBeforePromised.__name__:
        raise DueBeforePromised(strange)
    if strange:
        raise DueInALifetime(strange)


def _words(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts without blanks around them, and without languages that say nothing."""
    told = {code: texts.get(code, "").strip() for code in trilingual.LANGUAGES}
    return {code: text for code, text in told.items() if text}


def _word(commitment: Commitment, reason: str, *, by: User | None, at: datetime) -> None:
    """One more wording in the history, and the words by which it is found from now on."""
    last = Wording.objects.filter(commitment=commitment).aggregate(last=Max("number"))["last"]
    Wording.objects.create(
        commitment=commitment,
        number=0 if last is None else last + 1,
        text=commitment.text,
        due_on=commitment.due_on,
        reason=reason,
        by=by,
        at=at,
    )
    Sought.objects.update_or_create(
        commitment=commitment, defaults=dict(queries.sought_words(commitment))
    )


@transaction.atomic
def reword(
    commitment: Commitment,
    text: Mapping[str, str],
    due_on: date | None,
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> Commitment:
    """Word it anew, or for another day, and say why; every earlier wording stays.

    Only what was entered by hand or came in a file: what a room deposited is worded by
    `reword_own` within that room's act. Raises `WordedWhereItWasMade`, `AlreadyEnded`,
    `NothingPromised`, `DueBeforePromised`, `DueInALifetime`, `NoReason`, `SameWording`.
    """
    require(policy.may_keep(by, commitment, at=at))
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.source:
        raise WordedWhereItWasMade(where=queries.where_made(held))
    return put_in_words(held, text, due_on, reason=reason, by=by, at=at)


def put_in_words(
    held: Commitment,
    text: Mapping[str, str],
    due_on: date | None,
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> Commitment:
    """The new wording of a row that is held: inside `reword` and `reword_own` alone."""
    _check_wording(held, _words(text), due_on, reason)
    held.text, held.due_on = _words(text), due_on
    held.save(update_fields=["text", "due_on"])
    _word(held, reason.strip(), by=by, at=at)
    record("commitment.worded", held, by=by, at=at)
    return held


def _check_wording(
    held: Commitment, text: Mapping[str, str], due_on: date | None, reason: str
) -> None:
    if held.status not in OPEN:
        raise AlreadyEnded
    if not text:
        raise NothingPromised
    _check_due(held.promised_on, due_on)
    if not reason.strip():
        raise NoReason
    if (text, due_on) == (held.text, held.due_on):
        raise SameWording
