"""From a posted page of a report to values; what cannot be read stays as it was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from monarca.engines import money, questions
from monarca.grants.reports import queries
from monarca.grants.reports.models import Report

type Sent = Mapping[str, Sequence[str]]

MOST = 300
GROUPS = ("", "women", "men")
PEOPLE = {"key": "people", "kind": "people"}


def read(part: str, report: Report, sent: Sent, *, language: str) -> dict[str, Any]:
    """What `actions.save_story` keeps of one part."""
    return READERS[part](report, sent, language)


def _narrative(report: Report, sent: Sent, language: str) -> dict[str, Any]:
    found = {
        each.key: questions.parse(each.question, sent, each.key, language=language)[0]
        for each in queries.asked_in(report)
    }
    return {"narrative": found}


def _figures(report: Report, sent: Sent, language: str) -> dict[str, Any]:
    people, _wrong = questions.parse(PEOPLE, sent, "people", language=language)
    actuals = [
        row
        for measure in queries.measures_of(report)
        for group in GROUPS
        if (row := _actual(measure.key, group, sent, language))
    ]
    return {"people": people or {}, "actuals": actuals}


def _actual(key: str, group: str, sent: Sent, language: str) -> dict[str, Any] | None:
    name = "-".join(part for part in ("actual", key, group) if part)
    asked = {"key": name, "kind": "number"}
    value, _wrong = questions.parse(asked, sent, name, language=language)
    words = "" if group else first(sent, f"words-{key}")
    if value is None and not words:
        return None
    return {"indicator": key, "group": group, "value": value, "words": words}


def _budget(report: Report, sent: Sent, language: str) -> dict[str, Any]:
    del language
    currency = report.application.call.local_currency
    why = {
        line.code: first(sent, f"why-{line.code}")
        for line in queries.spending(report)
        if f"why-{line.code}" in sent
    }
    held = report.money.get("why") or {}
    interest = cents(first(sent, "interest"), currency)
    return {"money": {"interest": interest, "why": {**held, **why}}}


READERS = {"narrative": _narrative, "figures": _figures, "budget": _budget}


def read_rows(report: Report, sent: Sent, *, language: str) -> list[dict[str, Any]]:
    """The expenses that were typed; blank rows and rows marked for removal are dropped."""
    currency = report.application.call.local_currency
    rows: list[dict[str, Any]] = []
    for key in list(dict.fromkeys(sent.get("row-ids", ())))[:MOST]:
        if not first(sent, f"row-{key}-remove") and (row := _row(key, sent, currency, language)):
            rows.append({"id": f"r{len(rows) + 1}", **row})
    return rows


WORDS = ("description", "supplier", "folio")


def _row(key: str, sent: Sent, currency: str, language: str) -> dict[str, Any] | None:
    typed = {name: first(sent, f"row-{key}-{name}") for name in (*WORDS, "category", "receipt")}
    day = first(sent, f"row-{key}-spent_on")
    amount = first(sent, f"row-{key}-cents")
    if not any((day, amount, *(typed[name] for name in WORDS))):
        return None
    asked = {"key": "day", "kind": "date"}
    spent_on, _wrong = questions.parse(asked, {"day": [day]}, "day", language=language)
    number = typed.pop("receipt")
    return {
        **typed,
        "spent_on": spent_on,
        "cents": cents(amount, currency),
        "receipt": int(number) if number.isascii() and number.isdecimal() else None,
    }


def cents(text: str, currency: str) -> Any:
    """Whole cents, nothing, or {"raw": …} when it is no amount of this currency."""
    if not text:
        return None
    parsed = money.parse(text, currency=currency)
    good = parsed.money is not None and parsed.money.currency == currency
    return parsed.money.cents if good and parsed.money is not None else {"raw": text}


def first(sent: Sent, name: str) -> str:
    values = sent.get(name) or [""]
    return values[0].replace("\x00", "").strip()
