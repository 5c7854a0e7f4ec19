"""Which people sit: the places of a kind are dealt out evenly, at most one ticket apart."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence

from monarca.engines.sortition.pool import Kind

Order = Callable[[object], bytes]
"""A key that puts things in an order nobody chose."""


def order(about: str) -> Order:
    """The order of SHA-256 of what it is about (a fingerprint) and of the thing."""
    return lambda thing: hashlib.sha256(f"{about}\n{thing}".encode()).digest()


def seated(
    kinds: Sequence[Kind], panels: Sequence[Sequence[int]], by: Order
) -> tuple[tuple[str, ...], ...]:
    """The people of each ticket, by id in order; `panels` holds a row of counts for each ticket.

    People of one kind get equally many tickets, or one more; nobody sits twice on a ticket, nor two
    of one home. The order in which homes, people and tickets are dealt comes from `by`.
    """
    tickets: list[list[str]] = [[] for _ in panels]
    companies: dict[int, list[int]] = defaultdict(list)
    for place, kind in enumerate(kinds):
        companies[kind.company].append(place)
    for number, places in companies.items():
        turn = sorted(range(len(panels)), key=lambda ticket: by((number, ticket)))
        wanted = [
            (ticket, place)
            for ticket in turn
            for place in places
            for _ in range(panels[ticket][place])
        ]
        homes = _homes(wanted, kinds[places[0]].most)
        shuffled = sorted(
            range(kinds[places[0]].most), key=lambda home: by(kinds[places[0]].homes[home])
        )
        met: dict[tuple[int, int], int] = defaultdict(int)
        for (ticket, place), home in zip(wanted, homes, strict=True):
            people = sorted(kinds[place].homes[shuffled[home]], key=by)
            tickets[ticket].append(people[met[place, home] % len(people)])
            met[place, home] += 1
    return tuple(tuple(sorted(ticket)) for ticket in tickets)


def _homes(wanted: Sequence[tuple[int, int]], homes: int) -> list[int]:
    """The home of each wanted place (ticket, kind).

    No home twice on one ticket, and each home equally often for each kind, or once more. That is
    an edge colouring of a bipartite graph, tickets against kinds, with the homes as colours: a kind
    is cut into groups of as many places as there are homes, and a group gets every home once
    (König 1916; the balance is de Werra's, 1971). One kind alone is simply dealt round.
    """
    if len({place for _, place in wanted}) <= 1:
        return [number % homes for number in range(len(wanted))]
    met: dict[int, int] = defaultdict(int)
    edges = []
    for ticket, place in wanted:
        edges.append((("ticket", ticket, 0), ("kind", place, met[place] // homes)))
        met[place] += 1
    return _coloured(edges, homes)


Node = tuple[str, int, int]


def _coloured(edges: Sequence[tuple[Node, Node]], colours: int) -> list[int]:
    """A colour for each edge of a bipartite graph, none twice at a node (of at most `colours`)."""
    used: dict[Node, dict[int, int]] = defaultdict(dict)
    given: list[int] = []
    for number, (left, right) in enumerate(edges):
        colour = _free(used[left], colours)
        if colour in used[right]:
            pair = (colour, _free(used[right], colours))
            _flip(_path(edges, used, right, pair), edges, used, pair)
        used[left][colour] = used[right][colour] = number
    for number, (left, _) in enumerate(edges):
        given += [colour for colour, edge in used[left].items() if edge == number]
    return given


def _free(used: dict[int, int], colours: int) -> int:
    return next(colour for colour in range(colours) if colour not in used)


def _path(
    edges: Sequence[tuple[Node, Node]],
    used: dict[Node, dict[int, int]],
    start: Node,
    pair: tuple[int, int],
) -> list[int]:
    """The edges from a node that have the first colour, the second, the first, and so on."""
    path, node, turn = [], start, 0
    while pair[turn] in used[node]:
        edge = used[node][pair[turn]]
        path.append(edge)
        node = edges[edge][1] if edges[edge][0] == node else edges[edge][0]
        turn = 1 - turn
    return path


def _flip(
    path: Sequence[int],
    edges: Sequence[tuple[Node, Node]],
    used: dict[Node, dict[int, int]],
    pair: tuple[int, int],
) -> None:
    """Exchange the two colours along a path, so that its first node has the first colour free."""
    for place, edge in enumerate(path):
        for node in edges[edge]:
            if used[node].get(pair[place % 2]) == edge:
                del used[node][pair[place % 2]]
    for place, edge in enumerate(path):
        for node in edges[edge]:
            used[node][pair[1 - place % 2]] = edge
