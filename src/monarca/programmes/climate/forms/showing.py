"""What the pages show of a pledge: target in words, figures beside the path, history."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.engines import trajectories
from monarca.engines.reasons import Reason
from monarca.engines.trajectories import SEEN, Point, Spot, figure
from monarca.engines.trajectories.series import plain
from monarca.kit import formats, reasons, trilingual
from monarca.kit.parts import Link, Noted, Reach, Status, Tone
from monarca.programmes.climate.models import Figures, Pledge, Revision, Terms
from monarca.programmes.climate.queries import Glance, Kept, Line, Wanted, exact
from monarca.programmes.climate.states import Country, Measure, Sector, Stand, Tags

SHOWN = 200
"""The latest values that a table prints; the download has them all."""

TONES: Mapping[str, Tone] = {
    Stand.MET: "ok",
    Stand.MISSED: "bad",
    Stand.AHEAD: "ok",
    Stand.ON: "ok",
    Stand.BEHIND: "warn",
    Stand.UNTOLD: "plain",
}


def amount(value: Fraction) -> str:
    """A value exactly as it was measured or pledged."""
    return formats.number(Decimal(plain(value)))


def rounded(value: Fraction) -> str:
    """A value that was computed, as far as it can be read."""
    return formats.number(Decimal(str(figure(value))))


def part(value: Fraction) -> str:
    """A part of the change pledged, in per cent."""
    return formats.percent(Decimal(value.numerator) / Decimal(value.denominator), places=1)


def when(on: date) -> str:
    """The year for a year's total, else the day."""
    return str(on.year) if (on.month, on.day) == (12, 31) else formats.day(on)


def target_text(figures: Figures) -> str:
    """What was pledged, in one line: 40 % to 45 % below 2005 by 2030."""
    given = {
        "base": str(figures.base_year),
        "target": str(figures.target_year),
        "unit": figures.unit,
        **_ends(figures),
    }
    is_range = figures.low_e6 != figures.high_e6
    if figures.measure == Measure.BELOW:
        range_said = _("%(low)s to %(high)s below %(base)s by %(target)s")
        return (range_said if is_range else _("%(low)s below %(base)s by %(target)s")) % given
    range_said = _("%(low)s to %(high)s %(unit)s by %(target)s")
    return (range_said if is_range else _("%(low)s %(unit)s by %(target)s")) % given


def _ends(figures: Figures) -> dict[str, str]:
    low, high = exact(figures.low_e6), exact(figures.high_e6)
    if figures.measure == Measure.BELOW:
        return {"low": _share(low), "high": _share(high)}
    return {"low": amount(low), "high": amount(high)}


def _share(value: Fraction) -> str:
    return formats.percent(Decimal(plain(value)).scaleb(-2), places=2)


def base_text(figures: Figures) -> str:
    if figures.base_value_e6 is None:
        return _("%(year)s, as the series measures it") % {"year": figures.base_year}
    value = amount(exact(figures.base_value_e6))
    return _("%(year)s: %(value)s %(unit)s") % {
        "year": figures.base_year,
        "value": value,
        "unit": figures.unit,
    }


def stand_status(glance: Glance) -> Status:
    return Status(str(glance.stand.label), TONES[glance.stand])


def glance_head() -> list[str]:
    return [
        pgettext("column", "Pledge"),
        "",
        pgettext("column", "Stands"),
    ]


def glance_rows(glances: Iterable[Glance], page: str = "climate:pledge") -> list[list[object]]:
    """One line a pledge: how much of the change was reached, and how much the path asked for."""
    return [[_name(one, page), _reach(one), stand_status(one)] for one in glances]


def _name(glance: Glance, page: str) -> Link:
    """The pledge with whose it is, what was pledged, and what was measured last."""
    pledge = glance.pledge
    said = [str(pledge.get_country_display()), target_text(pledge)]
    if glance.seen:
        point = glance.seen.last.point
        said.append(f"{amount(point.value)} {pledge.unit} ({when(point.on)})")
    name = trilingual.say(pledge.name).text
    return Link(name, reverse(page, args=[pledge.reference]), " · ".join(said))


def _reach(glance: Glance) -> object:
    if glance.seen is None:
        return ""
    return Reach(max(glance.seen.done, Fraction(0)), Fraction(1), floor=glance.seen.due)


def filters(wanted: Wanted) -> list[tuple[Any, ...]]:
    every = ("", _("All"))
    return [
        ("country", _("Whose pledge"), wanted.country, [every, *Country.choices]),
        ("sector", _("Sector"), wanted.sector, [every, *Sector.choices]),
        ("tag", _("Also serves"), wanted.tag, [every, *Tags.choices]),
    ]


