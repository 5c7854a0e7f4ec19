"""Small hands for making Word files the way people and programs make them."""

import io
import zipfile
from collections.abc import Callable

from docx import Document
from docx.document import Document as Doc
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

W = nsdecls("w")
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
BLUE = RGBColor(0x1F, 0x4E, 0xC8)


def saved(doc: Doc) -> bytes:
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def blue(place, text: str) -> None:
    run = place.add_paragraph().add_run(text)
    run.font.color.rgb = BLUE


def bold(place, text: str):
    paragraph = place.add_paragraph()
    paragraph.add_run(text).bold = True
    return paragraph


def box(doc: Doc, *lines: str) -> None:
    cell = doc.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
    cell.text = lines[0] if lines else ""
    for line in lines[1:]:
        cell.add_paragraph(line)


def grid(place, rows) -> object:
    """A table with these texts in its cells."""
    table = place.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def check(paragraph, label: str, ticked: bool, *, after: bool = False) -> None:
    """A content-control check box; python-docx does not see it."""
    if after:
        paragraph.add_run(f" {label} ")
    glyph = "☒" if ticked else "☐"
    paragraph._p.append(
        parse_xml(
            f'<w:sdt {W} {W14}><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent><w:r><w:t>{glyph}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    if not after:
        paragraph.add_run(f" {label}  ")


def legacy(paragraph, label: str, ticked: bool) -> None:
    """A FORMCHECKBOX field of old Word."""
    paragraph._p.append(
        parse_xml(
            f'<w:r {W}><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/>'
            f'<w:default w:val="0"/><w:checked w:val="{int(ticked)}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        )
    )
    paragraph._p.append(parse_xml(f"<w:r {W}><w:instrText> FORMCHECKBOX </w:instrText></w:r>"))
    paragraph._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))
    paragraph.add_run(f" {label}   ")


def dropdown(paragraph, chosen: int, *entries: str) -> None:
    listed = "".join(f'<w:listEntry w:val="{one}"/>' for one in entries)
    paragraph._p.append(
        parse_xml(
            f'<w:r {W}><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="{chosen}"/>'
            f"{listed}</w:ddList></w:ffData></w:fldChar></w:r>"
        )
    )
    paragraph._p.append(parse_xml(f'<w:r {W}><w:fldChar w:fldCharType="end"/></w:r>'))


def placeholder(paragraph, text: str) -> None:
    paragraph._p.append(
        parse_xml(
            f"<w:sdt {W}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>{text}</w:t></w:r>"
            "</w:sdtContent></w:sdt>"
        )
    )


def changed(paragraph, *, deleted: str, inserted: str) -> None:
    paragraph._p.append(
        parse_xml(
            f'<w:del {W} w:id="1" w:author="x"><w:r><w:delText>{deleted}</w:delText></w:r></w:del>'
        )
    )
    paragraph._p.append(
        parse_xml(f'<w:ins {W} w:id="2" w:author="x"><w:r><w:t>{inserted}</w:t></w:r></w:ins>')
    )


def raw(body: str, *, strict: bool = False, parts: dict[str, bytes] | None = None) -> bytes:
    """A .docx made of nothing but its body's XML."""
    name = (
        "http://purl.oclc.org/ooxml/wordprocessingml/main"
        if strict
        else "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    )
    document = (
        f'<w:document xmlns:w="{name}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": document.encode(),
            **(parts or {}),
        }
    )


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def rezipped(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The archive with each member changed, or left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return zipped({name: part for name, part in parts.items() if part is not None})


def new() -> Doc:
    return Document()
