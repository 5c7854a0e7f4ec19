"""The files that only machines read: IATI's organisation file, 360Giving, CommonGrants.

They are written from the same public records as the others, after redaction. Of an envelope the
organisation file tells what may be committed, once a call that it pays for is announced, and the
budgets of such calls; what was committed or paid comes from the public records alone.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from monarca.engines import calendar
from monarca.engines.publishing import (
    check_common_grants,
    check_giving,
    check_iati,
    common_grants,
    giving,
    iati_organisation,
)
from monarca.engines.publishing.disclosure import Envelope, Line, Publisher
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.disclosure.queries.public import programmes_of, publisher_at
from monarca.grants.disclosure.queries.sending import PublicFile, nothing, records
from monarca.grants.disclosure.states import Further

PREFIX = "360G"
"""Before the publisher's own id; a prefix that 360Giving gave out belongs in its place."""

JSON = "application/json"
INDICATIVE, COMMITTED = "1", "2"


def _organisation(at: datetime) -> PublicFile:
    """What is set aside for announced calls, and what was spent on what is published, by year."""
    kind, name, media = Further.ORGANISATION, "iati-organisation.xml", "application/xml"
    told, publisher = records(at=at), publisher_at(at=at)
    if publisher is None or not told:
        return PublicFile(kind, name, media, b"", 0, (nothing(),))
    announced = tuple(calls.announced().filter(envelope__isnull=False).order_by("code"))
    changed = [one.updated_at for one in told]
    changed += [call.published_at for call in announced if call.published_at]
    data = iati_organisation.organisation_file(
        publisher, envelopes=_envelopes(announced, at), disclosures=told, at=max(changed)
    )
    findings = check_iati.problems_of(data, at=at, publishers=(publisher.ref,))
    return PublicFile(kind, name, media, data, 1, findings, max(changed))


def _envelopes(announced: Sequence[Call], at: datetime) -> tuple[Envelope, ...]:
    """Each envelope with an announced call once, and those calls as its parts.

    Money of a year that has begun is committed, that of a later one indicative. Calls that promise
    more than there is are no parts of it.
    """
    paid: dict[int, list[Call]] = defaultdict(list)
    for call in announced:
        if call.envelope_id:
            paid[call.envelope_id].append(call)
    return tuple(filter(None, (_envelope(several, at) for several in paid.values())))


def _envelope(several: Sequence[Call], at: datetime) -> Envelope | None:
    """The envelope of these calls; None where its year has no name that can be read."""
    held, mission = several[0].envelope, several[0].mission
    year = calendar.labelled(held.fiscal_year) if held else None
    if held is None or year is None:
        return None
    lines = tuple(Line(ref=one.code, names=one.title, cents=one.budget_cents) for one in several)
    return Envelope(
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        cents=held.cents,
        country=mission.countries[0] if len(mission.countries) == 1 else "",
        status=COMMITTED if year.starts_on <= at.date() else INDICATIVE,
        lines=lines if sum(line.cents for line in lines) <= held.cents else (),
    )


def _giving(at: datetime) -> PublicFile:
    """A grant for each record; its doubts (warnings) forbid nothing."""
    kind, name = Further.GIVING, "360giving.json"
    told, publisher = records(at=at), publisher_at(at=at)
    if publisher is None or not told:
        return PublicFile(kind, name, JSON, b"", 0, (nothing(),))
    changed = max(one.updated_at for one in told)
    data = giving.package_file(
        giving.Giver(publisher=publisher, prefix=f"{PREFIX}-{publisher.ref}"),
        programmes=programmes_of([one for one in told if not one.region], at=at),
        disclosures=told,
        at=changed,
    )
    findings = check_giving.problems_of(data, today=at.date())
    return PublicFile(kind, name, JSON, data, len(told), findings, changed)


def _common(at: datetime) -> PublicFile:
    """Every announced call as an opportunity, every record as an award."""
    kind, name = Further.COMMON, "common-grants.json"
    document = {"opportunities": opportunities(at=at), "awards": awards(at=at)}
    count = sum(map(len, document.values()))
    if not count:
        return PublicFile(kind, name, JSON, b"", 0, (nothing(),))
    data = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
    findings = check_common_grants.problems_of(document)
    last = max(one["lastModifiedAt"] for entries in document.values() for one in entries)
    changed = datetime.fromisoformat(last)
    return PublicFile(kind, name, JSON, data, count, findings, changed)


def opportunities(*, at: datetime) -> tuple[common_grants.Document, ...]:
    """Every call the public may read, in CommonGrants' words, open or closed as it is now."""
    us = Publisher(ref=settings.IATI_ORGANISATION, names={})
    return tuple(common_grants.opportunity(us, _call(call), at=at) for call in calls.announced())


def awards(*, at: datetime) -> tuple[common_grants.Document, ...]:
    """Every record in CommonGrants' words; none of them says of which call it came."""
    us = Publisher(ref=settings.IATI_ORGANISATION, names={})
    return common_grants.awards(us, programmes=(), disclosures=records(at=at))


def _call(call: Call) -> common_grants.Call:
    """What everybody reads on the call's own page."""
    zone = ZoneInfo(call.time_zone)
    return common_grants.Call(
        identifier=call.code,
        title=call.title,
        description=call.summary,
        opens_at=call.opens_at.astimezone(zone),
        closes_at=call.closes_at.astimezone(zone),
        created_at=call.published_at or call.opens_at,
        updated_at=call.published_at or call.opens_at,
        available_cents=call.budget_cents,
        most_cents=call.max_cents,
    )


WRITERS: Mapping[str, Callable[[datetime], PublicFile]] = {
    Further.ORGANISATION: _organisation,
    Further.GIVING: _giving,
    Further.COMMON: _common,
}
