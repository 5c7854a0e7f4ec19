"""Votes: the statements of a round, one vote a person on each, and what they say in the end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from monarca.engines import opinion
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.programmes.youthlab import policy, queries
from monarca.programmes.youthlab.actions.deliberating import (
    RoundHasBegun,
    RoundIsClosed,
    RoundNotOpenYet,
    goes_on,
)
from monarca.programmes.youthlab.models import Findings, Proposal, Round, Statement, Vote


class StatementEmpty(Refused):
    """A statement needs its words in at least one language."""


class NoSuchStatement(Refused):
    """People vote on the statements of the round."""


@transaction.atomic
def set_statements(
    held: Round,
    texts: Sequence[tuple[Mapping[str, str], Proposal | None]],
    *,
    by: User | None,
    at: datetime,
) -> list[Statement]:
    """What people will vote on, in this order.

    Raises `RoundHasBegun`, `StatementEmpty`, `HasAnEnd`.
    """
    require(policy.may_keep(by, held.edition, at=at))
    goes_on(held.edition)
    Round.objects.select_for_update().get(pk=held.pk)
    if at >= held.opens_at:
        raise RoundHasBegun
    if not all(any(words.strip() for words in text.values()) for text, _ in texts):
        raise StatementEmpty
    Statement.objects.filter(round=held).delete()
    made = [
        Statement.objects.create(round=held, number=number, text=dict(text), proposal=proposal)
        for number, (text, proposal) in enumerate(texts, 1)
    ]
    record("youth_round.worded", held, by=by, at=at, statements=len(made))
    return made


@transaction.atomic
def vote(held: Round, says: Mapping[int, int], *, by: User, at: datetime) -> int:
    """Agree (1), disagree (-1) or pass (0), by number of statement; how many were cast.

    Until the round closes the last vote on a statement counts. Raises `RoundIsClosed`,
    `RoundNotOpenYet`, `NoSuchStatement`, `HasAnEnd`. The journal knows who
    voted, and on how many statements, not how.
    """
    held = Round.objects.select_for_update().get(pk=held.pk)
    require(policy.may_vote(by, held, at=at) and set(says.values()) <= {-1, 0, 1})
    if at < held.opens_at:
        raise RoundNotOpenYet
    if at >= held.closes_at:
        raise RoundIsClosed(closed_at=held.closes_at.isoformat())
    goes_on(held.edition)
    voter = queries.voter(held, by, at=at)
    rows = queries.statements_of(held).filter(number__in=says)
    _all_there(says, rows)
    cast = [
        Vote.objects.update_or_create(
            statement=each, voter=voter, defaults={"value": says[each.number], "at": at}
        )
        for each in rows
    ]
    record("youth_vote.cast", held, by=by, at=at, statements=len(cast))
    return len(cast)


def _all_there(says: Mapping[int, int], rows: Iterable[Statement]) -> None:
    """Nobody's vote is dropped without a word. Raises `NoSuchStatement`."""
    unknown = sorted(says.keys() - {each.number for each in rows})
    if unknown:
        raise NoSuchStatement(numbers=", ".join(map(str, unknown)))


@transaction.atomic
def note_findings(held: Round, found: opinion.Opinions, *, by: User | None, at: datetime) -> bool:
    """Keep what the votes of a closed round say, once; no name and no number of a voter."""
    require(policy.may_work(by))
    if at < held.closes_at:
        raise RoundNotOpenYet
    told = _told(found)
    made, is_new = Findings.objects.get_or_create(round=held, defaults={"found": told, "at": at})
    if is_new:
        record("youth_round.read", made, by=None, command="tick", at=at, people=found.people)
    return is_new


def _told(found: opinion.Opinions) -> dict[str, object]:
    return {
        "people": found.people,
        "votes": found.votes,
        "agreed": [int(each) for each in found.most_agreed],
        "divided": [int(each) for each in found.most_divided],
        "statements": {each.id: _read(each) for each in found.readings},
        "groups": [_group(each) for each in found.groups],
        "unplaced": len(found.unplaced),
        "stability": found.stability,
        "reason": [found.reason.code, dict(found.reason.values)],
    }


def _read(each: opinion.Reading) -> dict[str, object]:
    return {
        "agree": each.counts.agree,
        "disagree": each.counts.disagree,
        "passed": each.counts.passed,
        "kind": each.kind,
        "reason": [each.reason.code, dict(each.reason.values)],
        "division": each.counts.division,
        "consensus": each.consensus,
        "weakest": each.weakest,
    }


def _group(each: opinion.Group) -> dict[str, object]:
    return {
        "letter": each.letter,
        "people": len(each.members),
        "typical": [
            [int(one.statement), one.reason.code, dict(one.reason.values)] for one in each.typical
        ],
    }
