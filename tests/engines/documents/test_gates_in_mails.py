"""The gates hold inside forwarded mails too: what is hostile is refused, the rest is read."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from monarca.engines.documents.intake import Reading, read_file
from monarca.engines.documents.safety import inspect
from tests.engines.documents import building as make


def letter(*attached: tuple[str, bytes], inside: EmailMessage | None = None) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = "lupe@ejemplo.example", "fondo@ejemplo.example"
    mail["Subject"], mail["Date"] = "Solicitud", "Mon, 13 Apr 2026 10:00:00 -0600"
    mail.set_content("Va nuestra solicitud.")
    for name, data in attached:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if inside is not None:
        mail.add_attachment(inside)
    return mail


def good() -> bytes:
    doc = make.new()
    rows = [
        ("Nombre de la organización", "Red de Abuelas"),
        ("Título del proyecto", "Telares"),
        ("Monto solicitado (CAD)", "9,500"),
        ("Fecha de inicio", "01/09/2026"),
        ("Fecha de término", "15/02/2027"),
        ("¿Quién decide?", "La asamblea."),
    ]
    make.grid(doc, rows)
    return make.saved(doc)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"[Content_Types].xml": b"<Types/>", **parts}.items():
            archive.writestr(name, data)
    return out.getvalue()


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DEEP = b"<w:document " + W + b"><w:body>" + b"<w:p>" * 300 + b"</w:p>" * 300
HOSTILE: Mapping[str, tuple[str, bytes]] = {
    "file.bomb": ("b.docx", packed(**{"word/document.xml": bytes(60 << 20)})),
    "file.macros": (
        "m.docx",
        packed(**{"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}),
    ),
    "file.doctype": (
        "d.docx",
        packed(**{"word/document.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}),
    ),
    "file.too_deep": ("p.docx", packed(**{"word/document.xml": DEEP + b"</w:body></w:document>"})),
    "file.nested_archive": (
        "z.docx",
        packed(**{"word/document.xml": b"<a/>", "word/x.zip": b"PK"}),
    ),
    "file.too_large": ("g.docx", bytes((15 << 20) + 1)),
    "file.kind_not_allowed": ("s.exe", b"MZ"),
    "file.wrong_extension": ("w.docx", b"%PDF-1.7 \n%%EOF"),
    "file.old_format": ("o.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
}


def read(mail: EmailMessage, form: dict[str, Any]) -> Reading:
    return read_file("correo.eml", mail.as_bytes(), form)


@pytest.mark.parametrize("code", HOSTILE)
@pytest.mark.parametrize("forwarded", [0, 1, 3])
def test_a_hostile_attachment_is_refused_and_the_form_beside_it_is_read(
    code: str, forwarded: int, form: dict[str, Any]
) -> None:
    mail = letter(("solicitud.docx", good()), HOSTILE[code])
    for _ in range(forwarded):
        mail = letter(inside=mail)
    reading = read(mail, form)
    found = {one.key: one.value for one in reading.fields}
    problems = [why.code for part in reading.attachments for why in part.problems]
    if code == "file.too_large":  # the mail that carries it is too large itself
        assert [one.code for one in reading.problems] == ["file.too_large"]
        return
    assert problems == [code]
    assert (found["title"], found["gba_decides"]) == ("Telares", "La asamblea.")


def test_mails_forwarded_without_end_are_refused(form: dict[str, Any]) -> None:
    mail = letter(("solicitud.docx", good()))
    for _ in range(9):
        mail = letter(inside=mail)
    assert [one.code for one in read(mail, form).problems] == ["mail.too_nested"]


def test_a_mail_of_three_hundred_parts_is_refused(form: dict[str, Any]) -> None:
    mail = letter(*((f"{number}.png", b"x") for number in range(300)))
    assert [one.code for one in read(mail, form).problems] == ["mail.too_many_parts"]


def test_an_archive_in_a_forwarded_mail_brings_its_form(form: dict[str, Any]) -> None:
    inside = packed(**{"carpeta/solicitud.docx": good()})
    with zipfile.ZipFile(io.BytesIO(inside)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "docx" in name}
    mail = letter(inside=letter(("envio.zip", make.zipped(parts))))
    assert {one.key: one.value for one in read(mail, form).fields}["title"] == "Telares"


def test_a_document_of_endless_paragraphs_is_refused_in_words(form: dict[str, Any]) -> None:
    body = "<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 7_000
    reading = read_file("largo.docx", make.raw(body), form)
    assert [one.code for one in reading.problems] == ["file.too_long"]


@pytest.mark.parametrize("size", [60 << 20, 200 << 20])
def test_a_bomb_costs_nothing(size: int) -> None:
    verdict = inspect("solicitud.docx", packed(**{"word/document.xml": bytes(size)}))
    assert verdict.reason is not None
    assert verdict.reason.code == "file.bomb"
