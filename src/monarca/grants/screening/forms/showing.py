"""Rows ready to print: files in a list, and findings beside what the applicant wrote."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.grants.applications.forms import answers_in_words
from monarca.grants.applications.models import Application
from monarca.grants.applications.queries import Sheet
from monarca.grants.applications.states import Sensitivity
from monarca.grants.screening.models import Check
from monarca.grants.screening.queries import UNSURE, reason_of
from monarca.grants.screening.states import Verdict
from monarca.kit import formats, reasons, trilingual
from monarca.kit.parts import Link, Noted, Status, Tone

type Rule = Mapping[str, Any]

ABOUT: Mapping[str, tuple[str, ...]] = {
    "language_in_call": ("language",),
    "organisation_kind_in": ("organisation_kind", "about"),
    "local_or_with_partner": ("organisation_kind", "address", "partners"),
    "registered_or_at_risk": ("registered", "registration_number", "registration_proof"),
    "bank_account": ("bank_account", "bank_currency", "bank_file"),
    "place_in_countries": ("places",),
    "place_in_states": ("places",),
    "priority_in_call": ("priority", "secondary_priority", "focus"),
    "dates_in_window": ("starts_on", "ends_on", "fiscal_years"),
    "costs_within_dates": ("starts_on", "ends_on", "activities"),
    "amount_at_most": ("requested", "requested_local"),
    "amount_near_average": ("requested",),
    "no_double_funding": ("donors", "previous_canada"),
    "no_overdue_report": ("previous_canada",),
    "own_contribution_at_least": ("requested", "total_cost", "donors"),
    "one_per_organisation": ("legal_name", "short_name"),
    "not_on_a_sanctions_list": (
        "legal_name",
        "short_name",
        "representative_name",
        "contact_name",
        "partners",
    ),
    "equipment_needs_care_plan": ("sustainability",),
}
"""Rule kind -> the questions whose answers a person wants beside its finding."""

OUTCOMES: Mapping[str, Tone] = {
    "pass": "ok",
    "fail": "bad",
    "unknown": "warn",
    "not_applicable": "plain",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's finding in words, with what the applicant wrote about it."""

    check: Check
    label: str
    level: Status
    outcome: Status
    reason: str
    beside: Sequence[tuple[str, Any]]
    verdict: Status
    waits: bool

    @property
    def anchor(self) -> str:
        return f"rule-{self.check.rule}"


def findings_of(checks: Iterable[Check], sheet: Sheet) -> list[Finding]:
    """Every finding of a screening, in the order of the rules."""
    rules = {rule["id"]: rule for rule in sheet.definition["rules"]}
    answers = {
        said.key: (said.label, said.words)
        for section in sheet.definition["sections"]
        for said in answers_in_words(sheet, section, {})
        if said.words
    }
    return [_finding(check, rules.get(check.rule, {}), sheet, answers) for check in checks]


def _finding(
    check: Check, rule: Rule, sheet: Sheet, answers: Mapping[str, tuple[str, Any]]
) -> Finding:
    waits = check.status == Verdict.PROPOSED and check.level != "info" and check.outcome in UNSURE
    values = reason_of(check).values
    keys = [str(values["question"])] if "question" in values else []
    keys += [key for key in ABOUT.get(str(rule.get("kind")), ()) if key not in keys]
    beside = [answers[key] for key in keys if key in answers]
    return Finding(
        check=check,
        label=trilingual.say(rule.get("label")).text or check.rule,
        level=level(check.level),
        outcome=Status(outcome(check), _tone(check)),
        reason=reasons.sentence(reason_of(check)),
        beside=[*_named(values, sheet, answers), *beside],
        verdict=verdict(check),
        waits=waits,
    )


def _named(
    values: Mapping[str, Any], sheet: Sheet, answers: Mapping[str, tuple[str, Any]]
) -> list[tuple[str, Any]]:
    """What the codes of a reason stand for: a question, a budget line, an excluded cost."""
    rows: list[tuple[str, Any]] = []
    question = str(values.get("question", ""))
    if question and question not in answers:
        rows.append((_("Question without an answer"), _question(question, sheet)))
    line = next((one for one in sheet.lines if one.key == values.get("line")), None)
    if line:
        amount = formats.money(line.fund_cents, sheet.currency)
        rows.append((_("Budget line"), f"{line.description} ({amount})"))
    costs = sheet.definition.get("costs", {}).get("ineligible", ())
    cost = next((one for one in costs if one["code"] == values.get("cost")), None)
    if cost:
        rows.append((_("Cost the fund does not pay"), trilingual.say(cost["label"]).text))
    return rows


