"""The places of one application: some ask for a skill, the others are open to anybody."""

from collections.abc import Iterator, Mapping, Sequence

OPEN = 0
"""The mask of a place that asks for nothing; otherwise one bit for every need it stands for."""


def seats(
    needs: int, wanted: int, *, known: Mapping[int, int], is_merged: bool = False
) -> tuple[int, ...]:
    """The places of an application that has this many needs, the asking ones first.

    `known` counts its eligible reviewers by the needs they meet (bits). Every need has a place of
    its own; where its reviewers cannot fill those, one person may stand for several needs: the
    division into the most places that can be filled is taken (with `is_merged` into the fewest),
    the first in a fixed order.
    """
    if not needs or not wanted:
        return (OPEN,) * wanted
    divisions = [each for each in _divisions(needs) if len(each) <= wanted]
    fits = (each for each in divisions[:: -1 if is_merged else 1] if _can_fill(each, known))
    asking = next(fits, divisions[0])
    return (*asking, *(OPEN,) * (wanted - len(asking)))


def _divisions(needs: int) -> list[tuple[int, ...]]:
    """Every way to put needs together, those with the most places first."""
    found = {tuple(sorted(each)) for each in _grouped(needs)}
    return sorted(found, key=lambda each: (-len(each), each))


def _grouped(needs: int) -> Iterator[tuple[int, ...]]:
    if needs == 0:
        yield ()
        return
    bit = 1 << (needs - 1)
    for rest in _grouped(needs - 1):
        yield (*rest, bit)
        for place, mask in enumerate(rest):
            yield (*rest[:place], mask | bit, *rest[place + 1 :])


def _can_fill(masks: Sequence[int], known: Mapping[int, int]) -> bool:
    """Hall's condition: any few places have at least as many people who could take one of them."""
    for chosen in range(1, 1 << len(masks)):
        some = [mask for place, mask in enumerate(masks) if chosen >> place & 1]
        able = sum(n for met, n in known.items() if any(mask & ~met == 0 for mask in some))
        if able < len(some):
            return False
    return True


def seated(people: Sequence[int], places: Sequence[int]) -> tuple[int, ...] | None:
    """Which place each person takes (people as the needs they meet), or None where some cannot.

    The first people are seated first and never lose a place altogether (Kuhn's augmenting paths).
    """
    holder: dict[int, int] = {}

    def sit(person: int, tried: set[int]) -> bool:
        for place, mask in enumerate(places):
            if mask & ~people[person] or place in tried:
                continue
            tried.add(place)
            if place not in holder or sit(holder[place], tried):
                holder[place] = person
                return True
        return False

    if not all(sit(person, set()) for person in range(len(people))):
        return None
    taken = {person: place for place, person in holder.items()}
    return tuple(taken[person] for person in range(len(people)))


def best_of(ranked: Sequence[tuple[int, int]], places: Sequence[int]) -> int | None:
    """The largest sum of affinities that fills all places, None where nobody can.

    `ranked` are (affinity, needs met) from the best down. The sets that can sit down are the
    independent sets of a transversal matroid, so taking the best that still fits is exact.
    """
    chosen: list[int] = []
    total = 0
    for affinity, met in ranked:
        if len(chosen) == len(places):
            break
        if seated([*chosen, met], places) is not None:
            chosen.append(met)
            total += affinity
    return total if len(chosen) == len(places) else None
