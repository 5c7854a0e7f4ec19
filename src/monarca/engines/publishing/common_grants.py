"""CommonGrants 0.4 documents: a call as an opportunity, an agreement as an award.

The protocol (HHS/simpler-grants-protocol) wants UUIDs: ours are made from the publisher's and the
record's identifiers (RFC 4122, version 5), so the same record has the same id for ever. Money is a
decimal text with its currency; every instant has a zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from monarca.engines.publishing.disclosure import (
    Disclosure,
    Programme,
    Publisher,
    Texts,
    Transaction,
)
from monarca.engines.publishing.giving import plain
from monarca.engines.publishing.giving_schema import is_address
from monarca.engines.publishing.iati_elements import instant
from monarca.engines.publishing.redaction import published
from monarca.engines.publishing.wording import clean, dollars, one_of

VERSION = "0.4.0"
CURRENCY = "CAD"
DISBURSEMENT = "3"
STATES: Mapping[str, tuple[str, str]] = {
    "1": ("custom", "pipeline"),
    "2": ("awarded", ""),
    "3": ("completed", ""),
    "4": ("completed", ""),
    "5": ("cancelled", ""),
    "6": ("custom", "suspended"),
}
"""IATI's ActivityStatus as CommonGrants says it: a value, and our own word beside `custom`."""

APPLICANTS = ("nonprofit_without_501c3",)
KNOWN_APPLICANTS = frozenset(
    {
        "individual",
        "organization",
        "nonprofit_without_501c3",
        "higher_education_public",
        "higher_education_private",
        "unrestricted",
    }
)
"""The protocol's words that fit a fund outside the United States; others are told as custom."""

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for applications, as everybody may read it; amounts in whole cents.

    `identifier` is that of its programme, so that awards point to it. Instants have a zone; the
    closing day and hour are told in the zone of `closes_at`.
    """

    identifier: str
    title: Texts
    description: Texts
    opens_at: datetime
    closes_at: datetime
    created_at: datetime
    updated_at: datetime
    available_cents: int | None = None
    least_cents: int | None = None
    most_cents: int | None = None
    expected: int | None = None
    applicants: tuple[str, ...] = field(default=APPLICANTS)
    source: str = ""


def opportunity(publisher: Publisher, call: Call, *, at: datetime) -> Document:
    """A call as an OpportunityBase; before its opening it is forecasted, after its end closed."""
    funding = {
        "totalAmountAvailable": money(call.available_cents),
        "minAwardAmount": money(call.least_cents),
        "maxAwardAmount": money(call.most_cents),
        "estimatedAwardCount": call.expected,
    }
    return _filled(
        {
            "id": identity(publisher, call.identifier),
            "title": one_of(call.title),
            "status": {"value": _state(call, at)},
            "description": one_of(call.description),
            "funding": _filled(funding),
            "keyDates": {
                "postDate": _moment("Opening", call.opens_at),
                "closeDate": _moment("Closing", call.closes_at),
            },
            "acceptedApplicantTypes": [_applicant(name) for name in call.applicants],
            "source": call.source if is_address(call.source) else "",
            "createdAt": instant(call.created_at),
            "lastModifiedAt": instant(call.updated_at),
        }
    )


def awards(
    publisher: Publisher, *, programmes: Iterable[Programme], disclosures: Iterable[Disclosure]
) -> tuple[Document, ...]:
    """Each published agreement as an AwardBase, after redaction, by identifier."""
    known = {programme.identifier: programme for programme in programmes}
    return tuple(
        _award(publisher, told, known.get(told.programme)) for told in published(disclosures)
    )


def page(entries: Sequence[Document], *, page: int, size: int) -> Document:
    """Some of the entries, and where they stand among all; pages count from 1."""
    first = (page - 1) * size
    told = {
        "page": page,
        "pageSize": size,
        "totalItems": len(entries),
        "totalPages": -(-len(entries) // size),
    }
    return {"items": list(entries[first : first + size]), "paginationInfo": told}


def identity(publisher: Publisher, identifier: str) -> str:
    """The UUID of a record of this publisher."""
    return str(uuid5(NAMESPACE_URL, f"{publisher.ref}/{clean(identifier)}"))


def money(cents: int | None) -> Document | None:
    """Whole cents as the protocol's Money; None where there is no amount."""
    return None if cents is None else {"amount": dollars(cents), "currency": CURRENCY}


def _award(publisher: Publisher, told: Disclosure, programme: Programme | None) -> Document:
    """An anonymised award names neither opportunity nor recipient: both would tell the country."""
    value, custom = STATES.get(told.status, ("custom", told.status))
    call = (
        {"id": identity(publisher, told.programme), "title": one_of(programme.title)}
        if (programme and not told.region)
        else None
    )
    signed = datetime(told.signed_on.year, told.signed_on.month, told.signed_on.day, tzinfo=UTC)
    return _filled(
        {
            "id": identity(publisher, told.identifier),
            "title": one_of(told.title),
            "description": one_of(told.summary),
            "status": _filled({"value": value, "customValue": custom}),
            "funding": {
                "awardedAmount": money(told.total_cents),
                "disbursedAmount": money(_paid(told.transactions)),
            },
            "keyDates": {
                "awardDate": _day("Signed", told.signed_on),
                "periodOfPerformance": _range("Project", told.starts_on, told.ends_on),
            },
            "opportunity": call,
            "recipientOrganizations": {"primary": _recipient(publisher, told)},
            "createdAt": instant(min(signed, told.updated_at)),
            "lastModifiedAt": instant(told.updated_at),
        }
    )


def _recipient(publisher: Publisher, told: Disclosure) -> Document:
    name = one_of(told.recipient.names)
    key = told.identifier if told.region else told.recipient.ref or plain(name)
    return {"id": identity(publisher, f"organisation/{key}"), "name": name}


def _paid(transactions: Iterable[Transaction]) -> int:
    return sum(one.cents for one in transactions if one.kind == DISBURSEMENT)


def _state(call: Call, at: datetime) -> str:
    if at < call.opens_at:
        return "forecasted"
    return "open" if at < call.closes_at else "closed"


def _applicant(name: str) -> Document:
    if name in KNOWN_APPLICANTS:
        return {"value": name}
    return {"value": "custom", "customValue": name}


def _day(name: str, day: date) -> Document:
    return {"name": name, "eventType": "singleDate", "date": day.isoformat()}


def _moment(name: str, at: datetime) -> Document:
    zone = at.strftime("%Z") or "UTC"
    told = {"time": at.strftime("%H:%M:%S"), "description": f"Time zone: {zone}"}
    return _day(name, at.date()) | told


def _range(name: str, start: date, end: date) -> Document:
    days = {"startDate": start.isoformat(), "endDate": end.isoformat()}
    return {"name": name, "eventType": "dateRange", **days}


def _filled(document: Mapping[str, Any]) -> Document:
    return {name: value for name, value in document.items() if value not in (None, "", {}, [])}
