"""The public files: written from the public records, checked, and kept until something happens."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Max

from monarca.engines.publishing import canada, check_canada, check_iati, iati
from monarca.engines.publishing.disclosure import Disclosure as Told
from monarca.engines.publishing.disclosure import Publisher
from monarca.grants.disclosure.models import Export
from monarca.grants.disclosure.queries import further
from monarca.grants.disclosure.queries.public import programmes_of, publisher_at
from monarca.grants.disclosure.queries.sending import PublicFile, nothing, records
from monarca.grants.disclosure.states import Further, Kind
from monarca.ground.journal.models import Entry

THRESHOLD_CENTS = 0
"""Agreements above this are told in Canada's file: all of them. The Access to Information Act,
section 87, obliges from 25,000 dollars; the fund tells every one. Check with your programme."""

A_DAY = 24 * 60 * 60


def file_of(kind: str, *, at: datetime) -> PublicFile:
    """The file of this kind (`Kind`) as it stands at `at`, with all that a checker finds.

    Its bytes depend on public records alone, so its hash is silent about everything else.
    """
    return WRITERS[kind](at)


def kept(kind: str, *, at: datetime) -> PublicFile:
    """The same from memory, while no act has been written into the journal since.

    A call opens and closes by the clock, so CommonGrants is remembered for a minute only.
    """
    latest = Entry.objects.aggregate(last=Max("pk"), count=Count("pk"))
    moment = f"{at:%Y%m%d%H%M}" if kind == Further.COMMON else f"{at.date()}"
    key = f"disclosure.{kind}.{latest['last']}.{latest['count']}.{moment}"
    found: PublicFile | None = cache.get(key)
    if found is None:
        found = file_of(kind, at=at)
        cache.set(key, found, A_DAY)
    return found


def last_export(kind: str) -> Export | None:
    return Export.objects.filter(kind=kind).order_by("-at", "-pk").first()


def _iati(at: datetime) -> PublicFile:
    """A parent activity for each programme with named children, a child for each record."""
    name, media = "iati-activities.xml", "application/xml"
    told = records(at=at)
    publisher = publisher_at(at=at)
    if publisher is None or not told:
        return PublicFile(Kind.IATI, name, media, b"", 0, (nothing(),))
    data = iati_document(told, publisher, at=at)
    findings = check_iati.problems_of(data, at=at, publishers=(publisher.ref,))
    changed = max(one.updated_at for one in told)
    return PublicFile(Kind.IATI, name, media, data, len(told), findings, changed)


def iati_document(told: tuple[Told, ...], publisher: Publisher, *, at: datetime) -> bytes:
    """These records as IATI, dated by the latest of them: the same records, the same bytes."""
    named = [one for one in told if not one.region]
    return iati.activity_file(
        publisher,
        programmes=programmes_of(named, at=at),
        disclosures=told,
        at=max(one.updated_at for one in told),
    )


def _canada(at: datetime) -> PublicFile:
    """A row for each amendment of each record; only the header while there is none."""
    told = records(at=at)
    data = canada.proactive_disclosure(
        told, programmes=programmes_of(told, at=at), threshold_cents=THRESHOLD_CENTS
    )
    name, media = "proactive-disclosure.csv", "text/csv; charset=utf-8"
    findings = check_canada.problems_of(data)
    changed = max((one.updated_at for one in told), default=None)
    return PublicFile(Kind.CANADA, name, media, data, len(told), findings, changed)


WRITERS: Mapping[str, Callable[[datetime], PublicFile]] = {
    Kind.IATI: _iati,
    Kind.CANADA: _canada,
    **further.WRITERS,
}
