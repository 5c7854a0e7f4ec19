"""What became of a commitment is said, with evidence; it ends, is opened again, or is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from monarca.engines.states import MoveRefused
from monarca.ground.commitments import policy, queries
from monarca.ground.commitments.actions.making import AlreadyEnded, NoReason
from monarca.ground.commitments.models import Commitment, Progress, TakenBack
from monarca.ground.commitments.states import ENDED, MOVES, Status
from monarca.ground.files import actions as files
from monarca.ground.files.models import File
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move

DOES: Mapping[str, str] = {
    Status.UNDER_WAY: "begin",
    Status.KEPT: "keep",
    Status.PARTLY_KEPT: "keep_in_part",
    Status.NOT_KEPT: "miss",
    Status.WITHDRAWN: "withdraw",
}


class NoEvidence(Refused):
    """A commitment is ended only with evidence that others can look at."""


class NotAnAddress(Refused):
    """Evidence is an address that a browser opens, never a script or a local file."""


class NotAShare(Refused):
    """How far it is lies between 0 and 100 per cent."""


class NothingSaid(Refused):
    """A report says something: words, evidence, or another status."""


class NotBeforeThePublic(Refused):
    """Words about a commitment that is not public are not public either."""


class ShownByPermissionAlone(Refused):
    """Of what a consultation deposited nothing is shown but by the people's own permission."""


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody says became of it: in their own words and language, with what shows it.

    `status` "" leaves it as it is. Evidence is an address others can open, or a file. What an
    owner writes is public once a keeper of the register shows it; a keeper's own at once.
    """

    note: str
    language: str
    status: str = ""
    percent: int | None = None
    evidence_url: str = ""
    evidence: File | None = None
    is_public: bool = False

    @property
    def has_evidence(self) -> bool:
        return bool(self.evidence_url.strip() or self.evidence)


class PaperRefused(Refused):
    """The file that should show it cannot be kept; the reason says why."""


@transaction.atomic
def tell(
    commitment: Commitment,
    given: Report,
    paper: tuple[bytes, str] | None,
    *,
    by: User,
    at: datetime,
) -> Progress:
    """Say what became of it, with a file (bytes, name) that is kept with the words, or not at all.

    Raises `PaperRefused`, and what `report` raises.
    """
    require(policy.may_report(by, commitment, at=at))
    if paper:
        try:
            given = replace(given, evidence=files.keep(*paper, by=by, at=at))
        except files.FileRefused as no:
            raise PaperRefused(no.reason) from no
    return report(commitment, given, by=by, at=at)


@transaction.atomic
def report(commitment: Commitment, given: Report, *, by: User | None, at: datetime) -> Progress:
    """Say what became of it. Ending it needs a keeper of the register, and evidence.

    Raises `NoEvidence`, `AlreadyEnded`, `NothingSaid`, `NotAShare`, `NotAnAddress`,
    `ShownByPermissionAlone` and `MoveRefused`.
    """
    require(policy.may_report(by, commitment, at=at))
    held = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if held.status in ENDED:
        raise AlreadyEnded
    if given.is_public and policy.is_lent(held):
        raise ShownByPermissionAlone(where=queries.where_made(held))
    wanted = given.status or held.status
    if wanted in ENDED:
        require(policy.may_keep(by, held, at=at))
    _check(held, given, wanted)
    if wanted != held.status:
        _move(held, wanted, at=at)
    held.next_report_on = None if wanted in ENDED else queries.next_report(at.date())
    held.save(update_fields=["next_report_on"])
    made = _written(held, given, by=by, at=at)
    record("commitment.reported", held, by=by, at=at, status=wanted, progress=made.pk)
    return made


def _check(held: Commitment, given: Report, wanted: str) -> None:
    if wanted in ENDED and not given.has_evidence:
        raise NoEvidence
    if not (given.note.strip() or given.has_evidence or wanted != held.status):
        raise NothingSaid
    if given.percent is not None and not 0 <= given.percent <= 100:
        raise NotAShare
    address = given.evidence_url.strip()
    if address and (not queries.is_address(address) or queries.is_its_own(address, held.reference)):
        raise NotAnAddress


def _move(held: Commitment, wanted: str, *, at: datetime) -> None:
    if wanted not in DOES:
        raise MoveRefused(f"{wanted}: no move leads there")
    changes = {"ended_at": at} if wanted in ENDED else {}
    move(held, MOVES, DOES[wanted], **changes)


def _written(held: Commitment, given: Report, *, by: User | None, at: datetime) -> Progress:
    own = queries.owners_of(held, at=at).filter(user=by).first() if by else None
    shown = given.is_public and not held.is_sealed and policy.may_keep(by, held, at=at)
    return Progress.objects.create(
        commitment=held,
        status=held.status,
        note=given.note.strip(),
        language=given.language,
        percent=given.percent,
        evidence_url=given.evidence_url.strip(),
        evidence=given.evidence,
        shown_at=at if shown else None,
        side=own.side if own else "",
        by=by,
        at=at,
    )


@transaction.atomic
def reopen(commitment: Commitment, *, reason: str, by: User | None, at: datetime) -> Commitment:
    """Open again what was ended by mistake or too early, and say why; the history keeps both.

    Raises `NoReason` and `MoveRefused`.
    """
    require(policy.may_keep(by, commitment, at=at))
    if not reason.strip():
        raise NoReason
    held = move(commitment, MOVES, "reopen", ended_at=None)
    held.next_report_on = queries.next_report(at.date())
    held.save(update_fields=["next_report_on"])
    language = by.language if by else "en"
    made = _written(held, Report(note=reason, language=language), by=by, at=at)
    record("commitment.reopened", held, by=by, at=at, progress=made.pk)
    return held


@transaction.atomic
def show_report(progress: Progress, *, by: User | None, at: datetime) -> Progress:
    """Put an owner's words before the public.

    Raises `NotBeforeThePublic`, and `ShownByPermissionAlone` for what a consultation deposited.
    """
    require(policy.may_keep(by, progress.commitment, at=at))
    if policy.is_lent(progress.commitment):
        raise ShownByPermissionAlone(where=queries.where_made(progress.commitment))
    if not progress.commitment.is_public or _is_taken_back(progress):
        raise NotBeforeThePublic
    if progress.shown_at is None:
        progress.shown_at = at
        progress.save(update_fields=["shown_at"])
        record("commitment.report_shown", progress.commitment, by=by, at=at, progress=progress.pk)
    return progress


@transaction.atomic
def hide_report(progress: Progress, *, by: User | None, at: datetime) -> Progress:
    """Take words back from the public, for good; the register keeps them."""
    require(policy.may_keep(by, progress.commitment, at=at))
    if progress.shown_at and not _is_taken_back(progress):
        TakenBack.objects.create(progress=progress, by=by, at=at)
        record("commitment.report_hidden", progress.commitment, by=by, at=at, progress=progress.pk)
    return progress


def _is_taken_back(progress: Progress) -> bool:
    return TakenBack.objects.filter(progress=progress).exists()
