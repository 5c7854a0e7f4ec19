"""Layout 2: question, guidance in blue italics, answer in a one-cell box with content controls (python-docx and lxml)."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import render
from docx import Document
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from docx.table import Table, _Cell
from model import QUESTIONS, Application
from plan import ORDER
from twocolumn import HEADS, TITLES

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
BLUE = RGBColor(0x00, 0x70, 0xC0)
TYPED_IN_BLUE = {"periodistas": {"purpose", "gba_power"}, "sordos": {"about"}}
LISTED = {"priority", "secondary_priority", "state", "bank_currency"}
ADVICE = {
    "es": "Responda con claridad. Borre este texto azul antes de enviar.",
    "en": "Please answer clearly. Delete this blue text before sending.",
    "fr": "Répondez clairement. Effacez ce texte bleu avant l'envoi.",
}


def box(code: str, checked: bool, label: str) -> Any:
    """A content-control check box with its label, as a paragraph."""
    return parse_xml(
        f'<w:p {W}><w:sdt><w:sdtPr><w:tag w:val={quoteattr(code)}/><w14:checkbox><w14:checked w14:val="{int(checked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
        f"</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{'☒' if checked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
        f'<w:r><w:t xml:space="preserve"> {escape(label)}</w:t></w:r></w:p>'
    )


def drop_down(choices: list[str], chosen: str) -> Any:
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(c)} w:value={quoteattr(c[:30])}/>" for c in choices
    )
    return parse_xml(
        f"<w:p {W}><w:sdt><w:sdtPr><w:dropDownList>{items}</w:dropDownList></w:sdtPr><w:sdtContent>"
        f"<w:r><w:t>{escape(chosen)}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )


def date_control(iso: str, shown: str) -> Any:
    return parse_xml(
        f'<w:p {W}><w:sdt><w:sdtPr><w:date w:fullDate="{iso}T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date></w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{escape(shown)}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )


def put(cell: _Cell, element: Any) -> None:
    cell.paragraphs[0]._p.getparent().append(element)  # noqa: SLF001


def controls(cell: _Cell, app: Application, key: str) -> None:
    value, lang = app.answers[key], app.lang
    chosen = value if isinstance(value, list) else [value]
    if isinstance(value, bool):
        for index, word in enumerate(render.YES[lang]):
            put(cell, box(f"{key}-{index}", value is (index == 0), word))
    elif key in LISTED:
        labels = [row["label"][lang] for row in render.options(key)]
        put(cell, drop_down(labels, render.option(key, value, lang)))
    else:
        for row in render.options(key):
            put(cell, box(row["code"], row["code"] in chosen, row["label"][lang]))


def nested(cell: _Cell, heads: list[str], rows: list[list[str]]) -> None:
    table: Table = cell.add_table(rows=0, cols=len(heads))
    table.style = "Table Grid"
    for number, cells in enumerate([heads, *rows]):
        for inner, text in zip(table.add_row().cells, cells, strict=True):  # type: ignore[no-untyped-call]
            inner.paragraphs[0].add_run(text).bold = number == 0


def prose(cell: _Cell, app: Application, key: str) -> None:
    said = render.text(app, key, dates="slash", cash="sign", spot="slash")
    for number, text in enumerate(said):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        run = paragraph.add_run(text)
        if key in TYPED_IN_BLUE.get(app.id, ()):
            run.font.color.rgb = BLUE


def fill(cell: _Cell, app: Application, key: str) -> None:
    kind = QUESTIONS[key]["kind"]
    if kind in {"choice", "choices", "yes_no", "declaration"}:
        controls(cell, app, key)
    elif kind == "date":
        put(cell, date_control(app.answers[key], render.day(app.answers[key], app.lang, "slash")))
    elif kind == "repeat" and key not in {"places", "results"} and app.answers[key]:
        nested(cell, *render.grid(app, key))
    elif kind == "people":
        names = render.PEOPLE[app.lang]
        sides = app.answers[key].values()
        nested(
            cell,
            ["", *names[2:]],
            [[n, *map(str, s.values())] for n, s in zip(names[:2], sides, strict=True)],
        )
    else:
        prose(cell, app, key)


def write(app: Application, path: Path, words: str) -> list[str]:
    """Save the form; returns the keys of the questions that stand in it."""
    document, number = Document(), 0
    asked: list[str] = []
    document.styles["Normal"].font.name = "Calibri"
    document.add_heading(HEADS[app.lang][0], 1)
    for name, keys in ORDER.items():
        document.add_heading(TITLES[name][app.lang], 2)
        for key in (k for k in keys.split() if k in app.answers):
            number, asked = number + 1, [*asked, key]
            document.add_paragraph().add_run(
                f"{number}. {render.label(words, key, app.lang)}"
            ).bold = True
            run = document.add_paragraph().add_run(QUESTIONS[key].get("hint", ADVICE)[app.lang])
            run.italic, run.font.size, run.font.color.rgb = True, Pt(9), BLUE
            fill(document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0), app, key)
    for cell in document.element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tc"
    ):
        if cell[-1].tag.endswith("}tbl"):
            cell.append(parse_xml(f"<w:p {W}/>"))
    document.save(str(path))
    return asked
