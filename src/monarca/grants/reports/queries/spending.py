"""The plan beside what was spent, a line for each budget category, in local cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q, Sum

from monarca.engines import money
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications import queries as applications
from monarca.grants.calls import queries as calls
from monarca.grants.reports.models import Expense, Report
from monarca.grants.reports.states import Kind, Status


@dataclass(frozen=True, slots=True)
class Category:
    """One category: planned for the whole agreement, spent before, spent in this report.

    `percent` is how far all spending lies from the plan, None where nothing was planned.
    `needs_words`: the distance is above the call's `variance_percent`. An interim report must
    explain only what was overspent; a final one also what was not spent.
    """

    code: str
    label: Mapping[str, str]
    planned_cents: int
    before_cents: int
    now_cents: int
    percent: Decimal | None
    needs_words: bool
    words: str

    @property
    def spent_cents(self) -> int:
        return self.before_cents + self.now_cents

    @property
    def left_cents(self) -> int:
        return self.planned_cents - self.spent_cents


def planned_cents(agreement: Agreement) -> dict[str, int]:
    """Local cents of the fund by category: the budget that was submitted, cut to the agreement.

    When less was agreed than asked, every category is cut in the same proportion, to the cent.
    """
    file = agreement.application
    lines = applications.lines_of(file)
    rate = file.call.rate
    sums: dict[str, Fraction] = {}
    for line in lines:
        cents = Fraction(line.fund_cents)
        if rate and applications.currency_of(file) == "CAD":
            cents /= Fraction(rate.cad)
        sums[line.category] = sums.get(line.category, Fraction(0)) + cents
    whole = sum(sums.values(), Fraction(0))
    if not whole:
        return {}
    asked = file.requested_cents or agreement.amount_cents
    total = round(whole * min(Fraction(agreement.amount_cents, asked), Fraction(1)))
    weights = [round(cents) for cents in sums.values()]
    return dict(zip(sums, money.split(total, weights), strict=True))


def spent_cents(agreement: Agreement) -> int:
    """Local cents of every expense in this agreement's accepted reports."""
    rows = Expense.objects.filter(report__agreement=agreement, report__status=Status.ACCEPTED)
    return rows.aggregate(cents=Sum("cents"))["cents"] or 0


def spending(report: Report) -> tuple[Category, ...]:
    """A line for each category that was planned or spent, in the order of the fund's list."""
    definition = calls.definition(report.application.form_id)
    planned = planned_cents(report.agreement)
    here = Q(report=report)
    earlier = Q(report__number__lt=report.number, report__status=Status.ACCEPTED)
    rows = Expense.objects.filter(here | earlier, report__agreement=report.agreement_id)
    found = (
        rows.order_by()
        .values("category")
        .annotate(
            now=Sum("cents", filter=here, default=0), before=Sum("cents", filter=earlier, default=0)
        )
    )
    spent = {row["category"]: (row["before"], row["now"]) for row in found}
    labels = {each["code"]: each["label"] for each in definition["budget"]["categories"]}
    codes = [*labels, *sorted((set(planned) | set(spent)) - set(labels))]
    limit = int(definition["call"]["variance_percent"])
    return tuple(
        _category(report, code, labels.get(code, {}), planned.get(code, 0), spent.get(code), limit)
        for code in codes
        if code in planned or code in spent
    )


def _category(
    report: Report,
    code: str,
    label: Mapping[str, Any],
    planned: int,
    spent: tuple[int, int] | None,
    limit: int,
) -> Category:
    before, now = spent or (0, 0)
    share = Fraction(before + now - planned, planned) * 100 if planned else None
    over = before + now > 0 if share is None else share > limit
    under = report.kind == Kind.FINAL and share is not None and share < -limit
    percent = None if share is None else _tenths(share)
    why = report.money.get("why") or {}
    words = str(why.get(code) or "")
    return Category(code, label, planned, before, now, percent, over or under, words)


def _tenths(share: Fraction) -> Decimal:
    return Decimal(round(share * 10)).scaleb(-1)
