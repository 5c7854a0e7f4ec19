"""Everybody's chance under the fairest lottery of panels, with the reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monarca.engines.reasons import Reason, Value
from monarca.engines.sortition.mixing import Mixture, Step, mixed, short_of
from monarca.engines.sortition.panels import Space, best, space, tightened
from monarca.engines.sortition.pool import CannotDraw, Kind, Task, counted, demand, kinds
from monarca.engines.sortition.relaxation import bound
from monarca.engines.sortition.relaxing import Relaxation, relaxed
from monarca.engines.sortition.stages import by_stages

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Vector = NDArray[float64]

METHODS = ("leximin", "maximin")
ALIKE = 1e-4
TIGHTENED = 3
"""How often the bound is drawn tighter where no mixture of panels reaches it."""


class NoPanelIsPossible(CannotDraw):
    """No panel keeps every quota; `relaxation` is the smallest change after which one does."""

    def __init__(self, relaxation: Relaxation) -> None:
        values = {"quotas": len(relaxation.changes), "total": relaxation.total}
        super().__init__(Reason("sortition.no_panel", values))
        self.relaxation = relaxation


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance (0 to 1) of each person of a kind, and why it is what it is."""

    kind: Kind
    chance: float
    reason: Reason


@dataclass(frozen=True, slots=True)
class Chances:
    """A lottery of panels: each panel as people of each kind, with its weight.

    Every chance is computed from the weights as they are, never taken from the solver. `ceiling` is
    proved: no lottery that keeps the quotas gives everybody who can sit more. `gap`: nobody is
    further than this below the fairest chances.
    """

    task: Task
    method: str
    kinds: tuple[Chance, ...]
    panels: tuple[tuple[int, ...], ...]
    weights: tuple[float, ...]
    gap: float
    ceiling: float

    @property
    def least(self) -> float:
        """The smallest chance of anybody, who can sit at all or not."""
        return min(each.chance for each in self.kinds)

    def everybody(self) -> Mapping[str, float]:
        """The chance of each person, by id."""
        return {
            person: each.chance
            for each in self.kinds
            for home in each.kind.homes
            for person in home
        }


def fair_chances(task: Task, *, method: str = "leximin", progress: Step | None = None) -> Chances:
    """The lottery that is fairest to those it treats worst (maximin; leximin goes on from there).

    The relaxation gives chances that nobody can beat; a mixture of panels that reaches them is
    looked for, and where none does, the levels are found one by one. Raises CannotDraw,
    NoPanelIsPossible; ValueError: no such method.
    """
    if method not in METHODS:
        raise ValueError(method)
    demand(task)
    found = kinds(task)
    within, first = _panels(task, found)
    step = progress or _silent
    step(0, 100)
    is_leximin = method == "leximin"
    for _ in range(TIGHTENED):
        aim = bound(within, is_leximin=is_leximin)
        mixture, is_reached = mixed(within, aim, first, progress=step)
        if is_reached:
            return _told(task, method, found, mixture, aim.least)
        tighter = tightened(within, short_of(within, aim, mixture))
        if tighter is None:
            break
        within = tighter
    mixture = by_stages(within, mixture.panels, is_leximin=is_leximin, progress=step)
    told = _told(task, method, found, mixture, aim.least)
    least = min(each.chance for each in told.kinds if each.chance > 0)
    return replace(told, ceiling=least + told.gap)


def ceiling(task: Task) -> float:
    """No lottery that keeps the quotas gives everybody more than this; 0 where somebody can never
    sit. Raises as `fair_chances`.

    One linear programme: enough to judge a lottery that somebody else made.
    """
    demand(task)
    within, _ = _panels(task, kinds(task))
    return float(bound(within, is_leximin=False).floors.min())


def _panels(task: Task, found: tuple[Kind, ...]) -> "tuple[Space, Vector]":
    """The panels of the task, and one of them. Raises NoPanelIsPossible."""
    import numpy as np

    within = space(found, task.quotas, task.seats)
    first = best(within, np.zeros(len(found)))
    if first is None:
        raise NoPanelIsPossible(relaxed(task))
    return within, first


def _told(
    task: Task, method: str, found: tuple[Kind, ...], mixture: Mixture, ceiling: float
) -> Chances:
    import numpy as np

    used = np.flatnonzero(mixture.weights > 1e-9)
    weights = mixture.weights[used] / mixture.weights[used].sum()
    panels = np.array([mixture.panels[place] for place in used])
    chances = weights @ panels / np.array([kind.size for kind in found])
    people = counted(task.people)
    told = tuple(
        Chance(kind, float(chance), _reason(task, people, kind, float(chance)))
        for kind, chance in zip(found, chances, strict=True)
    )
    rows = tuple(tuple(int(number) for number in panel) for panel in panels)
    return Chances(task, method, told, rows, tuple(map(float, weights)), mixture.gap, ceiling)


def _reason(task: Task, people: Mapping[tuple[str, str], int], kind: Kind, chance: float) -> Reason:
    """Why people of this kind have this chance: what their quotas alone would allow, if that."""
    even = task.seats / len(task.people)
    values: dict[str, Value] = {"chance_share": chance, "even_share": even}
    if chance == 0:
        return Reason("sortition.never")
    if abs(chance - even) < ALIKE:
        return Reason("sortition.even", values)
    for quota in task.quotas:
        answer = (quota.feature, quota.value)
        if answer not in kind.answers:
            continue
        about: dict[str, Value] = dict(values)
        about |= {"feature": quota.feature, "value": quota.value, "people": people[answer]}
        if abs(chance - quota.most / people[answer]) < ALIKE:
            return Reason("sortition.held", about | {"most": quota.most})
        if abs(chance - quota.least / people[answer]) < ALIKE:
            return Reason("sortition.raised", about | {"least": quota.least})
    return Reason("sortition.jointly", values)


def _silent(done: int, whole: int) -> None:
    """Nobody is watching."""
