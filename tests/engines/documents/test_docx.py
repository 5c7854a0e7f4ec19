"""Word files of every making become the same tree; hostile ones are refused."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.documents.archive import Refused
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.odt import read_odt
from monarca.engines.documents.tree import Paragraph, Table, Tree
from tests.engines.documents import building as make
from tests.engines.documents.layouts import side_by_side

BOX = "<w:txbxContent><w:p><w:r><w:t>En la caja</w:t></w:r></w:p></w:txbxContent>"


def test_a_text_box_stands_once_though_the_file_holds_it_twice() -> None:
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
        f"{BOX}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert read_docx(make.raw(body)).text == "En la caja"


def test_strict_documents_read_like_the_others() -> None:
    body = "<w:p><w:r><w:t>Estricto</w:t></w:r></w:p>"
    assert read_docx(make.raw(body, strict=True)).text == "Estricto"


def test_what_was_deleted_or_hidden_is_never_read_and_insertions_are() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>Borrado</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Nuevo</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Oculto</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>Fila borrada</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>Fila</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    tree = read_docx(make.raw(body))
    assert tree.text == "Nuevo\nFila"
    paragraph = tree.blocks[0]
    assert isinstance(paragraph, Paragraph)
    assert [(run.text, run.deleted, run.hidden) for run in paragraph.runs] == [
        ("Borrado", True, False),
        ("Nuevo", False, False),
        ("Oculto", False, True),
    ]


def test_merged_cells_stand_once() -> None:
    doc = make.new()
    table = doc.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "ancha"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "alta"
    read = read_docx(make.saved(doc)).blocks[0]
    assert isinstance(read, Table)
    assert [(c.text, c.rows, c.columns) for c in read.cells if c.text] == [
        ("ancha", 1, 3),
        ("alta", 2, 1),
    ]
    assert read.places[2, 0].text == "alta"


def test_every_kind_of_box_and_list_is_seen() -> None:
    doc = make.new()
    paragraph = doc.add_paragraph()
    make.check(paragraph, "uno", True)
    make.legacy(paragraph, "dos", False)
    make.dropdown(paragraph, 1, "Elija", "Opción B")
    make.placeholder(paragraph, "Haga clic aquí para escribir texto")
    assert read_docx(make.saved(doc)).text.split() == ["☒", "uno", "☐", "dos", "Opción", "B"]


def test_a_writer_text_reads_like_a_word_document() -> None:
    content = """<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:style="s"
      xmlns:fo="f"><office:automatic-styles><style:style style:name="P1"><style:text-properties
      fo:color="#0000ff" fo:font-weight="bold"/></style:style></office:automatic-styles><office:body><office:text>
      <text:tracked-changes><text:changed-region><text:deletion><text:p>Borrado</text:p></text:deletion>
      </text:changed-region></text:tracked-changes><text:p text:style-name="P1">Uno<text:tab/>dos</text:p>
      <table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>ancha</text:p>
      </table:table-cell><table:covered-table-cell/></table:table-row></table:table>
      </office:text></office:body></office:document-content>"""
    tree = read_odt(make.zipped({"content.xml": content.encode()}))
    assert tree.text == "Uno\tdos\nancha"
    first = tree.blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.runs[0].colour, first.runs[0].bold) == ("0000FF", True)


def test_depth_is_bounded() -> None:
    body = "<w:p>" + "<w:smartTag>" * 200 + "</w:smartTag>" * 200 + "</w:p>"
    with pytest.raises(Refused) as caught:
        read_docx(make.raw(body))
    assert caught.value.reason.code == "file.too_deep"


WHOLE = side_by_side()[0]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_a_truncated_or_changed_document_is_read_or_refused(cut: int, at: int, byte: int) -> None:
    changed = bytearray(WHOLE)
    changed[at] = byte
    for data in (WHOLE[:cut], bytes(changed)):
        with contextlib.suppress(Refused):
            assert isinstance(read_docx(data), Tree)
