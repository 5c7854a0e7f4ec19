"""Rules on money: the amount asked, the budget, its costs and where the rest comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from monarca.engines import budgets
from monarca.engines.eligibility.case import (
    Case,
    Verdict,
    budget_missing,
    met,
    not_answered,
    says,
)

CODES = (
    "rule.budget_adds_up",
    "rule.budget_wrong",
    "rule.budget_absent",
    "rule.budget_unread",
    "rule.amount_within",
    "rule.amount_over",
    "rule.amount_enough",
    "rule.amount_too_small",
    "rule.amount_usual",
    "rule.amount_unusual",
    "rule.overhead_within",
    "rule.overhead_over",
    "rule.no_excluded_cost",
    "rule.excluded_cost",
    "rule.no_such_word",
    "rule.word_found",
    "rule.no_equipment",
    "rule.care_plan_unchecked",
    "rule.care_plan_there",
    "rule.care_plan_missing",
    "rule.no_double_funding",
    "rule.double_funding",
    "rule.donor_of_same_government",
    "rule.contribution_enough",
    "rule.contribution_small",
    "rule.rate_missing",
)


def budget_adds_up(case: Case) -> Verdict:
    """E04. A file that was not read is unknown, not missing."""
    if not case.facts.lines:
        unread = "budget_file" in case.facts.attached or bool(case.answer("budget_file"))
        return says("unknown", "budget_unread") if unread else says("fail", "budget_absent")
    tolerance = case.param("tolerance_cents", 0)
    context = replace(case.facts.budget, tolerance_cents=tolerance)
    found = budgets.check(case.facts.lines, case.definition, context)
    wrong = [each for each in found if budgets.is_arithmetic(each)]
    if wrong:
        return says("fail", "budget_wrong", count=len(wrong), line=wrong[0].line)
    return says("pass", "budget_adds_up", count=len(case.facts.lines))


def amount_at_most(case: Case) -> Verdict:
    """E13."""
    asked, most = case.cents("requested_cents"), case.param("cents", case.call.get("max_cents"))
    if asked is None or most is None:
        return not_answered("requested")
    return met(asked <= most, "amount_within", "amount_over", asked_cents=asked, max_cents=most)


def amount_at_least(case: Case) -> Verdict:
    """The call's smallest contribution, when it has one."""
    asked = case.cents("requested_cents")
    least = case.param("cents", case.call.get("min_cents")) or 0
    if asked is None:
        return not_answered("requested")
    values = {"asked_cents": asked, "min_cents": least}
    return met(asked >= least, "amount_enough", "amount_too_small", **values)


def amount_near_average(case: Case) -> Verdict:
    """E14. The bounds belong to the range."""
    asked = case.cents("requested_cents")
    average = case.param("cents", case.call.get("average_cents"))
    if asked is None or average is None:
        return not_answered("requested")
    percent = Decimal(str(case.params["percent"]))
    near = abs(asked - average) * 100 <= average * percent
    values = {"asked_cents": asked, "average_cents": average, "percent": int(percent)}
    return met(near, "amount_usual", "amount_unusual", **values)


def overhead_at_most(case: Case) -> Verdict:
    """E15. Exactly at the cap is within it."""
    if not case.facts.lines:
        return budget_missing()
    percent = case.param("percent", case.definition.get("budget", {}).get("overhead_percent", 0))
    codes = budgets.overhead_codes(case.definition)
    fund = sum(line.fund_cents for line in case.facts.lines)
    overhead = sum(line.fund_cents for line in case.facts.lines if line.category in codes)
    within = overhead * 100 <= fund * Decimal(str(percent))
    currency = case.facts.budget.currency
    values = {"overhead_cents": overhead, "fund_cents": fund, "percent": int(percent)}
    return met(within, "overhead_within", "overhead_over", currency=currency, **values)


