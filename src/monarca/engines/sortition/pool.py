"""People, quotas and seats, and the kinds of people whom no quota can tell apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from monarca.engines.reasons import Reason
from monarca.engines.sealing import sha256

Answers = tuple[tuple[str, str], ...]


class CannotDraw(Exception):
    """No draw is possible; `reason` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the pool: what they answered (feature to value), and where they live.

    A blank answer counts toward no quota; a blank address is shared with nobody.
    """

    id: str
    answers: Mapping[str, str]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """How many seats, at least and at most, go to people who answered `value` to `feature`."""

    feature: str
    value: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Task:
    """A panel of `seats` people is to be drawn so that every quota is met.

    With `is_one_per_address`, two people of one address never sit together.
    """

    people: tuple[Person, ...]
    quotas: tuple[Quota, ...]
    seats: int
    is_one_per_address: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """People whom no quota and no address can tell apart: all of them get the same chance.

    `homes` are their addresses, each with the ids of those who live there; at most one person of a
    home sits. `company` numbers the sort of household: kinds that share it share their homes, home
    by home in the same order.
    """

    answers: Answers
    company: int
    homes: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        """How many people."""
        return sum(map(len, self.homes))

    @property
    def most(self) -> int:
        """How many of them can sit together."""
        return len(self.homes)


def demand(task: Task) -> None:
    """Raises CannotDraw where the task cannot be understood, whoever is in the pool."""
    if task.seats < 1:
        raise CannotDraw(Reason("sortition.no_seats", {"seats": task.seats}))
    if not task.people:
        raise CannotDraw(Reason("sortition.no_people"))
    person = _repeated(person.id for person in task.people)
    if person is not None:
        raise CannotDraw(Reason("sortition.person_twice", {"person": str(person)}))
    if _repeated((quota.feature, quota.value) for quota in task.quotas) is not None:
        raise CannotDraw(Reason("sortition.quota_twice"))
    for quota in task.quotas:
        if not 0 <= quota.least <= quota.most:
            values = {"feature": quota.feature, "value": quota.value}
            limits = {"least": quota.least, "most": quota.most}
            raise CannotDraw(Reason("sortition.limits_crossed", {**values, **limits}))


def _repeated(values: Iterable[object]) -> object | None:
    return next((value for value, times in Counter(values).items() if times > 1), None)


def kinds(task: Task) -> tuple[Kind, ...]:
    """The pool as kinds, in an order that does not depend on the order of its rows.

    Two addresses where people gave the same answers are interchangeable, so the rule of one person
    an address costs one row for each *sort* of household instead of one for each address.
    """
    features = sorted({quota.feature for quota in task.quotas})
    companies: dict[tuple[Answers, ...], list[list[tuple[Answers, str]]]] = defaultdict(list)
    for home in _homes(task, features):
        companies[tuple(answers for answers, _ in home)].append(home)
    found = []
    for number, company in enumerate(sorted(companies)):
        homes = sorted(companies[company], key=lambda home: home[0][1])
        split = [
            [(answers, tuple(id_ for _, id_ in members)) for answers, members in _parted(home)]
            for home in homes
        ]
        found += [
            Kind(parts[0][0], number, tuple(members for _, members in parts))
            for parts in zip(*split, strict=True)
        ]
    return tuple(found)


def _homes(task: Task, features: Sequence[str]) -> list[list[tuple[Answers, str]]]:
    homes: dict[tuple[str, str], list[tuple[Answers, str]]] = defaultdict(list)
    for person in task.people:
        answers = tuple(
            (name, person.answers[name]) for name in features if person.answers.get(name)
        )
        is_shared = task.is_one_per_address and person.address
        key = ("", person.address) if is_shared else (person.id, "")
        homes[key].append((answers, person.id))
    return [sorted(home) for home in homes.values()]


def _parted(home: Sequence[tuple[Answers, str]]) -> list[tuple[Answers, list[tuple[Answers, str]]]]:
    return [(answers, list(part)) for answers, part in groupby(home, key=lambda each: each[0])]


def fingerprint(task: Task) -> str:
    """SHA-256 of everything the draw depends on; the order of people and quotas is no part of it.

    Answers to features without a quota, and addresses without the rule of one an address, are left
    out.
    """
    features = {quota.feature for quota in task.quotas}
    people = [
        [
            person.id,
            sorted([name, said] for name, said in person.answers.items() if name in features),
            person.address if task.is_one_per_address else "",
        ]
        for person in task.people
    ]
    quotas = [[each.feature, each.value, each.least, each.most] for each in task.quotas]
    return sha256([sorted(people), sorted(quotas), task.seats, task.is_one_per_address])


def counted(people: Iterable[Person]) -> Counter[tuple[str, str]]:
    """How many of these people gave each answer."""
    return Counter(answer for person in people for answer in person.answers.items())
