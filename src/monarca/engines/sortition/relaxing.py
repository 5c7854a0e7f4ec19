"""When no panel keeps every quota: what is short, which quotas clash, and the smallest change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from monarca.engines.reasons import Reason, Value
from monarca.engines.sortition.hushing import hushed
from monarca.engines.sortition.panels import Space, answered, best, space
from monarca.engines.sortition.pool import CannotDraw, Kind, Quota, Task, counted, demand, kinds

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Vector = NDArray[float64]


@dataclass(frozen=True, slots=True)
class Change:
    """One quota that gives way: as it was asked, as it would be, and how many gave that answer."""

    quota: Quota
    instead: Quota
    people: int

    @property
    def seats(self) -> int:
        """By how many seats the quota gives way."""
        down = self.quota.least - self.instead.least
        return down + self.instead.most - self.quota.most


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The smallest change of the quotas after which a panel exists.

    Smallest: the fewest quotas, then the fewest seats in all, then the quotas asked for last. A
    panel was found and counted under `task`, which has the changed quotas. `short` says what
    anybody can count; `clash` are quotas that cannot be kept together, none of which can be spared.
    """

    changes: tuple[Change, ...]
    task: Task
    short: tuple[Reason, ...]
    clash: tuple[Quota, ...]

    @property
    def total(self) -> int:
        """Seats by which quotas give way, in all."""
        return sum(change.seats for change in self.changes)


def relaxed(task: Task) -> Relaxation:
    """The smallest change of quotas that makes a panel possible; no changes where one is.

    Raises CannotDraw where there are too few people for the seats, whatever the quotas are.
    """
    demand(task)
    found = kinds(task)
    free = space(found, (), task.seats)
    if _is_empty(free):
        values = {"people": _can_sit(found), "seats": task.seats}
        raise CannotDraw(Reason("sortition.too_few", values))
    if not _is_empty(space(found, task.quotas, task.seats)):
        return Relaxation((), task, (), ())
    quotas = _given_way(task, space(found, task.quotas, task.seats))
    people = counted(task.people)
    changes = tuple(
        Change(old, new, people[old.feature, old.value])
        for old, new in zip(task.quotas, quotas, strict=True)
        if old != new
    )
    return Relaxation(changes, replace(task, quotas=quotas), short(task), _clash(task, found))


def short(task: Task) -> tuple[Reason, ...]:
    """What is wrong with the quotas by mere counting, without looking at how answers combine."""
    people = counted(task.people)
    found = [
        Reason(
            "sortition.short",
            {
                "feature": quota.feature,
                "value": quota.value,
                "least": quota.least,
                "people": people[quota.feature, quota.value],
            },
        )
        for quota in task.quotas
        if people[quota.feature, quota.value] < quota.least
    ]
    for feature in dict.fromkeys(quota.feature for quota in task.quotas):
        found += _short_feature(task, feature)
    return tuple(found)


def _short_feature(task: Task, feature: str) -> list[Reason]:
    """Do the quotas of one feature ask for more seats than there are, or fill fewer?"""
    quotas = [quota for quota in task.quotas if quota.feature == feature]
    people = counted(task.people)
    named = {quota.value for quota in quotas}
    others = sum(1 for person in task.people if person.answers.get(feature, "") not in named)
    least = sum(quota.least for quota in quotas)
    most = others + sum(min(quota.most, people[feature, quota.value]) for quota in quotas)
    about: dict[str, Value] = {"feature": feature, "seats": task.seats}
    found = []
    if least > task.seats:
        found.append(Reason("sortition.more_than_seats", about | {"total": least}))
    if most < task.seats:
        found.append(Reason("sortition.fewer_than_seats", about | {"total": most}))
    return found


def _is_empty(within: Space) -> bool:
    import numpy as np

    return best(within, np.zeros(len(within.sizes))) is None


def _can_sit(found: Sequence[Kind]) -> int:
    """How many can sit together when only addresses count."""
    return sum({kind.company: kind.most for kind in found}.values())


