"""Everything that can happen to a division: begun, filled, proposed, published, followed up."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines import apportionment, references
from monarca.engines.reasons import Reason
from monarca.ground.journal.actions import record
from monarca.ground.people.models import Mission, User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.shares import policy, queries
from monarca.programmes.shares.models import MILLION, Allocation, Claimant, Remark, Share
from monarca.programmes.shares.queries import Told
from monarca.programmes.shares.states import MOST_RULES, MOVES, Line, Plan, Said, Status

HEAD = "SHR"


class CannotDivide(Refused):
    """The engine refused: its reason says which claimants contradict the rule or one another."""


class NobodyAsks(Refused):
    """There is nobody among whom to divide."""


class NotADraft(Refused):
    """Only a draft is changed; what was proposed is sent back first."""


class NotPublished(Refused):
    """A next round follows one that was published."""


class AlreadyFollowed(Refused):
    """One round follows another once: a second one would give the same supply twice."""


class NothingToDivide(Refused):
    """There is something to divide: one unit at least, and not all of it is kept back."""


class ReasonMissing(Refused):
    """Choosing a rule, sending back and withdrawing need a reason in words."""


class TooManyRules(Refused):
    """So many rules cannot be read side by side."""


@transaction.atomic
def begin(mission: Mission, plan: Plan, *, by: User | None, at: datetime) -> Allocation:
    """Open a draft of a first round.

    Raises `CannotDivide`, `NothingToDivide` and `TooManyRules`.
    """
    require(policy.may_begin(by, mission, at=at))
    made = Allocation.objects.create(
        reference=references.make(HEAD),
        mission=mission,
        status=Status.DRAFT,
        made_at=at,
        **_columns(plan),
    )
    record("division.begun", made, by=by, at=at, what=plan.what, supply=plan.supply)
    return made


@transaction.atomic
def change(allocation: Allocation, plan: Plan, *, by: User | None, at: datetime) -> Allocation:
    """Change a draft's terms. Raises `NotADraft`, and what `begin` does."""
    require(policy.may_prepare(by, allocation, at=at))
    held = _draft(allocation)
    columns = _columns(plan)
    for name, value in columns.items():
        setattr(held, name, value)
    held.save(update_fields=list(columns))
    record("division.changed", held, by=by, at=at, supply=plan.supply)
    return held


def _columns(plan: Plan) -> dict[str, Any]:
    """The row's columns, with the rules by their own names."""
    try:
        rules = list(dict.fromkeys(apportionment.named(rule) for rule in plan.rules))
    except apportionment.Refused as no:
        raise CannotDivide(no.reason) from None
    if not 1 <= len(rules) <= MOST_RULES:
        raise TooManyRules(most=MOST_RULES)
    if plan.supply < 1 or plan.buffer >= MILLION:
        raise NothingToDivide
    return {
        **asdict(plan),
        "title": dict(plan.title),
        "about": dict(plan.about),
        "rules": rules,
    }


def _draft(allocation: Allocation) -> Allocation:
    held = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if held.status != Status.DRAFT:
        raise NotADraft
    return held


@transaction.atomic
def fill(
    allocation: Allocation, lines: Sequence[Line], *, by: User | None, at: datetime
) -> Allocation:
    """Say who asks for how much, in place of whoever stood there. Raises `NotADraft`."""
    require(policy.may_prepare(by, allocation, at=at))
    held = _draft(allocation)
    Claimant.objects.filter(allocation=held).delete()
    Claimant.objects.bulk_create(Claimant(allocation=held, **asdict(line)) for line in lines)
    record("division.filled", held, by=by, at=at, claimants=len(lines))
    return held


@transaction.atomic
def propose(
    allocation: Allocation, rule: str, *, why: str, by: User | None, at: datetime
) -> Allocation:
    """Propose one of the compared rules, with the reason for it, to who publishes.

    Raises `NobodyAsks`, `ReasonMissing`, `CannotDivide` and `NotADraft`.
    """
    require(policy.may_prepare(by, allocation, at=at))
    held = _draft(allocation)
    rows = list(queries.claimants_of(held))
    if not rows:
        raise NobodyAsks
    _tried(held, rows, (rule,))
    chosen = apportionment.named(rule)
    rules = held.rules if chosen in held.rules else [*held.rules, chosen]
    changes = {"rule": chosen, "rules": rules, "proposed_by": by, "proposed_at": at}
    move(held, MOVES, "propose", **changes)
    _remark(held, Said.RULE, why, by=by, at=at)
    record("division.proposed", held, by=by, at=at, rule=chosen)
    return held


def _tried(allocation: Allocation, rows: Sequence[Claimant], rules: Sequence[str]) -> list[Told]:
    try:
        return list(queries.compared(allocation, rows, rules))
    except apportionment.Refused as no:
        raise CannotDivide(no.reason) from None


def _remark(
    allocation: Allocation, kind: str, text: str, *, by: User | None, at: datetime
) -> Remark:
    if not text.strip():
        raise ReasonMissing
    language = by.language if by else "en"
    return Remark.objects.create(
        allocation=allocation, kind=kind, text=text.strip(), language=language, by=by, at=at
    )


