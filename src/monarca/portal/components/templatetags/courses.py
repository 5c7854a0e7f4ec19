"""The course of a pledge as a drawing: measured line, straight path, band, and the gap."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from monarca.engines.trajectories import Course, Outlook, Point, figure, moment
from monarca.kit import formats
from monarca.portal.components.templatetags.rendering import point, render

register = template.Library()

LEFT, WIDTH = 7, 90
TOP, HEIGHT = 8, 79
"""Where the plane lies in the drawing, in per cent: its labels stand around it."""

INSIDE = 1000
"""The plane's own units: it is stretched to any width, its strokes are not."""

CORNERS = 500
"""More of them lie closer than a line is wide."""

DOTS = 60
"""More points than this are a line without dots."""

NARROW = 6
"""Per cent of the height below which a gap has its label above it."""

ROOM = 11
"""Per cent of the width that the label of a year needs for itself."""

STEPS = tuple(Fraction(each) for each in ("1", "2", "2.5", "5", "10"))

type Span = tuple[Fraction, Fraction]


class Plane:
    """Turns moments and values into places, with a point in every language."""

    def __init__(self, years: Span, values: Span) -> None:
        self.years, self.values = years, values

    def right(self, at: Fraction) -> Fraction:
        first, last = self.years
        return (at - first) / (last - first)

    def down(self, value: Fraction) -> Fraction:
        low, high = self.values
        return (high - value) / (high - low)

    def x(self, at: Fraction) -> str:
        return point(LEFT + self.right(at) * WIDTH) + "%"

    def y(self, value: Fraction) -> str:
        return point(TOP + self.down(value) * HEIGHT) + "%"

    def path(self, corners: Sequence[tuple[Fraction, Fraction]]) -> str:
        """Corners (moment, value) as a line in the plane's own units."""
        spots = (
            f"{point(self.right(at) * INSIDE)} {point(self.down(value) * INSIDE)}"
            for at, value in corners
        )
        return "M" + "L".join(spots)


@register.simple_tag
def trajectory(  # noqa: PLR0913
    course: Course | None,
    points: Sequence[Point],
    *,
    key: str,
    title: str,
    unit: str,
    said: str = "",
    seen: Outlook | None = None,
) -> SafeString:
    """What was measured, in order, beside the straight path; the last measurement's gap marked.

    `key` makes the drawing's ids its own, `said` describes it to who does not see it. Without a
    `course` the measured line stands alone; with neither a course nor two points nothing is drawn.
    """
    if course is None and len(points) < 2:
        return SafeString("")
    plane = _plane(course, points)
    return render(
        "trajectory",
        key=key,
        title=title,
        said=said,
        unit=unit,
        legend=_legend(course, points, seen),
        lines=[{"y": plane.y(value), "text": written(value)} for value in ticks(plane.values)],
        years=list(_years(plane, course, points)),
        measured=_measured(plane, points),
        dots=_dots(plane, points),
        gap=_gap(plane, unit, seen),
        **_lines(plane, course, points),
    )


