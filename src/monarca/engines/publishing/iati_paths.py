"""XPath over a document, compiled once: matches that know their element, attribute and text."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from lxml import etree

XML = "{http://www.w3.org/XML/1998/namespace}"
Element = etree._Element  # noqa: SLF001  # lxml's only name for the type


@dataclass(frozen=True, slots=True)
class Match:
    """What an XPath found; `attribute` is empty for an element or its text."""

    said: str | None
    element: Element
    attribute: str = ""

    @property
    def text(self) -> str:
        """The attribute's or text's words; an element's are put together only when asked for."""
        if self.said is not None:
            return self.said
        return "".join(str(text) for text in self.element.itertext())

    @property
    def line(self) -> int:
        return cast("int | None", self.element.sourceline) or 0

    @property
    def place(self) -> str:
        path = str(self.element.getroottree().getpath(self.element))
        return f"{path}/@{self.attribute}" if self.attribute else path


@cache
def compiled(expression: str) -> etree.XPath:
    """`'$1'` of a rule's loop becomes a variable, so that no value can break the expression."""
    return etree.XPath(expression.replace("'$1'", "$group").replace("$1", "$group"))


def matches(element: Element, expression: str, *, group: str = "") -> tuple[Match, ...]:
    """What `expression` finds from `element`; nothing where it gives no nodes."""
    found = compiled(expression)(element, group=group)
    if not isinstance(found, list):
        return ()
    several = [_match(node) for node in found]
    return tuple([match for match in several if match is not None])


def holds(element: Element, expression: str, *, group: str = "") -> bool:
    """The expression's truth as XPath has it: a set of nodes is true when it is not empty."""
    return bool(compiled(expression)(element, group=group))


def all_matches(
    element: Element, expressions: Iterable[str], *, group: str = ""
) -> tuple[Match, ...]:
    return tuple(match for one in expressions for match in matches(element, one, group=group))


def _match(node: Any) -> Match | None:
    """lxml's texts know their element; what knows none is no place in the document."""
    if not isinstance(node, str):
        return Match(None, node) if isinstance(node, etree._Element) else None  # noqa: SLF001
    parent = node.getparent()  # type: ignore[attr-defined]
    if parent is None:
        return None
    if not node.is_attribute:  # type: ignore[attr-defined]
        return Match(str(node), parent)
    name = node.attrname.replace(XML, "xml:")  # type: ignore[attr-defined]
    return Match(str(node), parent, name)
