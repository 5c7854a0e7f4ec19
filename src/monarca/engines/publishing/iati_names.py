"""Which rules can be broken at all in a document, told from the names that stand in it.

A path finds nothing where an element or attribute that it walks through has no namesake in the
document. Most rules are about such things, so a look at the names spares most XPaths.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from monarca.engines.publishing.iati_paths import Element

PREDICATE = re.compile(r"\[[^\[\]]*\]")
STEPS = re.compile(r"[\w@/.-]+")
LISTED = frozenset(
    (
        "unique",
        "startswith",
        "regex_matches",
        "regex_no_matches",
        "no_spaces",
        "no_more_than_one",
        "sum",
        "strict_sum",
        "range",
    )
)
"""Kinds that say nothing where their paths find nothing."""

NEEDED: Mapping[str, tuple[str, ...]] = {
    "date_now": ("date",),
    "date_order": ("less", "more"),
    "time_limit": ("start", "end"),
    "between_dates": ("date", "start", "end"),
}
"""Kinds that say nothing where one of these paths finds nothing."""

ROOTLESS = {"recipient-region/@vocabulary": "recipient-region"}
"""A loop that is also asked about elements without the attribute it goes over."""


def names_in(root: Element) -> frozenset[str]:
    """The names of all elements, and of all attributes with an @ before them."""
    tags: set[str] = set()
    attributes: set[str] = set()
    for element in root.iter():
        tags.add(str(element.tag))
        attributes.update(element.keys())  # type: ignore[arg-type]
    return frozenset(tags | {f"@{name}" for name in attributes})


def is_possible(expression: str, names: frozenset[str]) -> bool:
    """Whether the XPath may find something; no only where it surely does not."""
    return any(needed <= names for needed in needs_of(expression))


def may_break(kind: str, case: Mapping[str, Any], names: frozenset[str]) -> bool:
    """Whether a case of a rule may be broken; no only where it surely is not."""
    if kind == "loop":
        each = case["foreach"]
        return is_possible(ROOTLESS.get(each, each), names)
    if kind in LISTED:
        return any(is_possible(path, names) for path in case.get("paths", ()))
    needed = (case[name] for name in NEEDED.get(kind, ()))
    return all(path == "NOW" or is_possible(path, names) for path in needed)


@cache
def needs_of(expression: str) -> tuple[frozenset[str], ...]:
    """For each alternative of an XPath the names it walks through; an empty set where unknown."""
    plain = PREDICATE.sub("", expression)
    return tuple(_walked(part.strip()) for part in plain.split("|"))


def _walked(path: str) -> frozenset[str]:
    if STEPS.fullmatch(path) is None:
        return frozenset()
    return frozenset(step for step in path.split("/") if step.strip("."))
