"""Fillable and plain PDF forms read into the neutral tree."""

import io
import logging
import re
from collections.abc import Mapping
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from monarca.engines.documents import pdf_layout
from monarca.engines.documents.archive import Refused
from monarca.engines.documents.asking import said
from monarca.engines.documents.tree import OPEN, TICKED, Block, Cell, Table, Tree
from monarca.engines.documents.values import NO, YES
from monarca.engines.documents.words import plain

MAX_PAGES = 40
MAX_FIELDS = 600
RADIO = 1 << 15
MAX_TEXT = 400_000
BROKEN = (
    PyPdfError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    OSError,
    RecursionError,
    AssertionError,
    ArithmeticError,
    NotImplementedError,
)
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def _label(name: str, field: Mapping[str, Any]) -> str:
    """The field's tooltip, else its name with its words apart."""
    tooltip = str(field.get("/TU") or "").strip()
    if tooltip:
        return tooltip
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|[_.\[\]]+", " ", name)
    return " ".join(words.split())


def _value(field: Mapping[str, Any]) -> str:
    held = field.get("/V")
    if field.get("/FT") == "/Btn":
        return OPEN if held in (None, "/Off", "") else TICKED
    if isinstance(held, (list, tuple)):
        return "\n".join(str(one) for one in held)
    return "" if held is None else str(held).replace("\r", "\n")


def _is_radio(field: Mapping[str, Any]) -> bool:
    return bool(int(field.get("/Ff") or 0) & RADIO)


def _split(label: str) -> tuple[str, str]:
    """What a box of several asks, and which option it is: "Registered: yes", "donataria si"."""
    asked, divider, option = label.rpartition(":")
    if divider and asked.strip() and option.strip():
        return asked.strip(), option.strip()
    words = label.split()
    last = plain(words[-1]) if words else ""
    if len(words) > 1 and last in YES | NO:
        return " ".join(words[:-1]).rstrip("?:-\u2013 "), words[-1]
    return label, ""


def _rows(fields: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Label and value of each field; a ticked box of an option says its own label."""
    rows: list[tuple[str, str]] = []
    for name, field in list(fields.items())[:MAX_FIELDS]:
        if field.get("/Kids") and "/FT" not in field:
            continue
        text = _value(field)
        asked, option = _split(_label(name, field)) if text in (TICKED, OPEN) else ("", "")
        if option and not _is_radio(field):
            before = rows.pop()[1] if rows and rows[-1][0] == asked else ""
            rows.append((asked, f"{before}  {text} {option}".strip()))
            continue
        chosen = str(field.get("/V") or "").lstrip("/")
        if text == TICKED and chosen.lower() not in {"yes", "on", "1", "oui", "sí", "si"}:
            text = chosen
        rows.append((_label(name, field), text))
    return rows


def read_pdf(data: bytes) -> Tree:
    """The fields of a form, or the lines of a text; raises Refused (XFA, damaged, encrypted)."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Refused("file.encrypted")
        if reader.xfa:
            raise Refused("file.xfa")
        fields = reader.get_fields() or {}
        if fields:
            told = (
                pdf_layout.rows(reader, MAX_PAGES)
                if _are_nameless(fields) or _only_answers(fields)
                else []
            )
            return Tree((_table(told or _rows(fields)),))
        return Tree(tuple(_lines(reader)))
    except BROKEN as error:
        raise Refused("file.damaged") from error


def _are_nameless(fields: Mapping[str, Mapping[str, Any]]) -> bool:
    """A fifth of the fields or more have no name but the program's, and no tooltip."""
    told = [name for name, field in fields.items() if "/FT" in field and not field.get("/TU")]
    return 5 * sum(map(pdf_layout.is_nameless, told)) >= len(fields)


def _only_answers(fields: Mapping[str, Mapping[str, Any]]) -> bool:
    """Two boxes or more say "Yes" or "No" and not to what: only the print beside them tells."""
    boxed = [name for name, field in fields.items() if field.get("/FT") == "/Btn"]
    said_only = [one for one in boxed if plain(_label(one, fields[one])) in YES | NO]
    return len(said_only) > 1


def _table(rows: list[tuple[str, str]]) -> Table:
    cells = [
        Cell(row, column, tuple(said(line) for line in text.split("\n")))
        for row, pair in enumerate(rows)
        for column, text in enumerate(pair)
    ]
    return Table(tuple(cells), len(rows), 2)


def _lines(reader: PdfReader) -> list[Block]:
    found: list[Block] = []
    size = 0
    for page in reader.pages[:MAX_PAGES]:
        text = page.extract_text()
        size += len(text)
        if size > MAX_TEXT:
            break
        found += [said(line) for line in text.split("\n") if line.strip()]
    if not found:
        raise Refused("file.no_text")
    return found
