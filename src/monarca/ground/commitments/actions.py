"""Everything that can happen to a commitment: made, worded anew, reported on, ended, published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Model

from monarca.engines import references
from monarca.engines.states import MoveRefused
from monarca.ground.commitments import policy, queries
from monarca.ground.commitments.models import Aim, Commitment, Owner, Progress, Wording
from monarca.ground.commitments.states import ENDED, MOVES, OPEN, Status
from monarca.ground.files.models import File
from monarca.ground.journal.actions import label, record
from monarca.ground.letters import actions as letters
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import SEALED
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move

HEAD = "CMT"
DOES: Mapping[str, str] = {
    Status.UNDER_WAY: "begin",
    Status.KEPT: "keep",
    Status.PARTLY_KEPT: "keep_in_part",
    Status.NOT_KEPT: "miss",
    Status.WITHDRAWN: "withdraw",
}


class NothingPromised(Refused):
    """A commitment needs its text in at least one language."""


class NoEvidence(Refused):
    """A commitment is ended only with evidence that others can look at."""


class AlreadyEnded(Refused):
    """What has ended is worded no more, and is reported on only when it is opened again."""


class DueBeforePromised(Refused):
    """Nothing is due before it was promised."""


class SealedStaysSealed(Refused):
    """What is sealed is never put before the public."""


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
    page it was made on, without a language.
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


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says became of it: in their own words and language, with what shows it.

    `status` "" leaves it as it is. Evidence is an address others can open, or a file.
    """

    note: str
    language: str
    status: str = ""
    percent: int | None = None
    evidence_url: str = ""
    evidence: File | None = None
    is_public: bool = False


@transaction.atomic
def deposit(promise: Promise, *, source: Model | None, by: User | None, at: datetime) -> Commitment:
    """Write a commitment into the register, inside another room's own act.

    Raises `NothingPromised` and `DueBeforePromised`, and `SealedStaysSealed` when a sealed one
    is said to be public.
    """
    require(policy.may_deposit(by))
    return _made(promise, source=source, by=by, at=at)


@transaction.atomic
def promise(given: Promise, *, by: User | None, at: datetime) -> Commitment:
    """Enter a commitment by hand. Raises what `deposit` does."""
    require(policy.may_promise(by, given.mission, at=at))
    return _made(given, source=None, by=by, at=at)


def _made(given: Promise, *, source: Model | None, by: User | None, at: datetime) -> Commitment:
    _check(given)
    made = Commitment.objects.create(
        reference=references.make(HEAD),
        mission=given.mission,
        origin=given.origin,
        source=label(source) if source else "",
        source_name=dict(given.source_name or {}),
        source_path=given.source_path,
        pillar=given.pillar,
        text=dict(given.text),
        status=Status.PROMISED,
        promised_on=given.promised_on,
        due_on=given.due_on,
        is_public=given.is_public,
        is_sealed=given.readers is not None,
        next_report_on=queries.next_report(max(given.promised_on, at.date())),
        made_at=at,
    )
    Aim.objects.bulk_create(Aim(commitment=made, aim=aim) for aim in sorted(set(given.aims)))
    _word(made, "", by=by, at=at)
    for holder in given.owners:
        _name(made, holder, at=at)
    for reader in given.readers or ():
        people.open_to(reader, made, by=by, at=at, reason=SEALED)
    record("commitment.made", made, by=by, at=at, origin=given.origin, source=made.source)
    return made


def _check(given: Promise) -> None:
    if not any(words.strip() for words in given.text.values()):
        raise NothingPromised
    if given.due_on and given.due_on < given.promised_on:
        raise DueBeforePromised(promised_on=given.promised_on.isoformat())
    if given.readers is not None and given.is_public:
        raise SealedStaysSealed


def _word(commitment: Commitment, reason: str, *, by: User | None, at: datetime) -> None:
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


