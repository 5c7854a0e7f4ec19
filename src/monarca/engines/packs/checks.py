"""What must hold between the files of a pack, beyond the shape of each."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from monarca.engines.packs import kinds
from monarca.engines.packs.files import Source
from monarca.engines.packs.finding import Finding, brief
from monarca.engines.packs.questions import Asked, asked, check_form, check_kind, tables
from monarca.engines.packs.rules import check_rules

Sources = Mapping[str, Source]


def check_together(sources: Sources, forms: Sequence[Source]) -> list[Finding]:
    """Every fault that shows only when keys or files are seen together."""
    return [
        *check_form(forms),
        *check_rules(sources["rules.toml"], _codes(sources, forms)),
        *_zone(sources["mission.toml"]),
        *_call(sources["call.toml"], zone_of(sources["mission.toml"])),
        *_priorities(sources["priorities.toml"]),
        *_sum(sources["criteria.toml"], "criteria", "weight"),
        *_sum(sources["instalments.toml"], "instalments", "percent"),
        *_instalments(sources["instalments.toml"]),
        *_overhead(sources["budget.toml"]),
        *_gba(sources["gba.toml"]),
    ]


def zone_of(mission: Source) -> ZoneInfo | None:
    """The mission's time zone; None when it names none."""
    name = mission.data.get("time_zone")
    try:
        return ZoneInfo(name) if isinstance(name, str) and name else None
    except (ValueError, OSError, LookupError):
        return None


def instant(value: datetime, zone: ZoneInfo) -> datetime | None:
    """`value` in UTC; without an offset it is local. None: that hour is skipped or comes twice."""
    try:
        if value.tzinfo is not None:
            return value.astimezone(UTC)
        first, second = value.replace(tzinfo=zone, fold=0), value.replace(tzinfo=zone, fold=1)
        return first.astimezone(UTC) if first.utcoffset() == second.utcoffset() else None
    except (OverflowError, ValueError):
        return None


def _zone(mission: Source) -> Iterator[Finding]:
    name = mission.data.get("time_zone")
    if isinstance(name, str) and name.strip() and zone_of(mission) is None:
        yield mission.fault("pack_zone_unknown", ("time_zone",), value=brief(name))


def _call(call: Source, zone: ZoneInfo | None) -> Iterator[Finding]:
    yield from _day(call)
    for smaller, larger in (
        ("min_cents", "average_cents"),
        ("average_cents", "max_cents"),
        ("max_cents", "budget_cents"),
    ):
        low, high = call.data.get(smaller), call.data.get(larger)
        if isinstance(low, int) and isinstance(high, int) and low > high:
            yield call.fault("pack_order_wrong", (smaller,), smaller=smaller, larger=larger)
    if zone is not None:
        yield from _window(call, zone)


def _window(call: Source, zone: ZoneInfo) -> Iterator[Finding]:
    times = []
    for name in ("opens_at", "closes_at"):
        value = call.data.get(name)
        if isinstance(value, datetime):
            times.append(instant(value, zone))
            if times[-1] is None:
                yield call.fault("pack_time_uncertain", (name,), zone=zone.key)
    if len(times) == 2 and times[0] and times[1] and times[0] >= times[1]:
        yield call.fault("pack_dates_order", ("closes_at",))


def _day(call: Source) -> Iterator[Finding]:
    day = call.data.get("activities_end")
    if not isinstance(day, str) or len(day) != 5:
        return
    try:
        datetime.strptime(f"2001-{day}", "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        yield call.fault("pack_not_a_day", ("activities_end",), value=brief(day))


def _priorities(source: Source) -> Iterator[Finding]:
    """Codes of priorities, children and focuses: one meaning each in the whole file."""
    seen: set[str] = set()
    for path, priority in tables(source.data.get("priorities"), "priorities"):
        below = [
            *tables(priority.get("focus"), *path, "focus"),
            *tables(priority.get("children"), *path, "children"),
        ]
        for inner, child in tables(priority.get("children"), *path, "children"):
            below += tables(child.get("focus"), *inner, "focus")
        for where, item in ((path, priority), *below):
            code = item.get("code")
            if isinstance(code, str) and code in seen:
                yield source.fault("pack_duplicate", (*where, "code"), value=brief(code))
            seen.add(str(code))


def _sum(source: Source, name: str, key: str) -> Iterator[Finding]:
    numbers = [item.get(key) for _, item in tables(source.data.get(name))]
    if numbers and all(isinstance(number, int) for number in numbers):
        total = sum(number for number in numbers if number)
        if total != 100:
            yield source.fault("pack_sum_wrong", (name,), sum=brief(total), goal=100)


def _instalments(source: Source) -> Iterator[Finding]:
    rows = list(tables(source.data.get("instalments"), "instalments"))
    for place, (path, row) in enumerate(rows):
        if isinstance(row.get("number"), int) and row["number"] != place + 1:
            yield source.fault("pack_number_order", (*path, "number"), value=brief(row["number"]))
        if row.get("kind") == "final" and place != len(rows) - 1:
            yield source.fault("pack_final_not_last", (*path, "kind"))


def _overhead(source: Source) -> Iterator[Finding]:
    categories = list(tables(source.data.get("categories")))
    number = sum(item.get("kind") == "overhead" for _, item in categories)
    if categories and number != 1:
        yield source.fault("pack_overhead_category", ("categories",), number=number)


def _gba(source: Source) -> Iterator[Finding]:
    for question in asked(source):
        yield from check_kind(question)
    codes = [item.get("code") for _, item in tables(source.data.get("kinds"))]
    for kind in kinds.STATEMENT_KINDS:
        if codes and kind not in codes:
            yield source.fault("pack_key_missing", ("kinds",), name=kind)


def _codes(sources: Sources, forms: Sequence[Source]) -> dict[str, set[str]]:
    return {
        "organisation_kinds": _options(forms, "organisation_kind"),
        "categories": _named(sources["budget.toml"].data.get("categories")),
        "costs": _named(sources["costs.toml"].data.get("ineligible")),
    }


def _options(forms: Sequence[Source], column: str) -> set[str]:
    questions: list[Asked] = [question for form in forms for question in asked(form)]
    return set().union(
        *(
            _named(question.data.get("options"))
            for question in questions
            if question.data.get("maps_to") == column
        )
    )


def _named(value: Any) -> set[str]:
    return {str(item.get("code")) for _, item in tables(value) if item.get("code")}
