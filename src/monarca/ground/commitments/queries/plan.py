"""The bundled example: the four pillars of the Action Plan 2025-2028, in words of our own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from monarca.ground.commitments.queries.incoming import Incoming, read
from monarca.ground.commitments.states import Pillars

NAME = "action_plan"
FILE = "commitments.csv"


@dataclass(frozen=True, slots=True)
class Planned:
    """One commitment of the example, for a person to look at first."""

    pillar: str
    text: Mapping[str, str]
    due_on: date | None


@cache
def rows() -> tuple[Incoming, ...]:
    """The example as it is written in the package; it is read like anybody's file."""
    data = files("monarca").joinpath("examples", NAME, FILE).read_bytes()
    arrival = read(FILE, data)
    if arrival.flaws:
        raise ValueError(arrival.flaws)
    return arrival.rows


def planned() -> Iterator[Planned]:
    for row in rows():
        yield Planned(str(Pillars(row.pillar).label) if row.pillar else "", row.text, row.due_on)
