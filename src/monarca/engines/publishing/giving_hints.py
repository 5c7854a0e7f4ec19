"""The additional checks of one grant: what a valid file may say and a reader would doubt.

They ask what 360Giving's data quality tool asks (accuracy and usefulness), and a little more.
"""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from monarca.engines.publishing.giving_findings import Fault, fault
from monarca.engines.publishing.giving_schema import codes, day_of
from monarca.engines.publishing.shipped import agency_prefixes

Grant = Mapping[str, Any]
OWN = "360G-"
LONG = 140
HUGE = 1_000_000_000
FIRST = date(1995, 1, 1)
AHEAD = {"plannedDates": 12, "actualDates": 5}
"""Years ahead of today that a planned or actual date may be."""

AMOUNTS = ("amountAwarded", "amountAppliedFor", "amountDisbursed")
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63})+")
COMPANY = re.compile(r"[A-Z0-9]{8}", re.IGNORECASE)
CHARITY = re.compile(r"(SC|NIC)?\d{5,7}(-\d+)?", re.IGNORECASE)


def hints_of(grant: Grant, *, today: date) -> Iterator[Fault]:
    """All that is doubtful about one grant on the day `today`."""
    yield from _identifiers(grant)
    yield from _organisations(grant)
    yield from _amounts(grant)
    yield from _dates(grant, today)
    yield from _places(grant)
    yield from _words(grant)
    yield from _missing(grant)


def _listed(grant: Grant, name: str) -> list[tuple[int, Grant]]:
    """The records of a list, each with its place; whatever is none is the schema's to name."""
    value = grant.get(name)
    several = value if isinstance(value, list) else []
    return [(place, each) for place, each in enumerate(several) if isinstance(each, dict)]


def _identifiers(grant: Grant) -> Iterator[Fault]:
    own = grant.get("id")
    if isinstance(own, str) and not re.match(r"360G-[A-Za-z0-9]", own):
        yield fault("giving.grant-prefix", "id", value=own)
    for kind, name in (("recipient", "recipientOrganization"), ("funder", "fundingOrganization")):
        for place, body in _listed(grant, name):
            ref = body.get("id")
            if not isinstance(ref, str):
                continue
            path = (name, place, "id")
            if ref.upper().startswith(OWN):
                yield fault(f"giving.own-{kind}", *path, value=ref)
            elif not is_registered(ref):
                yield fault(f"giving.unknown-{kind}", *path, value=ref)


def is_registered(ref: str) -> bool:
    """Whether an identifier begins with a code of org-id.guide, a hyphen, and goes on."""
    parts = ref.split("-")
    known = agency_prefixes()
    return any("-".join(parts[:end]) in known for end in range(1, len(parts)))


def _organisations(grant: Grant) -> Iterator[Fault]:
    if len(_listed(grant, "fundingOrganization")) > 1:
        yield fault("giving.several-funders", "fundingOrganization")
    forms = (
        ("charityNumber", CHARITY, "giving.charity-number"),
        ("companyNumber", COMPANY, "giving.company-number"),
    )
    for place, body in _listed(grant, "recipientOrganization"):
        for name, form, code in forms:
            number = body.get(name)
            if isinstance(number, str) and number and not form.fullmatch(number.strip()):
                yield fault(code, "recipientOrganization", place, name, value=number)
    if "recipientIndividual" in grant and not grant.get("toIndividualsDetails"):
        yield fault("giving.individual-details", "recipientIndividual")


def _number(value: object) -> float | int | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else None  # type: ignore[return-value]


def _amounts(grant: Grant) -> Iterator[Fault]:
    for name in AMOUNTS:
        amount = _number(grant.get(name))
        if amount is None:
            continue
        if amount == 0 and name == AMOUNTS[0]:
            yield fault("giving.zero-amount", name)
        if amount < 0:
            yield fault("giving.negative-amount", name, value=amount)
        if math.isinf(amount) or amount > HUGE:
            yield fault("giving.huge-amount", name, value=amount)
    awarded, paid = (_number(grant.get(name)) for name in ("amountAwarded", "amountDisbursed"))
    if awarded is not None and paid is not None and paid > awarded:
        yield fault("giving.paid-more", "amountDisbursed", paid=paid, awarded=awarded)


def _dates(grant: Grant, today: date) -> Iterator[Fault]:
    awarded = day_of(grant.get("awardDate"))
    if awarded is not None and awarded > today:
        yield fault("giving.future-award", "awardDate", value=awarded)
    if awarded is not None and awarded < FIRST:
        yield fault("giving.far-past", "awardDate", value=awarded)
    modified = day_of(grant.get("dateModified"))
    if modified is not None and modified > today:
        yield fault("giving.future-modified", "dateModified", value=modified)
    for name, years in AHEAD.items():
        horizon = min(today.year + years, date.max.year - 1)
        limit = date(horizon, 1, 1) + timedelta(today.timetuple().tm_yday - 1)
        for place, event in _listed(grant, name):
            yield from _event(event, (name, place), limit)


def _event(event: Grant, path: tuple[str, int], limit: date) -> Iterator[Fault]:
    days = {name: day_of(event.get(name)) for name in ("startDate", "endDate")}
    start, end = days.values()
    if start is not None and end is not None and start > end:
        yield fault("giving.start-after-end", *path, value=end)
    for name, day in days.items():
        if day is not None and day > limit:
            yield fault("giving.far-future", *path, name, value=day)
        if day is not None and day < FIRST:
            yield fault("giving.far-past", *path, name, value=day)


def _places(grant: Grant) -> Iterator[Fault]:
    places = _listed(grant, "beneficiaryLocation")
    if not places:
        yield fault("giving.no-place", "beneficiaryLocation")
    known = codes("geoCodeType.csv")
    for place, location in places:
        kind = str(location.get("geoCodeType") or "")
        if location.get("geoCode") and kind not in known:
            yield fault("giving.geo-type", "beneficiaryLocation", place, "geoCodeType", value=kind)
    if not any(each.get("geoCode") for _, each in places) and not _has_address(grant):
        yield fault("giving.no-location-code")


def _has_address(grant: Grant) -> bool:
    for _, body in _listed(grant, "recipientOrganization"):
        located = _listed(body, "location")
        if body.get("postalCode") or any(each.get("geoCode") for _, each in located):
            return True
    return False


def _words(grant: Grant) -> Iterator[Fault]:
    title, described = grant.get("title"), grant.get("description")
    if isinstance(title, str) and len(title) > LONG:
        yield fault("giving.long-title", "title")
    if isinstance(title, str) and title.strip() and title == described:
        yield fault("giving.same-title", "description")
    for name in ("title", "description"):
        text = grant.get(name)
        if isinstance(text, str) and EMAIL.search(text[:20_000]):
            yield fault("giving.email", name)


def _missing(grant: Grant) -> Iterator[Fault]:
    wanted = {
        "grantProgramme": "giving.no-programme",
        "dateModified": "giving.no-modified",
        "dataSource": "giving.no-source",
    }
    for name, code in wanted.items():
        if not grant.get(name):
            yield fault(code, name)
