"""Reading projects and the rules of a choice: a CSV and a TOML file, every fault at its place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from monarca.config.shell import calls
from monarca.config.shell.files import (
    Fault,
    Row,
    Told,
    brief,
    settings,
    table,
    tables_in,
)
from monarca.engines import portfolio
from monarca.engines.reasons import Reason

KEYS = (
    "envelope",
    "years",
    "levels",
    "value",
    "one_per_organisation",
    "keep",
    "firm",
    "limits",
    "goals",
    "pins",
    "other_columns",
)
COLUMNS = ("project", "title", "organisation", "score", "standard_error", "asked")
USUAL = ("theme", "region", "first_time", "indigenous_led", "gender_code")
LIMIT = ("name", "column", "is", "at_least", "each", "measure", "least", "most", "year")
GOAL = ("name", "column", "is", "at_least", "measure")
PIN = ("project", "fund", "percent")
LEVEL = ("percent", "worth")
MEASURES = {"money": "cents", **{each: each for each in portfolio.MEASURES if each != "cents"}}
ANSWERS = {
    **dict.fromkeys(("yes", "true", "sí", "si", "oui"), True),
    **dict.fromkeys(("no", "false", "non"), False),
}
"""What a rule may write for a column of yes and no."""


@dataclass(frozen=True, slots=True)
class Case:
    """What was read: projects, rules, and the words people know the projects by."""

    projects: tuple[portfolio.Project, ...]
    rules: portfolio.Rules
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tag:
    """The projects of a limit or goal: those whose column says `wanted`, or `least` or more."""

    column: str
    wanted: str | bool | None = None
    least: Decimal | None = None

    @property
    def name(self) -> str:
        """What the engine calls it; "" for all projects."""
        if not self.column:
            return ""
        return f"{self.column}>={self.least}" if self.least is not None else f"{self}"

    def __str__(self) -> str:
        return f"{self.column}={self.wanted}"

    def holds(self, row: Row) -> bool:
        """Does a project have it? Raises Fault where its cell cannot be read."""
        if not self.column:
            return True
        if self.least is not None:
            return row.has(self.column) and row.number(self.column) >= self.least
        if isinstance(self.wanted, bool):
            return row.yes(self.column) is self.wanted
        return str(self.wanted).casefold() in said_in(row, self.column)


def said_in(row: Row, column: str) -> dict[str, str]:
    """The values of a cell (divided by semicolons), by how they are compared."""
    return {each.casefold(): each for each in row.several(column)}


def sources(projects: Path, rules: Path | None, *, asker: str) -> tuple[Path | Told, Path | Told]:
    """The two files; of a call what the river holds, with its envelope where no rules are named.

    Raises Fault.
    """
    if not calls.is_call(projects):
        if rules is None:
            raise Fault(projects, Reason("shell.select.no_rules"))
        return projects, rules
    told = calls.told("projects", projects, asker=asker)
    return told, rules or calls.told("limits", projects, asker=asker)


def read(
    projects: Path | Told,
    rules: Path | Told,
    *,
    scenario: str = "",
    budget_cents: int | None = None,
) -> Case:
    """Projects and rules, with the scenario's changes. Raises Fault."""
    whole = settings(rules, known=(*KEYS, "scenarios"))
    chosen = _changed(whole, scenario)
    years = _years(chosen)
    asked = ("asked",) if years is None else tuple(f"asked_{year}" for year in years)
    rows = _rows(projects, whole, asked)
    tags: dict[str, Tag] = {}
    limits = tuple(
        chain.from_iterable(_limits(each, rows, tags) for each in _tables(chosen, "limits", LIMIT))
    )
    goals = tuple(_goal(each, rows, tags) for each in _tables(chosen, "goals", GOAL))
    offers = _offers(chosen)
    by_money = chosen.one_of("value", {"score", "score_by_money"}, default="score") != "score"
    read_rows = tuple(_project(row, asked, offers, tags, by_money=by_money) for row in rows)
    envelope = _money(chosen, "envelope") if chosen.has("envelope") else None
    done = portfolio.Rules(
        envelope_cents=envelope if budget_cents is None else budget_cents,
        years=tuple(years or ("",)),
        year_cents=tuple(years.values()) if years else (),
        limits=_unlike(chosen, limits),
        pins=tuple(_pin(each, read_rows, offers) for each in _tables(chosen, "pins", PIN)),
        goals=goals,
        one_per_organisation=_one_each(chosen, rows),
        keep=_basis_points(chosen, "keep", Decimal("99.9")),
        firm=frozenset(chosen.several("firm")),
    )
    titles = {row.text("project"): row.text("title", default="") for row in rows}
    return Case(read_rows, done, titles)


