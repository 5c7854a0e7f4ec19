"""The IATI 2.03 activity file: a parent activity for each programme, a child for each agreement.

Elements stand in the order of the schema. The same input gives the same bytes. Redaction happens
here once more, so that a caller who forgets it publishes nothing he should not.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from lxml import etree

from monarca.engines.publishing.disclosure import (
    Disclosure,
    Marker,
    Organisation,
    Programme,
    Publisher,
    Sector,
)
from monarca.engines.publishing.iati_elements import (
    XML_LANG,
    Element,
    add,
    add_document,
    add_narrated,
    add_organisation,
    add_text,
    decimal,
    instant,
    narrate,
)
from monarca.engines.publishing.iati_money import add_money_of
from monarca.engines.publishing.iati_results import add_result
from monarca.engines.publishing.redaction import AMERICA_REGIONAL, published

VERSION = "2.03"
PROGRAMME, AGREEMENT = "1", "2"
PARENT, CHILD = "1", "2"
FUNDING, IMPLEMENTING = "1", "4"


def activity_file(
    publisher: Publisher,
    *,
    programmes: Iterable[Programme],
    disclosures: Iterable[Disclosure],
    at: datetime,
) -> bytes:
    """An iati-activities document in UTF-8, made `at` an instant with a zone.

    Programmes come first, then agreements, each by identifier. What happened after `at` is left
    out of no file: a payment dated in the future is for the checker to refuse (rule 11.2.1).
    """
    pieces = activity_pieces(publisher, programmes=programmes, disclosures=disclosures, at=at)
    return b"".join(pieces)


def activity_pieces(
    publisher: Publisher,
    *,
    programmes: Iterable[Programme],
    disclosures: Iterable[Disclosure],
    at: datetime,
) -> Iterator[bytes]:
    """The same document piece by piece: one activity is held at a time."""
    root = etree.Element("iati-activities", version=VERSION)
    root.set("generated-datetime", instant(at))
    shown = published(disclosures)
    parents = sorted(programmes, key=lambda one: one.identifier)
    whole = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    if not parents and not shown:
        yield whole + b"\n"
        return
    yield whole.removesuffix(b"/>") + b">\n"
    for programme in parents:
        yield _written(_programme(publisher, programme, _children(programme, shown)))
    for disclosure in shown:
        yield _written(_agreement(publisher, disclosure))
    yield b"</iati-activities>\n"


def _written(activity: Element) -> bytes:
    etree.indent(activity, level=1)
    return b"  " + etree.tostring(activity, encoding="UTF-8", xml_declaration=False) + b"\n"


def activity_identifier(publisher: Publisher, identifier: str) -> str:
    """The identifier of an activity: the publisher's, a hyphen, the programme's or agreement's."""
    return f"{publisher.ref}-{identifier}"


def _children(programme: Programme, shown: Sequence[Disclosure]) -> tuple[Disclosure, ...]:
    """An anonymised agreement is nobody's child: the parent would tell its country."""
    return tuple(one for one in shown if one.programme == programme.identifier and not one.region)


def _activity(publisher: Publisher, identifier: str, *, at: datetime) -> Element:
    activity = etree.Element("iati-activity")
    activity.set(XML_LANG, "en")
    activity.set("default-currency", "CAD")
    activity.set("last-updated-datetime", instant(at))
    activity.set("humanitarian", "0")
    add_text(activity, "iati-identifier", activity_identifier(publisher, identifier))
    add_organisation(
        activity, "reporting-org", publisher.names, ref=publisher.ref, type=publisher.kind
    )
    return activity


def _programme(
    publisher: Publisher, programme: Programme, children: Sequence[Disclosure]
) -> Element:
    activity = _activity(publisher, programme.identifier, at=programme.updated_at)
    activity.set("hierarchy", PROGRAMME)
    narrate(add(activity, "title"), programme.title)
    narrate(add(activity, "description", type="1"), programme.purpose)
    _funder(activity, publisher)
    add(activity, "activity-status", code=programme.status)
    _dates(activity, planned=(programme.starts_on, programme.ends_on), actual=(None, None))
    _contact(activity, publisher)
    add(activity, "recipient-country", code=programme.country, percentage="100")
    _classification(activity, programme.sectors, programme.markers)
    _defaults(activity)
    for child in children:
        ref = activity_identifier(publisher, child.identifier)
        add(activity, "related-activity", ref=ref, type=CHILD)
    return activity


