"""Canada's register of consultations: what a row must say, and the CSV files of it.

Layout of open-data/ckanext-canada, `tables/consultations.yaml` (template 3, confirmed 19 February
2025). A department uploads every column; the public file has those that Canada's own filter leaves
(`bin/filter/filter_consultations.py`), the status as one letter. Linear in the rows.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from monarca.engines.publishing.canada import BYTE_ORDER_MARK
from monarca.engines.publishing.wording import clean, guarded
from monarca.engines.reasons import Reason, Value

COLUMNS = (
    "registration_number",
    "publishable",
    "partner_departments",
    "subjects",
    "title_en",
    "title_fr",
    "description_en",
    "description_fr",
    "target_participants_and_audience",
    "start_date",
    "end_date",
    "status",
    "profile_page_en",
    "profile_page_fr",
    "report_available_online",
    "report_link_en",
    "report_link_fr",
    "contact_email",
    "policy_program_lead_email",
    "remarks_en",
    "remarks_fr",
    "high_profile",
    "rationale",
)
NOT_PUBLIC = frozenset(
    (
        "publishable",
        "contact_email",
        "high_profile",
        "policy_program_lead_email",
        "rationale",
        "remarks_en",
        "remarks_fr",
        "target_participants_and_audience",
    )
)
NUMBER = re.compile(r"C-[0-9A-Z]{7}")
ADDRESS = re.compile(r"https?://[^\s,]+", re.IGNORECASE)
MAILBOX = re.compile(r"[^\s@,]+@[^\s@,]+\.[^\s@,]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """One consultation as the register wants it; codes of `choices`."""

    number: str
    publishable: bool
    title: Mapping[str, str]
    description: Mapping[str, str]
    partners: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    start_on: date | None = None
    end_on: date | None = None
    status: str = ""
    profile: Mapping[str, str]
    report: Mapping[str, str]
    contact_email: str = ""
    lead_email: str = ""
    remarks: Mapping[str, str]
    is_high_profile: bool = False
    rationale: tuple[str, ...] = ()


@cache
def choices() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """List -> code -> language -> words: partners, subjects, audience, status, rationale."""
    file = resources.files("monarca.engines.publishing") / "data/canada/consultations.json"
    found: dict[str, dict[str, dict[str, str]]] = json.loads(file.read_text(encoding="utf-8"))
    return found


def check(one: Consulted) -> tuple[tuple[str, Reason], ...]:
    """Every fault, as (column, why); none means that the row may be uploaded."""
    return (*_missing(one), *_pairs(one), *_codes(one), *_strange(one), *_unfitting(one))


def _fault(column: str, code: str, **values: Value) -> tuple[str, Reason]:
    return column, Reason(code, {"column": column, **values})


def _missing(one: Consulted) -> Iterator[tuple[str, Reason]]:
    """What is mandatory; English and French alike."""
    told = (("title", one.title), ("description", one.description), ("profile_page", one.profile))
    for name, texts in told:
        for language in ("en", "fr"):
            if not clean(texts.get(language, "")):
                yield _fault(f"{name}_{language}", f"register.missing-{language}")
    needed = {
        "subjects": one.subjects,
        "target_participants_and_audience": one.audience,
        "start_date": one.start_on,
        "end_date": one.end_on,
        "status": one.status,
    }
    for column, value in needed.items():
        if not value:
            yield _fault(column, "register.missing")
    if one.is_high_profile and not one.rationale:
        yield _fault("rationale", "register.rationale")


def _pairs(one: Consulted) -> Iterator[tuple[str, Reason]]:
    """What is optional is told in both languages or in none."""
    for name, texts in (("report_link", one.report), ("remarks", one.remarks)):
        for language, other in (("en", "fr"), ("fr", "en")):
            if clean(texts.get(other, "")) and not clean(texts.get(language, "")):
                yield _fault(f"{name}_{language}", f"register.missing-{language}")


def _codes(one: Consulted) -> Iterator[tuple[str, Reason]]:
    """Codes that no list knows."""
    lists = {
        "partner_departments": ("partners", one.partners),
        "subjects": ("subjects", one.subjects),
        "target_participants_and_audience": ("audience", one.audience),
        "status": ("status", (one.status,) if one.status else ()),
        "rationale": ("rationale", one.rationale),
    }
    for column, (name, codes) in lists.items():
        for code in codes:
            if code not in choices()[name]:
                yield _fault(column, "register.code", value=code)


def _strange(one: Consulted) -> Iterator[tuple[str, Reason]]:
    """Numbers and addresses of no known pattern."""
    if not NUMBER.fullmatch(one.number):
        yield _fault("registration_number", "register.number")
    for name, texts in (("profile_page", one.profile), ("report_link", one.report)):
        for language in ("en", "fr"):
            text = clean(texts.get(language, ""))
            if text and not ADDRESS.fullmatch(text):
                yield _fault(f"{name}_{language}", "register.address")
    mails = {"contact_email": one.contact_email, "policy_program_lead_email": one.lead_email}
    for column, mail in mails.items():
        if mail and not MAILBOX.fullmatch(mail):
            yield _fault(column, "register.mailbox")


def _unfitting(one: Consulted) -> Iterator[tuple[str, Reason]]:
    """What contradicts itself."""
    if one.start_on and one.end_on and one.end_on < one.start_on:
        yield _fault("end_date", "register.order")
    if one.status == "NF" and one.publishable:
        yield _fault("publishable", "register.not-going")
    if one.status == "CR" and not _has_report(one):
        yield _fault("report_link_en", "register.report")


def _has_report(one: Consulted) -> bool:
    return any(clean(text) for text in one.report.values())


def row(one: Consulted) -> dict[str, str]:
    """The cells of every column."""
    cells = {
        "registration_number": one.number,
        "publishable": _yes(one.publishable),
        "partner_departments": ",".join(one.partners),
        "subjects": ",".join(one.subjects),
        "target_participants_and_audience": ",".join(one.audience),
        "start_date": one.start_on.isoformat() if one.start_on else "",
        "end_date": one.end_on.isoformat() if one.end_on else "",
        "status": one.status,
        "report_available_online": _yes(_has_report(one)),
        "contact_email": one.contact_email,
        "policy_program_lead_email": one.lead_email,
        "high_profile": _yes(one.is_high_profile),
        "rationale": ",".join(one.rationale),
    }
    for language in ("en", "fr"):
        cells |= {
            f"title_{language}": one.title.get(language, ""),
            f"description_{language}": one.description.get(language, ""),
            f"profile_page_{language}": one.profile.get(language, ""),
            f"report_link_{language}": one.report.get(language, ""),
            f"remarks_{language}": one.remarks.get(language, ""),
        }
    return {column: guarded(clean(cells[column])) for column in COLUMNS}


def _yes(value: bool) -> str:
    return "Y" if value else "N"


def write(many: Iterable[Consulted], *, public: bool) -> bytes:
    """The file: every column for a department, or the public ones of what is publishable.

    A row with a fault is in neither: `check` first, and say why.
    """
    names = [name for name in COLUMNS if not (public and name in NOT_PUBLIC)]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    for one in sorted(many, key=lambda each: each.number):
        if check(one) or (public and not one.publishable):
            continue
        cells = row(one)
        writer.writerow({**cells, "status": cells["status"][:1]} if public else cells)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()
