"""`monarca select PROJECTS RULES`: the best plan within money and rules, and why."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from monarca.config.shell import portfolios
from monarca.config.shell.drawing import Mark, bars, dots
from monarca.config.shell.showing import Sheet, Teller
from monarca.config.shell.usage import number, whole
from monarca.engines import portfolio
from monarca.engines.portfolio import DRAWS
from monarca.engines.reasons import Reason
from monarca.kit import formats, reasons

MANY, LONGEST = 10**6, 10**7
"""Draws, and seconds, at most."""

EXAMPLE = """\
A complete example

projects.csv (comma, semicolon or tab; also .json): one row a project. Amounts in dollars. With
fiscal years in the rules, one column a year (asked_2024-2025) takes the place of asked. Optional:
title, organisation, standard_error (of the score), theme, region, first_time, indigenous_led,
gender_code, and every column that the rules name.
  project,organisation,score,standard_error,asked,theme,region,first_time,gender_code
  P-01,Río Claro,4.6,0.3,45000.00,water,Oaxaca,no,2
  P-02,Casa Ceiba,4.1,0.4,30000.00,rights,Yucatán,yes,3
  P-03,Voces del Sur,3.9,0.2,38000.00,rights,Chiapas,yes,1
  P-04,Río Claro,3.8,0.4,20000.00,water,Oaxaca,no,2
  P-05,Milpa Viva,3.2,0.5,25000.00,food,Oaxaca,yes,2

rules.toml (all of it may be left out but what you need)
  envelope = 100000                 # dollars in all; --budget-cents N takes its place
  one_per_organisation = true       # the usual, where there is a column organisation
  value = "score"                   # or "score_by_money": every dollar counts its score
  keep = 99.9                       # % of the best total that later goals must leave
  firm = ["envelope"]               # may never be relaxed; also a limit's name, "pin:P-02",
                                    # "envelope:2024-2025", "organisation:Casa Ceiba"
  other_columns = ["notes"]         # columns of projects.csv to be read past

  # [years]                         # envelopes of fiscal years; "" has none of its own
  # "2024-2025" = 60000

  [[levels]]                        # without any: 100 % or nothing
  percent = 100
  [[levels]]
  percent = 85
  worth = 90                        # % of the score that this level is worth; else its percent

  [[limits]]                        # measure: money, projects, share_of_envelope,
  name = "equality"                 #   share_of_money, share_of_projects (shares in %)
  column = "gender_code"
  at_least = 2                      # or: is = "rights", or: each = true (one limit a value);
  measure = "share_of_projects"     # without a column: all projects
  least = 60                        # least, most or both; year = "2024-2025" for its money

  [[limits]]
  name = "region"
  column = "region"
  each = true
  measure = "share_of_envelope"
  most = 60

  [[goals]]                         # after the points, in this order; measure: projects or money
  name = "first-time grantees"
  column = "first_time"
  is = true

  [[pins]]
  project = "P-02"
  fund = true                       # false: not to be funded; percent = 85: at this level

  [scenarios.lean]                  # --scenario lean: these keys take the place of those above
  envelope = 80000

  monarca select projects.csv rules.toml --explain --sensitivity
  monarca select projects.csv rules.toml --scenario lean --json
of a call, what was reviewed and not yet settled: monarca select CFLI-MX-2024 [rules.toml]