def _measured(plane: Plane, points: Sequence[Point]) -> str:
    """The measured line, thinned out where nobody could tell its corners apart."""
    every = -(-len(points) // CORNERS) or 1
    kept = [*points[:-1:every], *points[-1:]]
    return plane.path([(moment(one.on), one.value) for one in kept]) if kept else ""


def _plane(course: Course | None, points: Sequence[Point]) -> Plane:
    """From base to target at least, and down to nought unless something lies below it."""
    years = [moment(one.on) for one in (*points[:1], *points[-1:])]
    values = [Fraction(0), *(one.value for one in points)]
    if course:
        years += [Fraction(course.base_year), Fraction(course.target_year)]
        values += [course.base, course.near, course.far]
    low, high = min(values), max(values)
    room = (high - low or Fraction(1)) / 16
    return Plane((min(years), max(years)), (low - room if low < 0 else low, high + room))


def ticks(values: Span) -> list[Fraction]:
    """Three to six round values between these."""
    low, high = values
    step = _step((high - low) / 5)
    return [step * each for each in range(int(-(-low // step)), int(high // step) + 1)]


def _step(rough: Fraction) -> Fraction:
    """The round number at or above: 1, 2, 2.5, 5 times a power of ten."""
    size = Fraction(1)
    while size * 10 <= rough:
        size *= 10
    while size > rough:
        size /= 10
    return next(size * each for each in STEPS if size * each >= rough)


def written(value: Fraction) -> str:
    """A value as people write it, rounded to what can be read."""
    return formats.number(Decimal(str(figure(value))))


def _lines(
    plane: Plane, course: Course | None, points: Sequence[Point]
) -> dict[str, str | bool | dict[str, str]]:
    """The straight path, the band and what was pledged; level after the target year."""
    if course is None:
        return {"near": "", "far": "", "band": "", "goal": ""}
    base, target = Fraction(course.base_year), Fraction(course.target_year)
    last = max([target, *(moment(one.on) for one in points[-1:])])
    corners = [base, target, *([last] if last > target else [])]
    near = [(at, course.path(at)[0]) for at in corners]
    far = [(at, course.path(at)[1]) for at in corners]
    goal = {"x": plane.x(target), "y1": plane.y(course.near), "y2": plane.y(course.far)}
    return {
        "near": plane.path(near),
        "far": plane.path(far) if course.is_range else "",
        "band": plane.path([*near, *reversed(far)]) + "Z" if course.is_range else "",
        "goal": goal,
    }


def _years(
    plane: Plane, course: Course | None, points: Sequence[Point]
) -> Iterator[dict[str, str]]:
    """The years that matter, those of the pledge first; one without room is left out."""
    told: list[tuple[Fraction, int]] = []
    if course:
        told = [(Fraction(year), year) for year in (course.base_year, course.target_year)]
    if points:
        told += [(moment(one.on), one.on.year) for one in (points[-1], points[0])]
    taken: list[Fraction] = []
    for at, year in told:
        place = LEFT + plane.right(at) * WIDTH
        if all(abs(place - other) >= ROOM for other in taken):
            taken.append(place)
            yield {"x": plane.x(at), "text": str(year), "anchor": _anchor(place)}


def _anchor(place: Fraction) -> str:
    return "start" if place < 8 else "end" if place > 92 else "middle"


def _dots(plane: Plane, points: Sequence[Point]) -> list[dict[str, str]]:
    shown = points if len(points) <= DOTS else points[-1:]
    return [{"x": plane.x(moment(one.on)), "y": plane.y(one.value)} for one in shown]


def _gap(plane: Plane, unit: str, seen: Outlook | None) -> dict[str, str]:
    """From the last point, or the one that decided, to the nearest line of the path."""
    spot = (seen.judged or seen.last) if seen else None
    if spot is None or not spot.gap:
        return {}
    at, edge = moment(spot.point.on), spot.near if spot.gap > 0 else spot.far
    place = LEFT + plane.right(at) * WIDTH
    beside = "end" if place > 76 else "start"
    signed = spot.point.value - edge
    top, low = sorted((plane.down(spot.point.value), plane.down(edge)))
    is_narrow = (low - top) * HEIGHT < NARROW
    return {
        "x": plane.x(at),
        "y1": plane.y(spot.point.value),
        "y2": plane.y(edge),
        "middle": plane.y(max(spot.point.value, edge) if is_narrow else edge + signed / 2),
        "lift": "-10" if is_narrow else "4",
        "anchor": beside,
        "shift": "0" if is_narrow else "-9" if beside == "end" else "9",
        "text": f"{'+' * (signed > 0)}{written(signed)} {unit}",
    }


def _legend(
    course: Course | None, points: Sequence[Point], seen: Outlook | None
) -> list[tuple[str, str]]:
    """(words, shape) of what is drawn."""
    found = [(_("Measured"), "measured")] if points else []
    if course and course.is_range:
        found.append((_("Between the straight paths to both ends of the range"), "band"))
    elif course:
        found.append((_("Straight path"), "path"))
    if seen and (seen.judged or seen.last).gap:
        found.append((_("Gap"), "gap"))
    return found