def pledge_facts(pledge: Pledge) -> list[tuple[object, ...]]:
    """What was pledged, from where, for what, and where it stands written."""
    tags = sorted(one.tag for one in pledge.tags.all())
    rows: list[tuple[object, ...]] = [
        (_("What was pledged"), target_text(pledge)),
        (_("Base year"), base_text(pledge)),
        (_("Kind"), pledge.get_kind_display()),
        (_("Whose pledge"), pledge.get_country_display()),
        (_("Sector"), pledge.get_sector_display()),
        (_("Gases"), pledge.get_gases_display()),
        (_("Source"), sourced(pledge)),
    ]
    if tags:
        named = format_html_join(", ", "{}", ((Tags(tag).label,) for tag in tags))
        rows.append((_("Also serves"), named))
    return rows


def sourced(row: Figures | Revision) -> object:
    """The source with its day, and its address where there is one."""
    day = formats.day(row.source_on)
    if not row.source_url:
        return f"{row.source} ({day})"
    return format_html('<a href="{}" rel="nofollow">{}</a> ({})', row.source_url, row.source, day)


def terms_rows(terms: Sequence[Terms], zone: str) -> list[list[object]]:
    """Every set of figures there was, where there was more than one."""
    if len(terms) < 2:
        return []
    return [
        [formats.instant(one.at, zone), target_text(one), base_text(one), one.reason]
        for one in terms
    ]


def series_parts(line: Line, revisions: Sequence[Revision]) -> dict[str, Any]:
    """One series ready to print: drawing, sentences, table, sources."""
    glance, series = line.glance, line.series
    told = _told(glance, series.unit)
    return {
        "series": series,
        "name": trilingual.say(series.name),
        "key": f"series-{series.number}",
        "course": glance.course,
        "seen": glance.seen,
        "points": line.points,
        "status": stand_status(glance),
        "sentences": told,
        "said": " ".join(told),
        "head": _table_head(series.unit),
        "rows": _table_rows(line),
        "left_out": max(0, len(line.kept) - SHOWN),
        "revisions": [_revision(one) for one in reversed(revisions)],
    }


def _told(glance: Glance, unit: str) -> list[str]:
    """How the pledge stands, or what is lacking to say it."""
    if glance.course and glance.seen:
        found = trajectories.said(glance.course, glance.seen, unit=unit)
    else:
        found = (glance.why,) if glance.why else ()
    return [reasons.sentence(_dated(one)) for one in found]


def _dated(reason: Reason) -> Reason:
    """The day a reason names, as the reader writes it."""
    on = str(reason.values.get("when") or "")
    if len(on) < 5:
        return reason
    return Reason(reason.code, {**reason.values, "when": formats.day(date.fromisoformat(on))})


def _table_head(unit: str) -> list[str]:
    return [
        pgettext("column", "When"),
        _("Measured (%(unit)s)") % {"unit": unit},
        pgettext("column", "Straight path"),
        pgettext("column", "Gap"),
        pgettext("column", "Of the change pledged"),
    ]


def _table_rows(line: Line) -> list[list[object]]:
    course, shown = line.glance.course, line.kept[-SHOWN:]
    beside: dict[date, Spot] = {}
    if course:
        points = [Point(one.on, one.value) for one in shown if one.value is not None]
        beside = {spot.point.on: spot for spot in trajectories.spots(course, points)}
    return [[when(one.on), _value(one), *_beside(beside.get(one.on))] for one in shown]


def _value(kept: Kept) -> object:
    """What stands, and every value there was before it with the upload that brought it."""
    stands = _("no longer measured") if kept.value is None else amount(kept.value)
    if not kept.earlier:
        return stands
    said = ", ".join(
        _("%(value)s in upload %(number)s") % {"value": amount(value), "number": number}
        for value, number in kept.earlier
    )
    return Noted(stands, _("before: %(values)s") % {"values": said})


def _beside(spot: Spot | None) -> list[object]:
    if spot is None:
        return ["", "", ""]
    near, far = rounded(spot.near), rounded(spot.far)
    path = near if spot.near == spot.far else f"{near} – {far}"
    if not spot.gap:
        return [path, formats.number(0), part(Fraction(0))]
    sign = 1 if spot.point.value > (spot.near if spot.gap > 0 else spot.far) else -1
    gap = sign * abs(spot.gap)
    mark = "+" if gap > 0 else ""
    return [path, f"{mark}{rounded(gap)}", _beside_path(spot)]


def _beside_path(spot: Spot) -> str:
    """How far ahead or short; what would read as nought is less than what can be read."""
    if round(abs(spot.share), 3) < SEEN:
        barely = _("less than %(share)s short"), _("less than %(share)s ahead")
        return barely[spot.gap < 0] % {"share": part(SEEN)}
    said = _("%(share)s short") if spot.gap > 0 else _("%(share)s ahead")
    return said % {"share": part(abs(spot.share))}


def _revision(row: Revision) -> dict[str, Any]:
    number = _("Upload %(number)s") % {"number": row.number}
    return {"number": number, "source": sourced(row), "note": row.note, "is_whole": row.is_whole}
