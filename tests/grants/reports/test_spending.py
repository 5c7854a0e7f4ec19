"""The plan beside the spending: nothing is lost in cutting, and what is far off is explained."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import BudgetLine
from monarca.grants.reports import actions, queries
from tests import world_reports as make
from tests.world_reports import MARCH

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def lines(report):
    return {line.code: line for line in queries.spending(report)}


def test_the_plan_is_the_submitted_budget_when_all_was_agreed(agreement):
    planned = queries.planned_cents(agreement)

    assert sum(planned.values()) == sum(
        line.fund_cents for line in applications.lines_of(agreement.application)
    )
    assert set(planned) == {"training", "supplies", "overhead"}


@SLOW
@given(cents=st.integers(1, 4_500_000))
def test_a_smaller_agreement_cuts_every_category_and_loses_no_cent(agreement, cents):
    whole = sum(line.fund_cents for line in applications.lines_of(agreement.application))
    Agreement.objects.filter(pk=agreement.pk).update(amount_cents=cents)
    planned = queries.planned_cents(Agreement.objects.get(pk=agreement.pk))

    asked = agreement.application.requested_cents
    assert sum(planned.values()) == round(whole * cents / asked)
    assert all(each >= 0 for each in planned.values())


@pytest.mark.parametrize(
    ("kind", "tenths", "needs"),
    [
        ("final", 1000, False),
        ("final", 1100, False),
        ("final", 1101, True),
        ("final", 900, False),
        ("final", 899, True),
        ("interim", 899, False),
        ("interim", 1101, True),
    ],
)
def test_more_than_the_calls_percent_needs_words(agreement, lupita, kind, tenths, needs):
    planned = queries.planned_cents(agreement)["training"]
    report = make.make_report(agreement, kind=kind)
    spent = -(-planned * tenths // 1000) if (tenths > 1000) is needs else planned * tenths // 1000
    actions.save_expenses(report, [make.row(spent)], by=lupita, at=MARCH)

    assert lines(report)["training"].needs_words is needs


def test_money_spent_where_nothing_was_planned_needs_words(agreement, lupita):
    report = make.make_report(agreement)
    actions.save_expenses(report, [make.row(5, category="legal")], by=lupita, at=MARCH)

    line = lines(report)["legal"]
    assert (line.planned_cents, line.percent, line.needs_words) == (0, None, True)


def test_earlier_accepted_reports_are_added_and_later_ones_are_not(agreement, lupita, coordinator):
    make.make_accepted(agreement, lupita, coordinator, kind="interim", rows=[make.row(700)])
    report = make.make_report(agreement)
    actions.save_expenses(report, [make.row(50)], by=lupita, at=MARCH)

    line = lines(report)["training"]
    assert (line.before_cents, line.now_cents, line.spent_cents) == (700, 50, 750)
    assert line.left_cents == line.planned_cents - 750
    assert queries.spent_cents(agreement) == 700


def test_a_percent_is_rounded_to_one_decimal(agreement, lupita):
    planned = queries.planned_cents(agreement)["training"]
    report = make.make_report(agreement)
    actions.save_expenses(report, [make.row(planned // 3)], by=lupita, at=MARCH)

    assert lines(report)["training"].percent == Decimal("-66.7")


def test_a_variance_without_words_keeps_the_report_back(agreement, lupita):
    report = make.fill(make.make_report(agreement), lupita)
    actions.save_story(report, by=lupita, at=MARCH, money={"why": {}})

    wrong = queries.problems_of(report)
    assert {each.reason.code for each in wrong} == {"report.variance_unexplained"}
    assert {each.field for each in wrong} == {"why-training", "why-supplies", "why-overhead"}


def test_a_category_that_others_pay_and_nobody_spent_needs_no_words(agreement, lupita):
    BudgetLine.objects.create(
        application=agreement.application, position=90, category="travel", own_cents=50_000
    )
    report = make.make_report(agreement)
    assert (lines(report)["travel"].planned_cents, lines(report)["travel"].needs_words) == (
        0,
        False,
    )
