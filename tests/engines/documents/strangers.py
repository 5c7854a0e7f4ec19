"""Forms and budgets by other hands, and how much of what they say is put in its place."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import monarca
from monarca.engines.documents.intake import Reading, read_file
from monarca.engines.packs.reading import read

HOME = Path(monarca.__file__).parent
FOLDER = Path(__file__).parents[2] / "data" / "strangers"
PLACES = HOME / "ground" / "codelists" / "data" / "mx_municipalities.csv"

type Json = Any


@dataclass(frozen=True, slots=True)
class Placed:
    """How many of the asked values were read right; `wrong` says where they were not."""

    right: int
    asked: int
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.right / self.asked


@cache
def truth() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text("utf-8"))
    return found


@cache
def readings() -> dict[str, Reading]:
    form = read(HOME / "packs" / "cfli-mexico").definition
    with PLACES.open(encoding="utf-8") as rows:
        names = {row["inegi_code"]: row["name"] for row in csv.DictReader(rows)}
    return {
        name: read_file(name, (FOLDER / name).read_bytes(), form, municipalities=names)
        for name in truth()
    }


def same(value: Json) -> Json:
    """Values without row names, blanks and what the eye does not see."""
    if isinstance(value, str):
        return " ".join(value.split()).strip(" .")
    if isinstance(value, dict):
        plain = {key: same(one) for key, one in value.items() if key != "id"}
        return {key: one for key, one in plain.items() if one not in ("", None, [], {}, 0)}
    if isinstance(value, list):
        return sorted((same(one) for one in value), key=str)
    return value


def fits(wanted: Json, got: Json) -> bool:
    """The same value; of rows, every column the truth names, in the same order."""
    if isinstance(wanted, list) and wanted and isinstance(wanted[0], dict):
        if not isinstance(got, list) or len(got) != len(wanted):
            return False
        return all(
            same(mine.get(key)) == same(value)
            for row, mine in zip(wanted, got, strict=True)
            for key, value in row.items()
        )
    return bool(same(wanted) == same(got) or (wanted == [] and not got))


def states(got: Json) -> list[str]:
    return sorted({row["place"]["state"] for row in got or ()})


def fields() -> Placed:
    wrong, asked = [], 0
    for name, told in truth().items():
        got = {one.key: one.value for one in readings()[name].fields}
        for key, wanted in told["answers"].items():
            asked += 1
            value = states(got.get(key)) if key == "places" else got.get(key)
            if not fits(sorted(wanted) if key == "places" else wanted, value):
                wrong.append(f"{name}: {key} is {value!r}")
    return Placed(asked - len(wrong), asked, tuple(wrong))


def _cells(name: str, wanted: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    budget = readings()[name].budget
    lines = list(budget.lines) if budget else []
    for line in wanted["lines"]:
        mine = next((one for one in lines if one.description == line["description"]), None)
        if mine is not None:
            lines.remove(mine)
        for key, value in line.items():
            got = getattr(mine, key, None)
            yield (
                f"{name}: {line['description']}, {key} is {got}",
                (f"{got.normalize():f}" if key == "quantity" and got is not None else got) == value,
            )
    yield from ((f"{name}: {one.description} is no line", False) for one in lines)


def cells() -> Placed:
    found = [
        each
        for name, told in truth().items()
        if "budget" in told
        for each in _cells(name, told["budget"])
    ]
    wrong = tuple(what for what, good in found if not good)
    return Placed(len(found) - len(wrong), len(found), wrong)


def everything(name: str) -> str:
    """All that was read of a file, in one text."""
    reading = readings()[name]
    told = [f"{one.key}: {one.value} {one.text}" for one in reading.fields]
    return "\n".join([*told, str(reading.budget)])
