"""Questions about code lists: names of codes, children of a code, places by INEGI code."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.db.models import QuerySet

from monarca.ground.codelists.models import Code


@dataclass(frozen=True, slots=True)
class State:
    """One of Mexico's 32 states: INEGI code, ISO 3166-2 code (MX-OAX), name."""

    code: str
    iso: str
    name: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality by its five-digit INEGI code; 90 names are shared, so never by name."""

    code: str
    state: str
    name: str


def codes(name: str, parent: str = "") -> QuerySet[Code]:
    """The active codes of one list (and parent), in their order."""
    rows = Code.objects.filter(list=name, parent=parent, is_active=True)
    return rows.order_by("position", "code")


def labels(name: str) -> dict[str, Mapping[str, str]]:
    """Every code of a list with its trilingual name, withdrawn ones included."""
    return dict(Code.objects.filter(list=name).order_by("code").values_list("code", "label"))


@cache
def states() -> tuple[State, ...]:
    rows = _rows("mx_states.csv")
    return tuple(State(row["inegi_code"], row["iso_3166_2"], row["name"]) for row in rows)


@cache
def state_names() -> Mapping[str, str]:
    return {state.code: state.name for state in states()}


@cache
def municipalities(state: str = "") -> tuple[Municipality, ...]:
    """The municipalities of a state, or all 2,478."""
    return tuple(
        Municipality(row["inegi_code"], row["state_code"], row["name"])
        for row in _rows("mx_municipalities.csv")
        if state in {"", row["state_code"]}
    )


@cache
def municipality_names() -> Mapping[str, str]:
    return {place.code: place.name for place in municipalities()}


def _rows(name: str) -> list[dict[str, str]]:
    path = files("monarca.ground.codelists").joinpath("data", name)
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
