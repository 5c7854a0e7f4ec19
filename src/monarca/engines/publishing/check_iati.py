"""Anybody's IATI 2.03 file checked: schema, code lists, the official ruleset, and a few more.

XML comes from strangers: no entity is resolved, nothing is fetched, a document type is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from io import BytesIO
from typing import BinaryIO

from lxml import etree

from monarca.engines.publishing.disclosure import MARKER_OF_SIGNIFICANCE
from monarca.engines.publishing.findings import Finding, Severity, in_order
from monarca.engines.publishing.iati_paths import Element, Match, holds, matches
from monarca.engines.publishing.iati_records import Record, problem, records_of
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

VERSION = "2.03"
GROWING = frozenset({"FileFormat"})
"""Lists kept elsewhere (IANA) that have grown since ours: a code that is missing is a warning."""


class _File:
    """What is remembered from one record to the next, in memory that hardly grows."""

    def __init__(self) -> None:
        self.root_faults: set[str] = set()
        self.identifiers: set[bytes] = set()


def problems_of(
    xml: bytes, *, at: datetime, publishers: Iterable[str] | None = None
) -> tuple[Finding, ...]:
    """All that is wrong with an IATI activity or organisation file, by line.

    `at` has a zone and is the now of the rules about the future. `publishers` are the
    organisation ids of the IATI Registry; without them an id is believed whose first part is
    that of an approved agency (rules 1.14.8 and 1.18.8).
    """
    return in_order(findings_in(BytesIO(xml), at=at, publishers=publishers))


def findings_in(
    file: BinaryIO, *, at: datetime, publishers: Iterable[str] | None = None
) -> Iterator[Finding]:
    """The same for a file of any size, record by record and by line within each.

    Memory: that of the largest record (`iati_records.LARGEST`) and 16 bytes an identifier.
    """
    known = None if publishers is None else frozenset(publishers)
    around = Around(at=at, prefixes=agency_prefixes(), publishers=known)
    whole = _File()
    for record in records_of(file):
        if isinstance(record, Finding):
            yield record
        else:
            yield from in_order(_of_record(record, around, whole))


def _of_record(record: Record, around: Around, whole: _File) -> Iterator[Finding]:
    """The findings of one record, their lines and paths as they are in the file."""
    try:
        root = etree.fromstring(record.xml, _parser())
    except etree.XMLSyntaxError as error:
        yield _unreadable(error, record)
        return
    found = (
        *_against_schema(root, record, whole),
        *_against_lists(root, record),
        *broken_rules(root, around=around),
        *_stricter(root, whole),
        *(_version(root) if record.number < 2 else ()),
    )
    top = f"/{root.tag}/{record_tag(record)}"
    for one in found:
        is_stray = "Character content" in one.text
        is_of_root = one.place.removeprefix(f"/{root.tag}")[:2] in ("", "/@") and not is_stray
        at = record.root_line if is_of_root else record.line + max(one.line, 1) - 1
        numbered = one.place == top or one.place.startswith((f"{top}/", f"{top}["))
        rest = one.place.removeprefix(top).removeprefix("[1]")
        place = f"{top}[{record.number}]{rest}" if numbered else one.place
        yield replace(one, line=at, place=place)


def record_tag(record: Record) -> str:
    """The name of a record's element: iati-activity, iati-organisation."""
    return "iati-activity" if record.kind == "activities" else "iati-organisation"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )


def _unreadable(error: etree.XMLSyntaxError, record: Record) -> Finding:
    message = str(error.msg).partition(", line ")[0]
    line = record.line + (error.lineno or 1) - 1
    return problem("xml", f"This is not well-formed XML: {message}.", line, message=message)


def _against_schema(root: Element, record: Record, whole: _File) -> Iterator[Finding]:
    checked = schema(record.kind)
    if checked.validate(root.getroottree()):
        return
    for entry in checked.error_log:  # type: ignore[attr-defined]
        place = entry.path or ""
        if place == f"/{root.tag}":
            if entry.message in whole.root_faults:
                continue
            whole.root_faults.add(entry.message)
        yield Finding(
            rule="xsd",
            severity="error",
            reason=Reason("iati.xsd", {"message": entry.message.rstrip(".")}),
            text=f"The schema refuses this: {entry.message}",
            line=entry.line,
            place=place,
        )


def _against_lists(root: Element, record: Record) -> Iterator[Finding]:
    """One walk over the document: a list is looked up where its path is, not searched for.

    The root's own codes are looked up with the first record only.
    """
    rows = mapping_by_path()
    everywhere = rows[EVERYWHERE]
    waiting = [(child, str(child.tag)) for child in root.iterchildren(tag=etree.Element)]
    if record.number < 2:
        for row in rows.get(str(root.tag), everywhere):
            yield from _against_list(root, row)
    while waiting:
        element, path = waiting.pop()
        for row in rows.get(path, everywhere):
            yield from _against_list(element, row)
        waiting += [
            (child, f"{path}/{child.tag}") for child in element.iterchildren(tag=etree.Element)
        ]


def _against_list(element: Element, row: Mapped) -> Iterable[Finding]:
    text = element.get(row.attribute) if row.attribute else element.text
    if text is None or text in row.codes.active:
        return ()
    return _unlisted(element, row, text)


def _unlisted(element: Element, row: Mapped, text: str) -> Iterator[Finding]:
    """A code may have space around it, and another vocabulary has other codes."""
    code = text.strip()
    if code in row.codes.active or (row.condition and not holds(element, row.condition)):
        return
    field = row.attribute.replace(XML_NAMESPACE, "xml:")
    yield _bad_code(Match(text, element, field), code, row.codes)


def _bad_code(match: Match, code: str, codes: CodeList) -> Finding:
    """Not on the list: an error where the list is complete or of countries, else a warning."""
    withdrawn = code in codes.withdrawn
    is_firm = codes.is_complete and codes.name not in GROWING
    firm: Severity = "error" if is_firm or codes.name == "Country" else "warning"
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


def _stricter(root: Element, whole: _File) -> Iterator[Finding]:
    """What the standard means and the official ruleset does not ask."""
    yield from _significances(root)
    for match in matches(root, "iati-activity/iati-identifier"):
        identifier = match.text.strip()
        digest = blake2b(identifier.encode(), digest_size=16).digest()
        if identifier and digest in whole.identifiers:
            text = f"The identifier “{identifier}” stands twice in this file."
            yield _own("monarca.duplicate", match, text)
        whole.identifiers.add(digest)
    for expression in ("//title", "//description"):
        for match in matches(root, f"{expression}[narrative/text()]"):
            if not match.text.strip():
                yield _own("monarca.blank", match, "This text holds nothing but spaces.")


def _version(root: Element) -> Iterator[Finding]:
    """The rules here are those of 2.03, whatever version a file says it has."""
    said = root.get("version", "")
    if said and said != VERSION and said in code_list("Version"):
        text = f"The file says version {said}; it is checked as {VERSION}."
        found = _own("monarca.version", Match(said, root, "version"), text)
        yield replace(found, severity="warning")


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
