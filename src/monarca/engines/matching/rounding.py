"""A plan drawn from chances: every chance is kept exactly, and so are places, needs and loads.

Dependent rounding along circles (Gandhi, Khuller, Parthasarathy and Srinivasan, "Dependent
rounding and its applications to approximation algorithms", J. ACM 53, 2006): where a flow is not
whole, its broken arcs contain a circle; pushing along it one way or the other, with odds that keep
every expectation, makes at least one arc whole and no node wrong.
"""

from collections.abc import Sequence
from hashlib import sha256
from itertools import count


class Draws:
    """Numbers that anybody can draw again from the published seed.

    The n-th number is SHA-256 of "seed:n" as a whole number, modulo the bound; with 256 bits the
    modulus favours no number by more than one in 10^60.
    """

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.numbers = count()

    def below(self, bound: int) -> int:
        """A whole number from 0 to below `bound`."""
        spelled = f"{self.seed}:{next(self.numbers)}".encode()
        return int.from_bytes(sha256(spelled).digest()) % bound


def rounded(
    ends: Sequence[tuple[int, int]], flows: Sequence[int], *, unit: int, seed: str
) -> list[int]:
    """Whole flows (multiples of `unit`) drawn so that each arc's expectation is its flow.

    `ends` are the two nodes of each arc; whatever flows through a node must be a multiple of
    `unit`, and stays what it is. About as many steps as there are broken arcs, times the length of
    a circle. Raises ValueError where a node's flow is not whole.
    """
    return _Rounding(ends, flows, unit=unit).drawn(Draws(seed))


class _Rounding:
    """Broken arcs, and the path that looks for the next circle among them."""

    def __init__(self, ends: Sequence[tuple[int, int]], flows: Sequence[int], *, unit: int) -> None:
        self.ends, self.flows, self.unit = ends, list(flows), unit
        self.around: dict[int, list[int]] = {}
        for arc, flow in enumerate(self.flows):
            if flow % unit:
                for node in ends[arc]:
                    self.around.setdefault(node, []).append(arc)

    def drawn(self, draws: Draws) -> list[int]:
        for start in sorted(self.around):
            while self._leaving(start, -1) >= 0:
                self._walk(start, draws)
        return self.flows

    def _walk(self, start: int, draws: Draws) -> None:
        """Go on along broken arcs until a node comes twice; push along that circle; go on."""
        nodes, place = [start], {start: 0}
        arcs: list[int] = []
        while True:
            arc = self._leaving(nodes[-1], arcs[-1] if arcs else -1)
            if arc < 0 and arcs:
                raise ValueError("what flows through a node is not whole")
            if arc < 0:
                return
            tail, head = self.ends[arc]
            node = tail if nodes[-1] == head else head
            arcs.append(arc)
            if node not in place:
                place[node] = len(nodes)
                nodes.append(node)
                continue
            since = place[node]
            self._push(arcs[since:], nodes[since:], draws)
            for gone in nodes[since + 1 :]:
                del place[gone]
            del nodes[since + 1 :], arcs[since:]

    def _leaving(self, node: int, came_by: int) -> int:
        """A broken arc at this node other than the one we came by; -1 where there is none."""
        mine = self.around.get(node, [])
        self._forget_whole(mine)
        if mine and mine[-1] == came_by:
            mine.pop()
            self._forget_whole(mine)
            mine.insert(max(0, len(mine) - 1), came_by)
        return mine[-1] if mine and mine[-1] != came_by else -1

    def _forget_whole(self, mine: list[int]) -> None:
        while mine and not self.flows[mine[-1]] % self.unit:
            mine.pop()

    def _push(self, arcs: list[int], nodes: list[int], draws: Draws) -> None:
        """Make one arc of a circle whole: up by `more` or down by `less`, fairly."""
        along = [self.ends[arc][0] == node for arc, node in zip(arcs, nodes, strict=True)]
        rooms = [
            (self.unit - self.flows[arc] % self.unit, self.flows[arc] % self.unit) for arc in arcs
        ]
        more = min(up if ahead else down for ahead, (up, down) in zip(along, rooms, strict=True))
        less = min(down if ahead else up for ahead, (up, down) in zip(along, rooms, strict=True))
        step = more if draws.below(more + less) < less else -less
        for arc, ahead in zip(arcs, along, strict=True):
            self.flows[arc] += step if ahead else -step
