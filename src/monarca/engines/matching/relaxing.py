"""What to change when no plan exists: the fewest changes of each kind, each tried again.

The same flow with doors opened at a price: more load, a language or a conflict waived for one
pair, a need dropped, one reviewer fewer. The cheapest flow opens the fewest doors, so no smaller
set of changes of that kind makes a plan possible; each answer is solved again before it is given.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monarca.engines.matching import candidates as finding
from monarca.engines.matching.candidates import (
    BEST,
    CONFLICT,
    FREE,
    LANGUAGE,
    Barred,
    Candidates,
    Grids,
)
from monarca.engines.matching.network import (
    Arcs,
    Network,
    joined,
    laid,
    load_arcs,
    needs_of,
    pair_arcs,
    solved,
)
from monarca.engines.matching.problem import Application, Pair, Problem, Reviewer
from monarca.engines.reasons import Reason, Value

if TYPE_CHECKING:
    from monarca.engines.matching.candidates import Ints

LEVELS = 3
"""The second and third change at one person or file count as worse, so that changes are spread."""

KINDS = ("load", "fewer", "language", "need", "conflict")
"""Kinds of change, the gentlest first."""


@dataclass(frozen=True, slots=True)
class Change:
    """One wish given up: `count` more places for a reviewer, a bar of a pair, a need, a place."""

    kind: str
    application: str
    reviewer: str
    count: int
    need: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Way:
    """A smallest set of changes after which there is a plan.

    `kind` is the only kind of change it uses, or "mixed"; `size` counts its changes.
    """

    kind: str
    size: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Why there is no plan, and the ways out, the smallest first.

    `is_complete` is False where, of a very large table, only the likeliest pairs of each
    application were considered, so that a smaller set may exist.
    """

    short: tuple[Reason, ...]
    ways: tuple[Way, ...]
    is_complete: bool = True


def relaxation(
    problem: Problem, table: Grids, found: Candidates, *, best: int | None
) -> Relaxation:
    """The smallest ways out of a problem that has no plan; `best` of each file were considered."""
    shut = finding.barred(table, best=BEST if best else None)
    doors = _Doors.around(problem, found, shut)
    ways: list[Way] = []
    for kinds in [*((kind,) for kind in KINDS), KINDS]:
        size = _least_size(ways)
        way = doors.way(kinds)
        if way and (len(kinds) == 1 or way.size < size) and _opens(problem, way, best):
            ways.append(way)
    ways.sort(key=lambda way: (way.size, (*KINDS, "mixed").index(way.kind)))
    return Relaxation(tuple(_short(problem, found, shut)), tuple(ways), best is None)


def is_hopeless(problem: Problem, found: Candidates) -> bool:
    """Does a count show that there is no plan, whichever candidates are considered?"""
    wanted = [problem.wanted(each) for each in problem.applications]
    able = found.eligible.tolist()
    is_short = any(few < many for few, many in zip(able, wanted, strict=True))
    return is_short or sum(each.most for each in problem.reviewers) < sum(wanted)


def _opens(problem: Problem, way: Way, best: int | None) -> bool:
    """Is there a plan once these changes are made? The waived pairs are among the candidates."""
    waived = tuple((each.application, each.reviewer) for each in way.changes)
    other = replace(relaxed(problem, way), keep=waived)
    return is_possible(other, best=best)


def _least_size(ways: list[Way]) -> int:
    return min((way.size for way in ways), default=1 << 60)


def is_possible(problem: Problem, *, best: int | None = None) -> bool:
    """Is there any plan at all? With `best`, one among that many candidates of each application."""
    import numpy as np

    found = finding.free(finding.grids(problem), best=best)
    for is_merged in (False, True):
        network = laid(problem, found, is_merged=is_merged)
        none = np.zeros(len(found.row), dtype=np.int64)
        arcs = (pair_arcs(network, none + 1, none), network.inner, *load_arcs(network, 0))
        if solved(network, joined(arcs)) is not None:
            return True
    return False


