"""The budget as a table to write in: rows read from the page, and drawn as they were typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from monarca.engines import budgets, money, questions
from monarca.grants.applications.forms.asking import as_typed
from monarca.grants.applications.forms.saying import amount
from monarca.grants.applications.queries import Sheet
from monarca.kit import formats, reasons, trilingual

WORDS = ("description", "category", "activity", "unit", "quantity", "other_donor", "fiscal_year")
MONEY = ("unit", "fund", "own", "in_kind", "other")
MOST = 100


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class Table:
    """The whole budget page: rows of cells, lists to choose from, sums, what the rules say."""

    rows: Sequence[Mapping[str, Any]]
    categories: Sequence[tuple[str, str]]
    activities: Sequence[tuple[str, str]]
    years: Sequence[str]
    currency: str
    sums: Mapping[str, str]
    asked: str
    errors: Mapping[str, str]
    findings: Sequence[str]
    holds: bool


def read_rows(sent: Mapping[str, Sequence[str]], sheet: Sheet) -> list[dict[str, Any]]:
    """The lines that were typed, as `actions.save_budget` takes them; blank lines are dropped."""
    rows = []
    for key in list(dict.fromkeys(sent.get("line-ids", ())))[:MOST]:
        typed = {name: _first(sent, f"line-{key}-{name}") for name in (*WORDS, *MONEY)}
        if f"line-{key}-remove" not in sent and any(typed.values()):
            rows.append(_row(typed, sheet))
    return rows


def _first(sent: Mapping[str, Sequence[str]], name: str) -> str:
    values = sent.get(name) or [""]
    return values[0].replace("\x00", "").strip()


def _row(typed: Mapping[str, str], sheet: Sheet) -> dict[str, Any]:
    currency = sheet.currency
    row: dict[str, Any] = {name: typed[name] for name in WORDS if typed[name]}
    row["currency"] = currency
    for name in MONEY:
        if typed[name]:
            row[f"{name}_cents"] = _cents(typed[name], currency)
    if typed["quantity"]:
        row["quantity"] = _quantity(typed["quantity"])
    if len(sheet.budget.years) == 1:
        row["fiscal_year"] = sheet.budget.years[0]
    return {**row, **_completed(row)}


def _cents(text: str, currency: str) -> Any:
    parsed = money.parse(text, currency=currency)
    if parsed.money is None or parsed.money.currency != currency:
        return {"raw": text}
    return parsed.money.cents


def _quantity(text: str) -> Any:
    """A number as text with a point, or what was typed when it is none."""
    parsed = money.parse(text, currency="CAD")
    if parsed.money is None:
        return {"raw": text}
    return str(Decimal(parsed.money.cents).scaleb(-2))


def _completed(row: Mapping[str, Any]) -> dict[str, int]:
    """The total, and the fund's share where it was left empty: what the others do not pay."""
    shares = [_whole(row.get(f"{name}_cents")) for name in ("own", "in_kind", "other")]
    quantity, unit = row.get("quantity"), row.get("unit_cents")
    if isinstance(quantity, str) and isinstance(unit, int):
        total = round(Decimal(quantity) * unit)
    else:
        return {"total_cents": _whole(row.get("fund_cents")) + sum(shares)}
    if "fund_cents" in row or total < sum(shares):
        return {"total_cents": total}
    return {"total_cents": total, "fund_cents": total - sum(shares)}


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def table_of(
    sheet: Sheet, rows: Sequence[Mapping[str, Any]] | None = None, *, add: int = 0
) -> Table:
    """The table as it was last saved, with `add` blank lines at its end."""
    held = sheet.answers.get("budget") if rows is None else rows
    typed = [each for each in held if isinstance(each, Mapping)] if isinstance(held, list) else []
    found = budgets.check(sheet.lines, sheet.definition, sheet.budget) if sheet.lines else ()
    errors = _errors(typed, found)
    blank: list[Mapping[str, Any]] = [{}] * (add if typed else max(add, 3))
    sums = budgets.totals(sheet.lines).columns
    asked = sheet.budget.in_cad(sums["fund"])
    return Table(
        rows=[_drawn(place, row, errors) for place, row in enumerate([*typed, *blank], 1)],
        categories=[
            (each["code"], trilingual.say(each["label"]).text)
            for each in sheet.definition["budget"]["categories"]
        ],
        activities=_activities(sheet, typed),
        years=sheet.budget.years if len(sheet.budget.years) > 1 else (),
        currency=sheet.currency,
        sums={name: amount(cents) for name, cents in sums.items()},
        asked="" if asked is None else formats.money(asked, "CAD"),
        errors=errors,
        findings=[reasons.sentence(each.reason) for each in found if not each.line],
        holds=bool(sheet.lines) and not found,
    )


def _errors(rows: Sequence[Mapping[str, Any]], found: Sequence[budgets.Problem]) -> dict[str, str]:
    errors: dict[str, str] = {}
    for place, row in enumerate(rows, 1):
        for name, value in row.items():
            raw = questions.raw_of(value)
            if raw is not None:
                reason = money.parse(raw).reason
                said = reasons.sentence(reason) if reason else _("This could not be read.")
                errors[f"line-r{place}-{name.removesuffix('_cents')}"] = said
    for each in found:
        if each.line:
            name = each.column.removesuffix("_cents") or "description"
            name = "unit" if name == "total" else name
            errors.setdefault(f"line-{each.line}-{name}", reasons.sentence(each.reason))
    return errors


def lined(errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """The same sentences for a summary, each with the number of its line before it."""
    return [
        (name, _("Line %(number)s: %(said)s") % {"number": name.split("-")[1][1:], "said": said})
        for name, said in errors.items()
    ]


def _drawn(place: int, row: Mapping[str, Any], errors: Mapping[str, str]) -> dict[str, Any]:
    cells = {}
    for name in (*WORDS, *MONEY):
        value = row.get(f"{name}_cents" if name in MONEY else name)
        typed = amount(value) if name in MONEY and isinstance(value, int) else as_typed(value)
        own = f"line-r{place}-{name}"
        cells[name] = Cell(
            own, _trimmed(typed) if name == "quantity" else typed, errors.get(own, "")
        )
    total = row.get("total_cents")
    wrong = [cell.error for cell in cells.values() if cell.error]
    return {
        "key": f"r{place}",
        "place": place,
        "cells": cells,
        "total": amount(total) if isinstance(total, int) else "",
        "wrong": list(dict.fromkeys(wrong)),
        "is_new": not row,
    }


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _activities(sheet: Sheet, rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The plan's activities by name, and whatever else the lines already say."""
    planned = (sheet.budget.activities or {}).items()
    offered = [(name if len(name) <= 200 else key, name) for key, name in planned]
    known = {value for value, _name in offered}
    written = dict.fromkeys(str(row.get("activity") or "") for row in rows)
    return [*offered, *((each, each) for each in written if each and each not in known)]
