"""The official ruleset applied to a document: contexts, conditions, loops, findings."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from monarca.engines.publishing.findings import Finding
from monarca.engines.publishing.iati_names import is_possible, may_break, names_in
from monarca.engines.publishing.iati_paths import Element, holds, matches
from monarca.engines.publishing.iati_rules import Around, Broken, Case, found, kind_of
from monarca.engines.publishing.shipped import ruleset
from monarca.engines.reasons import Reason

Rules = Mapping[str, Mapping[str, Any]]
Plan = tuple[tuple[str, tuple[tuple[str, Case], ...]], ...]
LOOP = "loop"
REGIONS = "recipient-region/@vocabulary"
SILENT = frozenset({"1.3.13"})
"""Rules that the official engine (js-validator-api 2.4.3) holds and was never seen to fire."""

DAC = "(@vocabulary = '1' or not(@vocabulary))"


def broken_rules(root: Element, *, around: Around, rules: Rules | None = None) -> Iterator[Finding]:
    """A finding for every case of every rule that `root`'s document breaks.

    `rules` are the official standard's unless others are given, in the same form. Cost: one
    compiled XPath per case and context element, so linear in the size of the document; what asks
    for names that the document does not have is not asked at all.
    """
    names = names_in(root)
    for context, asked in official(names) if rules is None else plan(rules, names):
        for match in matches(root, context):
            for kind, case in asked:
                yield from _found(match.element, kind, case, around)


@lru_cache(maxsize=1024)
def official(names: frozenset[str]) -> Plan:
    """The official rules that a document with these names may break; files repeat their names."""
    return plan(ruleset(), names)


def plan(rules: Rules, names: frozenset[str]) -> Plan:
    """(context, ((kind, case), ...)) for all that a document with these names may break."""
    return tuple(
        (context, asked)
        for context, kinds in rules.items()
        if is_possible(context, names)
        and (
            asked := tuple(
                (kind, case)
                for kind, rule in kinds.items()
                for case in rule["cases"]
                if may_break(kind, case, names)
            )
        )
    )


def _found(element: Element, kind: str, case: Case, around: Around) -> Iterator[Finding]:
    if kind == LOOP:
        yield from _looped(element, case, around)
        return
    if _is_asked(element, case, around):
        for broken in kind_of(kind)(element, case, around):
            yield finding_of(case.get("ruleInfo", {}), kind, broken)


def _looped(element: Element, case: Case, around: Around) -> Iterator[Finding]:
    yield from _spoken(element, case, around)
    if case["foreach"] == REGIONS and matches(element, "recipient-region[not(@vocabulary)]"):
        for kind, rule in json.loads(_with_default(case)).items():
            for inner in rule["cases"]:
                for one in _found(element, kind, inner, around):
                    yield replace(one, is_stricter=True)


def _with_default(case: Case) -> str:
    """The inner rules for regions without a vocabulary, which is then 1 by the standard.

    The official loop goes over the attribute, so it never sees them; what is found is stricter.
    """
    return json.dumps(case["do"]).replace("@vocabulary = '$1'", DAC)


def _spoken(element: Element, case: Case, around: Around) -> Iterator[Finding]:
    """The inner rules once for each different value; `$1` stands for the value everywhere.

    The official engine fills `$1` in only for the keys that `subs` names. A condition it leaves
    unfilled is never true there; what we find under one is stricter.
    """
    groups = dict.fromkeys(match.text for match in matches(element, case["foreach"]))
    for group in groups:
        for kind, rule in case["do"].items():
            for inner in rule["cases"]:
                forgotten = "condition" in inner and "condition" not in case["subs"]
                for one in _found(element, kind, inner, replace(around, group=group)):
                    yield replace(one, is_stricter=True) if forgotten else one


def _is_asked(element: Element, case: Case, around: Around) -> bool:
    if "condition" in case and not holds(element, case["condition"], group=around.group):
        return False
    known = around.publishers
    if known is None or "idCondition" not in case:
        return True
    texts = [match.text for match in found(element, case, around)]
    if case["idCondition"] == "NOT_EXISTING_ORG_ID":
        return all(text not in known for text in texts)
    return all(not text.startswith(f"{one}-") for text in texts for one in known)


def finding_of(rule: Mapping[str, Any], kind: str, broken: Broken) -> Finding:
    """A finding in the official words; `rule` is a case's ruleInfo, which may be left out."""
    where = broken.where
    name, message = str(rule.get("id", kind)), str(rule.get("message", f"This breaks {kind}."))
    values = {"rule": name, "value": where.text[:200], "message": message.rstrip(".")}
    return Finding(
        rule=name,
        severity="error" if rule.get("severity", "error") == "error" else "warning",
        reason=Reason("iati.rule", values),
        text=message,
        line=where.line,
        place=where.place,
        field=where.attribute or str(where.element.tag),
        is_stricter=broken.is_stricter or name in SILENT,
    )