@transaction.atomic
def send_back(allocation: Allocation, *, why: str, by: User | None, at: datetime) -> Allocation:
    """Give a proposal back to who prepares it. Raises `ReasonMissing` and `MoveRefused`."""
    require(policy.may_decide(by, allocation, at=at))
    move(allocation, MOVES, "send_back", proposed_by=None, proposed_at=None)
    _remark(allocation, Said.SENT_BACK, why, by=by, at=at)
    record("division.sent_back", allocation, by=by, at=at)
    return allocation


@transaction.atomic
def publish(allocation: Allocation, *, by: User | None, at: datetime) -> Allocation:
    """Write every compared rule's shares down for good, and put the division before the public.

    The rules that were only compared and have no answer are left out. Raises `CannotDivide` and
    `MoveRefused`.
    """
    require(policy.may_decide(by, allocation, at=at))
    move(allocation, MOVES, "publish", published_at=at)
    rows = list(queries.claimants_of(allocation))
    for told in _all_that_divide(allocation, rows):
        _write(allocation, rows, told)
    allocation.sha256 = queries.sha256(allocation)
    allocation.save(update_fields=["sha256"])
    record("division.published", allocation, by=by, at=at, sha256=allocation.sha256)
    return allocation


def _all_that_divide(allocation: Allocation, rows: Sequence[Claimant]) -> list[Told]:
    """The proposed rule's shares, and those of the other rules that have an answer."""
    found = _tried(allocation, rows, (allocation.rule,))
    for rule in allocation.rules:
        if rule != allocation.rule:
            try:
                found += queries.compared(allocation, rows, (rule,))
            except apportionment.Refused:
                continue
    return found


def _write(allocation: Allocation, rows: Sequence[Claimant], told: Told) -> None:
    Share.objects.bulk_create(
        Share(
            allocation=allocation,
            claimant=row,
            rule=told.rule,
            amount=told.amounts[row.code],
            exact=str(told.exact[row.code]),
            reason=_plain(told.reasons[row.code][0]),
            rounding=next((_plain(each) for each in told.reasons[row.code][1:]), None),
        )
        for row in rows
    )


def _plain(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "values": dict(reason.values)}


@transaction.atomic
def withdraw(allocation: Allocation, *, why: str, by: User | None, at: datetime) -> Allocation:
    """Take it back, with the reason; what was published stays readable and says so.

    Raises `ReasonMissing` and `MoveRefused`.
    """
    require(policy.may_withdraw(by, allocation, at=at))
    move(allocation, MOVES, "withdraw")
    _remark(allocation, Said.WITHDRAWN, why, by=by, at=at)
    record("division.withdrawn", allocation, by=by, at=at)
    return allocation


@transaction.atomic
def follow(allocation: Allocation, supply: int, *, by: User | None, at: datetime) -> Allocation:
    """Open the next round: the same claimants with what they received, and what they are owed.

    Whoever was set aside and keeps their place, or waited because a share was too small, is
    served first. Raises `NotPublished`, `AlreadyFollowed` and `NothingToDivide`.
    """
    require(policy.may_prepare(by, allocation, at=at))
    _check_next(Allocation.objects.select_for_update().get(pk=allocation.pk), supply)
    rows = list(queries.claimants_of(allocation))
    made = Allocation.objects.create(
        reference=references.make(HEAD),
        status=Status.DRAFT,
        made_at=at,
        after=allocation,
        round=allocation.round + 1,
        **{**_same(allocation), "supply": supply},
    )
    Claimant.objects.bulk_create(_carried(made, allocation, rows))
    record("division.followed", made, by=by, at=at, after=allocation.reference, supply=supply)
    return made


def _check_next(held: Allocation, supply: int) -> None:
    if held.status != Status.PUBLISHED:
        raise NotPublished
    if there := queries.next_of(held):
        raise AlreadyFollowed(reference=there.reference)
    if supply < 1:
        raise NothingToDivide


def _same(allocation: Allocation) -> dict[str, Any]:
    names = ("mission", "title", "about", "what", "unit", "buffer", "by", "target", "doses")
    return {**{name: getattr(allocation, name) for name in names}, "rules": allocation.rules}


def _carried(made: Allocation, before: Allocation, rows: Sequence[Claimant]) -> list[Claimant]:
    due, chosen = queries.due_after(before, rows), before.rule
    tolds = queries.published(before, rows)
    given = next(each.amounts for each in tolds if each.rule == chosen)
    return [
        _next(made, row, given[row.code], due=due.get(row.code, 0), is_covax=chosen == "covax")
        for row in rows
    ]


def _next(made: Allocation, row: Claimant, given: int, *, due: int, is_covax: bool) -> Claimant:
    """The COVAX rule counts from the first dose on; the others go on with what is still asked."""
    served = 0 if is_covax else given
    names = ("code", "name", "weight", "minimum", "population", "risk")
    return Claimant(
        allocation=made,
        claim=row.claim - served,
        floor=max(0, row.floor - served),
        cap=None if row.cap is None else row.cap - served,
        received=row.received + given,
        due=due,
        **{name: getattr(row, name) for name in names},
    )
