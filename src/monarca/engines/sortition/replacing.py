"""Replacements: who can take the empty seats so that the whole panel keeps its quotas."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from monarca.engines.reasons import Reason
from monarca.engines.sortition.pool import CannotDraw, Task, counted
from monarca.engines.sortition.relaxing import Relaxation, relaxed


@dataclass(frozen=True, slots=True)
class Vacancy:
    """The task of filling the empty seats: to be drawn like any other.

    `relaxation` is the smallest break of quotas where they cannot all be kept with those who stay;
    its quotas are already those of `task`.
    """

    task: Task
    relaxation: Relaxation | None


def vacancy(task: Task, *, staying: Collection[str], declined: Collection[str]) -> Vacancy:
    """The seats left by those who declined, for the pool without anybody who was asked before.

    What those who stay count toward is taken off every quota; nobody comes from their addresses
    where the task forbids that. A quota that those who stay already pass is not counted against
    the replacements: they simply add nobody to it. Raises CannotDraw: a member who is not in the
    pool or stays and declines at once, no empty seat, too few people left.
    """
    staying, declined = frozenset(staying), frozenset(declined)
    _demand(task, staying, declined)
    stay = [person for person in task.people if person.id in staying]
    taken = counted(stay)
    homes = {person.address for person in stay if person.address and task.is_one_per_address}
    asked = {*staying, *declined}
    people = [each for each in task.people if each.id not in asked and each.address not in homes]
    quotas = []
    for quota in task.quotas:
        have = taken[quota.feature, quota.value]
        least, most = max(0, quota.least - have), max(0, quota.most - have)
        quotas.append(replace(quota, least=least, most=most))
    left = replace(
        task, people=tuple(people), quotas=tuple(quotas), seats=task.seats - len(staying)
    )
    if len(people) < left.seats:
        values = {"people": len(people), "seats": left.seats}
        raise CannotDraw(Reason("sortition.too_few", values))
    relaxation = relaxed(left)
    if not relaxation.changes:
        return Vacancy(left, None)
    return Vacancy(relaxation.task, relaxation)


def _demand(task: Task, staying: Collection[str], declined: Collection[str]) -> None:
    known = {person.id for person in task.people}
    stranger = next((each for each in sorted({*staying, *declined}) if each not in known), None)
    if stranger is not None:
        raise CannotDraw(Reason("sortition.not_in_pool", {"person": stranger}))
    both = next(iter(sorted(set(staying) & set(declined))), None)
    if both is not None:
        raise CannotDraw(Reason("sortition.stays_and_declines", {"person": both}))
    if len(set(staying)) >= task.seats:
        values = {"people": len(set(staying)), "seats": task.seats}
        raise CannotDraw(Reason("sortition.no_empty_seat", values))
