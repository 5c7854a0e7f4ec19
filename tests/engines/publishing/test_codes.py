"""Every reason a finding carries is listed, so that a catalogue can say it in three languages."""

import ast
from importlib import resources

from monarca.engines.publishing import CODES
from monarca.engines.publishing.canada_rules import SENTENCES

MODULES = ("check_canada", "check_iati", "iati_ruleset", "canada_rules")
OWN = ("canada.", "iati.", "monarca.", "xml.")


def strings_in(module: str) -> set[str]:
    source = (
        resources.files("monarca.engines.publishing").joinpath(f"{module}.py").read_text("utf-8")
    )
    constants = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return {node.value for node in constants if isinstance(node.value, str)}


def test_the_list_is_what_the_checkers_say() -> None:
    said = {text for module in MODULES for text in strings_in(module)}
    codes = {text for text in said if text.startswith(OWN) and " " not in text and text[-1] != "."}
    assert codes | {"xml"} == set(CODES)


def test_every_fault_of_a_row_has_a_sentence() -> None:
    assert set(SENTENCES) <= set(CODES)
    assert list(CODES) == sorted(set(CODES))
