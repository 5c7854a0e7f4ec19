"""Delegates at work: proposals with every reading kept, comments, amendments; rounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.youthlab import policy, queries
from monarca.programmes.youthlab.actions.editing import HasAnEnd
from monarca.programmes.youthlab.models import (
    Amendment,
    Candidacy,
    Comment,
    Draft,
    Edition,
    Proposal,
    Revision,
    Round,
    Theme,
)
from monarca.programmes.youthlab.states import FATES, SHARING, Fate, Rounds, Shared, Stage, Text


class BoxIsEmpty(Refused):
    """A proposal needs a title and a text, a comment or an amendment its text."""


class RoundIsClosed(Refused):
    """A round takes what arrives between its opening and its closing, and nothing after."""


class RoundNotOpenYet(Refused):
    """The round has not opened."""


class NotShared(Refused):
    """Nobody comments on a proposal that its author has not shared."""


class RoundHasBegun(Refused):
    """What people vote on is not changed under their hands; a round is not cut short."""


class ProposalStands(Refused):
    """Once the delegates adopted the final text, shared proposals stand as they were read."""


class RoundOutOfOrder(Refused):
    """A round closes after it opens."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a proposal reads."""

    title: str
    text: str
    language: str
    theme: Theme | None = None


@transaction.atomic
def propose(edition: Edition, reading: Reading, *, by: User, at: datetime) -> Proposal:
    """Begin a proposal that only its author sees; it may be empty. Raises `HasAnEnd`."""
    require(policy.may_deliberate(by, edition, at=at))
    goes_on(edition)
    last = Proposal.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    made = Proposal.objects.create(
        edition=edition,
        number=last + 1,
        author=_delegate(edition, by, at),
        status=Shared.DRAFT,
        language=reading.language,
        theme=reading.theme,
        title=reading.title.strip(),
        text=reading.text,
        saved_at=at,
    )
    record("youth_proposal.begun", made, by=by, at=at, number=made.number)
    return made


@transaction.atomic
def save_story(proposal: Proposal, reading: Reading, *, by: User, at: datetime) -> Proposal:
    """Keep what was typed. A shared proposal gets a reading of its own for each change.

    Raises `BoxIsEmpty`, `HasAnEnd`, `ProposalStands`.
    """
    require(policy.may_revise(by, proposal))
    held = _changeable(proposal)
    is_shared = held.status == Shared.SHARED
    if is_shared and not (reading.title.strip() and reading.text.strip()):
        raise BoxIsEmpty
    changed = (held.title, held.text) != (reading.title.strip(), reading.text)
    held.title, held.text, held.saved_at = reading.title.strip(), reading.text, at
    held.language, held.theme = reading.language, reading.theme
    held.save(update_fields=["title", "text", "saved_at", "language", "theme"])
    if is_shared and changed:
        _read_anew(held, None, by=by, at=at)
    return held