def _agreement(publisher: Publisher, disclosure: Disclosure) -> Element:
    activity = _activity(publisher, disclosure.identifier, at=disclosure.updated_at)
    activity.set("hierarchy", AGREEMENT)
    _texts(activity, disclosure)
    _participants(activity, publisher, disclosure)
    add(activity, "activity-status", code=disclosure.status)
    _dates(
        activity,
        planned=(disclosure.starts_on, disclosure.ends_on),
        actual=(disclosure.started_on, disclosure.ended_on),
    )
    _contact(activity, publisher)
    _where(activity, disclosure)
    for sector in disclosure.sectors:
        _sector(activity, sector)
    for tag in disclosure.tags:
        attributes = {"vocabulary_uri": tag.uri, "code": tag.code}
        child = add(activity, "tag", vocabulary=tag.vocabulary, **attributes)
        if tag.names:
            narrate(child, tag.names)
    _classification(activity, (), disclosure.markers)
    _defaults(activity)
    add_money_of(activity, publisher, disclosure)
    _links(activity, publisher, disclosure)
    for result in disclosure.results:
        add_result(activity, result)
    return activity


def _texts(activity: Element, disclosure: Disclosure) -> None:
    narrate(add(activity, "title"), disclosure.title)
    narrate(add(activity, "description", type="1"), disclosure.summary)
    add_narrated(activity, "description", disclosure.objectives, type="2")
    add_narrated(activity, "description", disclosure.target_groups, type="3")
    add_narrated(activity, "description", disclosure.expected_results, type="4")


def _funder(activity: Element, publisher: Publisher) -> None:
    attributes = {"ref": publisher.ref, "type": publisher.kind, "role": FUNDING}
    add_organisation(activity, "participating-org", publisher.names, **attributes)


def _participants(activity: Element, publisher: Publisher, disclosure: Disclosure) -> None:
    _funder(activity, publisher)
    for participant in disclosure.participants:
        body: Organisation = participant.organisation
        attributes = {"ref": body.ref, "type": body.kind, "role": participant.role}
        add_organisation(activity, "participating-org", body.names, **attributes)
    to = disclosure.recipient
    attributes = {"ref": to.ref, "type": to.kind, "role": IMPLEMENTING}
    attributes["crs_channel_code"] = to.channel
    add_organisation(activity, "participating-org", to.names, **attributes)


def _dates(
    activity: Element, *, planned: tuple[date, date], actual: tuple[date | None, date | None]
) -> None:
    days = (("1", planned[0]), ("2", actual[0]), ("3", planned[1]), ("4", actual[1]))
    for kind, day in days:
        if day is not None:
            add(activity, "activity-date", type=kind, iso_date=day.isoformat())


def _contact(activity: Element, publisher: Publisher) -> None:
    if not publisher.mailbox:
        return
    contact = add(activity, "contact-info", type="1")
    narrate(add(contact, "organisation"), publisher.names)
    add_text(contact, "email", publisher.mailbox)
    if publisher.website:
        add_text(contact, "website", publisher.website)


def _where(activity: Element, disclosure: Disclosure) -> None:
    if disclosure.country:
        add(activity, "recipient-country", code=disclosure.country, percentage="100")
    else:
        code = disclosure.region or AMERICA_REGIONAL
        add(activity, "recipient-region", vocabulary="1", code=code, percentage="100")
    for place in disclosure.places:
        location = add(activity, "location", ref=place.code)
        add(location, "location-reach", code="1")
        if place.geonames:
            add(location, "location-id", vocabulary="G1", code=place.geonames)
        narrate(add(location, "name"), place.names)
        add(location, "administrative", vocabulary="A4", code=disclosure.country, level="0")
        add(location, "exactness", code="2")
        add(location, "location-class", code="1")


def _classification(
    activity: Element, sectors: Iterable[Sector], markers: Iterable[Marker]
) -> None:
    for sector in sectors:
        _sector(activity, sector)
    for marker in markers:
        attributes = {"code": marker.code, "significance": marker.significance}
        add(activity, "policy-marker", vocabulary=marker.vocabulary, **attributes)


def _sector(activity: Element, sector: Sector) -> None:
    share = "" if sector.percentage is None else decimal(sector.percentage)
    child = add(activity, "sector", vocabulary=sector.vocabulary, code=sector.code)
    if share:
        child.set("percentage", share)
    if sector.names:
        narrate(child, sector.names)


def _defaults(activity: Element) -> None:
    """Bilateral official assistance, a grant to a project, untied: true of the whole fund."""
    add(activity, "collaboration-type", code="1")
    add(activity, "default-flow-type", code="10")
    add(activity, "default-finance-type", code="110")
    add(activity, "default-aid-type", vocabulary="1", code="C01")
    add(activity, "default-tied-status", code="5")


def _links(activity: Element, publisher: Publisher, disclosure: Disclosure) -> None:
    for document in disclosure.documents:
        add_document(activity, document)
    if not disclosure.region:
        ref = activity_identifier(publisher, disclosure.programme)
        add(activity, "related-activity", ref=ref, type=PARENT)
