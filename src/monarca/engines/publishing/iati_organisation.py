"""The IATI 2.03 organisation file: who publishes, what is set aside a year, what was spent.

Budgets are the envelopes, split at the end of the fiscal year (rule 7.5.3); expenditure is added up
from what the agreements tell after redaction, so the file tells no more than they do.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from lxml import etree

from monarca.engines import calendar
from monarca.engines.publishing.disclosure import (
    Budget,
    Disclosure,
    Document,
    Envelope,
    Publisher,
    Transaction,
)
from monarca.engines.publishing.fiscal import split_at_year_ends
from monarca.engines.publishing.iati_elements import (
    XML_LANG,
    Element,
    add,
    add_document,
    add_money,
    add_organisation,
    add_period,
    add_text,
    instant,
    narrate,
)
from monarca.engines.publishing.redaction import published

VERSION = "2.03"
SPENT = frozenset({"3", "4"})
"""Disbursements and expenditure; a refund is a disbursement below nought."""


def organisation_file(
    publisher: Publisher,
    *,
    envelopes: Iterable[Envelope],
    disclosures: Iterable[Disclosure],
    at: datetime,
    documents: Sequence[Document] = (),
) -> bytes:
    """An iati-organisations document in UTF-8, made `at` an instant with a zone.

    `documents` are the publisher's own: a strategy, an annual report, an exclusion policy.
    """
    envelopes = tuple(envelopes)
    root = etree.Element("iati-organisations", version=VERSION)
    root.set("generated-datetime", instant(at))
    body = _organisation(root, publisher, at)
    pieces = [(one.country, piece) for one in envelopes for piece in _years(one)]
    for piece in _added_up(piece for _, piece in pieces):
        _lines(_budget(body, "total-budget", piece), piece, envelopes)
    for country in sorted({country for country, _ in pieces if country}):
        for piece in _added_up(piece for name, piece in pieces if name == country):
            _budget(body, "recipient-country-budget", piece, country=country)
    _expenditure(body, published(disclosures))
    for document in documents:
        add_document(body, document)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _organisation(root: Element, publisher: Publisher, at: datetime) -> Element:
    body = add(root, "iati-organisation")
    body.set(XML_LANG, "en")
    body.set("default-currency", "CAD")
    body.set("last-updated-datetime", instant(at))
    add_text(body, "organisation-identifier", publisher.ref)
    narrate(add(body, "name"), publisher.names)
    add_organisation(body, "reporting-org", publisher.names, ref=publisher.ref, type=publisher.kind)
    return body


def _years(envelope: Envelope) -> tuple[Budget, ...]:
    whole = Budget(
        starts_on=envelope.starts_on,
        ends_on=envelope.ends_on,
        cents=envelope.cents,
        status=envelope.status,
    )
    return split_at_year_ends(whole)


def _added_up(pieces: Iterable[Budget]) -> tuple[Budget, ...]:
    """One budget for each period and status, by day."""
    sums: dict[tuple[date, date, str], int] = defaultdict(int)
    for piece in pieces:
        sums[piece.starts_on, piece.ends_on, piece.status] += piece.cents
    return tuple(
        Budget(starts_on=start, ends_on=end, cents=cents, status=status)
        for (start, end, status), cents in sorted(sums.items())
    )


def _budget(body: Element, tag: str, piece: Budget, *, country: str = "") -> Element:
    child = add(body, tag, status=piece.status)
    if country:
        add(child, "recipient-country", code=country)
    add_period(child, piece.starts_on, piece.ends_on)
    add_money(child, piece.cents, on=piece.starts_on)
    return child


def _lines(child: Element, piece: Budget, envelopes: Iterable[Envelope]) -> None:
    """The parts of the envelopes of just this period; of those that are split, none is told.

    Each is dated a day inside the period: the official rule 11.3.1 refuses its first day.
    """
    here = (piece.starts_on, piece.ends_on, piece.status)
    parts = [
        line
        for one in envelopes
        if (one.starts_on, one.ends_on, one.status) == here
        for line in one.lines
    ]
    for line in sorted(parts, key=lambda line: line.ref):
        told = add(child, "budget-line", ref=line.ref)
        add_money(told, line.cents, on=piece.starts_on + timedelta(days=1))
        narrate(told, line.names)


def _expenditure(body: Element, shown: Sequence[Disclosure]) -> None:
    """What was paid in each fiscal year, by the day of payment."""
    spent: dict[calendar.FiscalYear, list[Transaction]] = defaultdict(list)
    for disclosure in shown:
        for paid in disclosure.transactions:
            if paid.kind in SPENT:
                spent[calendar.fiscal_year_of(paid.on)].append(paid)
    for year in sorted(spent, key=lambda one: one.starts_on):
        child = add(body, "total-expenditure")
        add_period(child, year.starts_on, year.ends_on)
        last = max(paid.on for paid in spent[year])
        add_money(child, sum(paid.cents for paid in spent[year]), on=last)
