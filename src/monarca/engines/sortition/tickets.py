"""The table of tickets: committed to before the seed is known, drawn from, checked by anyone."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monarca.engines.reasons import Reason, Value
from monarca.engines.sealing import canonical, sha256
from monarca.engines.sortition.fairness import Chances
from monarca.engines.sortition.pool import Person, Task, counted, fingerprint
from monarca.engines.sortition.rounding import whole_tickets
from monarca.engines.sortition.seating import order, seated

TICKETS = 1000
FORMAT = "monarca-draw-1"


@dataclass(frozen=True, slots=True)
class Table:
    """Numbered tickets (the first is number 1), each a whole panel: its members' ids, in order.

    Every ticket is drawn with the same chance, so a person's chance is the share of tickets that
    name them. `task` is the fingerprint of the pool and rules the table was made for. `chances` are
    the fairest chances, which the tickets follow as nearly as whole tickets can.
    """

    task: str
    tickets: tuple[tuple[str, ...], ...]
    chances: Mapping[str, float]

    @property
    def commitment(self) -> str:
        """SHA-256 of the canonical JSON of format, task and tickets; publish it before the seed."""
        return sha256([FORMAT, self.task, self.tickets])

    def held(self) -> Mapping[str, int]:
        """How many tickets name each person."""
        named = Counter(person for ticket in self.tickets for person in ticket)
        return {person: named[person] for person in self.chances}

    @property
    def largest_difference(self) -> float:
        """The most tickets by which anybody has more or fewer than their chance says."""
        held, count = self.held(), len(self.tickets)
        return max(abs(held[each] - count * chance) for each, chance in self.chances.items())


@dataclass(frozen=True, slots=True)
class Drawn:
    """The ticket a seed draws from a table, and the panel it names."""

    seed: str
    number: int
    members: tuple[str, ...]


def table(chances: Chances, *, tickets: int = TICKETS) -> Table:
    """The lottery as a table of tickets. Needs no seed: it follows from the pool and the rules."""
    mark = fingerprint(chances.task)
    by = order(mark)
    shares = whole_tickets(chances, tickets)
    rows = [
        panel for panel, share in zip(chances.panels, shares, strict=True) for _ in range(share)
    ]
    people = seated([each.kind for each in chances.kinds], rows, by)
    return Table(mark, people, chances.everybody())


def draw(table: Table, *, seed: str) -> Drawn:
    """The ticket that a seed draws: SHA-256 of canonical [commitment, seed], as a number, modulo.

    The commitment is part of it, so no seed favours a ticket before the table stands. The remainder
    favours no ticket by more than one part in 2 ** 240.
    """
    digest = hashlib.sha256(canonical([table.commitment, seed])).digest()
    place = int.from_bytes(digest, "big") % len(table.tickets)
    return Drawn(seed, place + 1, table.tickets[place])


def check(
    table: Table, task: Task, *, drawn: Drawn | None = None, committed: str = ""
) -> tuple[Reason, ...]:
    """Everything that is wrong with a table, or with what was drawn from it; nothing when it holds.

    `committed` is the SHA-256 that was published before the draw. No solver and no trust: counts
    every quota of every ticket, and works the drawn ticket out again from the seed.
    """
    found = []
    if table.task != fingerprint(task):
        found.append(Reason("sortition.other_task"))
    if committed and committed != table.commitment:
        found.append(Reason("sortition.other_commitment", {"right": table.commitment}))
    if not table.tickets:
        return (*found, Reason("sortition.no_tickets"))
    people = {person.id: person for person in task.people}
    for number, ticket in enumerate(table.tickets, 1):
        found += _wrong(number, ticket, people, task)
    if drawn is not None:
        found += _wrongly_drawn(table, drawn)
    return tuple(found)


def _wrong(
    number: int, ticket: tuple[str, ...], people: Mapping[str, Person], task: Task
) -> Iterator[Reason]:
    strange = next((person for person in ticket if person not in people), None)
    if strange is not None:
        yield Reason("sortition.stranger", {"ticket": number, "person": strange})
        return
    if len(set(ticket)) != task.seats or len(ticket) != task.seats:
        yield Reason(
            "sortition.wrong_seats",
            {"ticket": number, "people": len(set(ticket)), "seats": task.seats},
        )
    members = [people[person] for person in ticket]
    answers = counted(members)
    for quota in task.quotas:
        count = answers[quota.feature, quota.value]
        if not quota.least <= count <= quota.most:
            about: dict[str, Value] = {"ticket": number, "feature": quota.feature}
            about |= {"value": quota.value, "count": count}
            about |= {"least": quota.least, "most": quota.most}
            yield Reason("sortition.quota_broken", about)
    homes = Counter(member.address for member in members if member.address)
    if task.is_one_per_address and max(homes.values(), default=0) > 1:
        yield Reason("sortition.address_twice", {"ticket": number})


def _wrongly_drawn(table: Table, drawn: Drawn) -> Iterator[Reason]:
    right = draw(table, seed=drawn.seed)
    if drawn.number != right.number:
        values = {"ticket": drawn.number, "right": right.number}
        yield Reason("sortition.other_ticket", values)
    elif sorted(drawn.members) != sorted(right.members):
        yield Reason("sortition.other_members", {"ticket": drawn.number})
