"""Trajectories: sixty pledges beside their paths, and the longest file of measured days.

The reference is the same course in floating point, written here; its gap may differ by rounding.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from time import perf_counter

from bench.figures import Figure
from monarca.engines import trajectories
from monarca.engines.trajectories import Pledge, Point

RUNS = 5
PLEDGES = 60
YEARS = 19
DAYS = 20_000
PLEDGE = Pledge(2005, 2030, Fraction(40), Fraction(45), is_share=True, base_value=Fraction(800))


def spent(work: Callable[[], object]) -> float:
    """Seconds: the median of five runs."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def several() -> list[tuple[Point, ...]]:
    """Each pledge's series: yearly values with three decimals."""
    return [
        tuple(
            Point(date(2005 + year, 12, 31), 800 - 3 * year - Fraction(place, 1000))
            for year in range(YEARS)
        )
        for place in range(PLEDGES)
    ]


def by_floats(points: Sequence[Point]) -> float:
    """The gap of the last point to the near path, in floating point."""
    last = points[-1]
    part = (last.on.year - PLEDGE.base_year) / (PLEDGE.target_year - PLEDGE.base_year)
    return float(last.value) - 800 * (1 - part * float(PLEDGE.low) / 100)


def seen(points: Sequence[Point]) -> trajectories.Outlook:
    return trajectories.outlook(trajectories.course_of(PLEDGE, points), points)


def figures() -> Iterator[Figure]:
    """What a page of pledges and an upload cost."""
    series = several()
    exact = spent(lambda: [seen(points) for points in series])
    plain = spent(lambda: [by_floats(points) for points in series])
    worst = max(abs(float(seen(points).last.gap) - by_floats(points)) for points in series)
    note = f"in floats {1000 * plain:.2f} ms, apart by at most {worst:.0e}"
    yield Figure(f"trajectories: {PLEDGES} pledges", 20, "ms", 1000 * exact, note=note)
    first = date(1970, 1, 1)
    lines = (f"{first + timedelta(days=day)},{day}.125" for day in range(DAYS))
    data = "\n".join(("date,value", *lines)).encode()
    until = first + timedelta(days=DAYS)
    reading = spent(lambda: trajectories.read(data, unit="Mt", until=until))
    yield Figure(f"trajectories: a file of {DAYS:,} days", 1.0, "s", reading)
