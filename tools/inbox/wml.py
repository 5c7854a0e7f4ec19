"""Write WordprocessingML by hand: paragraphs, tables, tracked changes and a plain zip around them."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
BORDERS = "".join(
    f'<w:{s} w:val="single" w:sz="4" w:space="0" w:color="7F7F7F"/>'
    for s in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def run(
    text: str, *, bold: bool = False, italic: bool = False, color: str = "", size: int = 0
) -> str:
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    marks += f'<w:color w:val="{color}"/>' if color else ""
    marks += f'<w:sz w:val="{size}"/>' if size else ""
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def split_run(text: str) -> str:
    """The same text in several runs, as Word leaves it after spelling and editing marks."""
    third = max(1, len(text) // 3)
    parts = [text[:third], text[third : 2 * third], text[2 * third :]]
    return '<w:proofErr w:type="spellStart"/>'.join(run(part) for part in parts if part)


def paragraph(*runs: str, style: str = "") -> str:
    return f"<w:p><w:pPr>{style}</w:pPr>{''.join(runs)}</w:p>"


def cell(content: str, *, width: int = 2400, span: int = 1, merge: str = "", fill: str = "") -> str:
    marks = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    )
    marks += {"start": '<w:vMerge w:val="restart"/>', "more": "<w:vMerge/>"}.get(merge, "")
    marks += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f"<w:tc><w:tcPr>{marks}</w:tcPr>{content}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(rows: list[str], columns: int, width: int = 9600) -> str:
    grid = f'<w:gridCol w:w="{width // columns}"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def legacy_box(checked: bool, name: str) -> str:
    """A check box of old Word forms: a FORMCHECKBOX field with its state in w:checkBox."""
    state = "<w:checked/>" if checked else '<w:default w:val="0"/>'
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{escape(name)}"/><w:enabled/>'
        f"<w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar></w:r>"
        '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def changed(old: str, new: str, who: str, when: str) -> str:
    """A tracked change: the old words deleted, the new ones inserted."""
    mark = f'w:author="{escape(who)}" w:date="{when}"'
    return (
        f'<w:del w:id="901" {mark}><w:r><w:delText xml:space="preserve">{escape(old)}</w:delText></w:r></w:del>'
        f'<w:ins w:id="902" {mark}>{run(new)}</w:ins>'
    )


def text_box(content: str) -> str:
    """A text box as Word writes it: twice, once for new readers and once in VML for old ones."""
    shape = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="5600000" cy="2300000"/><wp:docPr id="7" name="Cuadro 7"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5600000" cy="2300000"/></a:xfrm><a:prstGeom prst="rect">'
        '<a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        '</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:440pt;height:180pt">'
        f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    return f"<w:p><w:r>{shape}</w:r></w:p>"


def save(path: Path, body: str) -> None:
    """Close the document and zip it with a fixed date, so that a rebuilt file is the same file."""
    section = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="700" w:footer="700" w:gutter="0"/></w:sectPr>'
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {SPACES}><w:body>{body}{section}</w:body></w:document>'
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": document}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2024, 4, 18, 12, 0, 0)), text, zipfile.ZIP_DEFLATED
            )
