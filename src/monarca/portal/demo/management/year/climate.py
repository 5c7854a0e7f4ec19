"""Climate: three public pledges, each with a series of invented figures, one of them corrected."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from monarca.engines import trajectories
from monarca.engines.trajectories import Point
from monarca.ground.commitments.actions import Holder
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.stage import Year
from monarca.programmes.climate import actions
from monarca.programmes.climate.models import Pledge, Series

NOTED = calendar.a_day("2025-05-05")
WRITES = calendar.on("2025-05-06", "10:00")
MEASURES = calendar.on("2025-05-07", "10:00")
PUBLISHES = calendar.on("2025-05-12", "12:00")
CORRECTS = calendar.on("2025-06-16", "10:00")

type Told = Mapping[str, Any]


def tell(year: Year) -> None:
    """Written down, measured, published, and one series corrected with what stood before."""
    story = stage.told("climate")
    for told in story["pledges"]:
        pledge = promised(year, told)
        series = measured(year, pledge, told["series"])
        actions.publish(pledge, public=True, by=year.staff["manager"], at=PUBLISHES)
        if again := told.get("corrected"):
            corrected(year, series, again)
    year.say(f"{Pledge.objects.count()} climate pledges with series")


def promised(year: Year, told: Told) -> Pledge:
    figures = {name: told[name] for name in ("base_year", "target_year", "measure", "unit")}
    target = actions.Target(
        low=Fraction(told["low"]),
        high=Fraction(told["high"]),
        source=told["source"],
        source_on=NOTED,
        **figures,
    )
    scope = {name: told[name] for name in ("kind", "country", "sector", "gases", "name", "text")}
    given = actions.Given(
        mission=year.call.mission,
        promised_on=NOTED,
        target=target,
        tags=tuple(told["tags"]),
        owners=tuple(Holder(side, name) for side, name in told["owners"].items()),
        **scope,
    )
    return actions.make(given, by=year.staff["coordinator"], at=WRITES)


def measured(year: Year, pledge: Pledge, told: Told) -> Series:
    named = actions.Named(told["name"], told["by"], is_example=True)
    edition = actions.Edition(source=told["source"], source_on=NOTED)
    points = read(told["csv"], pledge.unit)
    return actions.begin_series(
        pledge, named, edition, points, by=year.staff["coordinator"], at=MEASURES
    )


def corrected(year: Year, series: Series, told: Told) -> None:
    edition = actions.Edition(source=told["source"], source_on=CORRECTS.date(), note=told["note"])
    points = read(told["csv"], series.unit)
    actions.upload(series, edition, points, by=year.staff["coordinator"], at=CORRECTS)


def read(text: str, unit: str) -> Iterable[Point]:
    """As the page reads an uploaded file."""
    found = trajectories.read(text.strip().encode(), unit=unit, until=NOTED)
    if found.flaws:
        raise ValueError(found.flaws)
    return found.points
