"""Layout 1: the pack's questions in a two-column table per section (made with python-docx)."""

from pathlib import Path

import render
from docx import Document
from docx.document import Document as Doc
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from model import PACK, QUESTIONS, Application
from plan import ORDER

TITLES = {s["key"]: s["title"] for s in PACK["sections"]}
HEADS = {
    "es": (
        "Fondo Canadá para Iniciativas Locales 2024-2025",
        "Formulario de solicitud. Embajada de Canadá en México",
        "Escriba sus respuestas en la columna derecha.",
    ),
    "en": (
        "Canada Fund for Local Initiatives 2024-2025",
        "Application form. Embassy of Canada to Mexico",
        "Please write your answers in the right-hand column.",
    ),
    "fr": (
        "Fonds canadien d'initiatives locales 2024-2025",
        "Formulaire de demande. Ambassade du Canada au Mexique",
        "Écrivez vos réponses dans la colonne de droite.",
    ),
}
TABLES = {"indicators", "activities", "risks", "other_projects", "partners"}
STYLES = [("slash", "sign", "labels"), ("long", "code", "comma"), ("slash", "bare", "comma")]


def hint(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.italic, run.font.size, run.font.color.rgb = True, Pt(8), RGBColor(0x59, 0x59, 0x59)


def grid(document: Doc, app: Application, key: str) -> None:
    heads, rows = render.grid(app, key, "short")
    document.add_paragraph().add_run(render.label("pack", key, app.lang)).bold = True
    if not rows:
        document.add_paragraph(render.NONE[app.lang])
        return
    table = document.add_table(rows=0, cols=len(heads), style="Table Grid")
    for number, cells in enumerate([heads, *rows]):
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0


def people(document: Doc, app: Application) -> None:
    names = render.PEOPLE[app.lang]
    document.add_paragraph().add_run(render.label("pack", "beneficiaries", app.lang)).bold = True
    table = document.add_table(rows=0, cols=6, style="Table Grid")
    rows = [["", *names[2:]]]
    rows += [
        [title, *map(str, side.values())]
        for title, side in zip(names[:2], app.answers["beneficiaries"].values(), strict=True)
    ]
    for cells in rows:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text


def answer(cell: _Cell, app: Application, key: str, style: tuple[str, str, str]) -> None:
    said = render.text(app, key, dates=style[0], cash=style[1], spot=style[2])
    cell.text = said[0] if said else ""
    for more in said[1:]:
        cell.add_paragraph(more)


def section(document: Doc, app: Application, name: str, style: tuple[str, str, str]) -> list[str]:
    document.add_heading(TITLES[name][app.lang], 2)
    keys = [key for key in ORDER[name].split() if key in app.answers]
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for key in keys:
        if key in TABLES or key == "beneficiaries":
            continue
        left, right = table.add_row().cells
        left.width, right.width = Cm(6), Cm(11)
        left.paragraphs[0].add_run(render.label("pack", key, app.lang)).bold = True
        if "hint" in QUESTIONS[key]:
            hint(left.add_paragraph(), QUESTIONS[key]["hint"][app.lang])
        answer(right, app, key, style)
    for key in keys:
        if key in TABLES:
            grid(document, app, key)
    if "beneficiaries" in keys:
        people(document, app)
    return keys


def write(app: Application, path: Path, _words: str) -> list[str]:
    """Save the form; returns the keys of the questions that stand in it."""
    style = STYLES[len(app.id) % len(STYLES)]
    document = Document()
    title, line, note = HEADS[app.lang]
    document.add_heading(title, 1)
    document.add_paragraph(line)
    hint(document.add_paragraph(), note)
    asked = [key for name in ORDER for key in section(document, app, name, style)]
    document.save(str(path))
    return asked
