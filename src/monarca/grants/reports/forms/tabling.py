"""Tables of a report: the expenses to write in, and the plan beside the spending."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.grants.calls import queries as calls
from monarca.grants.reports import queries
from monarca.grants.reports.forms.drawing import typed
from monarca.grants.reports.models import Report
from monarca.grants.reports.queries import Category, Wrong
from monarca.kit import formats, reasons, trilingual
from monarca.kit.parts import Entry, Noted, Pick, Status

BLANK = 3


def columns() -> list[tuple[str, str]]:
    return [
        ("spent_on", pgettext("column", "Day")),
        ("category", pgettext("column", "Category")),
        ("description", pgettext("column", "What was bought")),
        ("supplier", pgettext("column", "From whom")),
        ("folio", pgettext("column", "Number on the receipt")),
        ("cents", pgettext("column", "Amount")),
        ("receipt", pgettext("column", "Receipt")),
    ]


def expense_table(report: Report, wrong: Iterable[Wrong], *, add: int = BLANK) -> dict[str, Any]:
    """The expenses as boxes, with blank rows at the end; `ids` go along as hidden fields."""
    bad = {each.field for each in wrong}
    lists = {"category": _categories(report), "receipt": _receipts(report)}
    held = list(report.rows)
    ids = [*(str(row["id"]) for row in held), *(f"n{place}" for place in range(1, add + 1))]
    rows = [
        _boxes(key, place, held[place - 1] if place <= len(held) else {}, lists, bad)
        for place, key in enumerate(ids, 1)
    ]
    head = [pgettext("column", "Row"), *(text for _name, text in columns()), _("Remove")]
    return {"head": head, "rows": rows, "ids": ids}


def _categories(report: Report) -> list[tuple[str, str]]:
    found = calls.definition(report.application.form_id)["budget"]["categories"]
    named = [(each["code"], trilingual.say(each["label"]).text) for each in found]
    return [("", _("Choose")), *named]


def _receipts(report: Report) -> list[tuple[str, str]]:
    held = [
        (str(row.number), f"{row.number}. {row.file.name}") for row in queries.receipts_of(report)
    ]
    return [("", _("None")), *held]


def _boxes(
    key: str,
    place: int,
    row: Mapping[str, Any],
    lists: Mapping[str, Sequence[tuple[str, str]]],
    bad: Iterable[str],
) -> list[Any]:
    cells: list[Any] = [str(place)]
    for name, text in columns():
        own = f"row-{key}-{name}"
        label = _("%(column)s, row %(number)s") % {"column": text, "number": place}
        if name in lists:
            chosen = str(row.get(name) or "")
            cells.append(Pick(own, label, lists[name], chosen, wrong=own in bad))
        else:
            value = row.get(name)
            shown = written(value) if name == "cents" else typed(value)
            cells.append(Entry(own, label, shown, figure=name == "cents", wrong=own in bad))
    label = _("Remove row %(number)s") % {"number": place}
    gone = Pick(f"row-{key}-remove", label, [("", _("Keep")), ("1", _("Remove"))])
    return [*cells, gone if row else ""]


def written(value: Any) -> str:
    """Cents as an amount without its currency, or the text as it was typed."""
    if isinstance(value, int):
        return formats.number(Decimal(value).scaleb(-2))
    return typed(value)


def plan_table(report: Report) -> dict[str, Any]:
    """Planned, spent before, spent now, left, how far off; and the sum of each."""
    currency = report.application.call.local_currency
    lines = queries.spending(report)
    head = [
        pgettext("column", "Category"),
        pgettext("column", "Planned"),
        pgettext("column", "Spent before"),
        pgettext("column", "Spent now"),
        pgettext("column", "Left"),
        pgettext("column", "Off the plan"),
    ]
    rows = [
        [_label(line), *(formats.money(cents, currency) for cents in _sums(line)), off(line)]
        for line in lines
    ]
    totals = [sum(column) for column in zip(*(_sums(line) for line in lines), strict=True)]
    foot = [_("Total"), *(formats.money(cents, currency) for cents in totals), ""]
    return {"head": head, "rows": rows, "foot": foot if lines else None}


def _sums(line: Category) -> tuple[int, int, int, int]:
    return (line.planned_cents, line.before_cents, line.now_cents, line.left_cents)


def _label(line: Category) -> Noted:
    return Noted(trilingual.say(line.label).text or line.code, line.words)


def off(line: Category) -> Any:
    """The percent; marked in words where it must be explained."""
    if line.percent is None:
        return Status(_("not planned"), "warn")
    text = formats.percent(line.percent / 100)
    return Status(text, "warn") if line.needs_words else text


def budget_lines(report: Report, wrong: Iterable[Wrong]) -> list[dict[str, Any]]:
    """The categories that must be explained, each with its box."""
    missing = {each.field for each in wrong}
    return [
        {
            "id": f"why-{line.code}",
            "label": _("Why is “%(category)s” so far from the plan?")
            % {"category": trilingual.say(line.label).text or line.code},
            "value": line.words,
            "error": _("Say in a sentence why.") if f"why-{line.code}" in missing else "",
        }
        for line in queries.spending(report)
        if line.needs_words
    ]


def interest(report: Report, wrong: Iterable[Wrong]) -> dict[str, str]:
    """The box for interest earned, with what was typed."""
    error = next((reasons.sentence(one.reason) for one in wrong if one.field == "interest"), "")
    return {"value": written(report.money.get("interest")), "error": error}
