"""A report to read: the answers, figures and expenses in words, and lists of reports."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monarca.engines import questions
from monarca.grants.reports import queries
from monarca.grants.reports.forms.drawing import group_names, typed
from monarca.grants.reports.forms.tabling import plan_table, written
from monarca.grants.reports.models import Expense, Report
from monarca.grants.reports.states import Status
from monarca.kit import formats, trilingual
from monarca.kit.parts import Link, Noted
from monarca.kit.parts import Status as Tag

TONES: dict[str, Any] = {
    Status.DUE: "plain",
    Status.SUBMITTED: "info",
    Status.RETURNED: "warn",
    Status.ACCEPTED: "ok",
}


def said(report: Report, *, at: datetime) -> Tag:
    """The status of a report as a tag; what is late says so."""
    if queries.is_overdue(report, at=at):
        return Tag(_("Overdue"), "bad")
    return Tag(report.get_status_display(), TONES[report.status])


def told(report: Report) -> dict[str, Any]:
    """Everything a reader needs on one page, ready to print."""
    return {
        "answers": _answers(report),
        "people": _people(report),
        "measures": _measures(report),
        "plan": plan_table(report),
        "expenses": _expenses(report),
        "receipts": queries.receipts_of(report),
        "interest": _interest(report),
    }


def _answers(report: Report) -> list[tuple[str, str]]:
    yes_no = {"yes": _("Yes"), "no": _("No")}
    found = []
    for each in queries.asked_in(report):
        value = typed(report.narrative.get(each.key))
        if value:
            found.append((str(each.label), yes_no[value] if each.kind == "yes_no" else value))
    return found


def _people(report: Report) -> dict[str, Any]:
    names = group_names()
    rows = [
        [name, *(typed((report.people.get(side) or {}).get(key)) or "0" for side in SIDES)]
        for key, name in names.items()
    ]
    return {"head": [pgettext("column", "Who"), _("Directly"), _("Indirectly")], "rows": rows}


SIDES = ("direct", "indirect")


def _measures(report: Report) -> dict[str, Any]:
    known = {each.key: each for each in queries.measures_of(report)}
    values = {(row["indicator"], row["group"]): row for row in report.actuals}
    rows = []
    for key in dict.fromkeys(row["indicator"] for row in report.actuals):
        measure, total = known.get(key), values.get((key, "")) or {}
        name = measure.name if measure else key
        text = name if isinstance(name, str) else trilingual.say(name).text
        cells = [typed((values.get((key, group)) or {}).get("value")) for group in GROUPS]
        target = measure.target if measure else ""
        rows.append([Noted(text, str(total.get("words") or "")), target, *cells])
    head = [
        pgettext("column", "Indicator"),
        pgettext("column", "Target"),
        pgettext("column", "Reached"),
        _("Of these, women"),
        _("Of these, men"),
    ]
    return {"head": head, "rows": rows}


GROUPS = ("", "women", "men")


def _expenses(report: Report) -> dict[str, Any]:
    """Every typed row; a paper is a link, and a folio used twice is said."""
    currency = report.application.call.local_currency
    twice = _used_twice(report)
    papers = {row.number: row for row in queries.receipts_of(report)}
    rows = []
    for row in report.rows:
        receipt = papers.get(row.get("receipt"))
        where = [report.application.reference, report.number, receipt.number] if receipt else []
        paper = Link(receipt.file.name, reverse("reports:receipt", args=where)) if receipt else ""
        again = (row.get("supplier"), row.get("folio")) in twice
        note = _("This supplier’s number is used more than once.") if again else ""
        rows.append(
            [
                _day(row.get("spent_on")),
                Noted(str(row.get("description") or ""), note),
                str(row.get("supplier") or ""),
                str(row.get("folio") or ""),
                f"{written(row.get('cents'))} {currency}",
                paper or Tag(_("no receipt"), "warn"),
            ]
        )
    head = [
        pgettext("column", "Day"),
        pgettext("column", "What was bought"),
        pgettext("column", "From whom"),
        pgettext("column", "Number on the receipt"),
        pgettext("column", "Amount"),
        pgettext("column", "Receipt"),
    ]
    return {"head": head, "rows": rows}


def _used_twice(report: Report) -> set[tuple[str, str]]:
    """Supplier and number of receipts that appear more than once in this agreement's reports."""
    rows = Expense.objects.filter(report__agreement=report.agreement_id).exclude(folio="")
    found: list[tuple[str, str]] = list(rows.order_by("pk").values_list("supplier", "folio"))
    return {each for each in found if found.count(each) > 1}


def _day(value: Any) -> str:
    raw = questions.raw_of(value)
    if raw is not None or not value:
        return raw or ""
    return formats.day(datetime.fromisoformat(value).date(), style="medium")


def _interest(report: Report) -> str:
    value = report.money.get("interest")
    currency = report.application.call.local_currency
    return formats.money(value, currency) if isinstance(value, int) else typed(value)


def list_head() -> list[str]:
    return [
        pgettext("column", "Report"),
        pgettext("column", "Kind"),
        pgettext("column", "Due on"),
        pgettext("column", "Status"),
    ]


def tabs() -> list[tuple[str, str]]:
    """The views of the desk's list."""
    url = reverse("reports:list")
    names = {"read": _("To read"), "overdue": _("Overdue"), "all": _("All")}
    return [(text, f"{url}?view={view}") for view, text in names.items()]


def found(total: int) -> str:
    said = ngettext("%(count)s report", "%(count)s reports", total)
    return said % {"count": formats.number(total)}


def listed(rows: Iterable[Report], *, at: datetime, staff: bool) -> list[list[Any]]:
    """A list of reports: name and file, kind, due day, status."""
    name = "reports:read" if staff else "reports:report"
    return [
        [
            Link(
                _("Report %(number)s") % {"number": row.number},
                reverse(name, args=[row.application.reference, row.number]),
                f"{row.agreement.number} · {row.application.shown_title}",
            ),
            row.get_kind_display(),
            formats.day(row.due_on),
            said(row, at=at),
        ]
        for row in rows
    ]