Equal plans are told apart by a lot drawn from --seed and the ids. Exit 1: no plan keeps the rules
(the smallest set of rules that must give way is shown), or the time was not enough to find one.
"""

MARKS = 60
"""Projects a drawing shows."""
PRICE_WORK = 4.0
"""Work for one price: beyond it the price is told as a bound."""


@dataclass(frozen=True, slots=True)
class Firmness:
    """What --sensitivity found."""

    steps: tuple[portfolio.Step, ...] = ()
    chances: Mapping[str, float] = field(default_factory=dict)
    draws: int = 0


def arguments(parser: ArgumentParser) -> None:
    """What the command can be told."""
    parser.add_argument("projects", type=Path, metavar="PROJECTS", help="a CSV, or a call")
    parser.add_argument("rules", type=Path, metavar="RULES", nargs="?", help="money, rules (TOML)")
    parser.add_argument("--budget-cents", type=whole(), metavar="N", help="the envelope, in cents")
    parser.add_argument("--scenario", default="", metavar="NAME", help="a scenario of the rules")
    parser.add_argument(
        "--explain", action="store_true", help="price the opposite decision for every project"
    )
    parser.add_argument(
        "--sensitivity", action="store_true", help="other envelopes, and scores drawn again"
    )
    limit, draws, seed = number(0, LONGEST), whole(most=MANY), whole(-(10**18))
    parser.add_argument("--draws", type=draws, default=DRAWS, metavar="N", help="how often")
    parser.add_argument("--seed", type=seed, default=0, metavar="S", help="for lots and draws")
    parser.add_argument("--seconds", type=limit, default=60, metavar="N", help="time for each part")


def answer(given: Namespace, teller: Teller) -> int:
    """The plan and its reasons: 0; no plan: 1 and the smallest relaxation. Raises Fault."""
    case = portfolios.read(
        *portfolios.sources(given.projects, given.rules, asker=given.asker),
        scenario=given.scenario,
        budget_cents=given.budget_cents,
    )
    try:
        with teller.progress("shell.select.searching"):
            selection = portfolio.select(case.projects, case.rules, effort=_effort(given))
    except portfolio.WrongRules as problem:
        raise portfolios.refused(given.rules or given.projects, problem.reason) from None
    if selection.plan is None:
        _tell_none(selection, teller)
        return 1
    prices = _prices(given, case, selection, teller)
    firmness = _firmness(given, case, selection.plan, teller)
    why = portfolio.verdicts(case.projects, case.rules, selection, prices)
    data = _data(case, selection, (prices, why), firmness)
    teller.tell(data, *_parts(given, case, (selection, why, firmness), teller))
    teller.draw(_drawn(case, selection.plan, firmness, teller))
    return 0


def _effort(given: Namespace, work: float = 1e6) -> portfolio.Effort:
    """As long as the person gives each part; the clock is the person's, not the engine's."""
    end = time.monotonic() + given.seconds
    return portfolio.Effort(work, given.seed, lambda: end - time.monotonic())


def _prices(
    given: Namespace, case: portfolios.Case, selection: portfolio.Selection, teller: Teller
) -> dict[str, portfolio.Price]:
    """All prices on request; without it only what the bound says of itself."""
    if not given.explain:
        return {}
    nearest = portfolio.near(selection, len(case.projects))
    with teller.progress("shell.select.pricing") as step:
        return portfolio.prices(
            case.projects,
            case.rules,
            selection,
            among=nearest,
            effort=_effort(given, PRICE_WORK),
            progress=step,
        )


def _firmness(
    given: Namespace, case: portfolios.Case, plan: portfolio.Plan, teller: Teller
) -> Firmness:
    if not given.sensitivity:
        return Firmness()
    effort = _effort(given)
    with teller.progress("shell.select.searching") as step:
        steps = portfolio.envelopes(case.projects, case.rules, plan, effort=effort, progress=step)
    if not any(project.error for project in case.projects):
        return Firmness(steps)
    with teller.progress("shell.select.drawing") as step:
        chances, draws = portfolio.stability(
            case.projects, case.rules, plan, draws=given.draws, effort=_effort(given), progress=step
        )
    return Firmness(steps, chances, draws)


def _tell_none(selection: portfolio.Selection, teller: Teller) -> None:
    data = {"possible": False, "reason": selection.reason, "relaxation": None}
    parts: list[Sheet | str] = [teller.reason(selection.reason)]
    if selection.relaxation:
        eased = selection.relaxation
        data["relaxation"] = {
            "rules": eased.easings,
            "is_smallest": eased.is_smallest,
            "is_verified": eased.is_verified,
        }
        heads = ("shell.select.rule", "shell.select.change")
        rows = [(each.rule, each.reason) for each in eased.easings]
        parts.append(Sheet("shell.select.relax", heads, rows))
        checked = "checked" if eased.is_smallest else "not_smallest"
        parts.append(teller.say(f"shell.select.{checked}"))
    teller.tell(data, *parts)


def _data(
    case: portfolios.Case,
    selection: portfolio.Selection,
    told: tuple[Mapping[str, portfolio.Price], Mapping[str, Reason]],
    firmness: Firmness,
) -> Mapping[str, object]:
    plan, (prices, why) = selection.plan, told
    usual = portfolio.by_score(case.projects, case.rules)
    if plan is None:
        return {}
    awards = {award.project: award for award in plan.awards}
    return {
        "possible": True,
        "reason": selection.reason,
        "points": plan.points,
        "is_proved": plan.is_proved,
        "gap_share": plan.gap_share,
        "bound_points": plan.bound / portfolio.UNIT,
        "given_cents": sum(plan.cents),
        "given_cents_by_year": dict(zip(case.rules.years, plan.cents, strict=True)),
        "stages": plan.stages,
        "projects": [
            _project(project, awards.get(project.id), prices.get(project.id), why[project.id])
            | ({"chance": firmness.chances[project.id]} if firmness.chances else {})
            for project in sorted(case.projects, key=lambda each: each.id)
        ],
        "limits": portfolio.limits_reached(case.projects, case.rules, plan),
        "by_score": {**_plain(usual), "points": usual.points},
        "envelopes": firmness.steps,
        "draws": firmness.draws,
    }


def _plain(usual: portfolio.Sorted) -> dict[str, Any]:
    return {"projects": usual.projects, "given_cents": usual.cents, "broken": usual.broken}


def _project(
    project: portfolio.Project,
    award: portfolio.Award | None,
    price: portfolio.Price | None,
    why: Reason,
) -> dict[str, Any]:
    return {
        "project": project.id,
        "is_funded": award is not None,
        "percent": award.percent if award else 0,
        "cents": sum(award.cents) if award else 0,
        "cents_by_year": award.cents if award else [0] * len(project.levels[0].cents),
        "reason": why,
        "price": None
        if price is None
        else {
            "points": price.points,
            "is_exact": price.is_exact,
            "at_least_points": price.floor / portfolio.UNIT,
            "enters": price.enters,
            "leaves": price.leaves,
        },
    }


def _parts(
    given: Namespace,
    case: portfolios.Case,
    found: tuple[portfolio.Selection, Mapping[str, Reason], Firmness],
    teller: Teller,
) -> list[Sheet | str]:
    selection, why, firmness = found
    plan = selection.plan
    if plan is None:
        return []
    usual = portfolio.by_score(case.projects, case.rules)
    code = "usual" if usual.broken else "usual_clean"
    said = teller.say(f"shell.select.{code}", points=usual.points, rules=", ".join(usual.broken))
    parts: list[Sheet | str] = [teller.reason(selection.reason), _plan(case, plan, why, teller)]
    if given.explain:
        parts.append(_others(case, plan, why))
    parts += [_limits(case, plan, teller), *_goals(plan), said]
    if given.sensitivity:
        parts += _firm(plan, firmness, teller)
    return parts


def _plan(
    case: portfolios.Case, plan: portfolio.Plan, why: Mapping[str, Reason], teller: Teller
) -> Sheet:
    whose = {project.id: project.organisation for project in case.projects}
    rows = [
        (
            _named(case, each.project),
            whose[each.project],
            each.points,
            f"{each.percent} %",
            formats.money(sum(each.cents), "CAD", teller.lang),
            why[each.project],
        )
        for each in plan.awards
    ]
    names = ("project", "organisation", "score", "level", "amount", "why")
    return Sheet("shell.select.plan", [f"shell.select.{name}" for name in names], rows)


def _named(case: portfolios.Case, project: str) -> str:
    return f"{project} {case.titles.get(project, '')}".strip()


def _others(case: portfolios.Case, plan: portfolio.Plan, why: Mapping[str, Reason]) -> Sheet:
    rows = [
        (_named(case, each.id), each.organisation, each.points / 1000, why[each.id])
        for each in sorted(case.projects, key=lambda each: (-each.points, each.id))
        if each.id not in plan.funded
    ]
    names = ("project", "organisation", "score", "why")
    return Sheet("shell.select.others", [f"shell.select.{name}" for name in names], rows)


def _limits(case: portfolios.Case, plan: portfolio.Plan, teller: Teller) -> Sheet:
    rows = []
    for each in portfolio.limits_reached(case.projects, case.rules, plan):
        side = "least" if each.is_floor else "most"
        wanted = _said(each.measure, each.amount, teller)
        wanted = teller.say(f"shell.select.{side}", amount=wanted)
        rows.append((each.rule, wanted, _said(each.measure, each.reached, teller)))
    heads = ("shell.select.rule", "shell.select.asked", "shell.select.reached")
    return Sheet("shell.select.limits", heads, rows)


def _said(measure: str, amount: int, teller: Teller) -> str:
    if measure == "projects":
        return str(amount)
    if measure == "cents":
        return formats.money(amount, "CAD", teller.lang)
    return reasons.written("of_share", amount / portfolio.WHOLE, teller.lang)


def _goals(plan: portfolio.Plan) -> list[Sheet | str]:
    later = [stage for stage in plan.stages if stage.goal not in {"points", "ties"}]
    if not later:
        return []
    rows = [(stage.goal, stage.value, stage.bound) for stage in later]
    heads = ("shell.select.goal", "shell.select.reached", "shell.select.bound")
    return [Sheet("shell.select.goals", heads, rows)]


def _firm(plan: portfolio.Plan, firmness: Firmness, teller: Teller) -> list[Sheet | str]:
    rows = [
        (
            f"{each.percent:+d} %",
            teller.say("shell.select.no_way") if each.points is None else each.points,
            each.projects,
            ", ".join(each.enters),
            ", ".join(each.leaves),
        )
        for each in firmness.steps
    ]
    names = ("envelope", "points", "count", "enters", "leaves")
    parts: list[Sheet | str] = [
        Sheet("shell.select.envelopes", [f"shell.select.{name}" for name in names], rows)
    ]
    if not firmness.draws:
        return [*parts, teller.say("shell.select.no_errors")]
    order = sorted(firmness.chances, key=lambda each: (-firmness.chances[each], each))
    chances = [
        (each, reasons.written("a_share", firmness.chances[each], teller.lang), each in plan.funded)
        for each in order
    ]
    heads = ("shell.select.project", "shell.select.chance", "shell.select.chosen")
    return [*parts, Sheet("shell.select.firm", heads, chances, {"draws": firmness.draws})]


def _drawn(case: portfolios.Case, plan: portfolio.Plan, firmness: Firmness, teller: Teller) -> str:
    """Chances where scores were drawn again, else scores; what is not funded is orange."""
    percents = {award.project: f"{award.percent} %" for award in plan.awards}
    if firmness.chances:
        order = sorted(firmness.chances, key=lambda each: (-firmness.chances[each], each))
        marks = [
            Mark(each, firmness.chances[each], said=percents.get(each, "–"))
            for each in order[:MARKS]
        ]
        title = teller.say("shell.select.firm", draws=firmness.draws)
        return bars(title, [replace(m, is_special=m.label not in percents) for m in marks], most=1)
    ranked = sorted(case.projects, key=lambda each: (-each.points, each.id))[:MARKS]
    marks = [
        Mark(
            each.id,
            each.points / 1000,
            (each.points - each.error) / 1000 if each.error else None,
            (each.points + each.error) / 1000 if each.error else None,
            percents.get(each.id, "–"),
            each.id not in percents,
        )
        for each in ranked
    ]
    return dots(teller.say("shell.select.picture"), marks)
