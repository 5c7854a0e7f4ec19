"""Layout 6: a numbered three-column form filled by docxtpl from a template with loops."""

import tempfile
from pathlib import Path
from typing import Any

import render
from docx import Document
from docx.shared import Cm
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from model import QUESTIONS, Application
from plan import EXTRA, ORDER

DROPPED = {"fiscal_years", "focus", "language", "registration_law"}
NAMES = {
    "project": "Part 1 \u2013 Project at a glance",
    "organisation": "Part 2 \u2013 Applicant",
    "narrative": "Part 3 \u2013 Proposal",
    "gba": "Part 4 \u2013 Gender-based Analysis Plus",
    "declaration": "Part 5 \u2013 Certification",
}
WIDTHS = (Cm(1.2), Cm(5.5), Cm(10.5))


def blank(path: Path) -> None:
    """The template: one table, with a heading row per part and a row per question."""
    document = Document()
    document.add_heading("Canada Fund for Local Initiatives: Application {{ year }}", 1)
    table = document.add_table(rows=0, cols=3, style="Light Grid Accent 1")
    rows = [
        ("{%tr for part in parts %}", "", ""),
        ("{{ part.name }}", "", ""),
        ("{%tr for q in part.questions %}", "", ""),
        ("{{ q.number }}", "{{ q.label }}", "{{ q.answer }}"),
        ("{%tr endfor %}", "", ""),
        ("{%tr endfor %}", "", ""),
    ]
    for texts in rows:
        for cell, text, width in zip(table.add_row().cells, texts, WIDTHS, strict=True):
            cell.text, cell.width = text, width
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    heading = table.rows[1].cells
    heading[0].merge(heading[2])
    document.add_paragraph("{{ closing }}")
    document.save(str(path))


def said(app: Application, key: str) -> str:
    if QUESTIONS[key]["kind"] == "choice" and key in {"registered", "organisation_kind"}:
        rows = render.options(key)
        return "\n".join(
            f"[{'X' if row['code'] == app.answers[key] else ' '}] {row['label'][app.lang]}"
            for row in rows
        )
    return "\n".join(render.text(app, key, cash="code", spot="slash"))


def part(app: Application, words: str, name: str, number: int) -> tuple[dict[str, Any], list[str]]:
    keys = [k for k in ORDER[name].split() if k in app.answers and k not in DROPPED]
    questions = [
        {
            "number": f"{number}.{n}",
            "label": render.label(words, k, app.lang),
            "answer": said(app, k),
        }
        for n, k in enumerate(keys, 1)
    ]
    if name == "organisation":
        question, answer = EXTRA[app.lang][-1]
        questions.append(
            {"number": f"{number}.{len(questions) + 1}", "label": question, "answer": answer}
        )
    return {"name": NAMES[name], "questions": questions}, keys


def write(app: Application, path: Path, words: str) -> list[str]:
    """Save the form; returns the keys of the questions that stand in it."""
    made = [part(app, words, name, n) for n, name in enumerate(NAMES, 1)]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "template.docx"
        blank(source)
        document = DocxTemplate(str(source))
        document.render(
            {
                "year": "2024-2025",
                "parts": [p for p, _ in made],
                "closing": "Please send this form with your budget before the deadline.",
            },
            autoescape=True,
        )
        document.save(str(path))
    return [key for _, keys in made for key in keys]
