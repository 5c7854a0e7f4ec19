"""What must hold for the parameters of eligibility rules."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from monarca.engines.packs.files import Source
from monarca.engines.packs.finding import Finding, Path, brief
from monarca.engines.packs.kinds import RULE_KINDS, RuleKind
from monarca.engines.packs.layout import COUNTRY, PERCENT, WORDS
from monarca.engines.packs.questions import tables
from monarca.engines.packs.shapes import (
    CODE,
    STRANGE_LIMIT,
    Flag,
    Many,
    Number,
    Shape,
    Text,
    check,
)

STATES = tuple(f"{number:02d}" for number in range(1, 33))
"""INEGI's codes of the 32 states of Mexico."""

SHAPES: Mapping[str, Shape] = {
    "cents": Number(),
    "percent": PERCENT,
    "count": Number(0, 1000),
    "flag": Flag(),
    "codes": Many(CODE, low=1, unique="."),
    "organisation_kinds": Many(CODE, low=1, unique="."),
    "states": Many(Text(one_of=STATES), low=1, unique="."),
    "countries": Many(COUNTRY, low=1, unique="."),
    "categories": Many(CODE, low=1, unique="."),
    "costs": Many(CODE, low=1, unique="."),
    "words": WORDS,
}


def check_rules(source: Source, codes: Mapping[str, set[str]]) -> list[Finding]:
    """`codes` holds, by parameter type, the codes that exist elsewhere in the pack."""
    findings: list[Finding] = []
    for path, rule in tables(source.data.get("rules"), "rules"):
        kind = RULE_KINDS.get(str(rule.get("kind")))
        params = rule.get("params", {})
        if kind is None:
            continue
        if not isinstance(params, dict):
            findings += check(source, Flag(), params, (*path, "params"))
            continue
        findings += _params(source, kind, rule, path)
        for name, value in params.items():
            type_ = {**kind.required, **kind.optional}.get(name, "")
            findings += _nowhere(source, codes.get(type_), value, (*path, "params", name))
    return findings


def _params(source: Source, kind: RuleKind, rule: dict[str, Any], path: Path) -> list[Finding]:
    params, name_of_kind = rule.get("params", {}), brief(rule["kind"])
    types = {**kind.required, **kind.optional}
    findings = [
        source.fault("pack_param_missing", (*path, "params"), kind=name_of_kind, name=name)
        for name in kind.required
        if name not in params
    ]
    for name in filter(params.__contains__, types):
        findings += check(source, SHAPES[types[name]], params[name], (*path, "params", name))
    strange = islice((name for name in params if name not in types), STRANGE_LIMIT)
    findings += [
        source.fault(
            "pack_param_unknown", (*path, "params", name), kind=name_of_kind, name=brief(name)
        )
        for name in strange
    ]
    return findings


def _nowhere(
    source: Source, known: set[str] | None, value: object, path: Path
) -> Iterator[Finding]:
    if not known or not isinstance(value, list):
        return
    allowed = ", ".join(sorted(known))
    for place, code in enumerate(value):
        if isinstance(code, str) and code not in known:
            yield source.fault(
                "pack_value_unknown", (*path, place), value=brief(code), allowed=allowed
            )