def _given_way(task: Task, within: Space) -> tuple[Quota, ...]:
    """The quotas, each widened to what a panel needs that passes the fewest of them.

    Three questions, each within the answer of the one before: how many quotas give way, by how
    many seats in all, and which of them. The panel is counted in whole numbers, so that the
    widened quotas hold for certain.
    """
    import numpy as np

    quotas = len(task.quotas)
    ones, none = np.ones(quotas), np.zeros(quotas)
    order = 1.0 + np.arange(quotas, 0, -1) / (2 * quotas * quotas + 1)
    few = float(np.count_nonzero(_passed(within, _excess(within, none, ones))))
    least = float(_passed(within, _excess(within, ones, none, flags=few)).sum())
    panel = _excess(within, none, order, seats=least, flags=few)
    return tuple(
        replace(quota, least=min(quota.least, count), most=max(quota.most, count))
        for quota, count in zip(task.quotas, _counts(within, panel), strict=False)
    )


def _passed(within: Space, panel: "Vector") -> "Vector":
    """By how many seats the panel passes each row, in whole numbers."""
    import numpy as np

    counts = np.array(_counts(within, panel), dtype=float)
    passed: Vector = np.maximum(np.maximum(within.low - counts, counts - within.high), 0.0)
    return passed


def _counts(within: Space, panel: "Vector") -> list[int]:
    """What the panel counts in each row: first the quotas, in whole numbers."""
    return [round(float(count)) for count in within.rows @ panel]


def _excess(
    within: Space,
    by_seat: "Vector",
    by_quota: "Vector",
    *,
    seats: float = inf,
    flags: float = inf,
) -> "Vector":
    """A panel whose quotas are passed at the least cost, by so many seats and quotas at most.

    Variables: people of each kind, excess of each quota, and whether a quota gives way at all.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    kinds, rows, quotas = len(within.sizes), within.rows.shape[0], len(by_seat)
    largest = max(within.high[-1], within.low.max())
    none, endless = np.full(quotas + 2, -np.inf), np.full(rows, np.inf)
    low = np.concatenate([within.low, -endless, none])
    high = np.concatenate([endless, within.high, np.zeros(quotas), [seats, flags]])
    with hushed():
        solved = milp(
            np.concatenate([np.zeros(kinds), by_seat, by_quota]),
            integrality=np.ones(kinds + 2 * quotas, dtype=int),
            bounds=Bounds(
                0, np.concatenate([within.most, np.full(quotas, largest), np.ones(quotas)])
            ),
            constraints=LinearConstraint(_ways(within, quotas, largest), low, high),
            options={"mip_rel_gap": 0.0},
        )
    return np.round(answered(solved.x)[:kinds])


def _ways(within: Space, quotas: int, largest: float) -> "csr_array":
    """Rows with their excess from below and above; excess only of what gives way; both totals."""
    import numpy as np
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    kinds, rows = len(within.sizes), within.rows.shape[0]
    way, no_flag = eye_array(rows, quotas), csr_array((rows, quotas))
    ways = [csr_array((quotas, kinds)), eye_array(quotas), -largest * eye_array(quotas)]
    totals = np.zeros((2, kinds + 2 * quotas))
    totals[0, kinds : kinds + quotas] = totals[1, kinds + quotas :] = 1.0
    table = [
        hstack([within.rows, way, no_flag]),
        hstack([within.rows, -way, no_flag]),
        hstack(ways),
        csr_array(totals),
    ]
    return csr_array(vstack(table))


def _clash(task: Task, found: Sequence[Kind]) -> tuple[Quota, ...]:
    """Quotas that cannot be kept together, none to spare: each in turn is left out if it can be."""
    kept = list(task.quotas)
    for quota in task.quotas:
        fewer = [each for each in kept if each != quota]
        if _is_empty(space(found, fewer, task.seats)):
            kept = fewer
    return tuple(kept)
