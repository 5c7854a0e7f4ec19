"""Nothing dangerous, damaged or disguised comes in, and refusing costs next to nothing."""

import io
import struct
import time
import tracemalloc
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

from monarca.engines.documents.archive import Refused
from monarca.engines.documents.safety import KINDS, MAX_BYTES, clean_image, inspect
from tests.engines.documents import building as make

GOOD = make.raw("<w:p><w:r><w:t>Hola</w:t></w:r></w:p>")
RELS = b'<Relationships xmlns="r"><Relationship Type="http://x/oleObject" Target="http://evil/x" TargetMode="External"/></Relationships>'


def why(name: str, data: bytes) -> str:
    verdict = inspect(name, data)
    assert not verdict.ok
    assert verdict.reason is not None
    return verdict.reason.code


def bomb(megabytes: int) -> bytes:
    return make.zipped(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * (megabytes << 20)}
    )


def picture(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 4), (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


def test_an_honest_document_comes_in() -> None:
    assert inspect("solicitud.docx", GOOD).ok
    assert inspect("foto.jpeg", picture("JPEG")).kind == "jpg"


def test_a_bomb_is_refused_before_it_is_inflated() -> None:
    data = bomb(60)
    tracemalloc.start()
    begin = time.perf_counter()
    assert why("bomba.docx", data) == "file.bomb"
    took = time.perf_counter() - begin
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert took < 0.1
    assert peak < 20 << 20


def test_a_bomb_whose_directory_lies_is_refused_while_it_is_read() -> None:
    data = bytearray(bomb(60))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 1000)
    assert why("bomba.docx", bytes(data)) in {"file.damaged", "file.bomb"}


def test_a_million_empty_entries_are_refused_by_their_count() -> None:
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65_000, 65_000, 3_000_000, 0, 0)
    assert why("lleno.docx", b"PK\x03\x04" + b"\0" * 100 + end) == "file.too_many_parts"


def test_macros_are_refused_wherever_they_hide() -> None:
    by_part = make.rezipped(GOOD, lambda _, data: data)
    with zipfile.ZipFile(io.BytesIO(by_part)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert why("a.docx", make.zipped({**parts, "word/vbaProject.bin": b"x"})) == "file.macros"
    typed = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    assert why("a.docx", make.zipped({**parts, "[Content_Types].xml": typed})) == "file.macros"


def test_links_to_objects_outside_are_refused() -> None:
    data = make.raw("", parts={"word/_rels/document.xml.rels": RELS})
    assert why("a.docx", data) == "file.external_link"


def test_document_types_are_refused_in_every_encoding() -> None:
    xxe = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w/>'
    for encoding in ("utf-8", "utf-16"):
        data = make.raw("", parts={"word/extra.xml": xxe.encode(encoding)})
        assert why("a.docx", data) == "file.doctype"


def test_encrypted_files_are_refused() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert why("a.docx", ole + "EncryptedPackage".encode("utf-16-le")) == "file.encrypted"
    assert why("a.doc", ole) == "file.old_format"
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.encrypt("secreto")
    out = io.BytesIO()
    writer.write(out)
    assert why("a.pdf", out.getvalue()) == "file.encrypted"
    flagged = bytearray(GOOD)
    at = flagged.find(b"PK\x01\x02")
    flagged[at + 8] |= 1
    assert why("a.docx", bytes(flagged)) == "file.encrypted"


def test_damage_emptiness_size_and_disguise_have_their_own_reasons() -> None:
    assert why("a.docx", b"") == "file.empty"
    assert why("a.docx", GOOD[:-30]) == "file.damaged"
    assert why("a.xlsx", GOOD) == "file.wrong_extension"
    assert why("a.png", picture("JPEG")) == "file.wrong_extension"
    assert why("a.exe", b"MZ") == "file.kind_not_allowed"
    assert why("a.pdf", b"%PDF-1.4" + b" " * MAX_BYTES) == "file.too_large"
    assert why("a.jpg", picture("JPEG")[:-40]) == "file.damaged"


def test_an_archive_inside_an_archive_is_refused() -> None:
    assert why("todo.zip", make.zipped({"dentro.zip": GOOD})) == "file.nested_archive"
    assert inspect("todo.zip", make.zipped({"a.docx": GOOD})).ok


def test_a_photo_loses_its_secrets_and_keeps_its_way_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "casa de la defensora"
    exif.get_ifd(0x8825)[1] = "N"
    clean = clean_image(picture("JPEG", exif=exif))
    again = Image.open(io.BytesIO(clean))
    assert again.size == (4, 8)
    assert not again.getexif()
    assert b"defensora" not in clean


def test_a_png_loses_its_text() -> None:
    info = PngInfo()
    info.add_text("Author", "Nombre Real")
    clean = clean_image(picture("PNG", pnginfo=info))
    assert b"Nombre Real" not in clean
    assert Image.open(io.BytesIO(clean)).getpixel((0, 0)) == (200, 30, 30)


def test_a_picture_of_endless_pixels_is_refused() -> None:
    data = bytearray(picture("PNG"))
    struct.pack_into(">II", data, 16, 60_000, 60_000)
    crc = zipfile.crc32(bytes(data[12:29]))
    struct.pack_into(">I", data, 29, crc)
    with pytest.raises(Refused) as caught:
        clean_image(bytes(data))
    assert caught.value.reason.code == "file.image_too_large"


def test_a_workbook_comes_in() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert inspect("presupuesto.xlsx", out.getvalue()).ok


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([*KINDS, "doc", "", "exe"]),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"\xff\xd8\xff", b"From: a\nTo: b\n\n"]),
)
def test_no_bytes_make_the_gate_fail(data: bytes, extension: str, magic: bytes) -> None:
    verdict = inspect(f"x.{extension}", magic + data)
    assert verdict.ok == (verdict.reason is None)
