"""What must hold in a budget, and where it does not."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from monarca.engines import calendar, money
from monarca.engines.budgets.lines import COLUMNS, Line, totals
from monarca.engines.budgets.words import excluded, fold, speaks_of
from monarca.engines.reasons import Reason, Value

CODES = (
    "budget.empty",
    "budget.nothing_asked",
    "budget.negative",
    "budget.product_differs",
    "budget.shares_differ",
    "budget.total_missing",
    "budget.category_missing",
    "budget.category_unknown",
    "budget.activity_missing",
    "budget.activity_unknown",
    "budget.in_kind_paid",
    "budget.donor_unnamed",
    "budget.excluded_cost",
    "budget.year_missing",
    "budget.year_outside",
    "budget.year_without_lines",
    "budget.sum_differs",
    "budget.overhead_over_cap",
    "budget.fund_over_max",
    "budget.requested_differs",
)

CALENDAR_YEAR = re.compile(r"20\d\d")
IN_KIND = (
    "en especie",
    "in kind",
    "inkind",
    "en nature",
    "trabajo voluntario",
    "voluntariado",
    "volunteer time",
    "volunteer work",
    "travail benevole",
    "benevolat",
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a budget is held against.

    `rate`: Canadian dollars for one unit of `currency`; None when it is not known, and then what
    is capped in Canadian dollars is not judged here. `activities`: the plan's activities, id to
    name; None when there is no plan to compare with. `years`: labels of the fiscal years the
    project's dates touch. `stated`: sums written in the sheet, by column. `tolerance_cents`: how
    far a sum may lie from its parts (0: not at all).
    """

    currency: str = "CAD"
    rate: Decimal | None = None
    activities: Mapping[str, str] | None = None
    years: tuple[str, ...] = ()
    stated: Mapping[str, int] = field(default_factory=dict)
    requested_cents: int | None = None
    language: str = ""
    tolerance_cents: int = 0

    def in_cad(self, cents: int) -> int | None:
        if self.currency == "CAD":
            return cents
        return None if self.rate is None else money.scaled(cents, self.rate)


@dataclass(frozen=True, slots=True)
class Problem:
    """`line` is a line's key, "" for the whole budget; `column` the cell, "" for the whole line."""

    line: str
    column: str
    reason: Reason


def check(
    lines: Sequence[Line], definition: Mapping[str, Any], context: Context | None = None
) -> tuple[Problem, ...]:
    """Every problem of a budget, line by line and then as a whole; () when it holds.

    Overhead needs no activity: it serves them all. Caps in Canadian dollars (the most the fund
    gives, the sum requested) are compared at the call's rate.
    """
    stand = context or Context()
    if not lines:
        return (_problem("budget.empty"),)
    found = [each for line in lines for each in _line(line, definition, stand)]
    found += _excluded(lines, definition, stand)
    found += _stated(lines, stand)
    found += _years(lines, stand)
    found += _caps(lines, definition, stand)
    return tuple(found)


def overhead_codes(definition: Mapping[str, Any]) -> frozenset[str]:
    """The categories that are overhead."""
    categories = definition.get("budget", {}).get("categories", ())
    return frozenset(each["code"] for each in categories if each.get("kind") == "overhead")


def is_arithmetic(problem: Problem) -> bool:
    """Is it a matter of sums (rule E04), not of caps, words or dates?"""
    return problem.reason.code in ARITHMETIC


ARITHMETIC = frozenset(
    {
        "budget.empty",
        "budget.negative",
        "budget.product_differs",
        "budget.shares_differ",
        "budget.total_missing",
        "budget.sum_differs",
    }
)


def _problem(code: str, line: str = "", cell: str = "", /, **values: Value) -> Problem:
    return Problem(line, cell, Reason(code, values))


def _line(line: Line, definition: Mapping[str, Any], stand: Context) -> Iterator[Problem]:
    yield from _signs(line, stand)
    yield from _arithmetic(line, stand)
    yield from _category(line, definition)
    yield from _activity(line, definition, stand)
    yield from _sources(line, stand)
    yield from _year(line, stand)


def _signs(line: Line, stand: Context) -> Iterator[Problem]:
    cells = {column: line.column(column) for column in COLUMNS}
    for column, cents in {**cells, "unit": line.unit_cents or 0}.items():
        if cents < 0:
            found = {"found": str(Decimal(cents).scaleb(-2)), "currency": stand.currency}
            yield _problem("budget.negative", line.key, f"{column}_cents", **found)
    if line.quantity is not None and line.quantity < 0:
        yield _problem("budget.negative", line.key, "quantity", found=str(line.quantity))


def _arithmetic(line: Line, stand: Context) -> Iterator[Problem]:
    computed, stated, said = line.computed_cents, line.total_cents, {"currency": stand.currency}
    if computed is None and stated is None:
        yield _problem("budget.total_missing", line.key, "total_cents")
        return
    if computed is not None and stated is not None and _far(computed, stated, stand):
        sums = {"stated_cents": stated, "computed_cents": computed}
        yield _problem("budget.product_differs", line.key, "total_cents", **said, **sums)
    if _far(line.shares_cents, line.cents, stand):
        sums = {"total_cents": line.cents, "shares_cents": line.shares_cents}
        yield _problem("budget.shares_differ", line.key, "fund_cents", **said, **sums)


def _far(one: int, other: int, stand: Context) -> bool:
    return abs(one - other) > stand.tolerance_cents


