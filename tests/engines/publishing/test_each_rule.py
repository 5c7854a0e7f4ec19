"""One fault for every rule of the official ruleset, and one for every row of the mapping."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from monarca.engines.publishing import iati_ruleset
from monarca.engines.publishing.check_iati import problems_of
from monarca.engines.publishing.shipped import EVERYWHERE, Mapped, mapping, ruleset
from tests.engines.publishing.test_check_iati import (
    ACTIVITY,
    ACTIVITY_FAULTS,
    AT,
    ORGANISATION,
    ORGANISATION_FAULTS,
    RECEIVER,
    SECTORS,
)

STATUS = '<activity-status code="2"/>'
RESULT = '<result type="1"'
AGREED = '<transaction ref="AGR-7">'
OWNED = '<other-identifier ref="X-1" type="A1"><owner-org{}/></other-identifier>'
PROVIDER = "<provider-org {}><narrative>Fund</narrative></provider-org>"
COUNTRY_BUDGET = '<recipient-country-budget status="2">'
ORG_BUDGET = (
    '<recipient-org-budget status="2"><recipient-org ref="MX-1 "><narrative>A</narrative></recipient-org><period-start iso-date='
    '"2026-04-01"/><period-end iso-date="2027-03-31"/><value value-date="2026-04-01">1</value>'
    "</recipient-org-budget>"
)
REPORTING = 'reporting-org ref="XM-EXAMPLE-1"'

MORE = [
    ("1.10.1", ACTIVITY, RECEIVER, PROVIDER.format('ref="MX-1 "') + RECEIVER),
    ("1.10.13", ACTIVITY, RECEIVER, PROVIDER.format('ref="MX/1"') + RECEIVER),
    ("1.4.1", ACTIVITY, RECEIVER, PROVIDER.format('provider-activity-id=" A-1"') + RECEIVER),
    ("1.11.1", ACTIVITY, STATUS, OWNED.format(' ref="MX-1 "') + STATUS),
    ("1.11.13", ACTIVITY, STATUS, OWNED.format(' ref="MX?1"') + STATUS),
    ("6.8.1", ACTIVITY, STATUS, OWNED.format("") + STATUS),
    ("1.16.1", ACTIVITY, STATUS, f'<other-identifier ref="XM-OLD " type="B1"/>{STATUS}'),
    ("1.6.1", ACTIVITY, STATUS, f'<other-identifier ref=" XM-OLD" type="A3"/>{STATUS}'),
    ("1.7.1", ACTIVITY, RESULT, f'<related-activity ref="XM-1 " type="1"/>{RESULT}'),
    ("1.9.1", ACTIVITY, 'role="4" type="22"', 'role="4" type="22" activity-id=" X-1"'),
    ("107.2.1", ACTIVITY, RECEIVER, f'{RECEIVER}<aid-type vocabulary="2" code="4"/>'),
    ("12.2.1", ACTIVITY, AGREED, f'<capital-spend percentage="120"/>{AGREED}'),
    ("1.17.1", ORGANISATION, COUNTRY_BUDGET, ORG_BUDGET + COUNTRY_BUDGET),
    ("1.18.1", ORGANISATION, REPORTING, 'reporting-org ref=" XM-EXAMPLE-1"'),
    ("1.18.13", ORGANISATION, REPORTING, 'reporting-org ref="XM-EX|1"'),
]  # fmt: skip

FAULTS = [
    *((rule, ACTIVITY, sound, broken) for rule, sound, broken in ACTIVITY_FAULTS),
    *((rule, ORGANISATION, sound, broken) for rule, sound, broken in ORGANISATION_FAULTS),
    *MORE,
]

COMPANIONS = {
    "1.1.3": {"1.1.21"},
    "1.14.8": {"1.1.21"},
    "1.14.13": {"1.1.21"},
    "1.14.1": {"1.1.21"},
    "6.2.2": {"6.7.2"},
    "3.7.1": {"3.7.2"},
    "3.7.2": {"3.7.1"},
    "12.1.1": {"3.1.4"},
    "12.3.1": {"2.1.2"},
    "8.8.3": {"8.9.3", "8.10.3"},
    "8.9.3": {"8.8.3", "8.10.3"},
    "8.10.3": {"8.8.3", "8.9.3"},
}
"""Rules that the official ruleset itself breaks with the same fault, whatever the engine."""


def rules_in(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        if "ruleInfo" in tree:
            yield tree["ruleInfo"]
        for each in tree.values():
            yield from rules_in(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from rules_in(each)


OFFICIAL = {rule["id"]: rule for rule in rules_in(ruleset())}


@pytest.mark.parametrize(
    ("rule", "sound", "whole", "broken"), [(a, c, b, d) for a, b, c, d in FAULTS]
)
def test_a_fault_names_its_rule_and_no_other(
    rule: str, whole: str, sound: str, broken: str
) -> None:
    assert whole.count(sound) >= 1
    found = problems_of(whole.replace(sound, broken).encode(), at=AT)
    named = {one.rule for one in found}
    assert rule in named
    if rule != "xsd":
        assert named <= {rule} | COMPANIONS.get(rule, set())


def test_a_sector_of_one_payment_only_breaks_6_7_2_alone() -> None:
    moved = ACTIVITY.replace(SECTORS, "").replace(
        RECEIVER, f'{RECEIVER}<sector vocabulary="1" code="15170"/>'
    )
    assert {one.rule for one in problems_of(moved.encode(), at=AT)} == {"6.7.2"}


def test_no_official_rule_is_without_a_fault_here() -> None:
    assert set(OFFICIAL) - {rule for rule, *_ in FAULTS} == {"6.7.2"}


@pytest.mark.parametrize(
    ("rule", "whole", "sound", "broken"), [f for f in FAULTS if f[0] in OFFICIAL]
)
def test_an_official_rule_keeps_its_severity_and_words(
    rule: str, whole: str, sound: str, broken: str
) -> None:
    found = problems_of(whole.replace(sound, broken).encode(), at=AT)
    own = [one for one in found if one.rule == rule]
    known = [each for each in rules_in(ruleset()) if each["id"] == rule]
    assert {(one.severity, one.text) for one in own} <= {
        (each["severity"], each["message"]) for each in known
    }
    assert all(one.line > 1 for one in own)


def test_the_rule_that_never_fired_officially_is_marked() -> None:
    odd = ACTIVITY.replace("MX-0007</iati-identifier>", "MX/0007</iati-identifier>")
    (one,) = problems_of(odd.encode(), at=AT)
    assert (one.rule, one.severity, one.is_stricter) == ("1.3.13", "warning", True)


CONDITION = re.compile(r"@(\w+) = '(\w+)'")
ROWS = [row for row in mapping() if row.element != EVERYWHERE]


def document(row: Mapped, code: str, *, is_asked: bool = True) -> bytes:
    """The shortest document that has the row's element, with this code in its place."""
    steps = row.element.split("/")
    kind = (
        "iati-activities"
        if steps[0] in {"iati-activity", "iati-activities"}
        else "iati-organisations"
    )
    root = element = etree.Element(kind)
    for step in steps[1:] if steps[0] == kind else steps:
        element = etree.SubElement(element, step)
    asked = CONDITION.search(row.condition)
    if asked:
        element.set(asked.group(1), asked.group(2) if is_asked else "none")
    if row.attribute:
        element.set(row.attribute, code)
    else:
        element.text = code
    return etree.tostring(root)


