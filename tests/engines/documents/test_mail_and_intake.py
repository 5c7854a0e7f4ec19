"""Mails, folders and archives become applications; what cannot be read stops nothing."""

import hashlib
import io
import json
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter

from monarca.engines.documents.intake import read_all, read_file
from monarca.engines.documents.mail import read_mail
from tests.engines.documents import building as make
from tests.engines.documents.layouts import paragraphs, two_columns

FORM, _ = two_columns()
OTHER, _ = paragraphs()
RECEIVED = "from a by b; Sat, 20 Apr 2024 21:47:52 -0600"


def workbook() -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["Concepto", "Cantidad", "Costo unitario", "Total"])
    made.active.append(["Facilitadora", 2, 100, 200])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def mail(**files: bytes) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Inés Ramírez <ines@example.org>"
    message["To"] = "mexico@example.org"
    message["Subject"] = "Solicitud Manantial, versión final"
    message["Date"] = "Fri, 19 Apr 2024 08:00:00 -0600"
    message["Received"] = RECEIVED
    message.set_content("Buenos días, van los archivos.")
    for name, data in files.items():
        stem, _, suffix = name.rpartition("_")
        message.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=f"{stem} ñandú.{suffix}"
        )
    return message


def test_the_time_our_server_wrote_counts_before_the_sender_s() -> None:
    read = read_mail(mail(a_docx=FORM).as_bytes())
    assert read.sent_at == datetime(2024, 4, 21, 3, 47, 52, tzinfo=UTC)
    assert read.is_stamped
    assert read.subject == "Solicitud Manantial, versión final"
    assert [one.name for one in read.attachments] == ["a ñandú.docx"]
    assert read.text == "Buenos días, van los archivos."


def test_a_forwarded_mail_brings_its_attachments_and_its_sender() -> None:
    outer = EmailMessage()
    outer["From"] = "colega@example.org"
    outer["Date"] = "Mon, 22 Apr 2024 08:00:00 +0000"
    outer.set_content("Va.")
    outer.add_attachment(mail(a_docx=FORM, b_xlsx=workbook()))
    read = read_mail(outer.as_bytes())
    assert [one.name for one in read.attachments] == ["a ñandú.docx", "b ñandú.xlsx"]
    assert read.origins == ("Inés Ramírez <ines@example.org>",)
    assert read.sent_at == datetime(2024, 4, 22, 8, tzinfo=UTC)
    assert not read.is_stamped


def test_names_cannot_climb_out_of_a_folder() -> None:
    message = mail()
    message.add_attachment(b"x", maintype="a", subtype="b", filename="../../etc/passwd.docx")
    assert read_mail(message.as_bytes()).attachments[0].name == "passwd.docx"


def test_a_mail_with_form_and_budget_is_one_application(form: dict[str, Any]) -> None:
    reading = read_file("m.eml", mail(a_docx=FORM, b_xlsx=workbook(), c_exe=b"MZ").as_bytes(), form)
    assert reading.is_form
    assert reading.budget is not None
    assert reading.budget.recomputed_total_cents == 20_000
    assert [(one.role, [p.code for p in one.problems]) for one in reading.attachments] == [
        ("form", []),
        ("budget", []),
        ("other", ["file.kind_not_allowed"]),
    ]
    assert reading.language == "es"
    json.dumps(reading.as_json())


def test_folders_archives_and_mails_are_walked_and_nothing_stops_the_rest(
    tmp_path: Path, form: dict[str, Any]
) -> None:
    one = tmp_path / "Manantial"
    one.mkdir()
    (one / "formato.docx").write_bytes(FORM)
    (one / "costos.xlsx").write_bytes(workbook())
    (tmp_path / "roto.docx").write_bytes(FORM[:900])
    (tmp_path / "m.eml").write_bytes(mail(a_docx=OTHER).as_bytes())
    (tmp_path / "todo.zip").write_bytes(make.zipped({"x/Tejedoras.docx": OTHER}))
    found = read_all([tmp_path], form)
    forms = [reading for reading in found if reading.is_form]
    broken = [reading for reading in found if not reading.is_form]
    assert len(forms) == 3
    assert [len(reading.attachments) for reading in forms if reading.name == "formato.docx"] == [2]
    assert [(reading.name, reading.sha256) for reading in broken] == [
        ("roto.docx", hashlib.sha256(FORM[:900]).hexdigest())
    ]
    assert [one.code for one in broken[0].problems] == ["file.damaged"]


def test_two_forms_in_one_folder_keep_their_own_budgets(
    tmp_path: Path, form: dict[str, Any]
) -> None:
    for name, data in {
        "Solicitud Manantial.docx": FORM,
        "Presupuesto Manantial.xlsx": workbook(),
        "Solicitud Tejedoras.docx": OTHER,
    }.items():
        (tmp_path / name).write_bytes(data)
    found = {reading.name: reading for reading in read_all([tmp_path], form)}
    assert found["Solicitud Manantial.docx"].budget is not None
    assert found["Solicitud Tejedoras.docx"].budget is None


def test_a_missing_file_is_listed(tmp_path: Path, form: dict[str, Any]) -> None:
    (reading,) = read_all([tmp_path / "nada.docx"], form)
    assert [one.code for one in reading.problems] == ["file.not_found"]


def test_an_empty_pdf_has_no_text(form: dict[str, Any]) -> None:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    out = io.BytesIO()
    writer.write(out)
    assert [one.code for one in read_file("a.pdf", out.getvalue(), form).problems] == [
        "file.no_text"
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=600),
    st.sampled_from(["docx", "xlsx", "odt", "ods", "pdf", "eml", "zip", "jpg"]),
)
def test_random_bytes_never_raise(form: dict[str, Any], data: bytes, extension: str) -> None:
    for magic in (b"", b"From: a\nTo: b\nContent-Type: multipart/mixed\n\n", b"%PDF-1.4\n"):
        reading = read_file(f"x.{extension}", magic + data, form)
        assert reading.sha256 == hashlib.sha256(magic + data).hexdigest()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(FORM)))
def test_a_truncated_form_never_raises(form: dict[str, Any], cut: int) -> None:
    reading = read_file("x.docx", FORM[:cut], form)
    assert reading.is_form == (cut == len(FORM))


def test_a_document_without_end_is_refused(form: dict[str, Any]) -> None:
    data = make.raw("<w:p><w:r><w:t>largo</w:t></w:r></w:p>" * 7_000)
    assert [one.code for one in read_file("a.docx", data, form).problems] == ["file.too_long"]
