"""XML from strangers: no document type, no entities, no network, bounded size and depth."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from monarca.engines.documents.archive import Refused

MAX_XML = 20 << 20
MAX_DEPTH = 120
DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


def refuse_doctype(chunks: Iterable[bytes], *, part: str) -> None:
    """Raise Refused when the stream declares a document type; keeps 64 KB in memory at most."""
    tail = b""
    for chunk in chunks:
        window = tail + chunk
        upper = window.upper()
        if any(mark in upper for mark in DOCTYPES):
            raise Refused("file.doctype", member=part)
        tail = window[-32:]


def parsed(data: bytes, *, part: str = "") -> etree._Element:
    """The root element of `data`; raises Refused with file.doctype, too_deep or damaged."""
    if len(data) > MAX_XML:
        raise Refused("file.too_large", member=part, limit=MAX_XML)
    refuse_doctype([data], part=part)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        code = "file.too_deep" if "depth" in str(error).lower() else "file.damaged"
        raise Refused(code, member=part) from error
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise Refused("file.doctype", member=part)
    _refuse_depth(root, part)
    return root


def _refuse_depth(root: etree._Element, part: str) -> None:
    deep = root.xpath(f"boolean(//*[not(*)][count(ancestor::*) > {MAX_DEPTH}])")
    if deep:
        raise Refused("file.too_deep", member=part, limit=MAX_DEPTH)


def local(node: etree._Element) -> str:
    """The name of the element without its namespace, so Strict and Transitional read alike."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: etree._Element | None, name: str) -> str | None:
    """The attribute of that local name in whatever namespace."""
    if node is None:
        return None
    for key, value in node.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def child(node: etree._Element | None, *names: str) -> etree._Element | None:
    """The descendant along a path of local names, one level each; None when there is none."""
    here = node
    for name in names:
        if here is None:
            return None
        here = next((one for one in here if local(one) == name), None)
    return here