def no_excluded_cost(case: Case) -> Verdict:
    """E16."""
    if not case.facts.lines:
        return budget_missing()
    found = budgets.excluded(case.facts.lines, _costs(case), language=case.facts.budget.language)
    if not found:
        return says("pass", "no_excluded_cost")
    first = found[0]
    values = {"line": first.line, "cost": first.cost, "word": first.word}
    return says("fail", "excluded_cost", count=len(found), **values)


def _costs(case: Case) -> list[Mapping[str, Any]]:
    every = case.definition.get("costs", {}).get("ineligible", ())
    named = case.param("costs", [cost["code"] for cost in every])
    kept = set(named) - set(case.param("except", ()))
    return [cost for cost in every if cost["code"] in kept]


def no_line_with_words(case: Case) -> Verdict:
    """E18, E20. Words of every language: a budget in one often borrows from another."""
    if not case.facts.lines:
        return budget_missing()
    for line in case.facts.lines:
        word = budgets.speaks_of(line.description, _words(case))
        if word:
            return says("fail", "word_found", line=line.key, word=word)
    return says("pass", "no_such_word")


def _words(case: Case) -> list[str]:
    return [word for words in case.params["words"].values() for word in words]


def equipment_needs_care_plan(case: Case) -> Verdict:
    """E19. Needed, good value, cared for: a person answers for all three."""
    if not case.facts.lines:
        return budget_missing()
    categories = case.params["categories"]
    if not any(line.category in categories for line in case.facts.lines):
        return says("not_applicable", "no_equipment")
    if case.facts.care_plan is None:
        return says("unknown", "care_plan_unchecked")
    return met(case.facts.care_plan, "care_plan_there", "care_plan_missing")


def no_double_funding(case: Case) -> Verdict:
    """E23. A donor in the budget pays the same costs; of one named elsewhere a person asks."""
    words = _words(case)
    for line in case.facts.lines:
        if line.other_cents > 0 and budgets.speaks_of(line.other_donor, words):
            return says("fail", "double_funding", line=line.key, donor=line.other_donor[:80])
    for donor in _donors(case):
        if budgets.speaks_of(donor, words):
            return says("unknown", "donor_of_same_government", donor=donor[:80])
    return says("pass", "no_double_funding")


def _donors(case: Case) -> Iterable[str]:
    """Each donor now giving, as listed: by lines, commas or rows."""
    value = case.answer("donors")
    if isinstance(value, str):
        return [each.strip() for each in value.replace(";", "\n").replace(",", "\n").split("\n")]
    return [str(each) for row in case.rows("donors") for key, each in row.items() if key != "id"]


def own_contribution_at_least(case: Case) -> Verdict:
    """E24. Own money, work in kind and other donors, beside the whole cost."""
    if not case.facts.lines:
        return budget_missing()
    sums = budgets.totals(case.facts.lines).columns
    own = sums["own"] + sums["in_kind"] + sums["other"]
    in_cad = case.facts.budget.in_cad(own)
    least = case.param("cents", 0)
    if least and in_cad is None:
        return says("unknown", "rate_missing")
    percent = Decimal(str(case.param("percent", 0)))
    enough = own * 100 >= sums["total"] * percent and (in_cad or 0) >= least
    values = {"own_cents": own, "total_cents": sums["total"], "percent": int(percent)}
    currency = case.facts.budget.currency
    return met(
        enough,
        "contribution_enough",
        "contribution_small",
        currency=currency,
        min_cents=least,
        **values,
    )


CHECKERS = {
    "budget_adds_up": budget_adds_up,
    "amount_at_most": amount_at_most,
    "amount_at_least": amount_at_least,
    "amount_near_average": amount_near_average,
    "overhead_at_most": overhead_at_most,
    "no_excluded_cost": no_excluded_cost,
    "no_line_with_words": no_line_with_words,
    "equipment_needs_care_plan": equipment_needs_care_plan,
    "no_double_funding": no_double_funding,
    "own_contribution_at_least": own_contribution_at_least,
}
