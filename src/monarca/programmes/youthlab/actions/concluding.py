"""The end: a text in three languages, adopted by the delegates, answered by both governments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max

from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import Aims, Origins, Sides
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.youthlab import policy, queries
from monarca.programmes.youthlab.actions.deliberating import goes_on
from monarca.programmes.youthlab.models import (
    Adoption,
    Communique,
    Draft,
    Edition,
    Outcome,
    Proposal,
    Recommendation,
    Reply,
    Theme,
)
from monarca.programmes.youthlab.states import TEXTS, Replies, Text


class TextStands(Refused):
    """What is before the delegates, or adopted, is not rewritten."""


class LanguagesMissing(Refused):
    """The delegates adopt a text that stands in Spanish, English and French."""


class NothingRecommended(Refused):
    """A communiqué has at least one recommendation."""


class NotBeforeDelegates(Refused):
    """The text is not before the delegates."""


class NoSuchRecommendation(Refused):
    """Delegates say yes or no to what stands in the text."""


class AdoptionIsClosed(Refused):
    """Delegates say yes or no until the announced instant."""


class StillVoting(Refused):
    """Nobody counts before the announced instant has come."""


class ClosesInThePast(Refused):
    """Delegates need time to read before they say yes or no."""


class NotAdopted(Refused):
    """Governments answer what the delegates adopted."""


class SideHasAnswered(Refused):
    """This government has answered; an answer is not rewritten."""


class NeedsItsReason(Refused):
    """Every answer carries its reason."""


class NeedsItsPromise(Refused):
    """Who accepts says what will be done, and who answers for it on both sides."""


@transaction.atomic
def write(
    edition: Edition,
    *,
    opening: Mapping[str, str],
    closing: Mapping[str, str],
    by: User | None,
    at: datetime,
) -> Communique:
    """The words around the recommendations; any language may still be missing.

    Raises `TextStands`, `HasAnEnd`.
    """
    require(policy.may_keep(by, edition, at=at))
    held = _open(edition)
    held.opening, held.closing = dict(opening), dict(closing)
    held.save(update_fields=["opening", "closing"])
    record("youth_communique.written", held, by=by, at=at)
    return held


def _open(edition: Edition) -> Communique:
    """The communiqué while it is being written, begun when there is none."""
    goes_on(edition)
    held, _new = Communique.objects.get_or_create(edition=edition, defaults={"status": Text.DRAFT})
    if held.status not in {Text.DRAFT, Text.REJECTED}:
        raise TextStands
    return held


@dataclass(frozen=True, slots=True)
class Wording:
    """A recommendation as it reads, what it is about and where it comes from."""

    text: Mapping[str, str]
    theme: Theme | None = None
    proposal: Proposal | None = None


@transaction.atomic
def recommend(
    edition: Edition, wording: Wording, *, number: int = 0, by: User | None, at: datetime
) -> Recommendation:
    """A new recommendation, or the one of this number worded anew. Raises `TextStands`."""
    require(policy.may_keep(by, edition, at=at))
    held = _open(edition)
    made = Recommendation.objects.filter(communique=held, number=number).first()
    if made is None:
        last = held.recommendations.aggregate(last=Max("number"))["last"] or 0
        made = Recommendation(communique=held, number=last + 1)
    made.text, made.theme, made.proposal = dict(wording.text), wording.theme, wording.proposal
    made.save()
    record("youth_recommendation.worded", made, by=by, at=at, number=made.number)
    return made


@transaction.atomic
def put_to_delegates(
    communique: Communique, *, closes_at: datetime, by: User | None, at: datetime
) -> Communique:
    """Lay the whole text before the delegates until an instant; again, if they rejected it.

    Every putting has its own yes and no; what was said before stays.
    Raises `LanguagesMissing`, `NothingRecommended`, `ClosesInThePast`, `HasAnEnd`.
    """
    require(policy.may_keep(by, communique.edition, at=at))
    goes_on(communique.edition)
    lacking = queries.lacking(communique)
    if lacking:
        raise LanguagesMissing(texts=len(lacking), languages=", ".join(_languages(lacking)))
    if not queries.recommendations_of(communique).exists():
        raise NothingRecommended
    if closes_at <= at:
        raise ClosesInThePast
    held = move(
        communique,
        TEXTS,
        "propose",
        proposed_at=at,
        closes_at=closes_at,
        counted_at=None,
        putting=F("putting") + 1,
    )
    record("youth_communique.proposed", held, by=by, at=at, closes_at=closes_at.isoformat())
    return held


def _languages(lacking: Mapping[str, tuple[str, ...]]) -> list[str]:
    return sorted({code for codes in lacking.values() for code in codes})


@transaction.atomic
def adopt(
    communique: Communique,
    says: Mapping[int | None, bool],
    *,
    by: User,
    at: datetime,
) -> list[Adoption]:
    """A delegate's yes or no, by recommendation; None is the text as a whole.

    May be changed until the instant. Raises `NotBeforeDelegates`, `AdoptionIsClosed`,
    `NoSuchRecommendation`.
    """
    require(policy.may_deliberate(by, communique.edition, at=at))
    held = Communique.objects.select_for_update().get(pk=communique.pk)
    if held.closes_at and held.status != Text.DRAFT and at >= held.closes_at:
        raise AdoptionIsClosed(closed_at=held.closes_at.isoformat())
    if held.status != Text.PROPOSED:
        raise NotBeforeDelegates
    voter = queries.delegate(held.edition, by, at=at)
    known = {each.pk: each for each in queries.recommendations_of(held)}
    if says.keys() - known.keys() - {None}:
        raise NoSuchRecommendation
    made = [
        Adoption.objects.update_or_create(
            communique=held,
            putting=held.putting,
            recommendation=known[key] if key is not None else None,
            voter=voter,
            defaults={"is_yes": is_yes, "at": at},
        )[0]
        for key, is_yes in says.items()
    ]
    record("youth_communique.voted_on", held, by=by, at=at, texts=len(made))
    return made


@transaction.atomic
def count(communique: Communique, *, by: User | None, at: datetime) -> Communique:
    """Count: two thirds of all delegates with a seat adopt. Raises `StillVoting`.

    Who held a seat at the closing instant counts, whatever became of the seat since. The whole
    stands if it and at least one recommendation reach that; a recommendation that does not is
    left out of it.
    """
    require(policy.may_keep(by, communique.edition, at=at))
    held = Communique.objects.select_for_update().get(pk=communique.pk)
    if held.status != Text.PROPOSED or held.closes_at is None:
        raise NotBeforeDelegates
    if at < held.closes_at:
        raise StillVoting(closes_at=held.closes_at.isoformat())
    voters = queries.electorate(held.edition, at=held.closes_at)
    yes, delegates = queries.yes_to(held, held.putting, voters), voters.count()
    needed = max(1, queries.needed(delegates))
    rows = queries.recommendations_of(held)
    kept = [_counted(each, yes.get(each.pk, 0), needed) for each in rows]
    whole = yes.get(None, 0)
    name = "adopt" if whole >= needed and any(kept) else "reject"
    held = move(held, TEXTS, name, counted_at=at, yes=whole, delegates=delegates)
    _noted(held, at=at)
    record(f"youth_communique.{held.status}", held, by=by, at=at, yes=whole, kept=sum(kept))
    return held


def _noted(held: Communique, *, at: datetime) -> Outcome:
    """What this putting came to, with the words that were voted on, for good."""
    rows = queries.recommendations_of(held)
    told = [
        {"number": each.number, "text": each.text, "yes": each.yes, "is_adopted": each.is_adopted}
        for each in rows
    ]
    return Outcome.objects.create(
        communique=held,
        putting=held.putting,
        closed_at=held.closes_at or at,
        counted_at=at,
        yes=held.yes,
        delegates=held.delegates,
        is_adopted=held.status == Text.ADOPTED,
        texts={"opening": held.opening, "closing": held.closing, "recommendations": told},
    )


def _counted(recommendation: Recommendation, yes: int, needed: int) -> bool:
    recommendation.yes, recommendation.is_adopted = yes, yes >= needed
    recommendation.save(update_fields=["yes", "is_adopted"])
    return recommendation.is_adopted


@dataclass(frozen=True, slots=True)
class Answer:
    """One government's answer; who accepts promises, with owners on both sides."""

    kind: str
    reason: Mapping[str, str]
    promise: Mapping[str, str]
    due_on: date | None = None
    owner: str = ""
    other_owner: str = ""
    aims: tuple[str, ...] = ()


