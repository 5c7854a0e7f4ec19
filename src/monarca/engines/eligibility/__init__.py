"""Eligibility: each rule of a call held against the facts of one application, with its reason."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from monarca.engines.eligibility import filing, money, organisation, project
from monarca.engines.eligibility.case import CODES as CASE_CODES
from monarca.engines.eligibility.case import Case, Facts, Finding, Outcome, Verdict

__all__ = [
    "CHECKERS",
    "CODES",
    "Facts",
    "Finding",
    "Outcome",
    "check",
    "to_decide",
    "what_blocks",
]

CHECKERS: Mapping[str, Callable[[Case], Verdict]] = {
    **filing.CHECKERS,
    **organisation.CHECKERS,
    **project.CHECKERS,
    **money.CHECKERS,
}
"""One checker for each kind of `engines.packs.kinds.RULE_KINDS`, and no other."""

CODES = (*CASE_CODES, *filing.CODES, *organisation.CODES, *project.CODES, *money.CODES)


def check(definition: Mapping[str, Any], facts: Facts) -> tuple[Finding, ...]:
    """One finding for each rule of the definition, in its order. KeyError: an unknown kind.

    A rule that lacks a fact says `unknown` and which; it never guesses and never raises on what an
    applicant wrote. Source of the rules: the calls of the fund, domain notes 4.3, E01 to E25.
    """
    return tuple(_finding(rule, definition, facts) for rule in definition.get("rules", ()))


def what_blocks(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that stop an application: rules of level block that are broken."""
    return tuple(each for each in findings if each.level == "block" and each.outcome == "fail")


def to_decide(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What a person must settle: flags that are up, and what is unknown but not mere info."""
    return tuple(
        each
        for each in findings
        if (each.level == "flag" and each.outcome == "fail")
        or (each.level != "info" and each.outcome == "unknown")
    )


def _finding(rule: Mapping[str, Any], definition: Mapping[str, Any], facts: Facts) -> Finding:
    case = Case(definition, facts, rule.get("params") or {})
    outcome, reason = CHECKERS[rule["kind"]](case)
    return Finding(rule["id"], rule["kind"], rule["level"], outcome, reason)
