"""What a report asks, as data, and what is still wrong with one before it can be sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monarca.engines import money, questions
from monarca.engines.reasons import Reason
from monarca.grants.applications import queries as applications
from monarca.grants.calls import queries as calls
from monarca.grants.reports.models import Receipt, Report
from monarca.grants.reports.queries.spending import spending
from monarca.grants.reports.states import Kind

OUTCOMES = frozenset({"immediate", "intermediate"})


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the narrative; `label` and `hint` are lazy translations."""

    key: str
    label: Any
    hint: Any = ""
    kind: str = "words"
    words: int = 150
    required: bool = True
    final: bool = False
    after: str = ""

    @property
    def question(self) -> Mapping[str, Any]:
        """As the engine reads it."""
        asked = {"key": self.key, "kind": self.kind, "required": self.required}
        return {**asked, "words": self.words} if self.kind == "words" else asked


NARRATIVE = (
    Asked(
        "activities",
        _("What did you do, and what of the plan did you not do?"),
        _("Go through the activities of your plan: done, partly done or not done, and why."),
        words=400,
    ),
    Asked(
        "results",
        _("What changed because of it?"),
        _("What people know, can do or do differently now, and how you know it."),
        words=300,
    ),
    Asked(
        "gender",
        _("What changed for women, men and other groups?"),
        _("Who decides, who earns, who speaks, who is safe: what is different from before?"),
        words=250,
    ),
    Asked(
        "unexpected",
        _("Did anything happen that nobody expected?"),
        _("Good or bad."),
        required=False,
    ),
    Asked(
        "harm",
        _("Was anybody harmed, exploited or abused in connection with the project?"),
        _("Do not write names or details here. If you answer yes, we call you."),
        kind="yes_no",
    ),
    Asked("risks", _("Which risks became real, and what did you do about them?")),
    Asked("lessons", _("What would you do differently next time?")),
    Asked("sustainability", _("What goes on after the project, and who carries it?")),
    Asked(
        "visibility",
        _("Where could people see that Canada supported this?"),
        _("Leave it empty if showing it would put somebody at risk."),
        words=100,
        required=False,
    ),
    Asked(
        "stories",
        _("A story or a quote of somebody who took part"),
        _("Only if that person agreed, and without a name where a name is a risk."),
        required=False,
    ),
    Asked(
        "consent",
        _("Did everybody you quote or describe agree to it?"),
        kind="yes_no",
        after="stories",
    ),
    Asked("help", _("What do you need from us?"), words=100, required=False),
    Asked(
        "assets",
        _("What was bought that lasts, and who keeps it?"),
        _("Equipment, tools, furniture. Write “nothing” if there is none."),
        final=True,
    ),
    Asked(
        "feedback",
        _("What should the embassy do better?"),
        _("Your answer changes nothing in how we read this report."),
        words=100,
        required=False,
        final=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator that can be reported on: of the application's plan, or of the fund's list."""

    key: str
    name: str | Mapping[str, str]
    level: str
    target: str = ""
    planned: bool = False

    @property
    def is_outcome(self) -> bool:
        """Does it measure a change, not only what was delivered?"""
        return self.level in OUTCOMES


@dataclass(frozen=True, slots=True)
class Wrong:
    """What keeps a report from being sent: in which part, at which field, and why."""

    part: str
    field: str
    reason: Reason


PARTS = {
    "narrative": pgettext_lazy("part of a report", "What happened"),
    "figures": pgettext_lazy("part of a report", "People and indicators"),
    "expenses": pgettext_lazy("part of a report", "What you spent"),
    "budget": pgettext_lazy("part of a report", "Plan and spending"),
}


def asked_in(report: Report) -> tuple[Asked, ...]:
    return tuple(each for each in NARRATIVE if report.kind == Kind.FINAL or not each.final)


def measures_of(report: Report) -> tuple[Measure, ...]:
    """The plan's own indicators first, then the fund's list."""
    plan = applications.answers_of(report.application).get("indicators")
    rows = [row for row in plan if isinstance(row, Mapping)] if isinstance(plan, list) else []
    own = [
        Measure(
            f"plan-{row.get('id')}",
            str(row.get("name") or ""),
            str(row.get("level") or ""),
            _typed(row.get("target")),
            planned=True,
        )
        for row in rows
    ]
    library = calls.definition(report.application.form_id)["indicators"]
    return (*own, *(Measure(each["code"], each["label"], each["level"]) for each in library))


def _typed(value: Any) -> str:
    raw = questions.raw_of(value)
    return raw if raw is not None else "" if value is None else str(value)


def receipts_of(report: Report) -> QuerySet[Receipt]:
    """The receipts that came with it and were not taken away, in the order they came."""
    rows = Receipt.objects.filter(report=report, removed_at=None)
    return rows.select_related("file").order_by("number")


def content_of(report: Report) -> dict[str, Any]:
    """What the recipient says, as one JSON value: its hash goes into the journal when sent."""
    return {
        "narrative": report.narrative,
        "actuals": report.actuals,
        "people": report.people,
        "rows": report.rows,
        "money": report.money,
        "receipts": [row.file.sha256 for row in receipts_of(report)],
    }


def problems_of(report: Report) -> tuple[Wrong, ...]:
    """Everything that must be mended before it can be sent; empty when it is complete."""
    return (
        *_narrative(report),
        *_figures(report),
        *_expenses(report),
        *_budget(report),
    )


def _narrative(report: Report) -> Iterator[Wrong]:
    for each in asked_in(report):
        if each.after and questions.is_blank(report.narrative.get(each.after)):
            continue
        value = report.narrative.get(each.key)
        for found in questions.problems(each.question, value, report.narrative):
            yield Wrong("narrative", each.key + found.field, found.reason)


PEOPLE = {"key": "people", "kind": "people", "required": True}


def _figures(report: Report) -> Iterator[Wrong]:
    for found in questions.problems(PEOPLE, report.people or None, {}):
        yield Wrong("figures", "people" + found.field, found.reason)
    measured = set()
    for row in report.actuals:
        name = "-".join(part for part in ("actual", row["indicator"], row["group"]) if part)
        asked = {"key": name, "kind": "number", "min": 0}
        wrong = list(questions.problems(asked, row["value"], {}))
        yield from (Wrong("figures", name + each.field, each.reason) for each in wrong)
        if not wrong and row["value"] is not None and not row["group"]:
            measured.add(row["indicator"])
    outcomes = {each.key for each in measures_of(report) if each.is_outcome}
    if report.kind == Kind.FINAL and not measured & outcomes:
        yield Wrong("figures", "measures", Reason("report.outcome_missing"))
    elif not measured:
        yield Wrong("figures", "measures", Reason("report.indicator_missing"))


def _expenses(report: Report) -> Iterator[Wrong]:
    if not report.rows:
        yield Wrong("expenses", "rows", Reason("report.no_expenses"))
    for row in report.rows:
        for column, reason in faults_of(row, report):
            yield Wrong("expenses", f"row-{row['id']}-{column}", reason)


def faults_of(row: Mapping[str, Any], report: Report) -> Iterator[tuple[str, Reason]]:
    """(column, reason) of everything wrong with one typed expense."""
    codes = {
        each["code"]
        for each in calls.definition(report.application.form_id)["budget"]["categories"]
    }
    if reason := _date_fault(row.get("spent_on"), report):
        yield "spent_on", reason
    if row.get("category") not in codes:
        yield "category", Reason("budget.category_missing")
    yield from ((name, Reason("question.required")) for name in MUST if not row.get(name))
    if reason := _cents_fault(row.get("cents"), report.application.call.local_currency):
        yield "cents", reason


MUST = ("description", "supplier")


def _date_fault(value: Any, report: Report) -> Reason | None:
    if not isinstance(value, str):
        asked = {"key": "spent_on", "kind": "date", "required": True}
        return next((one.reason for one in questions.problems(asked, value, {})), None)
    first, last = report.agreement.starts_on, report.until_on
    if first <= date.fromisoformat(value) <= last:
        return None
    values = {"first_on": first.isoformat(), "last_on": last.isoformat()}
    return Reason("report.spent_outside_the_period", values)


def _cents_fault(value: Any, currency: str) -> Reason | None:
    if isinstance(value, int):
        return None if value > 0 else Reason("report.nothing_spent")
    raw = questions.raw_of(value)
    if raw is None:
        return Reason("question.required")
    parsed = money.parse(raw, currency=currency)
    if parsed.money is None:
        return parsed.reason
    values = {"currency": currency, "found": parsed.money.currency}
    return Reason("money.other_currency", values)


def _budget(report: Report) -> Iterator[Wrong]:
    interest = report.money.get("interest")
    if not isinstance(interest, int):
        raw = questions.raw_of(interest)
        reason = money.parse(raw).reason if raw is not None else None
        yield Wrong("budget", "interest", reason or Reason("question.required"))
    for line in spending(report):
        if line.needs_words and not line.words.strip():
            yield Wrong("budget", f"why-{line.code}", Reason("report.variance_unexplained"))
