"""A series is founded, described anew, put before the public; one of its meetings is planned."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from monarca.engines import references
from monarca.ground.journal.actions import record
from monarca.ground.people.models import Mission, User
from monarca.kit import trilingual
from monarca.kit.guard import Refused, require
from monarca.programmes.dialogues import policy
from monarca.programmes.dialogues.actions import showing
from monarca.programmes.dialogues.models import Edition, Series
from monarca.programmes.dialogues.states import Kinds, Status

CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")


class CodeNotUsable(Refused):
    """A code is two to twelve capital letters and digits, and heads one series only."""


class NamesMissing(Refused):
    """A series has its name in Spanish, English and French."""


class ForumMissing(Refused):
    """Joint positions are taken in a named forum, and only they are."""


class EndsBeforeItStarts(Refused):
    """A meeting ends after it starts."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What a series is: `code` heads its references; `aims` are shared aims it serves."""

    code: str
    kind: str
    name: Mapping[str, str]
    about: Mapping[str, str] | None = None
    forum: str = ""
    pillar: str = ""
    aims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting: when (aware instants, and the zone of its place), where, and who receives."""

    name: Mapping[str, str]
    place: str
    host: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    year: int


@transaction.atomic
def found(mission: Mission, given: Founding, *, by: User, at: datetime) -> Series:
    """Found a dialogue, a working group or a forum; it is not public yet.

    Raises `CodeNotUsable`, `NamesMissing` and `ForumMissing`.
    """
    require(policy.may_found(by, mission, at=at))
    code = given.code.strip().upper()
    if not CODE.fullmatch(code) or Series.objects.filter(code=code).exists():
        raise CodeNotUsable(code=code)
    _check(given.kind, given)
    series = Series.objects.create(
        mission=mission,
        code=code,
        kind=given.kind,
        founded_at=at,
        founded_by=by,
        **_described(given),
    )
    record("series.founded", series, by=by, at=at, code=code, kind=given.kind)
    return series


@transaction.atomic
def describe(series: Series, given: Founding, *, by: User, at: datetime) -> Series:
    """Other names, words, pillar or aims; code and kind stay. Raises what `found` does."""
    require(policy.may_found(by, series.mission, at=at))
    _check(series.kind, given)
    described = _described(given)
    for name, value in described.items():
        setattr(series, name, value)
    series.save(update_fields=[*described])
    record("series.described", series, by=by, at=at, code=series.code)
    return series


def _check(kind: str, given: Founding) -> None:
    if trilingual.missing(given.name):
        raise NamesMissing
    if (kind == Kinds.FORUM) != bool(given.forum):
        raise ForumMissing


def _described(given: Founding) -> dict[str, object]:
    return {
        "name": dict(given.name),
        "about": dict(given.about or {}),
        "forum": given.forum,
        "pillar": given.pillar,
        "aims": sorted(set(given.aims)),
    }


@transaction.atomic
def show_series(series: Series, *, public: bool, by: User, at: datetime) -> Series:
    """Put the series before the public, or take it back with all its editions and promises."""
    require(policy.may_found(by, series.mission, at=at))
    series.is_public = public
    series.save(update_fields=["is_public"])
    met = Edition.objects.filter(series=series).select_related("series").order_by("pk")
    showing.follow(met, by=by, at=at)
    verb = "series.published" if public else "series.withheld"
    record(verb, series, by=by, at=at, code=series.code)
    return series


@transaction.atomic
def plan(series: Series, given: Plan, *, by: User, at: datetime) -> Edition:
    """Plan a meeting of the series. Raises `EndsBeforeItStarts` and `NamesMissing`."""
    require(policy.may_plan(by, series, at=at))
    _check_plan(given)
    edition = Edition.objects.create(
        series=series,
        reference=references.make(f"{series.code}-{given.year}"),
        status=Status.PLANNED,
        planned_at=at,
        planned_by=by,
        **_planned(given),
    )
    record("edition.planned", edition, by=by, at=at, series=series.code, year=given.year)
    return edition


def _check_plan(given: Plan) -> None:
    if given.ends_at <= given.starts_at:
        raise EndsBeforeItStarts
    if trilingual.missing(given.name):
        raise NamesMissing


def _planned(given: Plan) -> dict[str, object]:
    return {
        "name": dict(given.name),
        "place": given.place.strip(),
        "host": given.host,
        "starts_at": given.starts_at,
        "ends_at": given.ends_at,
        "time_zone": given.time_zone,
        "year": given.year,
    }


@transaction.atomic
def replan(edition: Edition, given: Plan, *, by: User, at: datetime) -> Edition:
    """Another day, place or name: the same entry of the calendar, one number later.

    Raises `EndsBeforeItStarts` and `NamesMissing`.
    """
    require(policy.may_run(by, edition, at=at))
    _check_plan(given)
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    planned = _planned(given)
    for name, value in planned.items():
        setattr(held, name, value)
    held.sequence += 1
    held.save(update_fields=[*planned, "sequence"])
    record("edition.replanned", held, by=by, at=at, sequence=held.sequence)
    edition.refresh_from_db()
    return held
