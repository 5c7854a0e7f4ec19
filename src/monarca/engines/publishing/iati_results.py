"""Results in IATI: what was hoped for and what was reached, whole and by group."""

from monarca.engines.publishing.disclosure import Baseline, Indicator, Period, Result, Value
from monarca.engines.publishing.iati_elements import (
    Element,
    add,
    add_narrated,
    add_period,
    decimal,
    narrate,
)


def add_result(activity: Element, result: Result) -> None:
    child = add(activity, "result", type=result.kind, aggregation_status="1")
    narrate(add(child, "title"), result.title)
    add_narrated(child, "description", result.description)
    for indicator in result.indicators:
        _indicator(child, indicator)


def _indicator(result: Element, indicator: Indicator) -> None:
    ascending = "1" if indicator.is_ascending else "0"
    child = add(result, "indicator", measure=indicator.measure, ascending=ascending)
    narrate(add(child, "title"), indicator.title)
    add_narrated(child, "description", indicator.description)
    for baseline in indicator.baselines:
        _baseline(child, baseline)
    for period in indicator.periods:
        _period(child, period)


def _baseline(indicator: Element, baseline: Baseline) -> None:
    on = baseline.on.isoformat() if baseline.on else ""
    child = add(indicator, "baseline", iso_date=on, year=str(baseline.year))
    _measured(child, baseline.value)


def _period(indicator: Element, period: Period) -> None:
    child = add(indicator, "period")
    add_period(child, period.starts_on, period.ends_on)
    for target in period.targets:
        _measured(add(child, "target"), target)
    for actual in period.actuals:
        _measured(add(child, "actual"), actual)


def _measured(element: Element, value: Value) -> None:
    if value.amount is not None:
        element.set("value", decimal(value.amount))
    for name, group in value.dimensions:
        add(element, "dimension", name=name, value=group)
    add_narrated(element, "comment", value.comment)
