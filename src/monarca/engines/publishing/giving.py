"""The 360Giving 1.4 files, JSON and CSV: one grant for each agreement that has a line of its own.

The standard has one language: English where there is a text, else French, else Spanish. An
anonymised agreement keeps its money and dates; its programme, which would tell the country, and
its recipient's place are left out. Persons are never recipients here.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from monarca.engines.publishing.disclosure import (
    Disclosure,
    Programme,
    Publisher,
    Sector,
    Tag,
    Transaction,
)
from monarca.engines.publishing.giving_columns import Path, heading_of
from monarca.engines.publishing.giving_hints import is_registered
from monarca.engines.publishing.giving_schema import grant_schema, is_address, resolved
from monarca.engines.publishing.iati_elements import instant
from monarca.engines.publishing.redaction import published
from monarca.engines.publishing.shipped import names_of
from monarca.engines.publishing.wording import clean, guarded, one_of

VERSION = "1.4"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DISBURSEMENT = "3"
VOCABULARIES = {"2": "UNSDG-Goals", "3": "UNSDG-Targets"}
"""The IATI code lists that give a tag's vocabulary its name and its codes theirs."""

Grant = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Giver:
    """Who publishes grants: `prefix` is 360Giving's, such as 360G-monarca, and never changes.

    `source` is the address of the data's own page, or empty.
    """

    publisher: Publisher
    prefix: str
    source: str = ""


def grants_of(
    giver: Giver, *, programmes: Iterable[Programme], disclosures: Iterable[Disclosure]
) -> Iterator[Grant]:
    """Each published agreement as a 360Giving grant, after redaction, by identifier."""
    known = {programme.identifier: programme for programme in programmes}
    for disclosure in published(disclosures):
        yield _grant(giver, disclosure, known.get(disclosure.programme))


def package_file(
    giver: Giver,
    *,
    programmes: Iterable[Programme],
    disclosures: Iterable[Disclosure],
    at: datetime,
) -> bytes:
    """A 360Giving package in JSON (UTF-8), issued `at` an instant with a zone."""
    pieces = package_pieces(giver, programmes=programmes, disclosures=disclosures, at=at)
    return b"".join(pieces)


def package_pieces(
    giver: Giver,
    *,
    programmes: Iterable[Programme],
    disclosures: Iterable[Disclosure],
    at: datetime,
) -> Iterator[bytes]:
    """The same package piece by piece, a grant a line."""
    head = json.dumps(_package(giver, at), ensure_ascii=False, indent=1)
    yield head.removesuffix("\n}").encode() + b',\n "grants": ['
    divider = b"\n"
    for grant in grants_of(giver, programmes=programmes, disclosures=disclosures):
        yield divider + json.dumps(grant, ensure_ascii=False).encode()
        divider = b",\n"
    yield b"\n]}\n"