@transaction.atomic
def share(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Put it before the other delegates. Raises `BoxIsEmpty`, `HasAnEnd`."""
    require(policy.may_revise(by, proposal))
    held = _changeable(proposal)
    if not (held.title.strip() and held.text.strip()):
        raise BoxIsEmpty
    held = move(held, SHARING, "share", shared_at=at)
    _read_anew(held, None, by=by, at=at)
    return held


@transaction.atomic
def take_back(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """The author takes a proposal back; its readings stay where they were read."""
    require(policy.may_revise(by, proposal))
    held = move(_changeable(proposal), SHARING, "withdraw")
    record("youth_proposal.taken_back", held, by=by, at=at, number=held.number)
    return held


def goes_on(edition: Edition) -> Edition:
    """The edition, held while it is worked on. Raises `HasAnEnd` once it has concluded."""
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if held.status == Stage.CONCLUDED:
        raise HasAnEnd
    return held


def _changeable(proposal: Proposal) -> Proposal:
    """The proposal, held. Raises `HasAnEnd`, and `ProposalStands` for a shared one."""
    edition = goes_on(proposal.edition)
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    text = queries.communique_of(edition)
    if held.status == Shared.SHARED and text is not None and text.status == Text.ADOPTED:
        raise ProposalStands
    return held


def _read_anew(
    proposal: Proposal, amendment: Amendment | None, *, by: User, at: datetime
) -> Revision:
    """The next reading, kept for good."""
    proposal.revision += 1
    proposal.save(update_fields=["revision"])
    made = Revision.objects.create(
        proposal=proposal,
        number=proposal.revision,
        title=proposal.title,
        text=proposal.text,
        amendment=amendment,
        by=_delegate(proposal.edition, by, at),
        at=at,
    )
    record("youth_proposal.read_anew", proposal, by=by, at=at, revision=made.number)
    return made


@transaction.atomic
def comment(
    proposal: Proposal, text: str, *, language: str, place: str, by: User, at: datetime
) -> Comment:
    """Say something about a shared proposal, in a round of comments that is open.

    The draft that was kept for `place` goes with it. Raises `BoxIsEmpty`, `RoundIsClosed`,
    `RoundNotOpenYet`, `NotShared`.
    """
    require(policy.may_deliberate(by, proposal.edition, at=at))
    held = _open_for(proposal, Rounds.COMMENT, at=at)
    if not text.strip():
        raise BoxIsEmpty
    made = Comment.objects.create(
        proposal=proposal,
        round=held,
        by=_delegate(proposal.edition, by, at),
        language=language,
        text=text.strip(),
        at=at,
    )
    Draft.objects.filter(person=by, place=place).delete()
    record("youth_comment.made", made, by=by, at=at, proposal=proposal.number)
    return made


@dataclass(frozen=True, slots=True)
class Change:
    """Another wording of the whole text, and why."""

    text: str
    reason: str
    language: str


@transaction.atomic
def amend(proposal: Proposal, change: Change, *, place: str, by: User, at: datetime) -> Amendment:
    """Offer another wording, in a round of amendments that is open. Raises as `comment`."""
    require(policy.may_deliberate(by, proposal.edition, at=at))
    held = _open_for(proposal, Rounds.AMEND, at=at)
    if not change.text.strip():
        raise BoxIsEmpty
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    last = Amendment.objects.filter(proposal=proposal).aggregate(last=Max("number"))["last"] or 0
    made = Amendment.objects.create(
        proposal=proposal,
        number=last + 1,
        round=held,
        by=_delegate(proposal.edition, by, at),
        status=Fate.OPEN,
        language=change.language,
        text=change.text.strip(),
        reason=change.reason.strip(),
        at=at,
    )
    Draft.objects.filter(person=by, place=place).delete()
    record("youth_amendment.offered", made, by=by, at=at, proposal=proposal.number)
    return made


@transaction.atomic
def answer_amendment(amendment: Amendment, *, is_taken: bool, by: User, at: datetime) -> Amendment:
    """The author takes it into the proposal, as its next reading, or leaves it.

    Raises `HasAnEnd`, `ProposalStands`.
    """
    require(policy.may_revise(by, amendment.proposal))
    proposal = _changeable(amendment.proposal)
    held = move(amendment, FATES, "take" if is_taken else "leave", answered_at=at)
    if is_taken:
        proposal.text, proposal.saved_at = held.text, at
        proposal.save(update_fields=["text", "saved_at"])
        _read_anew(proposal, held, by=by, at=at)
    record(f"youth_amendment.{held.status}", held, by=by, at=at, proposal=proposal.number)
    return held


def _open_for(proposal: Proposal, kind: str, *, at: datetime) -> Round:
    """The open round of this kind. Raises in words when there is none, or none for this."""
    goes_on(proposal.edition)
    if proposal.status != Shared.SHARED:
        raise NotShared
    held = queries.open_round(proposal.edition, kind, at=at)
    if held is None:
        last = queries.last_round(proposal.edition, kind, at=at)
        if last is None:
            raise RoundNotOpenYet
        raise RoundIsClosed(closed_at=last.closes_at.isoformat())
    return held


def _delegate(edition: Edition, user: User, at: datetime) -> Candidacy:
    found = queries.delegate(edition, user, at=at)
    require(found is not None)
    return found  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A round: what for, from when until when (UTC), and who votes."""

    kind: str
    title: Mapping[str, str]
    opens_at: datetime
    closes_at: datetime
    is_wide: bool = False


@transaction.atomic
def hold(
    edition: Edition, given: Schedule, *, number: int = 0, by: User | None, at: datetime
) -> Round:
    """A new round, or one of this number that has not begun; a begun one may only close later.

    Raises `RoundOutOfOrder`, `RoundHasBegun`, `HasAnEnd`.
    """
    require(policy.may_keep(by, edition, at=at))
    if given.closes_at <= given.opens_at:
        raise RoundOutOfOrder
    goes_on(edition)
    held = Round.objects.filter(edition=edition, number=number).first()
    if held is None:
        last = Round.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
        held = Round(edition=edition, number=last + 1)
    elif at >= held.opens_at:
        _only_later(held, given, at)
    held.kind, held.title, held.is_wide = given.kind, dict(given.title), given.is_wide
    held.opens_at, held.closes_at = given.opens_at, given.closes_at
    held.save()
    record("youth_round.held", held, by=by, at=at, number=held.number, kind=held.kind)
    return held


def _only_later(held: Round, given: Schedule, at: datetime) -> None:
    same = (held.kind, held.opens_at, held.is_wide) == (given.kind, given.opens_at, given.is_wide)
    if not same or given.closes_at < held.closes_at or at >= held.closes_at:
        raise RoundHasBegun
