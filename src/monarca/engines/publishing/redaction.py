"""Redaction, once and before every writer: what a withheld recipient leaves behind is nothing.

Rules: standards 1.7 (IATI guidance on sub-national places and results; the Dutch foreign
ministry's help desk; Access to Information Act, sections 13 to 20). An anonymised agreement
keeps its money, dates, sectors and markers; it loses recipient, place, country, partners,
documents, free text and both numbers, for any of them could be looked up elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from monarca.engines.publishing.disclosure import (
    Disclosure,
    Indicator,
    Period,
    Recipient,
    Redaction,
    Result,
    Sector,
    Texts,
    Transaction,
    Value,
)

AMERICA_REGIONAL = "498"
"""IATI Region code of the OECD DAC for 'America, regional': told in place of a country."""

GENERIC_NAME: Texts = {
    "en": "Recipient not named, for its safety",
    "fr": "Bénéficiaire non nommé, pour sa sécurité",
    "es": "Organización no nombrada, por su seguridad",
}
GENERIC_CITY: Texts = {"en": "Not disclosed", "fr": "Non divulguée", "es": "No se divulga"}
GENERIC_TITLE: Texts = {
    "en": "Local initiative, described in general terms",
    "fr": "Initiative locale, décrite en termes généraux",
    "es": "Iniciativa local, descrita en términos generales",
}
GENERIC_SUMMARY: Texts = {
    "en": "Details of this project are not published, to protect the people who carry it out.",
    "fr": "Les détails de ce projet ne sont pas publiés, afin de protéger les personnes qui le "
    "réalisent.",
    "es": "Los detalles de este proyecto no se publican, para proteger a quienes lo realizan.",
}
GENERIC_RESULTS: Texts = {
    "en": "Results are reported to the programme and are not published.",
    "fr": "Les résultats sont communiqués au programme et ne sont pas publiés.",
    "es": "Los resultados se informan al programa y no se publican.",
}


class NotPublished(Exception):
    """This agreement has no line of its own in any file: it is withheld, or only added up."""


class NoAlias(Exception):
    """An agreement told without its recipient needs an alias in place of its numbers."""


def redacted(disclosure: Disclosure) -> Disclosure:
    """What may be told of `disclosure`; the same again when it is redacted again.

    Raises NotPublished for `withheld` and `aggregated`, NoAlias where an anonymised one has no
    alias.
    """
    match disclosure.redaction:
        case Redaction.FULL:
            return disclosure
        case Redaction.ANONYMISED:
            return _anonymised(disclosure)
        case _:
            raise NotPublished(disclosure.redaction.value)


def published(disclosures: Iterable[Disclosure]) -> tuple[Disclosure, ...]:
    """The redacted form of all that have a line of their own, by identifier, then reference."""
    shown = (Redaction.FULL, Redaction.ANONYMISED)
    told = (redacted(one) for one in disclosures if one.redaction in shown)
    return tuple(sorted(told, key=lambda one: (one.identifier, one.reference)))


def _anonymised(disclosure: Disclosure) -> Disclosure:
    if not disclosure.alias:
        raise NoAlias
    own = disclosure.rewriting
    return replace(
        disclosure,
        identifier=disclosure.alias,
        agreement_number=disclosure.alias,
        recipient=_unnamed(disclosure.recipient),
        title=own.title or GENERIC_TITLE,
        summary=own.summary or GENERIC_SUMMARY,
        expected_results=own.expected_results or GENERIC_RESULTS,
        country="",
        region=AMERICA_REGIONAL,
        objectives={},
        target_groups={},
        additional={},
        participants=(),
        places=(),
        tags=(),
        documents=(),
        sectors=tuple(_broad(sector) for sector in disclosure.sectors if sector.vocabulary == "1"),
        amendments=tuple(replace(amendment, note={}) for amendment in disclosure.amendments),
        transactions=tuple(
            _unreferenced(transaction, place)
            for place, transaction in enumerate(disclosure.transactions, 1)
        ),
        results=(),
    )


def _unnamed(recipient: Recipient) -> Recipient:
    return replace(
        recipient, names=GENERIC_NAME, city=GENERIC_CITY, operating_names={}, ref="", channel=""
    )


def _broad(sector: Sector) -> Sector:
    return replace(sector, names={})


def _unreferenced(transaction: Transaction, place: int) -> Transaction:
    return replace(transaction, reference=str(place), description={})


SIGNS = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "telephone": re.compile(
        r"(?<!\w)(?:\+?52[ .-]?)?(?:\(?\d{2,3}\)?[ .-]?)\d{3,4}[ .-]?\d{4}(?!\w)"
    ),
    "curp": re.compile(r"\b[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d\b", re.IGNORECASE),
    "rfc": re.compile(r"\b[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}\b", re.IGNORECASE),
    "coordinates": re.compile(r"-?\d{1,2}\.\d{4,}\s*[,;]\s*-?\d{1,3}\.\d{4,}"),
}
"""What free text may give away of a person or a place (standards 1.7 h)."""


def leaks(disclosure: Disclosure, *, names: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """(kind, words) for all that free text gives away: signs of persons, and `names`.

    `names` are the recipient's own names and initials, its people and its municipality. Ask
    before publishing, of the redacted form; an empty answer is needed, not sufficient.
    """
    own = tuple(name for name in names if name.strip())
    found: set[tuple[str, str]] = set()
    for text in _free_texts(disclosure):
        found |= {
            (kind, hit.group()) for kind, sign in SIGNS.items() for hit in sign.finditer(text)
        }
    numbers = (disclosure.identifier, disclosure.reference, disclosure.agreement_number)
    for text in (*_free_texts(disclosure), *numbers):
        found |= {("name", name) for name in own if _says(text, name)}
    return tuple(sorted(found))


def _says(text: str, name: str) -> bool:
    words = re.escape(name.strip())
    return re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None


def _free_texts(disclosure: Disclosure) -> tuple[str, ...]:
    texts: list[Texts] = [
        disclosure.title,
        disclosure.summary,
        disclosure.expected_results,
        disclosure.objectives,
        disclosure.target_groups,
        disclosure.additional,
    ]
    texts += [amendment.note for amendment in disclosure.amendments]
    texts += [transaction.description for transaction in disclosure.transactions]
    texts += [document.title for document in disclosure.documents]
    texts += [tag.names for tag in disclosure.tags]
    for result in disclosure.results:
        texts += _texts_of(result)
    urls = tuple(document.url for document in disclosure.documents)
    return tuple(text for several in texts for text in several.values()) + urls


def _texts_of(result: Result) -> list[Texts]:
    texts = [result.title, result.description]
    for indicator in result.indicators:
        texts += [indicator.title, indicator.description]
        texts += [value.comment for value in _values(indicator)]
    return texts


def _values(indicator: Indicator) -> tuple[Value, ...]:
    periods: tuple[Period, ...] = indicator.periods
    measured = tuple(value for period in periods for value in (*period.targets, *period.actuals))
    return tuple(baseline.value for baseline in indicator.baselines) + measured