def relaxed(problem: Problem, way: Way) -> Problem:
    """The problem with the changes of a way made."""
    more = Counter({c.reviewer: c.count for c in way.changes if c.kind == "load"})
    fewer = Counter({c.application: c.count for c in way.changes if c.kind == "fewer"})
    needs = {(c.application, c.need) for c in way.changes if c.kind == "need"}
    waived = {(c.application, c.reviewer, c.kind) for c in way.changes}
    known = {(each.application, each.reviewer): each for each in problem.pairs}
    for file, person, kind in sorted(waived):
        pair = known.get((file, person), Pair(file, person))
        if kind == "language":
            known[file, person] = replace(pair, is_language_waived=True)
        elif kind == "conflict":
            known[file, person] = replace(pair, is_conflict=False)

    def less(each: Application) -> Application:
        kept = tuple(need for need in each.needs if (each.id, need) not in needs)
        return replace(each, needs=kept, reviewers=problem.wanted(each) - fewer[each.id])

    return replace(
        problem,
        applications=tuple(map(less, problem.applications)),
        reviewers=tuple(replace(e, most=e.most + more[e.id]) for e in problem.reviewers),
        pairs=tuple(known[cell] for cell in sorted(known)),
    )


def _short(problem: Problem, found: Candidates, shut: Barred) -> Iterator[Reason]:
    """What a count alone can tell: files with too few reviewers, needs nobody meets, all loads."""
    if found.is_cut and not is_hopeless(problem, found):
        yield Reason("matching.not_all_tried")
    tongue, tied = shut.by_language.tolist(), shut.by_conflict.tolist()
    for place, file in enumerate(problem.applications):
        able, wanted = int(found.eligible[place]), problem.wanted(file)
        if able < wanted:
            values: dict[str, Value] = {
                "application": file.id,
                "eligible": able,
                "wanted": wanted,
                "language": tongue[place],
                "conflict": tied[place],
            }
            yield Reason("matching.too_few_eligible", values)
    yield from _nobody(problem, found)
    places = sum(map(problem.wanted, problem.applications))
    room = sum(each.most for each in problem.reviewers)
    if room < places:
        yield Reason("matching.loads_too_small", {"places": places, "room": room})


def _nobody(problem: Problem, found: Candidates) -> Iterator[Reason]:
    """Needs that no eligible reviewer of the application meets."""
    skills: dict[int, set[str]] = {}
    for row, column in zip(found.row.tolist(), found.column.tolist(), strict=True):
        if problem.applications[row].needs:
            skills.setdefault(row, set()).update(problem.reviewers[column].skills)
    for place, file in enumerate(problem.applications):
        for need in needs_of(file.needs):
            if need not in skills.get(place, ()):
                yield Reason("matching.nobody_has", {"application": file.id, "need": need})


