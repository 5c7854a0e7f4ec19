"""What a course and its outlook say, as reasons: stand, pace, what is needed, met or missed."""

from datetime import date
from fractions import Fraction

from monarca.engines.reasons import Reason, Value
from monarca.engines.trajectories.course import Course, Outlook, Spot, Verdict

type Said = dict[str, Value]


SEEN = Fraction(1, 1000)
"""The smallest part of a change that is told as a number: less of it would read as nought."""


def figure(value: Fraction) -> float:
    """For people: three or four figures, never fewer than stand before the point; ties to even."""
    size = abs(value)
    places = 1 if size >= 100 else 2 if size >= 1 else 3
    return float(round(value, places))


def when(on: date) -> str:
    """The year for a year's total, else the day."""
    return str(on.year) if (on.month, on.day) == (12, 31) else on.isoformat()


def said(course: Course, seen: Outlook, *, unit: str) -> tuple[Reason, ...]:
    """The sentences in the order they are read; `when` is a year or an ISO day."""
    first = _verdict(course, seen, unit) if seen.verdict else _stand(course, seen.last, unit)
    found = [first, _pace(course, seen, unit)]
    if seen.needed is not None:
        found.append(_needed(course, seen, seen.needed, unit))
    return tuple(found)


def _measured(spot: Spot, unit: str) -> Said:
    return {"when": when(spot.point.on), "value": figure(spot.point.value), "unit": unit}


def _stand(course: Course, spot: Spot, unit: str) -> Reason:
    values = {
        **_measured(spot, unit),
        "gap": figure(abs(spot.gap)),
        "gap_share": float(abs(spot.share)),
    }
    if spot.gap and round(abs(spot.share), 3) < SEEN:
        edge = spot.near if spot.gap > 0 else spot.far
        line = {"path": figure(edge), "least_share": float(SEEN)}
        return Reason("trajectory.in_line", {**_measured(spot, unit), **line})
    if spot.gap > 0:
        return Reason("trajectory.behind", {**values, "path": figure(spot.near)})
    if spot.gap < 0:
        code = "trajectory.ahead_of_band" if course.is_range else "trajectory.ahead"
        return Reason(code, {**values, "path": figure(spot.far)})
    if not course.is_range:
        return Reason("trajectory.on_path", _measured(spot, unit))
    band = {"near": figure(spot.near), "far": figure(spot.far)}
    return Reason("trajectory.in_band", {**_measured(spot, unit), **band})


def _verdict(course: Course, seen: Outlook, unit: str) -> Reason:
    spot = seen.judged or seen.last
    values = {
        **_measured(spot, unit),
        "target": str(course.target_year),
        "near": figure(course.near),
        "gap": figure(abs(spot.gap)),
    }
    if seen.verdict == Verdict.MISSED:
        return Reason("trajectory.missed", values)
    if seen.verdict == Verdict.BEYOND:
        return Reason("trajectory.met_beyond", {**values, "far": figure(course.far)})
    if course.is_range:
        return Reason("trajectory.met_in_range", {**values, "far": figure(course.far)})
    return Reason("trajectory.met", values)


def _pace(course: Course, seen: Outlook, unit: str) -> Reason:
    values: Said = {
        "base": str(course.base_year),
        "pace": figure(abs(seen.pace)),
        "unit": unit,
    }
    if not seen.pace:
        return Reason("trajectory.unchanged", values)
    fell = (seen.pace > 0) == course.falls
    return Reason("trajectory.fell" if fell else "trajectory.rose", values)


def _needed(course: Course, seen: Outlook, needed: tuple[Fraction, Fraction], unit: str) -> Reason:
    near, far = needed
    values: Said = {
        "when": when(seen.last.point.on),
        "target": str(course.target_year),
        "near": figure(near),
        "far": figure(far),
        "unit": unit,
    }
    if not far:
        return Reason("trajectory.reached", values)
    if course.is_range:
        code = "trajectory.needs_less_range" if course.falls else "trajectory.needs_more_range"
    else:
        code = "trajectory.needs_less" if course.falls else "trajectory.needs_more"
    return Reason(code, values)
