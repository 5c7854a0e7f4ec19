"""A narrow lottery at the line: a draw between those who cannot be told apart, open to anybody."""

from dataclasses import dataclass

from monarca.engines import sealing
from monarca.engines.scoring.ranking import Ranking
from monarca.engines.scoring.reviews import Unfit

LEAST, MOST = 40, 60
"""The draw is between applications whose chance to be above the line is 40 % to 60 %."""

RULE = "monarca-lottery-1"
"""What a commitment promises: the lowest tickets win; a ticket is
SHA-256 of the canonical JSON list [commitment, seed, application]."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One application's number in the draw, and whether it won a place."""

    application: str
    ticket: str
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Lottery:
    """Who is in the draw for how many places. Empty `tickets`: there is nothing to draw yet.

    `commitment` is to be published before the seed can be known; `certain` are funded without a
    draw; `seed` is blank until it is known. `announced`: where the seed will come from.
    """

    pool: tuple[str, ...]
    places: int
    certain: tuple[str, ...]
    announced: str
    commitment: str
    seed: str
    tickets: tuple[Ticket, ...]

    @property
    def funded(self) -> tuple[str, ...]:
        """Who is funded in the end, by name; before the draw, who is without it."""
        drawn = (each.application for each in self.tickets if each.is_drawn)
        return tuple(sorted((*self.certain, *drawn)))


def lottery(ranking: Ranking, *, seed: str = "", announced: str = "") -> Lottery:
    """The draw at the line of a ranking: who is in it, the commitment, and with a seed who wins.

    In the draw are applications whose chance lies between 40 % and 60 %, and those whose equal
    scores stand on both sides of the line; they share the places that the ranking gives to them
    together. Nobody else gains or loses. A draw buys equal treatment, not better projects.
    Raises Unfit: no line under a number of applications.
    """
    if ranking.fund is None:
        raise Unfit("scoring.lottery_needs_fund")
    pool, places, certain = _shared(ranking, ranking.fund)
    commitment = sealing.sha256(
        {
            "announced": announced,
            "certain": list(certain),
            "places": places,
            "pool": list(pool),
            "rule": RULE,
        }
    )
    tickets = tuple(drawn(pool, places, commitment=commitment, seed=seed)) if seed else ()
    return Lottery(pool, places, certain, announced, commitment, seed, tickets)


def _shared(ranking: Ranking, fund: int) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
    """Who is in the draw, for how many places, and who is funded without one."""
    inside = {
        each.application
        for each in ranking.standings
        if each.side == "tied"
        or (each.chance is not None and LEAST <= round(each.chance * 100, 6) <= MOST)
    }
    best = [each.application for each in ranking.standings[:fund]]
    places = sum(name in inside for name in best)
    if places in {0, len(inside)}:
        return (), 0, tuple(sorted(best))
    certain = sorted(name for name in best if name not in inside)
    return tuple(sorted(inside)), places, tuple(certain)


def drawn(pool: tuple[str, ...], places: int, *, commitment: str, seed: str) -> list[Ticket]:
    """Every ticket, lowest first; the first `places` win. Anybody can compute them again."""
    numbered = sorted((sealing.sha256([commitment, seed, name]), name) for name in pool)
    return [Ticket(name, ticket, place < places) for place, (ticket, name) in enumerate(numbered)]
