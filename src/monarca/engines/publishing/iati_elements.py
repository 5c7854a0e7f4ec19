"""The small parts every IATI element is made of: attributes, narratives, organisations, values."""

from datetime import UTC, date, datetime
from decimal import Decimal

from lxml import etree

from monarca.engines.publishing.disclosure import Document, Texts
from monarca.engines.publishing.wording import clean, dollars, told

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Element = etree._Element  # noqa: SLF001  # lxml's only name for the type


def add(parent: Element, tag: str, **attributes: str) -> Element:
    """A child with the attributes that are not empty; `_` in a name is written `-`."""
    child = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        if value:
            child.set(name.rstrip("_").replace("_", "-"), clean(value))
    return child


def add_text(parent: Element, tag: str, text: str) -> None:
    etree.SubElement(parent, tag).text = clean(text)


def narrate(parent: Element, texts: Texts) -> Element:
    """One narrative a language; where there is no text at all an empty one, for 4.3.1 to find."""
    for code, text in told(texts) or (("en", ""),):
        narrative = etree.SubElement(parent, "narrative")
        narrative.set(XML_LANG, code)
        narrative.text = text
    return parent


def add_narrated(parent: Element, tag: str, texts: Texts, **attributes: str) -> None:
    """An element of narratives, left out where there is no text."""
    if told(texts):
        narrate(add(parent, tag, **attributes), texts)


def add_money(parent: Element, cents: int, *, on: date) -> None:
    add(parent, "value", value_date=on.isoformat()).text = dollars(cents)


def add_period(parent: Element, starts_on: date, ends_on: date) -> None:
    add(parent, "period-start", iso_date=starts_on.isoformat())
    add(parent, "period-end", iso_date=ends_on.isoformat())


def add_organisation(parent: Element, tag: str, texts: Texts, **attributes: str) -> None:
    narrate(add(parent, tag, **attributes), texts)


def add_document(parent: Element, document: Document) -> None:
    """A link to a public document, the same in activities and organisations."""
    link = add(parent, "document-link", url=document.url, format=document.media)
    narrate(add(link, "title"), document.title)
    add(link, "category", code=document.category)
    for language in document.languages:
        add(link, "language", code=language)
    if document.on:
        add(link, "document-date", iso_date=document.on.isoformat())


def instant(at: datetime) -> str:
    """An xsd:dateTime in UTC, to the second; `at` has a zone.

    Raises ValueError for an instant without a zone: nobody could say which one it is.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def decimal(number: Decimal | int) -> str:
    """A number without exponent or idle zeros: 33.50 becomes 33.5."""
    plain = f"{Decimal(number):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