def _changed(whole: Row, scenario: str) -> Row:
    """The rules with a scenario's own values in place of theirs."""
    named = {row.text("name"): row for row in tables_in(whole, "scenarios")}
    for row in named.values():
        _known(row, (*KEYS, "name"))
    if not scenario:
        return whole
    if scenario not in named:
        choices = ", ".join(sorted(named)) or "-"
        raise whole.fault("shell.select.no_scenario", name=scenario, choices=choices)
    mine = {name: value for name, value in named[scenario].cells.items() if name != "name"}

    def line_of(key: str) -> int:
        within = key.split(".")[0] in mine
        path = f"scenarios.{scenario}.{key}" if within else key
        return whole.line_of(path) if whole.line_of else whole.line

    return Row(whole.path, whole.line, {**whole.cells, **mine}, line_of)


def _known(row: Row, known: Sequence[str]) -> None:
    for name in row.cells:
        if name not in known:
            raise row.fault("shell.unknown_column", name, choices=", ".join(known))


def _tables(row: Row, name: str, known: Sequence[str]) -> list[Row]:
    found = tables_in(row, name)
    for each in found:
        _known(each, known)
    return found


def _years(rules: Row) -> dict[str, int | None] | None:
    """The fiscal years and their envelopes (None: no cap of its own); None without any."""
    value = rules.cells.get("years")
    if value is None:
        return None
    if not isinstance(value, dict) or not value:
        raise rules.fault("shell.not_a_record", "years")
    inner = Row(rules.path, rules.line, value, _below(rules, "years"))
    return {year: _money(inner, year) if inner.has(year) else None for year in value}


def _below(row: Row, name: str) -> Callable[[str], int]:
    return lambda column: row.line_of(f"{name}.{column}") if row.line_of else row.line


def _rows(path: Path | Told, whole: Row, asked: Sequence[str]) -> list[Row]:
    """The rows of the projects; a heading that neither we nor the rules know is a fault."""
    places = [whole, *tables_in(whole, "scenarios")]
    spoken = [
        str(each.cells["column"])
        for place in places
        for key in ("limits", "goals")
        for each in tables_in(place, key)
        if each.has("column")
    ]
    more = chain.from_iterable(place.several("other_columns") for place in places)
    known = dict.fromkeys((*COLUMNS, *asked, *USUAL, *spoken, *more))
    years = [f"asked_{year}" for place in places for year in (place.cells.get("years") or ())]
    needed = ("project", "score", *asked)
    return table(path, needed=needed, known=(*known, *years), key="project")


def _offers(rules: Row) -> tuple[tuple[int, int], ...]:
    """The levels as (percent, worth in thousandths), the largest first."""
    found: dict[int, int] = {}
    for each in _tables(rules, "levels", LEVEL):
        percent = each.whole("percent", least=1, most=100)
        if percent in found:
            raise each.fault("shell.column_twice", "percent")
        worth = each.number("worth", least=0, most=100, default=percent)
        found[percent] = int((worth * 10).to_integral_value(ROUND_HALF_EVEN))
    return tuple(sorted((found or {100: 1000}).items(), reverse=True))


