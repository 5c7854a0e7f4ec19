"""Every kind of rule in the specification, on a document that keeps it and one that breaks it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from monarca.engines.publishing.iati_rules import KINDS, Around, UnknownKind
from monarca.engines.publishing.iati_ruleset import broken_rules
from monarca.engines.publishing.shipped import ruleset

AROUND = Around(at=datetime(2026, 4, 2, tzinfo=UTC), prefixes=frozenset({"MX-RFC"}))
SPAN = {"start": "@from", "end": "@to"}

EXAMPLES: list[tuple[str, dict[str, Any], str, str]] = [
    ("atleast_one", {"paths": ["b", "c"]}, "<a><c/></a>", "<a/>"),
    ("no_more_than_one", {"paths": ["b", "c"]}, "<a><b/></a>", "<a><b/><c/></a>"),
    ("only_one_of", {"paths": ["b"], "excluded": ["c"]}, "<a><b/></a>", "<a><b/><c/></a>"),
    ("only_one_of", {"paths": ["b"], "excluded": ["c"]}, "<a><c/></a>", "<a/>"),
    ("dependent", {"paths": ["b", "c"]}, "<a/>", "<a><c/></a>"),
    ("one_or_all", {"one": "@b", "all": "c"}, "<a><x><c/></x></a>", "<a><x/></a>"),
    ("sum", {"paths": ["b"], "sum": 100}, "<a><b>50</b><b>50.00001</b></a>", "<a><b>50.1</b><b>50</b></a>"),
    ("strict_sum", {"paths": ["b"], "sum": 100}, "<a><b>33.3</b><b>66.7</b></a>", "<a><b>50</b><b>50.00001</b></a>"),
    ("range", {"paths": ["b"], "min": 0, "max": 5}, "<a><b>0</b><b>5</b></a>", "<a><b>5.1</b></a>"),
    ("range", {"paths": ["b"], "min": 0}, "<a><b>99</b></a>", "<a><b>-0.1</b></a>"),
    ("if_then", {"if": "b", "then": "c"}, "<a><c/></a>", "<a><b/></a>"),
    ("evaluates_to_true", {"eval": "count(b) = 2"}, "<a><b/><b/></a>", "<a><b/></a>"),
    ("unique", {"paths": ["b", "c"]}, "<a><b>1</b><c>2</c></a>", "<a><b>1</b><c>1</c></a>"),
    ("no_spaces", {"paths": ["b"]}, "<a><b>x y</b></a>", "<a><b>x&#10;</b></a>"),
    ("regex_matches", {"paths": ["b"], "regex": "^x+$"}, "<a><b>xx</b></a>", "<a><b>xx</b><b>y</b></a>"),
    ("regex_no_matches", {"paths": ["b"], "regex": "x"}, "<a><b>y</b></a>", "<a><b>axa</b></a>"),
    ("startswith", {"paths": ["b"], "prefix": ["c"], "separator": "-"}, "<a><c>X</c><b>X-1</b></a>", "<a><c>X</c><b>X1</b></a>"),
    ("startswith", {"paths": ["b"], "start": "c"}, "<a><c>X</c><b>X1</b></a>", "<a><b>X1</b></a>"),
    ("startswith", {"paths": ["b"], "prefix": ["ORG-ID-PREFIX"]}, "<a><b>MX-1</b></a>", "<a><b>ZZ-1</b></a>"),
    ("date_now", {"date": "@b"}, '<a b="2026-04-01T23:00:00"/>', '<a b="2026-04-02T01:00:00+00:00"/>'),
    ("date_order", {"less": "@b", "more": "@c"}, '<a b="2026-01-01" c="2026-01-01"/>', '<a b="2026-01-02" c="2026-01-01"/>'),
    ("date_order", {"less": "@b", "more": "NOW"}, '<a b="2026-04-02"/>', '<a b="2026-04-03"/>'),
    ("date_order", {"less": "NOW", "more": "@b"}, '<a b="2026-04-02"/>', '<a b="2026-04-01"/>'),
    ("time_limit", SPAN, '<a from="2025-01-01" to="2026-01-01"/>', '<a from="2025-01-01" to="2026-01-02"/>'),
    ("time_limit", SPAN, '<a from="2024-02-29" to="2025-02-28"/>', '<a from="2024-02-29" to="2025-03-01"/>'),
    ("between_dates", {**SPAN, "date": "b"}, '<a from="2025-01-01" to="2025-02-01"><b>2025-02-01</b></a>', '<a from="2025-01-01" to="2025-02-01"><b>2025-02-02</b></a>'),
]  # fmt: skip


def broken(kind: str, case: dict[str, Any], xml: str) -> list[str]:
    rules = {"/a": {kind: {"cases": [case]}}}
    return [one.rule for one in broken_rules(etree.fromstring(xml), around=AROUND, rules=rules)]


@pytest.mark.parametrize(("kind", "case", "kept", "faulty"), EXAMPLES)
def test_a_rule_is_kept_or_broken(kind: str, case: dict[str, Any], kept: str, faulty: str) -> None:
    assert broken(kind, case, kept) == []
    assert broken(kind, case, faulty) == [kind]


def test_every_kind_has_an_example() -> None:
    assert {kind for kind, *_ in EXAMPLES} == set(KINDS)


def test_the_official_ruleset_uses_no_kind_we_do_not_know() -> None:
    used = {kind for kinds in ruleset().values() for kind in kinds}
    assert used - {"loop"} <= set(KINDS)


@pytest.mark.parametrize("name", ["atLeastOne", "noMoreThanOne", "startsWith", "betweenDates"])
def test_camel_case_names_are_the_same_kinds(name: str) -> None:
    case = {"paths": ["b"], "prefix": ["c"], "date": "b", "start": "b", "end": "b"}
    assert isinstance(broken(name, case, "<a/>"), list)


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UnknownKind, match="at_most_three"):
        broken("at_most_three", {}, "<a/>")


def test_a_condition_that_does_not_hold_asks_nothing() -> None:
    assert broken("atleast_one", {"paths": ["b"], "condition": "c"}, "<a/>") == []
    assert broken("atleast_one", {"paths": ["b"], "condition": "c"}, "<a><c/></a>") == [
        "atleast_one"
    ]


def test_a_loop_asks_once_for_each_value_even_one_with_quotes() -> None:
    case = {
        "foreach": "b/@v",
        "do": {"no_more_than_one": {"cases": [{"paths": ["b[@v = '$1']"]}]}},
        "subs": ["paths"],
    }
    xml = """<a><b v="1"/><b v="1"/><b v="it's"/><b v="it's"/><b v="2"/></a>"""
    assert broken("loop", case, xml) == ["no_more_than_one", "no_more_than_one"]


@pytest.mark.parametrize(("known", "found"), [(None, ["x"]), (["ORG-1"], []), (["ORG-2"], ["x"])])
def test_an_id_condition_spares_registered_publishers(
    known: list[str] | None, found: list[str]
) -> None:
    around = Around(
        at=AROUND.at,
        prefixes=AROUND.prefixes,
        publishers=None if known is None else frozenset(known),
    )
    case = {
        "idCondition": "NOT_EXISTING_ORG_ID_PREFIX",
        "regex": "^[^/]+$",
        "paths": ["b"],
        "ruleInfo": {"id": "x", "severity": "warning", "message": "No slash."},
    }
    root = etree.fromstring("<a><b>ORG-1-a/b</b></a>")
    rules = {"/a": {"regex_matches": {"cases": [case]}}}
    assert [one.rule for one in broken_rules(root, around=around, rules=rules)] == found


def test_what_is_no_number_or_date_is_left_to_the_schema() -> None:
    assert broken("strict_sum", {"paths": ["b"], "sum": 100}, "<a><b>x</b></a>") == []
    assert broken("range", {"paths": ["b"], "max": 1}, "<a><b>Infinity</b></a>") == []
    assert broken("time_limit", SPAN, '<a from="2025-01-01" to="soon"/>') == []
    assert broken("date_now", {"date": "@b"}, '<a b="tomorrow"/>') == []
