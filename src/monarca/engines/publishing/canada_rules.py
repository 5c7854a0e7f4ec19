"""The rules of one row of Canada's grants table: the official trigger's, then our stricter ones.

Source: `grants_trigger` of open-data/ckanext-canada@fb4263fb (template of 2025-12-01). Three days
matter, all of them compared with the agreement's start: 1 April 2018, 1 December 2025 and 1 May
2026. A rule yields `Fault`s; the sentence of each stands in `SENTENCES`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monarca.engines.publishing.findings import Severity
from monarca.engines.publishing.shipped import grants_choices
from monarca.engines.publishing.wording import NOT_XML, is_formula

D18, D25, D26 = date(2018, 4, 1), date(2025, 12, 1), date(2026, 5, 1)
Row = Mapping[str, str]

ALWAYS = ("amendment_number", "agreement_value", "agreement_start_date")
FROM_D18 = (
    "agreement_type",
    "recipient_legal_name",
    "recipient_country",
    "recipient_city",
    "description_en",
    "description_fr",
)
FROM_D25 = (
    "recipient_type",
    "prog_name_en",
    "prog_name_fr",
    "prog_purpose_en",
    "prog_purpose_fr",
    "agreement_title_en",
    "agreement_title_fr",
    "agreement_end_date",
    "expected_results_en",
    "expected_results_fr",
)
DATES = (
    "amendment_date",
    "agreement_start_date",
    "agreement_end_date",
    "agreement_termination_date",
)
AMOUNTS = ("agreement_value", "foreign_currency_value")
BILINGUAL = (
    "recipient_legal_name",
    "recipient_operating_name",
    "research_organization_name",
    "recipient_city",
)
PAIRS = (
    ("federal_riding_name_en", "federal_riding_name_fr"),
    ("additional_information_en", "additional_information_fr"),
)
POSTAL_CODE = re.compile(r"[A-Z]\d[A-Z]\s\d[A-Z]\d")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
AMOUNT = re.compile(r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})")

SENTENCES: Mapping[str, str] = {
    "canada.required": "{field} must not be empty.",
    "canada.required-2018": "{field} must not be empty for an agreement from 1 April 2018 on.",
    "canada.required-2025": "{field} must not be empty for an agreement from 1 December 2025 on.",
    "canada.comma": "{field} must not hold a comma: “{value}”.",
    "canada.integer": "{field} must be a whole number, not “{value}”.",
    "canada.date": "{field} must be a day written YYYY-MM-DD, not “{value}”.",
    "canada.amount": "{field} must be an amount in digits such as 31500.00, not “{value}”.",
    "canada.amendment-date": "amendment_date must be given where amendment_number is not 0.",
    "canada.choice": "“{value}” is not on the list of {field}.",
    "canada.province": "recipient_province must be given for a recipient in Canada.",
    "canada.business-number": "A business number has 9 digits and no leading 0, not “{value}”.",
    "canada.postal-code": "A Canadian postal code is written A1A 1A1, not “{value}”.",
    "canada.riding-number": "A riding number has 5 digits and no leading 0, not “{value}”.",
    "canada.currency-pair": "Foreign currency and foreign value need each other: {field} is empty.",
    "canada.start-after-end": "The agreement starts after its end, {value}.",
    "canada.negative": "The agreement's value must be 0 or more, not {value}.",
    "canada.blank": "{field} holds nothing but spaces.",
    "canada.same-title": "The title is the same in English and French: “{value}”.",
    "canada.pair": "{field} is empty though its other language is given.",
    "canada.industry": "An industry code (NAICS, SCIAN) has 3 to 6 digits, not “{value}”.",
    "canada.formula": "{field} begins like a formula of a spreadsheet: “{value}”.",
    "canada.bars": "{field} may hold one bar, between English and French: “{value}”.",
    "canada.control": "{field} holds characters that cannot be seen.",
    "canada.cents": "{field} has more than two decimals and will be rounded: {value}.",
    "canada.amendment-order": "An amendment is numbered from 0 up, not {value}.",
    "canada.not-canada": "{field} is for recipients in Canada: “{value}”.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    rule: str
    field: str
    value: str = ""
    severity: Severity = "error"
    is_stricter: bool = False


def faults_of(row: Row, *, key: str = "ref_number") -> Iterator[Fault]:
    """All faults of one row; `key` is the column that must not be empty nor hold a comma."""
    start = day_of(row.get("agreement_start_date", ""))
    yield from _forms(row, key)
    yield from _pairs_of_money(row)
    if start is not None and start >= D18:
        yield from _from_2018(row)
    if start is not None and start >= D25:
        yield from _from_2025(row)
    yield from _order_and_sign(row, start)
    yield from _stricter(row, start)


def day_of(text: str) -> date | None:
    if ISO_DAY.fullmatch(text.strip()) is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def amount_of(text: str) -> Decimal | None:
    """An amount in plain digits; None for anything else, such as 1e3 or NaN."""
    return Decimal(text.strip()) if AMOUNT.fullmatch(text.strip()) else None


def whole_of(text: str) -> int | None:
    return int(text) if WHOLE.fullmatch(text.strip()) else None


def _given(row: Row, field: str) -> str:
    return row.get(field, "")


def _missing(row: Row, fields: tuple[str, ...], rule: str) -> Iterator[Fault]:
    return (Fault(rule, field) for field in fields if not _given(row, field))


def _forms(row: Row, key: str) -> Iterator[Fault]:
    yield from _missing(row, (key, *ALWAYS), "canada.required")
    if "," in _given(row, key):
        yield Fault("canada.comma", key, _given(row, key))
    number = _given(row, "amendment_number")
    if number and whole_of(number) is None:
        yield Fault("canada.integer", "amendment_number", number)
    for field in DATES:
        if _given(row, field) and day_of(_given(row, field)) is None:
            yield Fault("canada.date", field, _given(row, field))
    for field in AMOUNTS:
        if _given(row, field) and amount_of(_given(row, field)) is None:
            yield Fault("canada.amount", field, _given(row, field))
    if whole_of(number) and not _given(row, "amendment_date"):
        yield Fault("canada.amendment-date", "amendment_date")


def _pairs_of_money(row: Row) -> Iterator[Fault]:
    pair = ("foreign_currency_type", "foreign_currency_value")
    if any(_given(row, field) for field in pair):
        yield from _missing(row, pair, "canada.currency-pair")
    yield from _choice(row, "foreign_currency_type")


def _choice(row: Row, field: str) -> Iterator[Fault]:
    value = _given(row, field)
    if value and value not in grants_choices(field):
        yield Fault("canada.choice", field, value)


def _from_2018(row: Row) -> Iterator[Fault]:
    yield from _missing(row, FROM_D18, "canada.required-2018")
    for field in ("agreement_type", "recipient_type", "recipient_country"):
        yield from _choice(row, field)
    if _given(row, "recipient_country") == "CA":
        yield from _missing(row, ("recipient_province",), "canada.province")
        yield from _choice(row, "recipient_province")


def _from_2025(row: Row) -> Iterator[Fault]:
    yield from _missing(row, FROM_D25, "canada.required-2025")
    business = _given(row, "recipient_business_number").strip()
    if business and not _is_natural(business, digits=9):
        yield Fault("canada.business-number", "recipient_business_number", business)
    postal = " ".join(_given(row, "recipient_postal_code").upper().split())
    if postal and POSTAL_CODE.fullmatch(postal) is None:
        yield Fault("canada.postal-code", "recipient_postal_code", postal)
    riding = _given(row, "federal_riding_number").strip()
    if riding and not _is_natural(riding, digits=5):
        yield Fault("canada.riding-number", "federal_riding_number", riding)


def _is_natural(text: str, *, digits: int) -> bool:
    return re.fullmatch(rf"[1-9][0-9]{{{digits - 1}}}", text) is not None


def _order_and_sign(row: Row, start: date | None) -> Iterator[Fault]:
    """Official from 2025-12-01 (order) and 2026-05-01 (sign); stricter before."""
    end = day_of(_given(row, "agreement_end_date"))
    if start is not None and end is not None and start > end:
        early = start < D25
        yield Fault("canada.start-after-end", "agreement_start_date", f"{end}", "error", early)
    value = amount_of(_given(row, "agreement_value"))
    if value is not None and value < 0:
        early = start is None or start < D26
        yield Fault("canada.negative", "agreement_value", f"{value}", "error", early)


def _stricter(row: Row, start: date | None) -> Iterator[Fault]:
    for field, value in row.items():
        yield from _cell(field, value)
    yield from _titles(row)
    number = whole_of(_given(row, "amendment_number"))
    if number is not None and number < 0:
        yield Fault("canada.amendment-order", "amendment_number", f"{number}", "error", True)
    for pair in PAIRS:
        if any(_given(row, field).strip() for field in pair):
            for fault in _missing(row, pair, "canada.pair"):
                yield Fault(fault.rule, fault.field, "", "warning", True)
    industry = _given(row, "naics_identifier").strip()
    if industry and re.fullmatch(r"[0-9]{3,6}", industry) is None:
        yield Fault("canada.industry", "naics_identifier", industry, "warning", True)
    if start is not None and _given(row, "recipient_country") not in ("", "CA"):
        yield from _abroad(row)


def _cell(field: str, value: str) -> Iterator[Fault]:
    if value and not value.strip():
        yield Fault("canada.blank", field, value, "error", True)
    if NOT_XML.search(value):
        yield Fault("canada.control", field, "", "error", True)
    if field in BILINGUAL and value.count("|") > 1:
        yield Fault("canada.bars", field, value, "warning", True)
    number = amount_of(value) if field in AMOUNTS else None
    if number is not None and len(value.strip().partition(".")[2].rstrip("0")) > 2:
        yield Fault("canada.cents", field, value, "warning", True)
    if field not in (*AMOUNTS, "amendment_number") and is_formula(value.lstrip()):
        yield Fault("canada.formula", field, value[:40], "warning", True)


def _titles(row: Row) -> Iterator[Fault]:
    """Equal titles are a translation forgotten, unless both are the agreement's number."""
    english, french = _given(row, "agreement_title_en"), _given(row, "agreement_title_fr")
    plain = english.strip().casefold()
    numbers = {_given(row, "agreement_number").strip().casefold(), ""}
    if plain == french.strip().casefold() and plain not in numbers:
        yield Fault("canada.same-title", "agreement_title_fr", french, "error", True)


def _abroad(row: Row) -> Iterator[Fault]:
    """What only an address in Canada has."""
    for field in ("recipient_province", "federal_riding_number", "federal_riding_name_en"):
        if _given(row, field).strip():
            yield Fault("canada.not-canada", field, _given(row, field), "warning", True)
