"""What can be measured: the application's own indicators first, then the fund's list."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from monarca.engines import questions
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.results.models import Indicator
from monarca.grants.results.states import Level, Unit

FIGURE = re.compile(r"\d[\d\s,.]*")
PERCENT = re.compile(r"%|\bper ?cent\b|\bpor ciento\b|\bpour cent\b", re.IGNORECASE)
WHOLE = re.compile(r"\d{1,3}(?:[\s,.]\d{3})+|\d+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that may be measured: `code` is plan-ROW for a row of the application's plan.

    `name` has three languages for the fund's own, one for an applicant's. The texts `start`,
    `target`, `source` and `split` are the applicant's words, in `language`; `start_value` and
    `target_value` are the figures in them where there is exactly one.
    """

    code: str
    name: Mapping[str, str]
    level: str
    unit: str = Unit.NUMBER
    is_gender_specific: bool = False
    language: str = ""
    start: str = ""
    target: str = ""
    source: str = ""
    split: str = ""

    @property
    def is_own(self) -> bool:
        """Did the applicant propose it?"""
        return self.code.startswith("plan-")

    @property
    def start_value(self) -> int | None:
        return figure_in(self.start)

    @property
    def target_value(self) -> int | None:
        return figure_in(self.target)


def figure_in(text: str) -> int | None:
    """The whole number in a text, where it holds exactly one; "de 12 a 40" holds two."""
    found = [re.sub(r"[\s,.]+$", "", each) for each in FIGURE.findall(text)]
    if len(found) != 1 or not WHOLE.fullmatch(found[0]) or len(found[0]) > 15:
        return None
    return int(re.sub(r"\D", "", found[0]))


def planned_in(application: Application) -> tuple[Proposal, ...]:
    """The indicators that the applicant planned, as the application says them."""
    rows = applications.answers_of(application).get("indicators")
    return tuple(_proposals(rows, application.language)) if isinstance(rows, list) else ()


def _proposals(rows: list[Any], language: str) -> Iterator[Proposal]:
    for row in rows:
        if not isinstance(row, Mapping) or not _text(row.get("name")):
            continue
        target, start = _text(row.get("target")), _text(row.get("baseline"))
        level = _text(row.get("level"))
        yield Proposal(
            code=f"plan-{row.get('id')}",
            name={language: _text(row.get("name"))},
            level=level if level in Level.values else "",
            unit=Unit.PERCENT if PERCENT.search(f"{start} {target}") else Unit.NUMBER,
            language=language,
            start=start,
            target=target,
            source=_text(row.get("source")),
            split=_text(row.get("disaggregation")),
        )


def _text(value: Any) -> str:
    raw = questions.raw_of(value)
    return (raw if raw is not None else "" if value is None else str(value)).strip()


def library_of(application: Application) -> tuple[Proposal, ...]:
    """The fund's list, as the call's frozen form has it."""
    return tuple(
        Proposal(
            code=each["code"],
            name=each["label"],
            level=each["level"],
            unit=Unit.PERCENT if each["unit"]["en"] == "per cent" else Unit.NUMBER,
            is_gender_specific=bool(each["gender"]),
        )
        for each in calls.definition(application.form_id)["indicators"]
    )


def proposal(application: Application, code: str) -> Proposal | None:
    """One of them by its code."""
    every = (*planned_in(application), *library_of(application))
    return next((each for each in every if each.code == code), None)


def proposals_of(agreement: Agreement) -> tuple[Proposal, ...]:
    """What is not yet an indicator of this agreement: the applicant's first."""
    taken = set(Indicator.objects.filter(agreement=agreement).values_list("code", flat=True))
    every = (*planned_in(agreement.application), *library_of(agreement.application))
    return tuple(each for each in every if each.code not in taken)


def number_after(agreement: Agreement) -> int:
    rows = Indicator.objects.filter(agreement=agreement)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1