def table_file(
    giver: Giver, *, programmes: Iterable[Programme], disclosures: Iterable[Disclosure]
) -> bytes:
    """The same grants as a table in CSV (UTF-8 with a byte order mark), headed by titles.

    One row a grant; an entry of a list has numbered columns, `Beneficiary Location:1:Name`.
    Free text that a spreadsheet would compute has an apostrophe before it.
    """
    grants = list(grants_of(giver, programmes=programmes, disclosures=disclosures))
    rows = [dict(_flat(grant, ())) for grant in grants]
    paths = sorted({path for row in rows for path in row}, key=_order)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([heading_of(path) for path in paths])
    writer.writerows([_cell(row.get(path, "")) for path in paths] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _package(giver: Giver, at: datetime) -> Grant:
    publisher = giver.publisher
    site = publisher.website if is_address(publisher.website) else ""
    named = {"name": one_of(publisher.names), "identifier": publisher.ref, "website": site}
    return {
        "version": VERSION,
        "publisher": {name: value for name, value in named.items() if value},
        "license": LICENCE,
        "issued": at.date().isoformat(),
        "modified": instant(at),
    }


def _grant(giver: Giver, told: Disclosure, programme: Programme | None) -> Grant:
    """The fields in the schema's order; what is empty is left out."""
    is_named = not told.region
    grant: Grant = {
        "id": f"{giver.prefix}-{clean(told.identifier)}",
        "title": one_of(told.title),
        "description": one_of(told.summary),
        "currency": "CAD",
        "amountAwarded": amount(told.total_cents),
        "amountDisbursed": amount(_paid(told.transactions)),
        "awardDate": told.signed_on.isoformat(),
        "plannedDates": [_dates(told.starts_on, told.ends_on)],
        "actualDates": [_dates(told.started_on, told.ended_on)] if told.started_on else [],
        "recipientOrganization": [_recipient(giver, told)],
        "beneficiaryLocation": _places(told),
        "fundingOrganization": [
            {"id": giver.publisher.ref, "name": one_of(giver.publisher.names)},
        ],
        "grantProgramme": _programme(programme) if programme and is_named else [],
        "fromOpenCall": "Yes",
        "classifications": [*map(_sector, told.sectors), *map(_tag, told.tags)],
        "relatedDocument": [
            {"title": one_of(paper.title), "url": paper.url} for paper in told.documents
        ],
        "dateModified": instant(told.updated_at),
        "dataSource": giver.source,
        "locationScope": _scope(told),
    }
    return {name: value for name, value in grant.items() if value not in ("", [], None)}


def amount(cents: int) -> int | float:
    """Whole cents as a JSON number, exact to the cent below a hundred million million."""
    return cents // 100 if cents % 100 == 0 else float(Decimal(cents).scaleb(-2))


def _paid(transactions: Sequence[Transaction]) -> int:
    return sum(one.cents for one in transactions if one.kind == DISBURSEMENT)


def _dates(start: date | None, end: date | None) -> Grant:
    days = {"startDate": start, "endDate": end}
    return {name: day.isoformat() for name, day in days.items() if day}


def _recipient(giver: Giver, told: Disclosure) -> Grant:
    """By a registered identifier where there is one, else by one of our own made from the name."""
    to = told.recipient
    name = one_of(to.names)
    own = f"{giver.prefix}-ORG-{told.identifier if told.region else plain(name)}"
    body = {"id": to.ref if is_registered(to.ref) else own, "name": name}
    if not told.region:
        body |= {
            "addressLocality": one_of(to.city),
            "addressCountry": names_of("Country", language="en").get(to.country, to.country),
            "alternateName": one_of(to.operating_names),
        }
    return {field: value for field, value in body.items() if value}


def plain(name: str) -> str:
    """A name in small ASCII letters, digits and hyphens: `Agua Clara A.C.` is agua-clara-a-c."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80] or "x"


def _places(told: Disclosure) -> list[Grant]:
    """States at most; the whole country, or the region, where none is told."""
    if told.places:
        return [
            {"id": place.code, "name": one_of(place.names), "countryCode": told.country}
            for place in told.places
        ]
    if told.country:
        name = names_of("Country", language="en").get(told.country, told.country)
        return [{"name": name, "countryCode": told.country}]
    return [{"name": names_of("Region", language="en").get(told.region, told.region)}]


def _scope(told: Disclosure) -> str:
    """Subnational region, national, or supranational (code list locationScope)."""
    if told.places:
        return "GLS040"
    return "GLS030" if told.country else "GLS020"


def _programme(programme: Programme) -> list[Grant]:
    return [{"code": programme.identifier, "title": one_of(programme.title)}]


def _sector(sector: Sector) -> Grant:
    if sector.vocabulary != "1":
        return {
            "vocabulary": f"IATI-{sector.vocabulary}",
            "code": sector.code,
            "title": one_of(sector.names) or sector.code,
        }
    title = names_of("Sector", language="en").get(sector.code, sector.code)
    return {"vocabulary": "OECD-DAC-5", "code": sector.code, "title": title}


def _tag(tag: Tag) -> Grant:
    listed = VOCABULARIES.get(tag.vocabulary, "")
    known = names_of(listed, language="en") if listed else {}
    title = one_of(tag.names) or known.get(tag.code, tag.code)
    return {"vocabulary": listed or f"IATI-{tag.vocabulary}", "code": tag.code, "title": title}


def _flat(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, (*path, name))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flat(inner, (*path, place))
    else:
        yield path, value


def _order(path: Path) -> tuple[int, ...]:
    """Where a column stands: by the schema's order at every step."""
    rule: dict[str, Any] = grant_schema()
    order = []
    for step in path:
        if isinstance(step, int):
            order.append(step)
            rule = resolved(rule["items"])
        else:
            order.append(list(rule["properties"]).index(step))
            rule = resolved(rule["properties"][step])
    return tuple(order)


def _cell(value: Any) -> str:
    return guarded(value) if isinstance(value, str) else str(value)