@transaction.atomic
def answer(
    recommendation: Recommendation, given: Answer, *, place: str, by: User, at: datetime
) -> tuple[Reply, Commitment | None]:
    """Accept, accept in part or not, with the reason; what is accepted becomes a commitment here.

    Raises `NotAdopted`, `SideHasAnswered`, `NeedsItsReason`, `NeedsItsPromise`, and what
    `commitments.deposit` raises.
    """
    edition = recommendation.communique.edition
    side = policy.side_of(by, edition, at=at)
    require(bool(side) and given.kind in Replies.values)
    Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if not queries.adopted(edition).filter(pk=recommendation.pk).exists():
        raise NotAdopted
    if side in queries.replies_to(recommendation):
        raise SideHasAnswered
    if not any(words.strip() for words in given.reason.values()):
        raise NeedsItsReason
    made = Reply.objects.create(
        recommendation=recommendation,
        side=side,
        kind=given.kind,
        reason=dict(given.reason),
        by=by,
        at=at,
    )
    Draft.objects.filter(person=by, place=place).delete()
    record("youth_reply.given", made, by=by, at=at, side=side, kind=given.kind)
    if given.kind == Replies.NOT:
        return made, None
    return made, _promised(made, given, by=by, at=at)


def _promised(reply: Reply, given: Answer, *, by: User, at: datetime) -> Commitment:
    """In the same act: a public commitment of this side, with owners on both."""
    words = any(text.strip() for text in given.promise.values())
    if not (words and given.owner.strip() and given.other_owner.strip()):
        raise NeedsItsPromise
    edition = reply.recommendation.communique.edition
    other = Sides.MEXICO if reply.side == Sides.CANADA else Sides.CANADA
    promise = commitments.Promise(
        mission=edition.mission,
        origin=Origins.YOUTH,
        text=dict(given.promise),
        promised_on=at.date(),
        due_on=given.due_on,
        aims=tuple(aim for aim in given.aims if aim in Aims.values),
        owners=(
            commitments.Holder(reply.side, given.owner.strip(), by),
            commitments.Holder(other, given.other_owner.strip()),
        ),
        source_name=edition.name,
        source_path=f"/youthlab/{edition.code}/communique/",
        is_public=True,
    )
    return commitments.deposit(promise, source=reply, by=by, at=at)
