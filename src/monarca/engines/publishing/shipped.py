"""The data files of this package, each read once and only when first asked for."""

import json
import threading
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from lxml import etree

DATA = resources.files("monarca.engines.publishing") / "data"
IATI = DATA / "iati"
LISTS = IATI / "codelists"
EVERYWHERE = "*"
XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes; `is_complete` means that no other code is right."""

    name: str
    is_complete: bool
    active: frozenset[str]
    withdrawn: frozenset[str]

    def __contains__(self, code: str) -> bool:
        return code in self.active or code in self.withdrawn


@dataclass(frozen=True, slots=True)
class Mapped:
    """Where a code list applies.

    `element` is a path such as `iati-activity/sector`, or EVERYWHERE; `attribute` is empty where
    the element's own text is the code; `condition` is an XPath on the element, or empty.
    """

    element: str
    attribute: str
    codes: CodeList
    condition: str


@cache
def code_list(name: str) -> CodeList:
    """The list of that name; every list of the mapping is shipped. Raises FileNotFoundError."""
    root = etree.fromstring((LISTS / f"{name}.xml").read_bytes())
    active: set[str] = set()
    withdrawn: set[str] = set()
    for item in root.iter("codelist-item"):
        code = (item.findtext("code") or "").strip()
        (withdrawn if item.get("status") == "withdrawn" else active).add(code)
    complete = root.get("complete") == "1"
    return CodeList(name, complete, frozenset(active), frozenset(withdrawn - active))


@cache
def names_of(name: str, *, language: str) -> dict[str, str]:
    """{code: name} of a list's active codes; English where the language is missing."""
    root = etree.fromstring((LISTS / f"{name}.xml").read_bytes())
    lang = f"{XML_NAMESPACE}lang"
    named: dict[str, str] = {}
    for item in root.iter("codelist-item"):
        if item.get("status") == "withdrawn":
            continue
        said = {each.get(lang, "en"): each.text or "" for each in item.iterfind("name/narrative")}
        named[item.findtext("code") or ""] = said.get(language) or said.get("en", "")
    return named


@cache
def mapping() -> tuple[Mapped, ...]:
    """Every row of the official mapping, in its order."""
    root = etree.fromstring((IATI / "codelist-mapping.xml").read_bytes())
    return tuple(_mapped(row) for row in root.iter("mapping"))


def _mapped(row: "etree._Element") -> Mapped:
    path = (row.findtext("path") or "").strip()
    element, _, last = path.removeprefix("//").rpartition("/")
    named = row.find("codelist")
    codes = code_list("" if named is None else named.get("ref", ""))
    attribute = "" if last == "text()" else last.removeprefix("@")
    attribute = attribute.replace("xml:", XML_NAMESPACE)
    condition = (row.findtext("condition") or "").strip()
    return Mapped(element or EVERYWHERE, attribute, codes, condition)


@cache
def mapping_by_path() -> dict[str, tuple[Mapped, ...]]:
    """The rows by the path of their element; those for every element are in each, and apart."""
    everywhere = tuple(row for row in mapping() if row.element == EVERYWHERE)
    rows: dict[str, tuple[Mapped, ...]] = {EVERYWHERE: everywhere}
    for row in mapping():
        if row.element != EVERYWHERE:
            rows[row.element] = (*rows.get(row.element, everywhere), row)
    return rows


@cache
def ruleset() -> dict[str, dict[str, Any]]:
    """The official ruleset `standard.json`: {context: {rule kind: {"cases": [...]}}}."""
    read: dict[str, dict[str, Any]] = json.loads((IATI / "ruleset" / "standard.json").read_bytes())
    return read


class Schemas(threading.local):
    """A schema keeps the faults it found last, so each thread has its own, compiled in 10 ms."""

    def __init__(self) -> None:
        self.compiled: dict[str, etree.XMLSchema] = {}


SCHEMAS = Schemas()


def schema(kind: str) -> etree.XMLSchema:
    """This thread's compiled schema of `activities` or `organisations`."""
    if kind not in SCHEMAS.compiled:
        SCHEMAS.compiled[kind] = _compiled(kind)
    return SCHEMAS.compiled[kind]


def _compiled(kind: str) -> etree.XMLSchema:
    with resources.as_file(IATI / "schema") as folder:
        parser = etree.XMLParser(no_network=True, resolve_entities=False)
        document = etree.parse(str(folder / f"iati-{kind}-schema.xsd"), parser)
        return etree.XMLSchema(document)


@cache
def agency_prefixes() -> frozenset[str]:
    """The codes with which an organisation's identifier may begin (org-id.guide)."""
    return code_list("OrganisationRegistrationAgency").active


@cache
def grants_fields() -> tuple[dict[str, Any], ...]:
    """The columns of Canada's grants table, in the order of its template."""
    read = _canada("grants_fields.json")["fields"]
    return tuple(read)


@cache
def grants_choices(field: str) -> frozenset[str]:
    """The codes a column of Canada's grants table may hold; KeyError where it has no list."""
    choices = next(row["choices"] for row in grants_fields() if row["name"] == field)
    if isinstance(choices, str):
        choices = _canada(choices.removeprefix("choices/"))
    if choices is None:
        raise KeyError(field)
    return frozenset(choices)


def _canada(name: str) -> dict[str, Any]:
    file: Traversable = DATA / "canada" / name
    read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return read
