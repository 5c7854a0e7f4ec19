"""Every reason a finding carries is listed, so that a catalogue can say it in three languages."""

import ast
from importlib import resources

from monarca.engines.publishing import CODES
from monarca.engines.publishing.canada_rules import SENTENCES
from monarca.engines.publishing.giving_findings import HINTS, STRICTER
from monarca.engines.publishing.giving_findings import SENTENCES as GIVING

MODULES = (
    "check_canada",
    "check_iati",
    "consulting",
    "iati_ruleset",
    "canada_rules",
    "giving_findings",
    "iati_records",
    "validating",
)
OWN = ("canada.", "giving.", "iati.", "monarca.", "publishing.", "register.", "xml.")
BUILT = {"canada.csv", "canada.empty", "canada.encoding"}
"""Made of a prefix and the reason a table cannot be read (`sheets.NotReadable.why`)."""
SPOKEN = {"register.missing-en", "register.missing-fr"}
"""Made of a stem and a language."""


def strings_in(module: str) -> set[str]:
    source = (
        resources.files("monarca.engines.publishing").joinpath(f"{module}.py").read_text("utf-8")
    )
    constants = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def is_code(text: str) -> bool:
    """A whole code: no sentence, no prefix or stem, not the name of the package itself."""
    return (
        text.startswith(OWN)
        and " " not in text
        and text[-1] not in ".-"
        and not text.startswith("monarca.engines")
    )


def test_the_list_is_what_the_checkers_say() -> None:
    said = {text for module in MODULES for text in strings_in(module)}
    codes = {text for text in said if is_code(text)}
    assert codes | BUILT | SPOKEN | {"xml"} == set(CODES)


def test_every_fault_of_a_row_has_a_sentence() -> None:
    assert set(SENTENCES) <= set(CODES)
    assert list(CODES) == sorted(set(CODES))


def test_every_fault_of_a_grant_has_a_sentence_and_every_hint_is_one() -> None:
    assert set(GIVING) <= set(CODES)
    assert set(GIVING) >= HINTS | STRICTER