@dataclass(frozen=True, slots=True)
class _Doors:
    """The network with every door in it; `why` says what bars each candidate."""

    network: Network
    why: "Ints"

    @classmethod
    def around(cls, problem: Problem, found: Candidates, barred: Barred) -> "_Doors":
        import numpy as np

        shut, why = barred.pairs, barred.why
        row, column = np.r_[found.row, shut.row], np.r_[found.column, shut.column]
        whole = np.r_[np.full(len(found.row), FREE), why]
        order = np.lexsort((column, row))
        affinity = np.r_[found.affinity, shut.affinity]
        given = np.r_[found.is_given, shut.is_given]
        every = Candidates(row[order], column[order], affinity[order], given[order], found.eligible)
        return cls(laid(problem, every, known=whole[order] == FREE), whole[order])

    def way(self, kinds: tuple[str, ...]) -> Way | None:
        """The fewest changes of these kinds, or None where they do not suffice."""
        network = self.network
        places = sum(map(len, network.places))
        price = len(KINDS) * LEVELS * (places + 1)
        arcs = [
            self._pairs(kinds, price),
            network.inner,
            *load_arcs(network, 0),
            self._loads(price, is_open="load" in kinds),
            self._fewer(price, is_open="fewer" in kinds),
            self._needs(price, is_open="need" in kinds),
        ]
        flows = solved(network, joined(arcs))
        if flows is None:
            return None
        changes = tuple(self._changes(flows, [len(each.tails) for each in arcs]))
        size = sum(each.count for each in changes)
        return Way(kinds[0] if len(kinds) == 1 else "mixed", size, changes)

    def _pairs(self, kinds: tuple[str, ...], price: int) -> Arcs:
        import numpy as np

        language, conflict = (self.why & LANGUAGE) > 0, (self.why & CONFLICT) > 0
        is_open = (~language | ("language" in kinds)) & (~conflict | ("conflict" in kinds))
        costs = language * _cost(price, "language") + conflict * _cost(price, "conflict")
        return pair_arcs(self.network, is_open.astype(np.int64), costs)

    def _loads(self, price: int, *, is_open: bool) -> Arcs:
        import numpy as np

        nodes = self.network.reviewers(np.arange(len(self.network.problem.reviewers)))
        room = np.full(len(nodes), len(self.network.places) if is_open else 0)
        return self._to_sink(nodes, room, _cost(price, "load"))

    def _fewer(self, price: int, *, is_open: bool) -> Arcs:
        import numpy as np

        places = np.array([len(each) for each in self.network.places], dtype=np.int64)
        return self._to_sink(np.arange(len(places)), places * is_open, _cost(price, "fewer"))

    def _to_sink(self, nodes: "Ints", room: "Ints", cost: int) -> Arcs:
        """One place, a second that is a little worse, and the rest, from each node to the sink."""
        import numpy as np

        first, rest = np.minimum(room, 1), np.maximum(room - LEVELS + 1, 0)
        rooms = [first, *(np.clip(room - n, 0, 1) for n in range(1, LEVELS - 1)), rest]
        costs = [np.full(len(nodes), cost + level) for level in range(LEVELS)]
        sinks = np.full(len(nodes) * LEVELS, self.network.sink)
        return Arcs(np.tile(nodes, LEVELS), sinks, np.concatenate(rooms), np.concatenate(costs))

    def _needs(self, price: int, *, is_open: bool) -> Arcs:
        """From an asking place to the open places of its application."""
        import numpy as np

        asking = self._asking()
        tails = np.array([node for node, _, _ in asking], dtype=np.int64)
        heads = np.array([file for _, file, _ in asking], dtype=np.int64)
        once = _cost(price, "need")
        costs = np.array([mask.bit_count() * once for *_, mask in asking], dtype=np.int64)
        return Arcs(tails, heads, np.full(len(asking), int(is_open)), costs)

    def _asking(self) -> list[tuple[int, int, int]]:
        """Node, application and mask of every asking place, in the order they were laid."""
        nodes = (self.network.supplies[self.network.sink + 1 :] == 1).nonzero()[0]
        numbered = iter((nodes + self.network.sink + 1).tolist())
        return [
            (next(numbered), file, mask)
            for file, places in enumerate(self.network.places)
            for mask in places
            if mask
        ]

    def _changes(self, flows: "Ints", lengths: list[int]) -> Iterator[Change]:
        import numpy as np

        pairs, _, _, _, loads, fewer, needs = np.split(flows, np.cumsum(lengths)[:-1])
        problem = self.network.problem
        loads, fewer = (each.reshape(LEVELS, -1).sum(axis=0) for each in (loads, fewer))
        for person, more in zip(problem.reviewers, loads.tolist(), strict=True):
            if more:
                yield _more_load(person, more)
        for file, less in zip(problem.applications, fewer.tolist(), strict=True):
            if less:
                yield _one_fewer(problem, file, less)
        yield from self._waived(pairs)
        for (_, place, mask), used in zip(self._asking(), needs.tolist(), strict=True):
            file = problem.applications[place]
            for bit, need in enumerate(needs_of(file.needs)):
                if used and mask >> bit & 1:
                    reason = Reason("matching.drop_need", {"application": file.id, "need": need})
                    yield Change("need", file.id, "", 1, need, reason)

    def _waived(self, pairs: "Ints") -> Iterator[Change]:
        found, problem = self.network.candidates, self.network.problem
        for place in ((pairs > 0) & (self.why != FREE)).nonzero()[0].tolist():
            file = problem.applications[found.row[place]].id
            person = problem.reviewers[found.column[place]]
            values = {"application": file, "reviewer": person.id}
            if self.why[place] & LANGUAGE:
                reason = Reason("matching.waive_language", dict(values))
                yield Change("language", file, person.id, 1, "", reason)
            if self.why[place] & CONFLICT:
                reason = Reason("matching.waive_conflict", dict(values))
                yield Change("conflict", file, person.id, 1, "", reason)


def _cost(price: int, kind: str) -> int:
    """A change costs the price; among as many changes, gentler kinds cost a little less."""
    return price + KINDS.index(kind) * LEVELS


def _more_load(person: Reviewer, more: int) -> Change:
    values: dict[str, Value] = {
        "reviewer": person.id,
        "more": more,
        "most": person.most + more,
    }
    return Change("load", "", person.id, more, "", Reason("matching.more_load", values))


def _one_fewer(problem: Problem, file: Application, less: int) -> Change:
    left = problem.wanted(file) - less
    reason = Reason("matching.fewer_reviewers", {"application": file.id, "left": left})
    return Change("fewer", file.id, "", less, "", reason)