def _category(line: Line, definition: Mapping[str, Any]) -> Iterator[Problem]:
    known = {each["code"] for each in definition.get("budget", {}).get("categories", ())}
    if not line.category.strip():
        yield _problem("budget.category_missing", line.key, "category")
    elif line.category not in known:
        yield _problem("budget.category_unknown", line.key, "category", category=line.category)


def _activity(line: Line, definition: Mapping[str, Any], stand: Context) -> Iterator[Problem]:
    if not line.activity.strip():
        if line.category not in overhead_codes(definition):
            yield _problem("budget.activity_missing", line.key, "activity")
    elif stand.activities is not None and not _is_planned(line.activity, stand.activities):
        yield _problem("budget.activity_unknown", line.key, "activity", activity=line.activity)


def _is_planned(written: str, activities: Mapping[str, str]) -> bool:
    """By id, by name, or by its place in the plan ("2", "A2", "Actividad 2: talleres")."""
    names = {fold(each) for pair in activities.items() for each in pair}
    number = re.match(r"\s*(?:[^\W\d_]{1,12}\.?\s*)?(\d{1,3})(?:\W|$)", written)
    by_place = number is not None and 1 <= int(number[1]) <= len(activities)
    return fold(written) in names or by_place


def _sources(line: Line, stand: Context) -> Iterator[Problem]:
    if line.fund_cents > 0 and speaks_of(line.description, IN_KIND):
        said: dict[str, Value] = {"fund_cents": line.fund_cents, "currency": stand.currency}
        yield _problem("budget.in_kind_paid", line.key, "fund_cents", **said)
    if line.other_cents > 0 and not line.other_donor.strip():
        yield _problem("budget.donor_unnamed", line.key, "other_donor")


def year_label(written: str, years: Sequence[str]) -> str:
    """The label a line's year stands for; "" for none.

    It may be written as "2024-25", as "1" for the first of `years`, and as "2024", the calendar
    year in which the fiscal year begins, which is how years are read from budgets.
    """
    text = written.strip()
    if text.isdecimal() and 1 <= int(text) <= len(years):
        return years[int(text) - 1]
    if CALENDAR_YEAR.fullmatch(text):
        return calendar.FiscalYear(int(text)).label
    year = calendar.labelled(text)
    return year.label if year else ""


def _year(line: Line, stand: Context) -> Iterator[Problem]:
    if not line.fiscal_year.strip():
        if len(stand.years) > 1:
            yield _problem("budget.year_missing", line.key, "fiscal_year")
    elif stand.years and year_label(line.fiscal_year, stand.years) not in stand.years:
        year = {"fiscal_year": line.fiscal_year}
        yield _problem("budget.year_outside", line.key, "fiscal_year", **year)


def _years(lines: Iterable[Line], stand: Context) -> Iterator[Problem]:
    """Each fiscal year the project touches has money of its own (appropriated year by year)."""
    written = {year_label(line.fiscal_year, stand.years) for line in lines}
    for year in stand.years if len(stand.years) > 1 else ():
        if year not in written:
            yield _problem("budget.year_without_lines", fiscal_year=year)


def _excluded(
    lines: Iterable[Line], definition: Mapping[str, Any], stand: Context
) -> Iterator[Problem]:
    costs = definition.get("costs", {}).get("ineligible", ())
    for spotted in excluded(lines, costs, language=stand.language):
        values = {"cost": spotted.cost, "word": spotted.word}
        yield _problem("budget.excluded_cost", spotted.line, "description", **values)


def _stated(lines: Iterable[Line], stand: Context) -> Iterator[Problem]:
    sums = totals(lines).columns
    for column in COLUMNS:
        stated = stand.stated.get(column)
        if stated is not None and _far(stated, sums[column], stand):
            values: dict[str, Value] = {"stated_cents": stated, "computed_cents": sums[column]}
            values |= {"currency": stand.currency}
            yield _problem("budget.sum_differs", "", f"{column}_cents", **values)


def _caps(
    lines: Sequence[Line], definition: Mapping[str, Any], stand: Context
) -> Iterator[Problem]:
    fund = sum(line.fund_cents for line in lines)
    if fund <= 0:
        yield _problem("budget.nothing_asked", "", "fund_cents")
    yield from _overhead(lines, definition, stand)
    yield from _most(definition, stand, fund)


def _overhead(
    lines: Sequence[Line], definition: Mapping[str, Any], stand: Context
) -> Iterator[Problem]:
    percent = definition.get("budget", {}).get("overhead_percent")
    codes = overhead_codes(definition)
    fund = sum(line.fund_cents for line in lines)
    overhead = sum(line.fund_cents for line in lines if line.category in codes)
    if percent is not None and overhead * 100 > fund * percent:
        values: dict[str, Value] = {"overhead_cents": overhead, "cap_cents": fund * percent // 100}
        values |= {"percent": percent, "currency": stand.currency}
        yield _problem("budget.overhead_over_cap", "", "fund_cents", **values)


def _most(definition: Mapping[str, Any], stand: Context, fund: int) -> Iterator[Problem]:
    asked = stand.in_cad(fund)
    most = definition.get("call", {}).get("max_cents")
    if asked is None:
        return
    if most is not None and asked > most:
        yield _problem("budget.fund_over_max", "", "fund_cents", asked_cents=asked, max_cents=most)
    requested = stand.requested_cents
    if requested is not None and abs(asked - requested) > _slack(stand, requested):
        values = {"asked_cents": asked, "requested_cents": requested}
        yield _problem("budget.requested_differs", "", "fund_cents", **values)


def _slack(stand: Context, requested: int) -> int:
    """Converted sums may differ by one in a hundred: a rate is never everybody's rate."""
    return stand.tolerance_cents if stand.currency == "CAD" else requested // 100
