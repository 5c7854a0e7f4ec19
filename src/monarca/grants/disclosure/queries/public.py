"""What the public may read: published records only, after the engine's redaction; one door."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Sum

from monarca.engines import calendar
from monarca.engines.publishing import batching, redaction
from monarca.engines.publishing.disclosure import Disclosure as Told
from monarca.engines.publishing.disclosure import Programme, Publisher, Redaction
from monarca.grants.applications.models import Place
from monarca.grants.disclosure.models import Disclosure
from monarca.grants.disclosure.queries.gathering import gathered, with_beside
from monarca.grants.disclosure.queries.programmes import (
    DEPARTMENT,
    programme_key,
    programme_of,
    publisher_of,
)
from monarca.grants.disclosure.queries.telling import whole
from monarca.grants.disclosure.states import OF_ITS_OWN, OPEN_TO, Level, Status

TOLD = frozenset({*OF_ITS_OWN, Level.AGGREGATED})
"""The levels that leave anything at all in a public file."""


@dataclass(frozen=True, slots=True)
class Project:
    """One public record: its address, its year and priority, and what redaction left of it."""

    slug: str
    fiscal_year: str
    priority: str
    is_named: bool
    record: Told


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader of the list asked for; empty means everything."""

    year: str = ""
    state: str = ""
    priority: str = ""


def published(*, at: datetime, levels: Iterable[str] = OF_ITS_OWN) -> QuerySet[Disclosure]:
    """The records that are public at this instant, at a level their file still allows.

    A file that was restricted or sealed after its publication is gone with the same act.
    """
    asked = frozenset(levels)
    allowed = Q(pk__in=())
    for sensitivity, open_to in OPEN_TO.items():
        allowed |= Q(application__sensitivity=sensitivity, level__in=sorted(open_to & asked))
    rows = Disclosure.objects.filter(allowed, status=Status.PUBLISHED, published_at__lte=at)
    return with_beside(rows).order_by("-agreement__signed_on", "-pk")


def narrowed(rows: QuerySet[Disclosure], wanted: Filter) -> QuerySet[Disclosure]:
    """Public records of a year, a priority, a state; a place is known of full ones only."""
    if wanted.year:
        rows = rows.filter(application__call__fiscal_year=wanted.year)
    if wanted.priority:
        rows = rows.filter(application__priority__startswith=wanted.priority)
    if wanted.state:
        here = Place.objects.filter(state=wanted.state).values("application")
        rows = rows.filter(level=Level.FULL, application__in=here)
    return rows


def public(*, at: datetime) -> tuple[Project, ...]:
    """Every record that has a page of its own, redacted."""
    return told_of(published(at=at), at=at)


def project(slug: str, *, at: datetime) -> Project | None:
    """The public record at this address; None says nothing about why there is none."""
    return next(iter(told_of(published(at=at).filter(slug=slug), at=at)), None)


def told_of(rows: Iterable[Disclosure], *, at: datetime) -> tuple[Project, ...]:
    """These public rows as the engine leaves them, in their order and a fixed number of queries."""
    several = list(rows)
    given = gathered(several)
    told = [(row, whole(row, given, at=at)) for row in several]
    return tuple(
        _project(row, redaction.redacted(one))
        for row, one in told
        if one.redaction in {Redaction.FULL, Redaction.ANONYMISED}
    )


def _project(row: Disclosure, record: Told) -> Project:
    file = row.application
    return Project(
        slug=row.slug,
        fiscal_year=file.call.fiscal_year,
        priority=file.priority.split("-")[0],
        is_named=not record.region,
        record=record,
    )


def batches(*, at: datetime) -> tuple[Told, ...]:
    """Records told in totals only: one for each mission, year and quarter with three or more."""
    several = list(published(at=at, levels={Level.AGGREGATED}))
    given = gathered(several)
    groups: dict[tuple[str, calendar.Quarter, str], list[Told]] = defaultdict(list)
    for row in several:
        one = whole(row, given, at=at)
        mission = row.application.call.mission.code
        groups[one.programme, calendar.quarter_of(one.signed_on), mission].append(one)
    return tuple(
        batching.batch_of(
            group,
            identifier=f"{programme}-{quarter.label}",
            reference=f"{DEPARTMENT}-{quarter.fiscal_year.label}-{quarter.label}-{mission}",
        )
        for (programme, quarter, mission), group in sorted(groups.items())
        if len(group) >= batching.LEAST
    )


def programmes_of(records: Sequence[Told], *, at: datetime) -> tuple[Programme, ...]:
    """The programmes of these records; each was changed when the latest of its records was."""
    latest: dict[str, datetime] = {}
    for one in records:
        latest[one.programme] = max(one.updated_at, latest.get(one.programme, one.updated_at))
    known: dict[str, Programme] = {}
    for row in published(at=at, levels=TOLD):
        key = programme_key(row.application)
        if key in latest and key not in known:
            known[key] = programme_of(row.application, updated_at=latest[key], at=at)
    return tuple(known.values())


def publisher_at(*, at: datetime) -> Publisher | None:
    """Who publishes what is public at this instant; None while nothing is."""
    row = published(at=at, levels=TOLD).first()
    return publisher_of(row.application) if row else None


def by_state(rows: QuerySet[Disclosure]) -> dict[str, int]:
    """{INEGI code: projects told in full there}; one project counts in each of its states."""
    files = rows.filter(level=Level.FULL).order_by().values("application")
    counted = Place.objects.filter(application__in=files).values("state").order_by("state")
    pairs = counted.annotate(n=Count("application", distinct=True)).values_list("state", "n")
    return {state: n for state, n in pairs if state}


def by_priority(rows: QuerySet[Disclosure]) -> dict[str, int]:
    """{priority: CAD cents agreed} over records with a page of their own."""
    grouped = rows.order_by().values_list("application__priority")
    totals: dict[str, int] = defaultdict(int)
    for code, cents in grouped.annotate(cents=Sum("agreement__amount_cents")):
        totals[code.split("-")[0]] += cents
    return dict(totals)


def years(*, at: datetime) -> list[str]:
    """The fiscal years of the public records, the latest first."""
    found = published(at=at).order_by().values_list("application__call__fiscal_year", flat=True)
    return sorted(set(found.distinct()), reverse=True)
