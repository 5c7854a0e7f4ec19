"""A pledge is made and deposited in the register, its figures corrected, and shown to everybody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import transaction

from monarca.engines import references, trajectories
from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments.actions import Holder, NoReason, Promise
from monarca.ground.commitments.states import Aims, Origins, Pillars
from monarca.ground.journal.actions import record
from monarca.ground.people.models import Mission, User
from monarca.kit import trilingual
from monarca.kit.guard import Refused, require
from monarca.programmes.climate import policy, queries
from monarca.programmes.climate.models import ONE, Pledge, Series, Tag, Terms
from monarca.programmes.climate.states import Country, Gases, Kind, Measure, Sector, Tags

HEAD = "CLIMATE"
FIRST_YEAR, LAST_YEAR = trajectories.EARLIEST.year, 2200
ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
NAMES: Mapping[str, type[Any]] = {
    "kind": Kind,
    "country": Country,
    "sector": Sector,
    "gases": Gases,
}


class FiguresRefused(Refused):
    """The figures of a pledge contradict each other; the reason says how."""


class YearOutOfReason(Refused):
    """A year of a pledge lies where a person could have meant it."""


class FigureOutOfReason(Refused):
    """A figure has at most six decimals and less than thirteen digits before them."""


class PledgeWordsMissing(Refused):
    """A pledge is named and worded in three languages, because it is for everybody."""


class SourceMissing(Refused):
    """Whoever writes down a pledge or a measurement says where it stands."""


class SourceFromTomorrow(Refused):
    """A source was published on a day that has come."""


class SourceNotAnAddress(Refused):
    """A source's address is one that a browser opens on the web."""


class UnitMissing(Refused):
    """What is measured has a unit."""


class UnitIsMeasured(Refused):
    """The unit cannot change once something was measured in it."""


class SameFigures(Refused):
    """Figures that are written anew differ from those in force."""


