"""Boxes of a fillable PDF that only say "Yes" and "No" are told apart by the print beside them."""

import io
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)

from monarca.engines.documents.forms import FieldRead, read_form
from monarca.engines.documents.pdf import read_pdf

HEIGHT = 800.0
STEP = 40.0


def page_of(rows: list[tuple[str, list[tuple[str, bool]] | str]]) -> bytes:
    """One page: each row prints its question, then boxes with their words, or a line of text."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, HEIGHT)
    shown: list[str] = []
    fields = ArrayObject()
    for number, (asked, held) in enumerate(rows):
        y = HEIGHT - STEP * (number + 1)
        shown.append(_print(40, y, asked))
        parts = [("", held)] if isinstance(held, str) else held
        for at, (words, value) in enumerate(parts):
            x = 300.0 + 90 * at
            field = _field(f"f{number}_{at}", words or asked, value, x, y)
            fields.append(writer._add_object(field))
            shown.append(_print(x + 16, y, words) if words else "")
    stream = DecodedStreamObject()
    stream.set_data("\n".join(shown).encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Annots")] = fields
    page[NameObject("/Resources")] = _resources()
    form = DictionaryObject({NameObject("/Fields"): fields})
    writer._root_object[NameObject("/AcroForm")] = form
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _print(x: float, y: float, words: str) -> str:
    return f"BT /F1 10 Tf 1 0 0 1 {x} {y + 2} Tm ({words}) Tj ET"


def _resources() -> DictionaryObject:
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    named = DictionaryObject({NameObject(key): NameObject(one) for key, one in font.items()})
    named[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    fonts = DictionaryObject({NameObject("/F1"): named})
    return DictionaryObject({NameObject("/Font"): fonts})


def _field(name: str, words: str, value: str | bool, x: float, y: float) -> DictionaryObject:
    wide = 12 if isinstance(value, bool) else 200
    held = NameObject("/Yes" if value is True else "/Off")
    box = isinstance(value, bool)
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Btn" if box else "/Tx"),
            NameObject("/T"): TextStringObject(name),
            NameObject("/TU"): TextStringObject(words),
            NameObject("/V"): held if box else TextStringObject(str(value)),
            NameObject("/AS"): held,
            NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (x, y, x + wide, y + 12)]),
        }
    )


FORMS = {
    "es": (
        ("Correo electrónico", "¿Tiene una cuenta bancaria propia?", "¿Es donataria autorizada?"),
        ("Sí", "No"),
    ),
    "en": (("E-mail", "Own bank account?", "Is it an authorized donee?"), ("Yes", "No")),
    "fr": (
        ("Courriel", "Compte bancaire à son nom?", "Est-elle donataire autorisée?"),
        ("Oui", "Non"),
    ),
}


@pytest.mark.parametrize("language", FORMS)
def test_the_print_tells_what_a_yes_answers(language: str, form: dict[str, Any]) -> None:
    (mail, bank, donee), (yes, no) = FORMS[language]
    data = page_of(
        [
            (mail, "red@tequio.example"),
            (bank, [(yes, True), (no, False)]),
            (donee, [(yes, False), (no, True)]),
        ]
    )
    read: dict[str, FieldRead] = {one.key: one for one in read_form(read_pdf(data), form)}
    assert read["email"].value == "red@tequio.example"
    assert read["bank_account"].value is True
    assert read["donee"].value is False


def test_boxes_that_say_what_they_ask_are_read_by_their_names(form: dict[str, Any]) -> None:
    data = page_of(
        [("E-mail", "red@tequio.example"), ("x", [("Bank account: yes", True)])],
    )
    read = {one.key: one for one in read_form(read_pdf(data), form)}
    assert read["bank_account"].value is True
