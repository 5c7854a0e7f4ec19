"""What a checker found: where, which rule, how serious, and why as data and in English."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from monarca.engines.reasons import Reason

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of a file.

    `rule` is stable: an id of the official ruleset (`11.2.1`), `xsd`, `xml`, `codelist.Sector`,
    `canada.required` or `monarca.significance`. `line` counts from 1; 0 is the whole file.
    `place` is an XPath or `ref_number/amendment_number`; `field` an attribute, element or
    column. `is_stricter` marks what the official checkers let pass.
    """

    rule: str
    severity: Severity
    reason: Reason
    text: str
    line: int = 0
    place: str = ""
    field: str = ""
    is_stricter: bool = False


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings by line, then rule and place; the same for the same file."""
    return tuple(sorted(found, key=lambda one: (one.line, one.rule, one.place, one.field)))


def is_valid(found: Iterable[Finding], *, strictly: bool = True) -> bool:
    """Whether nothing found forbids publishing: warnings never do.

    `strictly` counts our own rules too, as is right for what we publish; without it the answer
    is the official checkers'.
    """
    asked = (one for one in found if strictly or not one.is_stricter)
    return all(one.severity != "error" for one in asked)
