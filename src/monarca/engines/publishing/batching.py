"""One line for several agreements: what may be told of those that are only added up.

Treasury Board's guideline (32563, appendix on exceptions) knows a batch record, once a quarter,
for recipients that cannot be named; a department needs its agreement first. Fewer than three in
a batch would tell of each (standards 1.7 d), so they are not told at all.
"""

from collections.abc import Sequence
from datetime import timedelta

from monarca.engines.calendar import Quarter, quarter_of
from monarca.engines.publishing.disclosure import (
    Amendment,
    Disclosure,
    Recipient,
    Redaction,
    Sector,
    Texts,
    Transaction,
)

LEAST = 3
"""The fewest agreements that a public figure may stand for."""

SEVERAL_SECTORS = "43010"
"""Multisector aid (OECD DAC): true of any batch, and tells of none in it."""

DISBURSEMENT = "3"

NAME: Texts = {
    "en": "Several recipients, not named for their safety",
    "fr": "Plusieurs bénéficiaires, non nommés pour leur sécurité",
    "es": "Varias organizaciones, no nombradas por su seguridad",
}
CITY: Texts = {"en": "Several", "fr": "Plusieurs", "es": "Varias"}
TITLE: Texts = {
    "en": "Local initiatives added up ({label} {year})",
    "fr": "Initiatives locales regroupées ({label} {year})",
    "es": "Iniciativas locales agrupadas ({label} {year})",
}
SUMMARY: Texts = {
    "en": "{count} agreements told together, to protect the people who carry them out.",
    "fr": "{count} ententes présentées ensemble, afin de protéger les personnes qui les réalisent.",
    "es": "{count} acuerdos presentados juntos, para proteger a quienes los realizan.",
}
RESULTS: Texts = {
    "en": "Results are reported to the programme and are not published one by one.",
    "fr": "Les résultats sont communiqués au programme et ne sont pas publiés un à un.",
    "es": "Los resultados se informan al programa y no se publican uno por uno.",
}


class TooFew(Exception):
    """Too few agreements to be added up without telling of each."""


class NotOneBatch(Exception):
    """A batch is of one programme and one quarter, and of agreements that are only added up."""


def batch_of(disclosures: Sequence[Disclosure], *, identifier: str, reference: str) -> Disclosure:
    """One disclosure that stands for all of `disclosures`, ready for every writer.

    They are `aggregated` ones of one programme, signed in one fiscal quarter. Dates are the
    quarter's and the last end; the value is the sum of the last totals, and what was paid is one
    disbursement on the day of the last payment. Raises TooFew, NotOneBatch.
    """
    if len(disclosures) < LEAST:
        raise TooFew(len(disclosures))
    quarter = _quarter(disclosures)
    first = disclosures[0]
    words = {"count": str(len(disclosures)), "label": quarter.label}
    words["year"] = quarter.fiscal_year.label
    return Disclosure(
        identifier=identifier,
        reference=reference,
        agreement_number=identifier,
        programme=first.programme,
        status="2",
        redaction=Redaction.FULL,
        title=_said(TITLE, words),
        summary=_said(SUMMARY, words),
        expected_results=RESULTS,
        recipient=_recipients(first.country),
        amendments=(_agreed(disclosures, quarter),),
        starts_on=quarter.ends_on,
        updated_at=max(one.updated_at for one in disclosures),
        sectors=(Sector(code=SEVERAL_SECTORS),),
        country=first.country,
        transactions=_paid(disclosures),
    )


def _recipients(country: str) -> Recipient:
    return Recipient(names=NAME, letter="O", kind="90", city=CITY, country=country, channel="")


def _agreed(disclosures: Sequence[Disclosure], quarter: Quarter) -> Amendment:
    ends_on = max(quarter.ends_on + timedelta(days=1), *(one.ends_on for one in disclosures))
    total = sum(one.total_cents for one in disclosures)
    return Amendment(number=0, signed_on=quarter.ends_on, total_cents=total, ends_on=ends_on)


def _quarter(disclosures: Sequence[Disclosure]) -> Quarter:
    quarters = {quarter_of(one.signed_on) for one in disclosures}
    programmes = {one.programme for one in disclosures}
    levels = {one.redaction for one in disclosures}
    if len(quarters) > 1 or len(programmes) > 1 or levels != {Redaction.AGGREGATED}:
        raise NotOneBatch
    return quarters.pop()


def _said(texts: Texts, values: dict[str, str]) -> Texts:
    return {code: text.format(**values) for code, text in texts.items()}


def _paid(disclosures: Sequence[Disclosure]) -> tuple[Transaction, ...]:
    paid = [each for one in disclosures for each in one.transactions if each.kind == DISBURSEMENT]
    if not paid:
        return ()
    cents, last = sum(one.cents for one in paid), max(one.on for one in paid)
    return (Transaction(reference="1", kind=DISBURSEMENT, on=last, cents=cents),)
