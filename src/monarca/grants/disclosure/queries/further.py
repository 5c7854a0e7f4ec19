"""The files that only machines read: IATI's organisation file, 360Giving, CommonGrants.

They are written from the same public records as the others, after redaction. Envelopes are not
public, so the organisation file tells what was spent on published agreements and no budget.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from monarca.engines.publishing import (
    check_common_grants,
    check_giving,
    check_iati,
    common_grants,
    giving,
    iati_organisation,
)
from monarca.engines.publishing.disclosure import Publisher
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.disclosure.queries.public import programmes_of, publisher_at
from monarca.grants.disclosure.queries.sending import PublicFile, nothing, records
from monarca.grants.disclosure.states import Further

PREFIX = "360G"
"""Before the publisher's own id; a prefix that 360Giving gave out belongs in its place."""

JSON = "application/json"


def _organisation(at: datetime) -> PublicFile:
    """What was spent in each fiscal year on what is published."""
    kind, name, media = Further.ORGANISATION, "iati-organisation.xml", "application/xml"
    told, publisher = records(at=at), publisher_at(at=at)
    if publisher is None or not told:
        return PublicFile(kind, name, media, b"", 0, (nothing(),))
    latest = max(one.updated_at for one in told)
    data = iati_organisation.organisation_file(publisher, envelopes=(), disclosures=told, at=latest)
    findings = check_iati.problems_of(data, at=at, publishers=(publisher.ref,))
    return PublicFile(kind, name, media, data, 1, findings)


def _giving(at: datetime) -> PublicFile:
    """A grant for each record; its doubts (warnings) forbid nothing."""
    kind, name = Further.GIVING, "360giving.json"
    told, publisher = records(at=at), publisher_at(at=at)
    if publisher is None or not told:
        return PublicFile(kind, name, JSON, b"", 0, (nothing(),))
    data = giving.package_file(
        giving.Giver(publisher=publisher, prefix=f"{PREFIX}-{publisher.ref}"),
        programmes=programmes_of([one for one in told if not one.region], at=at),
        disclosures=told,
        at=max(one.updated_at for one in told),
    )
    findings = check_giving.problems_of(data, today=at.date())
    return PublicFile(kind, name, JSON, data, len(told), findings)


def _common(at: datetime) -> PublicFile:
    """Every announced call as an opportunity, every record as an award."""
    kind, name = Further.COMMON, "common-grants.json"
    document = {"opportunities": opportunities(at=at), "awards": awards(at=at)}
    count = sum(map(len, document.values()))
    if not count:
        return PublicFile(kind, name, JSON, b"", 0, (nothing(),))
    data = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
    return PublicFile(kind, name, JSON, data, count, check_common_grants.problems_of(document))


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