def _project(
    row: Row,
    asked: Sequence[str],
    offers: tuple[tuple[int, int], ...],
    tags: Mapping[str, Tag],
    *,
    by_money: bool,
) -> portfolio.Project:
    levels = portfolio.levels_of(tuple(_money(row, name) for name in asked), offers)
    if by_money:
        levels = tuple(
            portfolio.Level(each.percent, each.cents, sum(each.cents) // 100) for each in levels
        )
    return portfolio.Project(
        row.text("project"),
        _thousandths(row, "score"),
        levels,
        row.text("organisation", default=""),
        frozenset(name for name, tag in tags.items() if tag.holds(row)),
        _thousandths(row, "standard_error", default=0),
    )


def _thousandths(row: Row, name: str, *, default: int | None = None) -> int:
    value = row.number(name, least=0, most=1_000_000, default=default)
    return int((value * 1000).to_integral_value(ROUND_HALF_EVEN))


def _money(row: Row, name: str) -> int:
    """An amount in dollars, as cents."""
    cents = row.number(name, least=0, most=10**12) * 100
    if cents != cents.to_integral_value():
        raise row.fault("shell.select.not_cents", name, value=brief(row.cells[name]))
    return int(cents)


def _basis_points(row: Row, name: str, default: Decimal | None = None) -> int:
    value = (
        row.number(name, least=0, most=100, default=default)
        if default
        else row.number(name, least=0, most=100)
    )
    if value * 100 != (value * 100).to_integral_value():
        raise row.fault("shell.select.not_cents", name, value=brief(value))
    return int(value * 100)


def _one_each(rules: Row, rows: Sequence[Row]) -> bool:
    has_column = bool(rows) and "organisation" in rows[0].cells
    if rules.has("one_per_organisation") and rules.yes("one_per_organisation") and not has_column:
        values = {"name": "organisation", "file": rows[0].path.name}
        raise rules.fault("shell.select.no_column", "one_per_organisation", **values)
    return rules.yes("one_per_organisation", default=has_column)


def _limits(row: Row, rows: Sequence[Row], tags: dict[str, Tag]) -> Iterator[portfolio.Limit]:
    """The floors and ceilings of one entry: one a side, and one a value where it says `each`."""
    measure = row.one_of("measure", MEASURES)
    sides = [side for side in ("least", "most") if row.has(side)]
    if not sides:
        raise row.fault("shell.select.no_amount", "name")
    for tag, value in _tags(row, rows):
        tags.setdefault(tag.name, tag)
        for side in sides:
            name = row.text("name") + (f": {value}" if value else "")
            yield portfolio.Limit(
                f"{name}, {side}" if len(sides) == 2 else name,
                _amount(row, side, measure),
                is_floor=side == "least",
                measure=MEASURES[measure],
                tag=tag.name,
                year=row.text("year", default=""),
            )


def _amount(row: Row, side: str, measure: str) -> int:
    if measure == "money":
        return _money(row, side)
    return row.whole(side, least=0) if measure == "projects" else _basis_points(row, side)


def _tags(row: Row, rows: Sequence[Row]) -> Iterator[tuple[Tag, str]]:
    if not row.yes("each"):
        yield _tag(row, rows), ""
        return
    column = _column(row, rows)
    values = {key: each for one in rows for key, each in said_in(one, column).items()}
    for key in sorted(values):
        yield Tag(column, values[key]), values[key]


def _tag(row: Row, rows: Sequence[Row]) -> Tag:
    if not row.has("column"):
        return Tag("")
    column = _column(row, rows)
    if row.has("is") == row.has("at_least"):
        raise row.fault("shell.select.which", "column")
    if row.has("at_least"):
        return Tag(column, least=row.number("at_least"))
    wanted: Any = row.cells["is"]
    if isinstance(wanted, bool):
        return Tag(column, wanted)
    said = row.text("is")
    return Tag(column, ANSWERS.get(said.casefold(), said))


def _column(row: Row, rows: Sequence[Row]) -> str:
    column = row.text("column")
    if not any(column in each.cells for each in rows):
        raise row.fault("shell.select.no_column", "column", name=column, file=rows[0].path.name)
    return column


def _goal(row: Row, rows: Sequence[Row], tags: dict[str, Tag]) -> portfolio.Goal:
    tag = _tag(row, rows)
    tags.setdefault(tag.name, tag)
    measure = row.one_of("measure", {"projects", "money"}, default="projects")
    return portfolio.Goal(row.text("name"), tag.name, MEASURES[measure])


def _pin(
    row: Row, projects: Sequence[portfolio.Project], offers: Sequence[tuple[int, int]]
) -> portfolio.Pin:
    name = row.text("project")
    if name not in {project.id for project in projects}:
        raise row.fault("portfolio.pin_unknown", "project", project=brief(name))
    percent = row.whole("percent", least=1, most=100) if row.has("percent") else None
    if percent is not None and percent not in dict(offers):
        raise row.fault("shell.select.no_level", "percent", value=percent)
    return portfolio.Pin(name, row.yes("fund", default=True), percent)


def _unlike(rules: Row, limits: tuple[portfolio.Limit, ...]) -> tuple[portfolio.Limit, ...]:
    names = [limit.id for limit in limits]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise rules.fault("shell.select.same_name", "limits", value=brief(twice))
    return limits


def refused(path: Path, reason: Reason) -> Fault:
    """What the engine refuses in the rules, as the fault of their file."""
    return Fault(path, reason)
