"""Eighth chapter: the clock asks for reports, recipients tell what happened, the embassy reads."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from monarca.engines import money
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import BudgetLine
from monarca.grants.payments.models import Payment
from monarca.grants.reports import actions as reports
from monarca.grants.reports import tasks
from monarca.grants.reports.models import Report
from monarca.ground.rates import queries as rates
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.agreeing import spokesperson
from monarca.portal.demo.management.year.paying import REPORT_IS_BEING_READ
from monarca.portal.demo.management.year.stage import Year

A_LITTLE_OF_THEIR_OWN = 1003


def report(year: Year) -> None:
    """Asked for, written, sent; one given back and sent again; all but one accepted."""
    tasks.tick(at=calendar.CLOCK_ASKS_FOR_REPORTS)
    story = stage.told("reports")
    for name, told in story.items():
        write(year, name, told)
    for name in story:
        submit(year, name, at=calendar.SENDS_A_REPORT)
    for name, told in story.items():
        if "returned" in told:
            mend(year, name, told["returned"])
    for name in story:
        if name != REPORT_IS_BEING_READ:
            coordinator = year.staff["coordinator"]
            reports.accept(final(year, name), by=coordinator, at=calendar.ACCEPTS)
    year.say(f"{len(story)} reports sent")


def final(year: Year, name: str) -> Report:
    rows = Report.objects.select_related("application__call__rate", "agreement")
    return rows.get(application=year.files[name])


def write(year: Year, name: str, told: Mapping[str, Any]) -> None:
    """The story, the figures, every peso spent, and why it differs from the plan."""
    asked, by, at = final(year, name), year.speakers[name], calendar.WRITES_A_REPORT
    reached = applications.answers_of(asked.application).get("beneficiaries") or {}
    spent = stage.told("spending")
    categories = {line.category for line in budget(asked.agreement)}
    reports.save_story(
        asked,
        by=by,
        at=at,
        language=asked.application.language,
        narrative=told["narrative"],
        actuals=list(actuals(told["measures"])),
        people=reached,
        money={
            "interest": 0,
            "why": dict.fromkeys(categories, spent["why"][asked.application.language]),
        },
    )
    share = spent["share"].get(name, A_LITTLE_OF_THEIR_OWN)
    suppliers = spent["suppliers"][asked.application.language]
    reports.save_expenses(asked, list(expenses(asked, suppliers, share)), by=by, at=at)


def submit(year: Year, name: str, *, at: Any) -> None:
    who, title = spokesperson(year, name)
    reports.submit(final(year, name), by=year.speakers[name], at=at, name=who, title=title)


def mend(year: Year, name: str, words: str) -> None:
    """Given back with words, corrected, sent again."""
    coordinator, at = year.staff["coordinator"], calendar.RETURNS_ONE
    reports.return_(final(year, name), by=coordinator, at=at, words=words)
    held = final(year, name)
    rows = [{**row, "description": f"{row['description']} ({row['id']})"} for row in held.rows]
    speaker = year.speakers[name]
    reports.save_expenses(held, rows, by=speaker, at=calendar.SENDS_IT_AGAIN)
    submit(year, name, at=calendar.SENDS_IT_AGAIN)


def actuals(measures: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One value of everybody for each thing of the application's plan, then each group's."""
    for each in (one for one in measures if "row" in one):
        key, groups = f"plan-{each['row']}", each.get("groups", {})
        yield {"indicator": key, "group": "", "value": each["value"], "words": each["words"]}
        for group, value in groups.items():
            yield {"indicator": key, "group": group, "value": value, "words": ""}


def budget(agreement: Agreement) -> list[BudgetLine]:
    rows = BudgetLine.objects.filter(application=agreement.application, fund_cents__gt=0)
    return list(rows.order_by("position"))


def expenses(
    asked: Report, suppliers: Mapping[str, list[str]], share: int
) -> Iterator[dict[str, Any]]:
    """The plan's lines as they were bought: two receipts a line, across the months of the work."""
    lines = budget(asked.agreement)
    whole = money.split(to_spend(asked.agreement) * share // 1000, [x.fund_cents for x in lines])
    days = days_of(asked, 2 * len(lines))
    for place, (line, cents) in enumerate(zip(lines, whole, strict=True)):
        shops = suppliers.get(line.category) or suppliers["other"]
        for half, part in enumerate(money.split(cents, [3, 2])):
            number = 2 * place + half
            yield {
                "id": f"r{number + 1}",
                "spent_on": days[number].isoformat(),
                "category": line.category or "services",
                "description": line.description or line.activity,
                "supplier": shops[half % len(shops)],
                "folio": f"{asked.agreement.number[-3:]}-{number + 1:02}",
                "cents": part,
                "receipt": None,
            }


def days_of(asked: Report, count: int) -> list[date]:
    """Days on which things are bought, evenly over the project, in the order of the plan."""
    first = asked.agreement.starts_on
    span = (asked.until_on - first).days - 4
    return [first + timedelta(days=span * place // count) for place in range(count)]


def to_spend(agreement: Agreement) -> int:
    """Local cents a recipient counts on: the advance as it came, the rest at the day's rate."""
    paid = Payment.objects.filter(agreement=agreement)
    came = sum(row.local_cents for row in paid)
    left = agreement.amount_cents - sum(row.cents for row in paid)
    rate = rates.on(calendar.WRITES_A_REPORT.date(), agreement.application.call.local_currency)
    return came + round(Fraction(left) / Fraction(rate.cad))