@dataclass(frozen=True, slots=True)
class Target:
    """What was pledged: figures in `unit`, or in per cent below the base year, and their source."""

    base_year: int
    target_year: int
    measure: str
    low: Fraction
    high: Fraction
    unit: str
    source: str
    source_on: date
    source_url: str = ""
    base_value: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A pledge as somebody enters it: words, scope, figures, and who owes it."""

    mission: Mission
    name: Mapping[str, str]
    text: Mapping[str, str]
    promised_on: date
    target: Target
    kind: str
    country: str
    sector: str = Sector.WHOLE
    gases: str = Gases.ALL
    tags: tuple[str, ...] = ()
    owners: tuple[Holder, ...] = ()


@transaction.atomic
def make(given: Given, *, by: User, at: datetime) -> Pledge:
    """Write a pledge down and deposit it in the register of commitments; nobody sees it yet.

    Raises `FiguresRefused`, `YearOutOfReason`, `FigureOutOfReason`, `PledgeWordsMissing`,
    `SourceMissing`, `SourceFromTomorrow`, `SourceNotAnAddress`, `UnitMissing`, and what
    `commitments.deposit` does. ValueError for a code that no list knows.
    """
    require(policy.may_begin(by, given.mission, at=at))
    columns = _columns(given.target, given.mission, at=at)
    made = Pledge.objects.create(
        reference=references.make(HEAD),
        mission=given.mission,
        name=words(given.name),
        **_scope(given),
        **columns,
        by=by,
        at=at,
    )
    made.commitment = commitments.deposit(_promise(given, made), source=made, by=by, at=at)
    made.save(update_fields=["commitment"])
    Tag.objects.bulk_create(Tag(pledge=made, tag=tag) for tag in sorted(set(given.tags)))
    Terms.objects.create(pledge=made, number=0, **columns, by=by, at=at)
    record("pledge.made", made, by=by, at=at, kind=made.kind, target_year=made.target_year)
    return made


def _scope(given: Given) -> dict[str, str]:
    """Its codes, each of its own list."""
    codes = {name: str(getattr(given, name)) for name in NAMES}
    strange = [code for name, code in codes.items() if code not in NAMES[name].values]
    if strange := [*strange, *(set(given.tags) - set(Tags.values))]:
        raise ValueError(f"no such code: {sorted(strange)}")
    return codes


def _promise(given: Given, made: Pledge) -> Promise:
    aims = (Aims.CLIMATE, Aims.ECONOMIES) if Tags.JOBS in given.tags else (Aims.CLIMATE,)
    return Promise(
        mission=given.mission,
        origin=Origins.CLIMATE,
        text=words(given.text),
        promised_on=given.promised_on,
        due_on=date(given.target.target_year, 12, 31),
        pillar=Pillars.ENVIRONMENT,
        aims=tuple(aims),
        owners=given.owners,
        source_name=words(given.name),
        source_path=f"/climate/pledges/{made.reference}/",
    )


def words(texts: Mapping[str, str]) -> dict[str, str]:
    told = {code: str(texts.get(code) or "").strip() for code in trilingual.LANGUAGES}
    if missing := trilingual.missing(told):
        raise PledgeWordsMissing(languages=", ".join(missing))
    return told


def _columns(target: Target, mission: Mission, *, at: datetime) -> dict[str, Any]:
    """The figures as they are stored, once they hold together."""
    for year in (target.base_year, target.target_year):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise YearOutOfReason(first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if target.measure not in Measure.values:
        raise ValueError(f"no such measure: {target.measure}")
    if not target.unit.strip():
        raise UnitMissing
    columns = {
        "base_year": target.base_year,
        "base_value_e6": None if target.base_value is None else millionths(target.base_value),
        "target_year": target.target_year,
        "measure": target.measure,
        "low_e6": millionths(target.low),
        "high_e6": millionths(target.high),
        "unit": " ".join(target.unit.split())[:40],
        **sourced(target.source, target.source_url, target.source_on, mission, at=at),
    }
    try:
        trajectories.check(queries.pledge_of(Terms(**columns)))
    except trajectories.Untellable as no:
        raise FiguresRefused(no.reason) from None
    return columns


def millionths(value: Fraction) -> int:
    """The value as it is stored, exactly. Raises `FigureOutOfReason`."""
    whole = value * ONE
    if whole.denominator != 1 or abs(value) > trajectories.MOST:
        raise FigureOutOfReason(most=trajectories.EXACT)
    return whole.numerator


def sourced(source: str, url: str, on: date, mission: Mission, *, at: datetime) -> dict[str, Any]:
    """Name, address and day of a source.

    Raises `SourceMissing`, `SourceFromTomorrow`, `SourceNotAnAddress`.
    """
    name, address = " ".join(source.split()), url.strip()
    if not name:
        raise SourceMissing
    if on > queries.today(mission, at):
        raise SourceFromTomorrow(last_on=queries.today(mission, at).isoformat())
    if address and (len(address) > 500 or not ADDRESS.fullmatch(address)):
        raise SourceNotAnAddress
    return {"source": name[:300], "source_url": address, "source_on": on}


@transaction.atomic
def revise(pledge: Pledge, target: Target, *, reason: str, by: User, at: datetime) -> Pledge:
    """Write the figures anew and say why; every earlier figure stays, and the register follows.

    Raises what `make` does, `NoReason`, `SameFigures`, `UnitIsMeasured`, and `AlreadyEnded`
    where another target year is asked for after the end.
    """
    require(policy.may_keep(by, pledge, at=at))
    held = Pledge.objects.select_for_update().get(pk=pledge.pk)
    columns = _columns(target, held.mission, at=at)
    if not reason.strip():
        raise NoReason
    if all(getattr(held, name) == value for name, value in columns.items()):
        raise SameFigures
    if columns["unit"] != held.unit and Series.objects.filter(pledge=held).exists():
        raise UnitIsMeasured(unit=held.unit)
    moves = columns["target_year"] != held.target_year
    for name, value in columns.items():
        setattr(held, name, value)
    held.save(update_fields=list(columns))
    number = Terms.objects.filter(pledge=held).count()
    Terms.objects.create(pledge=held, number=number, reason=reason.strip(), **columns, by=by, at=at)
    if moves and held.commitment:
        due_on, text = date(held.target_year, 12, 31), held.commitment.text
        commitments.reword_own(held, text, due_on, reason=reason, by=by, at=at)
    record("pledge.revised", held, by=by, at=at, number=number)
    return held


@transaction.atomic
def publish(pledge: Pledge, *, public: bool, by: User, at: datetime) -> Pledge:
    """Put a pledge and its commitment before everybody, or take both back. Twice is once.

    Raises `SealedStaysSealed`.
    """
    require(policy.may_publish(by, pledge, at=at))
    held = Pledge.objects.select_related("commitment").get(pk=pledge.pk)
    if held.commitment is None or held.commitment.is_public == public:
        return held
    held.commitment = commitments.show(held.commitment, public=public, by=by, at=at)
    record("pledge.published" if public else "pledge.withheld", held, by=by, at=at)
    return held
