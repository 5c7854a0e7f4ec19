"""Canada's proactive publication of grants and contributions: the CSV file and the nil return.

Access to Information Act, section 87; layout of open-data/ckanext-canada, `grants.yaml`. The
default layout is the one in force, whose key is reference and amendment number; `BY_AGREEMENT`
is the revision of May 2026, whose key is agreement and amendment number.

The file is UTF-8 with a byte order mark, for spreadsheets. Business number, province, postal
code, riding and foreign currency stay empty: they belong to Canada's own addresses, and the
currency list has no peso (the agreement is made in Canadian dollars).
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from monarca.engines.calendar import Quarter
from monarca.engines.publishing.disclosure import Amendment, Disclosure, Programme, Texts
from monarca.engines.publishing.redaction import published
from monarca.engines.publishing.shipped import grants_fields
from monarca.engines.publishing.wording import bilingual, clean, dollars, guarded

BYTE_ORDER_MARK = "\ufeff"
NIL_COLUMNS = ("fiscal_year", "quarter")


class Layout(StrEnum):
    """Which revision of the table is written."""

    BY_REFERENCE = "a"
    BY_AGREEMENT = "b"


class NoProgramme(Exception):
    """A disclosure names a programme that was not given."""


Row = dict[str, str]


def columns(layout: Layout = Layout.BY_REFERENCE) -> tuple[str, ...]:
    """The published columns in the order of the layout's template."""
    public = tuple(row["name"] for row in grants_fields() if row["public"])
    return public if layout is Layout.BY_REFERENCE else _columns_by_agreement(public)


def _columns_by_agreement(public: Sequence[str]) -> tuple[str, ...]:
    """The May 2026 order: no reference number, titles early, two columns more."""
    head = ("agreement_number", "amendment_number", "amendment_date", "agreement_type")
    titles = ("agreement_title_en", "agreement_title_fr")
    rest = [name for name in public if name not in {"ref_number", *head, *titles}]
    rest.insert(rest.index("agreement_value"), "alternate_agreement_number")
    rest.insert(rest.index("agreement_end_date") + 1, "agreement_termination_date")
    return (*head, *titles, *rest)


def proactive_disclosure(
    disclosures: Iterable[Disclosure],
    *,
    programmes: Iterable[Programme],
    layout: Layout = Layout.BY_REFERENCE,
    threshold_cents: int = 0,
) -> bytes:
    """The CSV file: a row for each amendment of each agreement, 0 being the original.

    Told are agreements of which some amendment's total is above `threshold_cents` (section 87
    says 25,000 dollars; what holds is a setting). Raises NoProgramme.
    """
    known = {programme.identifier: programme for programme in programmes}
    told_ones = [one for one in published(disclosures) if _is_above(one, threshold_cents)]
    rows = (
        row
        for disclosure in sorted(told_ones, key=lambda one: one.reference)
        for row in rows_of(disclosure, programme=_named(known, disclosure), layout=layout)
    )
    return _file(columns(layout), rows)


def nothing_to_report(quarters: Iterable[Quarter]) -> bytes:
    """The nil return: one row for each quarter in which nothing was agreed or amended."""
    rows = (
        {"fiscal_year": one.fiscal_year.label, "quarter": one.label} for one in sorted(quarters)
    )
    return _file(NIL_COLUMNS, rows)


def rows_of(
    disclosure: Disclosure, *, programme: Programme, layout: Layout = Layout.BY_REFERENCE
) -> tuple[Row, ...]:
    """The rows of one redacted agreement, by amendment, every cell as the file has it."""
    names = columns(layout)
    rows = []
    for amendment in disclosure.amendments:
        cells = _cells(disclosure, amendment, programme)
        rows.append({name: cells.get(name, "") for name in names})
    return tuple(rows)


def _is_above(disclosure: Disclosure, threshold_cents: int) -> bool:
    return any(one.total_cents > threshold_cents for one in disclosure.amendments)


def _named(known: Mapping[str, Programme], disclosure: Disclosure) -> Programme:
    try:
        return known[disclosure.programme]
    except KeyError:
        raise NoProgramme(disclosure.programme) from None


def _file(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def _cells(disclosure: Disclosure, amendment: Amendment, programme: Programme) -> Row:
    """The filled cells of both layouts; a column that is not here stays empty."""
    return {
        **_identity(disclosure, amendment),
        **_recipient(disclosure, programme),
        **_terms(disclosure, amendment),
        **_words(disclosure, amendment, programme, "en"),
        **_words(disclosure, amendment, programme, "fr"),
    }


def _identity(disclosure: Disclosure, amendment: Amendment) -> Row:
    return {
        "ref_number": guarded(clean(disclosure.reference)),
        "agreement_number": guarded(clean(disclosure.agreement_number)),
        "amendment_number": str(amendment.number),
        "amendment_date": amendment.signed_on.isoformat() if amendment.number else "",
        "agreement_type": disclosure.agreement_type,
    }


def _recipient(disclosure: Disclosure, programme: Programme) -> Row:
    """Canada's table has no region: an anonymised agreement shows the programme's country."""
    recipient = disclosure.recipient
    return {
        "recipient_type": recipient.letter,
        "recipient_legal_name": guarded(bilingual(recipient.names)),
        "recipient_operating_name": guarded(bilingual(recipient.operating_names)),
        "recipient_country": programme.country if disclosure.region else recipient.country,
        "recipient_city": guarded(bilingual(recipient.city)),
    }


def _terms(disclosure: Disclosure, amendment: Amendment) -> Row:
    places = (bilingual(place.names) for place in disclosure.places)
    ended = amendment.signed_on.isoformat() if amendment.is_termination else ""
    return {
        "agreement_value": dollars(amendment.total_cents),
        "agreement_start_date": disclosure.signed_on.isoformat(),
        "agreement_end_date": amendment.ends_on.isoformat(),
        "agreement_termination_date": ended,
        "coverage": guarded("; ".join(place for place in places if place)),
        "naics_identifier": disclosure.industry,
    }


def _words(
    disclosure: Disclosure, amendment: Amendment, programme: Programme, language: str
) -> Row:
    """The cells of one language; an agreement without a title shows its number instead."""
    number = guarded(clean(disclosure.agreement_number))
    cells = {
        "prog_name": _free(programme.name, language),
        "prog_purpose": _free(programme.purpose, language),
        "agreement_title": _free(disclosure.title, language) or number,
        "description": _free(disclosure.summary, language),
        "expected_results": _free(disclosure.expected_results, language),
        "additional_information": _additional(disclosure, amendment, language),
    }
    return {f"{name}_{language}": cell for name, cell in cells.items()}


def _free(texts: Texts, language: str) -> str:
    return guarded(clean(texts.get(language, "")))


TERMINATED = {"en": "Agreement terminated on {day}.", "fr": "Entente résiliée le {day}."}


def _additional(disclosure: Disclosure, amendment: Amendment, language: str) -> str:
    said = [disclosure.additional.get(language, ""), amendment.note.get(language, "")]
    if amendment.is_termination:
        said.insert(0, TERMINATED[language].format(day=amendment.signed_on.isoformat()))
    return guarded(" ".join(part for part in map(clean, said) if part))
