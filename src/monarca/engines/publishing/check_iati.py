"""Anybody's IATI 2.03 file checked: schema, code lists, the official ruleset, and a few more.

XML comes from strangers: no entity is resolved, nothing is fetched, a document type is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from lxml import etree

from monarca.engines.publishing.disclosure import MARKER_OF_SIGNIFICANCE
from monarca.engines.publishing.findings import Finding, Severity, in_order
from monarca.engines.publishing.iati_paths import Element, Match, holds, matches
from monarca.engines.publishing.iati_rules import Around
from monarca.engines.publishing.iati_ruleset import broken_rules
from monarca.engines.publishing.shipped import (
    EVERYWHERE,
    XML_NAMESPACE,
    CodeList,
    Mapped,
    agency_prefixes,
    code_list,
    mapping_by_path,
    schema,
)
from monarca.engines.reasons import Reason

ROOTS = {"iati-activities": "activities", "iati-organisations": "organisations"}


def problems_of(
    xml: bytes, *, at: datetime, publishers: Iterable[str] | None = None
) -> tuple[Finding, ...]:
    """All that is wrong with an IATI activity or organisation file, by line.

    `at` has a zone and is the now of the rules about the future. `publishers` are the
    organisation ids of the IATI Registry; without them an id is believed whose first part is
    that of an approved agency (rules 1.14.8 and 1.18.8).
    """
    try:
        root = etree.fromstring(xml, _parser())
    except etree.XMLSyntaxError as error:
        return (_unreadable(error),)
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        return (_plain("xml.doctype", "A document type is not allowed in an IATI file."),)
    kind = ROOTS.get(str(root.tag))
    if kind is None:
        return (_plain("xml.root", "This is neither an IATI activity nor organisation file."),)
    known = None if publishers is None else frozenset(publishers)
    around = Around(at=at, prefixes=agency_prefixes(), publishers=known)
    return in_order(
        (
            *_against_schema(root, kind),
            *_against_lists(root),
            *broken_rules(root, around=around),
            *_stricter(root),
        )
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )


def _unreadable(error: etree.XMLSyntaxError) -> Finding:
    values = {"message": str(error.msg), "line": error.lineno}
    text = f"This is not well-formed XML: {error.msg}."
    line = error.lineno or 0
    return Finding(rule="xml", severity="error", reason=Reason("xml", values), text=text, line=line)


def _plain(rule: str, text: str) -> Finding:
    return Finding(rule=rule, severity="error", reason=Reason(rule), text=text, line=1)


def _against_schema(root: Element, kind: str) -> Iterator[Finding]:
    checked = schema(kind)
    if checked.validate(root.getroottree()):
        return
    for entry in checked.error_log:  # type: ignore[attr-defined]
        yield Finding(
            rule="xsd",
            severity="error",
            reason=Reason("iati.xsd", {"message": entry.message}),
            text=f"The schema refuses this: {entry.message}",
            line=entry.line,
            place=entry.path or "",
        )


def _against_lists(root: Element) -> Iterator[Finding]:
    """One walk over the document: a list is looked up where its path is, not searched for."""
    rows = mapping_by_path()
    waiting = [(root, f"{root.tag}", "")]
    while waiting:
        element, path, inner = waiting.pop()
        for row in (*rows.get(path, ()), *rows[EVERYWHERE]):
            yield from _against_list(element, row)
        for child in element.iterchildren(tag=etree.Element):
            below = f"{inner}{child.tag}"
            waiting.append((child, below, f"{below}/"))


def _against_list(element: Element, row: Mapped) -> Iterator[Finding]:
    codes = code_list(row.code_list)
    text = element.get(row.attribute) if row.attribute else element.text
    if codes is None or text is None or text.strip() in codes.active:
        return
    if row.condition and not holds(element, row.condition):
        return
    field = row.attribute.replace(XML_NAMESPACE, "xml:")
    yield _bad_code(Match(text, element, field), text.strip(), codes)


def _bad_code(match: Match, code: str, codes: CodeList) -> Finding:
    """Not on the list: an error where the list is complete or of countries, else a warning."""
    withdrawn = code in codes.withdrawn
    firm: Severity = "error" if codes.is_complete or codes.name == "Country" else "warning"
    says = "was withdrawn from" if withdrawn else "is not on"
    return Finding(
        rule=f"codelist.{codes.name}",
        severity="warning" if withdrawn else firm,
        reason=Reason("iati.codelist", {"list": codes.name, "code": code, "withdrawn": withdrawn}),
        text=f"The code “{code}” {says} the list {codes.name}.",
        line=match.line,
        place=match.place,
        field=match.attribute or str(match.element.tag),
        is_stricter=withdrawn,
    )


def _stricter(root: Element) -> Iterator[Finding]:
    """What the standard means and the official ruleset does not ask."""
    yield from _significances(root)
    seen: set[str] = set()
    for match in matches(root, "iati-activity/iati-identifier"):
        identifier = match.text.strip()
        if identifier and identifier in seen:
            text = f"The identifier “{identifier}” stands twice in this file."
            yield _own("monarca.duplicate", match, text)
        seen.add(identifier)
    for expression in ("//title", "//description"):
        for match in matches(root, f"{expression}[narrative/text()]"):
            if not match.text.strip():
                yield _own("monarca.blank", match, "This text holds nothing but spaces.")


def _significances(root: Element) -> Iterator[Finding]:
    dac = "//policy-marker[@vocabulary='1' or not(@vocabulary)]"
    for match in matches(root, f"{dac}/@significance"):
        marker = match.element.get("code", "")
        if match.text in MARKER_OF_SIGNIFICANCE and MARKER_OF_SIGNIFICANCE[match.text] != marker:
            text = f"Significance {match.text} does not belong to the policy marker {marker}."
            yield replace(_own("monarca.significance", match, text), severity="warning")


def _own(rule: str, match: Match, text: str) -> Finding:
    return Finding(
        rule=rule,
        severity="error",
        reason=Reason(rule, {"value": match.text.strip()[:200]}),
        text=text,
        line=match.line,
        place=match.place,
        field=match.attribute or str(match.element.tag),
        is_stricter=True,
    )