def _question(key: str, sheet: Sheet) -> str:
    every = (q for section in sheet.definition["sections"] for q in section["questions"])
    found = next((q for q in every if q["key"] == key), None)
    return trilingual.say(found["label"]).text if found else key


def level(code: str) -> Status:
    """How much a rule weighs, in words."""
    return {
        "block": Status(_("Condition"), "ink"),
        "flag": Status(_("A person looks at it"), "info"),
    }.get(code, Status(_("Good to know"), "plain"))


def outcome(check: Check) -> str:
    return {
        "pass": pgettext("rule", "Met"),
        "fail": pgettext("rule", "Not met"),
        "unknown": pgettext("rule", "Not known"),
    }.get(check.outcome, pgettext("rule", "Does not apply"))


def _tone(check: Check) -> Tone:
    if check.outcome == "fail" and check.level != "block":
        return "warn"
    return OUTCOMES.get(check.outcome, "plain")


def verdict(check: Check) -> Status:
    """What a person made of it; an unknown that was confirmed is as it should be."""
    if check.status == Verdict.CONFIRMED and check.outcome == "unknown":
        return Status(_("Looked at, as it should be"), "ok")
    tones: Mapping[str, Tone] = {"confirmed": "info", "waived": "warn", "broken": "bad"}
    return Status(str(Verdict(check.status).label), tones.get(check.status, "plain"))


def rule_rows(findings: Iterable[Finding], reference: str, *, may: bool) -> list[tuple[Any, ...]]:
    """The table of all rules; with `may`, each leads to the page where a person decides."""
    rows = []
    for one in findings:
        href = reverse("screening:rule", args=[reference, one.check.rule])
        name = Link(one.label, href, one.check.rule) if may else Noted(one.label, one.check.rule)
        settled = one.check.status != Verdict.PROPOSED
        said = [one.outcome, one.verdict] if settled else one.outcome
        rows.append((name, one.level, said, Noted(one.reason, one.check.words)))
    return rows


def requirement_rows(findings: Iterable[Finding]) -> list[tuple[Any, ...]]:
    """What the applicant reads afterwards: rule, result, reason; notes of people stay inside."""
    return [(one.label, _result(one.check), one.reason) for one in findings if _is_told(one.check)]


def _is_told(check: Check) -> bool:
    return check.level != "info" and check.outcome != "not_applicable"


def _result(check: Check) -> Status:
    if check.status == Verdict.BROKEN:
        return Status(pgettext("rule", "Not met"), "bad")
    if check.status == Verdict.WAIVED:
        return Status(pgettext("rule", "Waived"), "ok")
    if check.outcome == "unknown" and check.status == Verdict.CONFIRMED:
        return Status(pgettext("rule", "Met"), "ok")
    return Status(outcome(check), _tone(check))


def name_of(file: Application) -> str:
    """The group's name where everybody at the mission may read it in a list."""
    return file.applicant.legal_name if file.sensitivity == Sensitivity.OPEN else "—"


def row_of(file: Application, url: str, findings: Any) -> tuple[Any, ...]:
    """One file in a list of screening; a restricted one shows its alias and no name."""
    note = file.reference if file.sensitivity == Sensitivity.OPEN else _("Restricted")
    arrived = formats.day(file.submitted_at.date(), style="medium") if file.submitted_at else "—"
    name = file.shown_title or _("Without a title")
    return (Link(name, url, note), name_of(file), findings, arrived)


def chooser(file: Application) -> SafeString:
    """A box to tick, so that several files are begun at once."""
    return format_html(
        '<div class="choice"><input type="checkbox" name="file" value="{0}" id="file-{0}">'
        '<label for="file-{0}">{1}<span class="sr"> {0}</span></label></div>',
        file.reference,
        _("Choose"),
    )


def alike_rows(
    files: Iterable[Application], reference: str, *, known: frozenset[int], may: bool
) -> list[tuple[Any, ...]]:
    """Other files of the same or a similarly named group, with the way to pair them."""
    rows = []
    for file in files:
        here = reverse("screening:file", args=[file.reference])
        pair = reverse("screening:pair", args=[reference, file.reference])
        last: Any = Status(_("Paired"), "ok") if file.pk in known else "—"
        if may and file.pk not in known:
            last = Link(_("Say what they have in common"), pair)
        rows.append((Link(file.shown_title, here, file.reference), name_of(file), last))
    return rows
