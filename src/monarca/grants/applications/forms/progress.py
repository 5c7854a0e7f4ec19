"""Where an application stands: what is done, what must be mended, what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.engines import budgets, eligibility, questions
from monarca.grants.applications import policy
from monarca.grants.applications.forms.asking import shown_problems
from monarca.grants.applications.models import Application
from monarca.grants.applications.queries import Sheet, facts_of
from monarca.grants.applications.states import Status
from monarca.ground.people.models import User
from monarca.kit import formats, reasons, trilingual
from monarca.kit.formats import Deadline

type Section = Mapping[str, Any]

MISSING = frozenset(
    {"question.required", "question.file_missing", "question.declaration_missing", "people.nobody"}
)
COMPLETE, DOING, WRONG, NOTHING = "ok", "info", "bad", "plain"


@dataclass(frozen=True, slots=True)
class Page:
    """What every page of an application shows around its content."""

    application: Application
    deadline: Deadline
    is_open: bool
    is_draft: bool
    may_edit: bool
    may_submit: bool
    saved: str

    @property
    def is_over(self) -> bool:
        """A draft that can no longer be submitted."""
        return self.is_draft and not self.is_open


def page_of(sheet: Sheet, *, user: User, at: datetime) -> Page:
    application, call = sheet.application, sheet.application.call
    is_open = call.is_open(at)
    is_draft = application.status == Status.DRAFT
    edits, submits = policy.powers(user, application, at=at)
    return Page(
        application=application,
        deadline=formats.deadline(call.closes_at, call.time_zone, at),
        is_open=is_open,
        is_draft=is_draft,
        may_edit=is_open and edits,
        may_submit=is_open and submits,
        saved=formats.clock(sheet.saved_at, call.time_zone) if sheet.saved_at else "",
    )


def closing_section(definition: Mapping[str, Any]) -> Section:
    """The section that holds the declaration; it is answered where everything is read once more."""
    for section in reversed(definition["sections"]):
        if any(question["kind"] == "declaration" for question in section["questions"]):
            return dict(section)
    return {"key": "", "title": {}, "questions": []}


def open_sections(definition: Mapping[str, Any]) -> list[Section]:
    """The sections with an address of their own in the task list, in order."""
    closing = closing_section(definition)["key"]
    return [section for section in definition["sections"] if section["key"] != closing]


def section_of(definition: Mapping[str, Any], key: str) -> tuple[Section | None, str]:
    """The section of that key, and the address name of what follows it."""
    sections = list(definition["sections"])
    keys = [section["key"] for section in sections]
    if key not in keys:
        return None, ""
    shown = [section["key"] for section in open_sections(definition)]
    after = shown[shown.index(key) + 1 :] if key in shown else []
    return sections[keys.index(key)], after[0] if after else ""


def tasks_of(sheet: Sheet) -> dict[str, Any]:
    """Every section as a row of the task list, then the budget; how many are complete."""
    ref, context = sheet.application.reference, sheet.context
    rows = []
    for section in open_sections(sheet.definition):
        found = questions.section_problems(section, sheet.answers, context=context)
        status, tone, note = _standing(sheet, section, found)
        address = reverse("applications:section", args=[ref, section["key"]])
        address += "?check=1" if tone == WRONG else ""
        rows.append((trilingual.say(section["title"]).text, note, address, status, tone))
    rows.append(_budget_task(sheet))
    done = sum(row[4] == COMPLETE for row in rows)
    return {"rows": rows, "done": done, "count": len(rows), "next": len(rows) + 1}


def _standing(
    sheet: Sheet, section: Section, found: Mapping[str, Sequence[questions.Problem]]
) -> tuple[str, str, str]:
    keys = {question["key"] for question in section["questions"]}
    begun = any(not questions.is_blank(sheet.answers.get(key)) for key in keys)
    begun = begun or any(row.question in keys for row in sheet.attached)
    if not begun and found:
        return _("Not started"), NOTHING, ""
    wrong = sum(_is_wrong(problems) for problems in found.values())
    if wrong:
        note = ngettext("%(count)s answer to correct", "%(count)s answers to correct", wrong)
        return _("To be corrected"), WRONG, note % {"count": wrong}
    if found:
        note = ngettext("%(count)s answer is missing", "%(count)s answers are missing", len(found))
        return _("In progress"), DOING, note % {"count": len(found)}
    return (_("Complete") if begun else _("Optional")), COMPLETE, ""


def _is_wrong(problems: Sequence[questions.Problem]) -> bool:
    return any(each.reason.code not in MISSING for each in problems)


def _budget_task(sheet: Sheet) -> tuple[str, str, str, str, str]:
    address = reverse("applications:budget", args=[sheet.application.reference])
    if not sheet.lines:
        return _("Budget"), "", address, _("Not started"), NOTHING
    found = budgets.check(sheet.lines, sheet.definition, sheet.budget)
    fund = sum(line.fund_cents for line in sheet.lines)
    note = formats.money(fund, sheet.currency)
    if not found:
        return _("Budget"), note, address, _("Complete"), COMPLETE
    count = ngettext("%(count)s thing to look at", "%(count)s things to look at", len(found))
    note = f"{note} · {count % {'count': len(found)}}"
    return _("Budget"), note, address, _("To be corrected"), WRONG


@dataclass(frozen=True, slots=True)
class Mending:
    """What stands in the way of submitting, and what a person will look at afterwards."""

    errors: Mapping[str, str]
    blocks: Sequence[tuple[str, str]]
    looks: Sequence[tuple[str, str]]

    @property
    def stops(self) -> bool:
        return bool(self.errors or self.blocks)


def what_to_mend(sheet: Sheet, *, at: datetime, apart: str = "") -> Mending:
    """Problems by field id, and the rules' findings in words; `apart` is a section left out."""
    found: dict[str, tuple[questions.Problem, ...]] = {}
    for section in sheet.definition["sections"]:
        if section["key"] != apart:
            found |= questions.section_problems(section, sheet.answers, context=sheet.context)
    findings = eligibility.check(sheet.definition, facts_of(sheet.application, at=at, sheet=sheet))
    names = {rule["id"]: trilingual.say(rule["label"]).text for rule in sheet.definition["rules"]}
    blocks = [each for each in eligibility.what_blocks(findings) if each.kind != "form_complete"]
    return Mending(
        errors=shown_problems(found),
        blocks=[(names[each.rule], reasons.sentence(each.reason)) for each in blocks],
        looks=[
            (names[each.rule], reasons.sentence(each.reason))
            for each in eligibility.to_decide(findings)
            if each.kind != "form_complete"
        ],
    )
