"""The PDF writer: typst, tagged as PDF/UA-1; it fails rather than write an inaccessible file."""

import dataclasses
import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from monarca.engines.documents.writing import blocks, glyphs
from monarca.engines.documents.writing.shapes import Document

if TYPE_CHECKING:
    import typst

_KINDS = {
    blocks.Heading: "heading",
    blocks.Note: "note",
    blocks.Grid: "table",
    blocks.Side: "party",
    blocks.Signing: "signatures",
    blocks.Paragraph: "paragraph",
    blocks.Items: "items",
}


class CannotWrite(RuntimeError):
    """The PDF could not be made; the message says what typst answered."""


def write(document: Document, *, at: datetime) -> bytes:
    """The document as a tagged PDF/UA-1 file; `at` (aware) is its creation date.

    The same document at the same instant gives the same bytes on every machine: only typst's
    embedded typeface is used. The text goes to the template as JSON data, never as markup.
    Raises CannotWrite when no file that meets PDF/UA-1 (ISO 14289-1) can be made, ValueError
    when `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("the creation date needs a time zone")
    data = json.dumps(_data(blocks.laid_out(document)), ensure_ascii=False)
    return _compiled(data, timestamp=int(at.timestamp()))


def _compiled(data: str, *, timestamp: int) -> bytes:
    """Typst is loaded by the first paper that is written: it costs tens of megabytes."""
    import typst

    try:
        return typst.compile(
            _template(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"document": data},
            format="pdf",
            pdf_standards="ua-1",
            timestamp=timestamp,
        )
    except typst.TypstError as error:
        raise CannotWrite(error.message) from error
    except BaseException as error:
        # A Rust panic arrives as `pyo3_runtime.PanicException`, which cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise CannotWrite("typst stopped in the middle of this document") from error


@cache
def _template() -> bytes:
    return files(__package__).joinpath("templates", "document.typ").read_bytes()


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _data(page: blocks.Page) -> dict[str, object]:
    """The page as the template reads it, every string drawable."""
    data = dataclasses.asdict(page)
    data["blocks"] = [
        {"kind": _KINDS[type(block)], **dataclasses.asdict(block)} for block in page.blocks
    ]
    drawn = _drawable(data)
    if not isinstance(drawn, dict):  # pragma: no cover - a dict stays a dict
        raise TypeError(type(drawn))
    return drawn


def _drawable(value: object) -> object:
    if isinstance(value, str):
        return glyphs.drawable(value)
    if isinstance(value, dict):
        return {key: _drawable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(inner) for inner in value]
    return value