def lists(data: bytes) -> set[str]:
    return {one.rule for one in problems_of(data, at=AT) if one.rule.startswith("codelist.")}


def test_the_mapping_is_whole() -> None:
    assert len(mapping()) == 124
    assert len(ROWS) + sum(row.element == EVERYWHERE for row in mapping()) == 124


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: f"{row.element}@{row.attribute}:{row.codes.name}"
)
def test_a_row_of_the_mapping_finds_a_code_that_is_not_on_its_list(row: Mapped) -> None:
    rule = f"codelist.{row.codes.name}"
    assert rule in lists(document(row, "no-such-code"))
    good = min(row.codes.active)
    assert rule not in lists(document(row, good))
    if row.condition:
        assert rule not in lists(document(row, "no-such-code", is_asked=False))


def test_rules_that_are_not_asked_for_lack_of_names_would_have_said_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Oracle: every rule asked of every document."""
    documents = [whole.replace(sound, broken).encode() for _, whole, sound, broken in FAULTS[::3]]
    spared = [problems_of(data, at=AT) for data in documents]
    monkeypatch.setattr(iati_ruleset, "is_possible", lambda *_: True)
    monkeypatch.setattr(iati_ruleset, "may_break", lambda *_: True)
    iati_ruleset.official.cache_clear()
    asked = [problems_of(data, at=AT) for data in documents]
    iati_ruleset.official.cache_clear()
    assert asked == spared
