"""Ninth chapter: what each project measures, what it reached, and what that says about equality."""

from collections.abc import Mapping
from typing import Any

from monarca.grants.results import actions as results
from monarca.grants.results.models import Indicator
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.agreeing import of
from monarca.portal.demo.management.year.paying import RELEASED_ONLY, REPORT_IS_BEING_READ
from monarca.portal.demo.management.year.reporting import final
from monarca.portal.demo.management.year.stage import Year


def plan(year: Year) -> None:
    """When the agreements are signed: each thing to measure, with baseline and target."""
    for name, told in stage.told("reports").items():
        held = of(year, name)
        for each in told["measures"]:
            results.plan(
                held,
                by=year.staff["coordinator"],
                at=calendar.PLANS_RESULTS,
                code=each.get("code") or f"plan-{each['row']}",
                name=each.get("name"),
                unit=each.get("unit", "number"),
                is_gender_specific=each.get("gender", False),
                is_ascending=not each.get("falls", False),
                baselines={"": each["baseline"]},
                targets={"": each["target"]},
                due_on=held.activities_end_on,
                source=each["words"],
            )


def measure(year: Year) -> None:
    """Recorded from the accepted reports, verified by somebody else, scored from evidence."""
    story = stage.told("reports")
    accepted = {name: told for name, told in story.items() if name != REPORT_IS_BEING_READ}
    for name, told in accepted.items():
        for indicator, each in zip(indicators(year, name), told["measures"], strict=True):
            record(year, name, indicator, each)
    for name, told in accepted.items():
        if name != RELEASED_ONLY:
            verify(year, name)
        results.score(of(year, name), by=year.staff["coordinator"], at=calendar.VERIFIES)
        mark(year, name, told.get("climate", {}))
    year.say(f"{Indicator.objects.count()} things measured")


def indicators(year: Year, name: str) -> list[Indicator]:
    return list(Indicator.objects.filter(agreement=of(year, name)).order_by("number"))


def record(year: Year, name: str, indicator: Indicator, each: Mapping[str, Any]) -> None:
    """One value with its groups, as the report says."""
    told = final(year, name)
    results.record(
        indicator,
        by=year.staff["coordinator"],
        at=calendar.MEASURES,
        report=told,
        values={"": each["value"], **each.get("groups", {})},
        measured_on=told.until_on,
        words=each["words"],
    )


def verify(year: Year, name: str) -> None:
    """By somebody else than who wrote the values down."""
    told, deputy = final(year, name), year.staff["deputy"]
    for indicator in indicators(year, name):
        results.verify(indicator, by=deputy, at=calendar.VERIFIES, report=told)


def mark(year: Year, name: str, scores: Mapping[str, Any]) -> None:
    """The climate markers, which a manager sets by hand because nothing derives them."""
    for marker, score in scores.get("markers", {}).items():
        held, words = of(year, name), scores["words"]
        at, manager = calendar.VERIFIES, year.staff["manager"]
        results.override(held, by=manager, at=at, marker=marker, score=score, words=words)