def _name(commitment: Commitment, holder: Holder, *, at: datetime) -> Owner:
    return Owner.objects.create(
        commitment=commitment, side=holder.side, name=holder.name, user=holder.user, since=at
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
    """Word it anew, or for another day; every earlier wording stays.

    Raises `AlreadyEnded`, `NothingPromised` and `DueBeforePromised`.
    """
    require(policy.may_keep(by, commitment, at=at))
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.status not in OPEN:
        raise AlreadyEnded
    if not any(words.strip() for words in text.values()):
        raise NothingPromised
    if due_on and due_on < held.promised_on:
        raise DueBeforePromised(promised_on=held.promised_on.isoformat())
    held.text, held.due_on = dict(text), due_on
    held.save(update_fields=["text", "due_on"])
    _word(held, reason, by=by, at=at)
    record("commitment.worded", held, by=by, at=at)
    return held


@transaction.atomic
def report(commitment: Commitment, given: Report, *, by: User | None, at: datetime) -> Progress:
    """Say what became of it. Ending it needs a keeper of the register, and evidence.

    Raises `NoEvidence`, `AlreadyEnded` and `MoveRefused`.
    """
    require(policy.may_report(by, commitment, at=at))
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.status in ENDED:
        raise AlreadyEnded
    wanted = given.status or held.status
    if wanted in ENDED:
        require(policy.may_keep(by, held, at=at))
        if not (given.evidence_url.strip() or given.evidence):
            raise NoEvidence
    if wanted != held.status:
        _move(held, wanted, at=at)
    held.next_report_on = None if wanted in ENDED else queries.next_report(at.date())
    held.save(update_fields=["next_report_on"])
    made = _written(held, given, by=by, at=at)
    record("commitment.reported", held, by=by, at=at, status=wanted, progress=made.pk)
    return made


def _move(held: Commitment, wanted: str, *, at: datetime) -> None:
    if wanted not in DOES:
        raise MoveRefused(f"{wanted}: no move leads there")
    changes = {"ended_at": at} if wanted in ENDED else {}
    move(held, MOVES, DOES[wanted], **changes)


def _written(held: Commitment, given: Report, *, by: User | None, at: datetime) -> Progress:
    own = queries.owners_of(held, at=at).filter(user=by).first() if by else None
    return Progress.objects.create(
        commitment=held,
        status=held.status,
        note=given.note,
        language=given.language,
        percent=given.percent,
        evidence_url=given.evidence_url.strip(),
        evidence=given.evidence,
        is_public=given.is_public and not held.is_sealed,
        side=own.side if own else "",
        by=by,
        at=at,
    )


@transaction.atomic
def reopen(commitment: Commitment, *, reason: str, by: User | None, at: datetime) -> Commitment:
    """Open again what was ended by mistake or too early; the history keeps both. `MoveRefused`."""
    require(policy.may_keep(by, commitment, at=at))
    held = move(commitment, MOVES, "reopen", ended_at=None)
    held.next_report_on = queries.next_report(at.date())
    held.save(update_fields=["next_report_on"])
    language = by.language if by else "en"
    made = _written(held, Report(note=reason, language=language), by=by, at=at)
    record("commitment.reopened", held, by=by, at=at, progress=made.pk)
    return held


@transaction.atomic
def name_owner(commitment: Commitment, holder: Holder, *, by: User | None, at: datetime) -> Owner:
    """From now on this institution, and this person, answer for it."""
    require(policy.may_keep(by, commitment, at=at))
    made = _name(commitment, holder, at=at)
    record("commitment.owner_named", commitment, by=by, at=at, owner=made.pk, side=made.side)
    return made


@transaction.atomic
def release_owner(owner: Owner, *, by: User | None, at: datetime) -> Owner:
    """They answer for it no longer; that they did stays known."""
    require(policy.may_keep(by, owner.commitment, at=at))
    owner.until = at
    owner.save(update_fields=["until"])
    record("commitment.owner_released", owner.commitment, by=by, at=at, owner=owner.pk)
    return owner


@transaction.atomic
def show(commitment: Commitment, *, public: bool, by: User | None, at: datetime) -> Commitment:
    """Put it before the public, or take it back. Raises `SealedStaysSealed`."""
    if commitment.is_sealed and public:
        raise SealedStaysSealed
    require(policy.may_publish(by, commitment, at=at))
    commitment.is_public = public
    commitment.save(update_fields=["is_public"])
    verb = "commitment.published" if public else "commitment.withheld"
    record(verb, commitment, by=by, at=at)
    return commitment


@transaction.atomic
def remind(commitment: Commitment, *, by: User | None, at: datetime) -> int:
    """Ask its owners how far it is, once a quarter; how many letters were written.

    Run twice on one day it asks once: the next day of asking moves with the letter.
    """
    require(policy.may_remind(by))
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.next_report_on is None or held.next_report_on > at.date():
        return 0
    held.next_report_on = queries.next_report(at.date())
    held.save(update_fields=["next_report_on"])
    asked = [owner.user for owner in queries.owners_of(held, at=at) if owner.user]
    for user in {one.pk: one for one in asked}.values():
        letters.write(
            "commitment.report_due",
            to=user,
            by=None,
            at=at,
            about=held,
            reference=held.reference,
            address=f"/commitments/{held.reference}/",
        )
    record("commitment.asked", held, by=None, command="tick", at=at, owners=len(asked))
    return len(asked)
