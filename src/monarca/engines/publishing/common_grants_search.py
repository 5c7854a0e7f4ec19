"""CommonGrants 0.4 searches: what was asked for in a body, and the entries that answer it.

Source: HHS/simpler-grants-protocol, OpenAPI 0.4.0: Opportunities_search and Awards_search. A body
that breaks its schemas is refused with every fault. What the protocol calls non-fatal is told
beside the answer: filters and orders that are not known here change nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from monarca.engines.publishing import common_grants
from monarca.engines.publishing.common_grants import Document

LARGEST_PAGE = 100
"""Entries on one page, also where no size is asked for."""

LATEST_FIRST = ("lastModifiedAt", "desc")
"""The order where none is asked for, and that of the lists."""

MONEY = re.compile(r"-?[0-9]{1,30}\.?[0-9]{0,30}")

Kept = Callable[[Document], bool]
Fault = tuple[str, str]
"""The field of the body, as a path with dots, and what is wrong with it."""


Measured = tuple[str, Any]
"""A currency (none for days), and what can be compared."""

A_DAY = "This must be a date, such as 2025-01-31, or an instant."
AN_AMOUNT = "This must be an amount as decimal text, and its currency."


class Refused(Exception):
    """A body that the protocol does not allow: `errors` names each field and what is wrong."""

    def __init__(self, errors: Sequence[Fault]) -> None:
        super().__init__("; ".join(": ".join(each) for each in errors))
        self.errors = [{"field": where, "message": message} for where, message in errors]


@dataclass(frozen=True, slots=True)
class List:
    """What one list may be narrowed and sorted by: names of filters, and where the value stands."""

    words: Mapping[str, str]
    days: Mapping[str, str]
    amounts: Mapping[str, str]
    orders: tuple[str, ...]


OPPORTUNITIES = List(
    words={"status": "status.value"},
    days={"closeDateRange": "keyDates.closeDate.date"},
    amounts={
        "totalFundingAvailableRange": "funding.totalAmountAvailable",
        "minAwardAmountRange": "funding.minAwardAmount",
        "maxAwardAmountRange": "funding.maxAwardAmount",
    },
    orders=(
        "lastModifiedAt",
        "createdAt",
        "title",
        "status.value",
        "keyDates.closeDate",
        "funding.maxAwardAmount",
        "funding.minAwardAmount",
        "funding.totalAmountAvailable",
        "funding.estimatedAwardCount",
    ),
)
AWARDS = List(
    words={"status": "status.value", "opportunityId": "opportunity.id"},
    days={"awardDateRange": "keyDates.awardDate.date"},
    amounts={"awardedAmountRange": "funding.awardedAmount"},
    orders=(
        "lastModifiedAt",
        "createdAt",
        "title",
        "status.value",
        "keyDates.awardDate",
        "funding.awardedAmount",
    ),
)


@dataclass(slots=True)
class Asked:
    """What a body asks for, read field by field; `faults` refuse it, the others only warn."""

    kept: list[Kept] = field(default_factory=list)
    filters: Document = field(default_factory=dict)
    order: tuple[str, str] = LATEST_FIRST
    page: int = 1
    size: int = LARGEST_PAGE
    faults: list[Fault] = field(default_factory=list)
    unknown_filters: list[str] = field(default_factory=list)
    unknown_orders: list[str] = field(default_factory=list)

    def fault(self, where: str, message: str) -> None:
        self.faults.append((where, message))

    def table(self, body: Mapping[str, Any], name: str, *, within: str = "") -> Mapping[str, Any]:
        """An object of the body; null is as good as none."""
        found = body.get(name)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            self.fault(f"{within}{name}", "This must be an object.")
            return {}
        return found


def found(entries: Sequence[Document], body: Any, of: List) -> Document:
    """Items, and how they were paged, sorted and filtered. Raises Refused."""
    asked = read(body, of)
    if asked.faults:
        raise Refused(asked.faults)
    kept = [one for one in entries if all(keeps(one) for keeps in asked.kept)]
    by, direction = asked.order
    told = common_grants.page(in_order(kept, by, direction), page=asked.page, size=asked.size)
    order = {"sortBy": by, "sortOrder": direction, "errors": asked.unknown_orders}
    filters = {"filters": asked.filters, "errors": asked.unknown_filters}
    return {**told, "sortInfo": order, "filterInfo": filters}


def read(body: Any, of: List) -> Asked:
    """The body, checked as a whole."""
    asked = Asked()
    if not isinstance(body, Mapping):
        asked.fault("", "The body must be a JSON object.")
        return asked
    query = body.get("search")
    if isinstance(query, str):
        asked.kept.append(_says(query))
    elif query is not None:
        asked.fault("search", "This must be text.")
    _read_filters(asked, asked.table(body, "filters"), of)
    if body.get("sorting") is not None:
        _read_order(asked, asked.table(body, "sorting"), of)
    _read_page(asked, asked.table(body, "pagination"))
    return asked


def _read_filters(asked: Asked, filters: Mapping[str, Any], of: List) -> None:
    for name in filters:
        if filters[name] is None:
            continue
        given = asked.table(filters, name, within="filters.")
        if name == "customFilters":
            asked.unknown_filters += [f"filters.{name}.{one} is not known here." for one in given]
        elif not {"operator", "value"} <= given.keys():
            asked.fault(f"filters.{name}", "A filter has an operator and a value.")
        else:
            _read_filter(asked, name, given, of)


def _read_filter(asked: Asked, name: str, given: Mapping[str, Any], of: List) -> None:
    where = f"filters.{name}"
    if name in of.words:
        _read_words(asked, where, given, of.words[name])
    elif name in of.days or name in of.amounts:
        _read_range(asked, where, given, of, name)
    else:
        asked.unknown_filters.append(f"{where} is not known here.")
        return
    asked.filters[name] = given


def _read_words(asked: Asked, where: str, given: Mapping[str, Any], path: str) -> None:
    values, operator = given["value"], given["operator"]
    if operator not in ("in", "notIn"):
        asked.fault(f"{where}.operator", "This must be in or notIn.")
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        asked.fault(f"{where}.value", "This must be a list of texts.")
        return

    def keeps(entry: Document) -> bool:
        return bool((at(entry, path) in values) == (operator == "in"))

    asked.kept.append(keeps)


def _read_range(asked: Asked, where: str, given: Mapping[str, Any], of: List, name: str) -> None:
    if given["operator"] not in ("between", "outside"):
        asked.fault(f"{where}.operator", "This must be between or outside.")
    is_day = name in of.days
    measure, path = (_day, of.days[name]) if is_day else (_amount, of.amounts[name])
    ends = asked.table(given, "value", within=f"{where}.")
    low, high = measure(ends.get("min")), measure(ends.get("max"))
    for end, value in (("min", low), ("max", high)):
        if value is None:
            asked.fault(f"{where}.value.{end}", A_DAY if is_day else AN_AMOUNT)
    if low is None or high is None:
        return
    if low[0] != high[0]:
        asked.fault(f"{where}.value", "Both amounts must be of one currency.")
    asked.kept.append(
        _in_range(measure, path, (low, high), is_between=given["operator"] == "between")
    )


def _in_range(
    measure: Callable[[Any], Measured | None],
    path: str,
    ends: tuple[Measured, Measured],
    *,
    is_between: bool,
) -> Kept:
    """Ends belong to the range; what has no such value, or another currency, is on neither side."""
    (currency, low), (_, high) = ends

    def keeps(entry: Document) -> bool:
        value = measure(at(entry, path))
        if value is None or value[0] != currency:
            return False
        return bool(low <= value[1] <= high) == is_between

    return keeps


def _day(value: Any) -> Measured | None:
    """A day, or the day of an instant as it is written; None where it is neither."""
    if not isinstance(value, str):
        return None
    try:
        if len(value) <= len("2025-01-31"):
            return "", date.fromisoformat(value)
        return "", datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _amount(value: Any) -> Measured | None:
    """A currency and an amount of it; None where it is no Money."""
    if not isinstance(value, Mapping):
        return None
    amount, currency = value.get("amount"), value.get("currency")
    if not isinstance(amount, str) or not isinstance(currency, str) or not currency:
        return None
    return (currency, Decimal(amount)) if MONEY.fullmatch(amount) else None


def _read_order(asked: Asked, sorting: Mapping[str, Any], of: List) -> None:
    by, direction = sorting.get("sortBy"), sorting.get("sortOrder")
    if direction not in (None, "asc", "desc"):
        asked.fault("sorting.sortOrder", "This must be asc or desc.")
    if by == "custom":
        asked.unknown_orders.append("sorting.customSortBy: no such order is known here.")
        return
    if by not in of.orders:
        asked.fault("sorting.sortBy", f"This must be one of {', '.join((*of.orders, 'custom'))}.")
        return
    asked.order = by, direction or LATEST_FIRST[1]


def _read_page(asked: Asked, given: Mapping[str, Any]) -> None:
    page, size = given.get("page"), given.get("pageSize")
    asked.page, asked.size = (1 if page is None else page), (LARGEST_PAGE if size is None else size)
    if not _is_count(asked.page):
        asked.fault("pagination.page", "This must be a whole number from 1.")
    if not _is_count(asked.size) or asked.size > LARGEST_PAGE:
        asked.fault("pagination.pageSize", f"This must be a whole number from 1 to {LARGEST_PAGE}.")


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _says(query: str) -> Kept:
    """Every word stands in the title or in the description, without regard to case and accents."""
    words = _plain(query).split()

    def keeps(entry: Document) -> bool:
        text = _plain(f"{entry.get('title', '')} {entry.get('description', '')}")
        return all(word in text for word in words)

    return keeps


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def in_order(entries: Sequence[Document], by: str, direction: str) -> list[Document]:
    """Sorted by a field, equals by id; what lacks the field comes last either way."""
    keyed = [(_sortable(at(one, by)), one) for one in sorted(entries, key=lambda one: one["id"])]
    there = [pair for pair in keyed if pair[0] is not None]
    there.sort(key=lambda pair: pair[0], reverse=direction == "desc")
    return [one for _, one in there] + [one for key, one in keyed if key is None]


def _sortable(value: Any) -> Any:
    """What is compared of a text, a number, an event or an amount; None of nothing."""
    if isinstance(value, Mapping):
        if "amount" in value:
            return Decimal(value["amount"])
        return value.get("date", ""), value.get("time", "")
    if isinstance(value, str):
        return _plain(value)
    return value


def at(entry: Document, path: str) -> Any:
    """What stands at a path with dots; None where it ends before."""
    value: Any = entry
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
