"""Layout 4: 'label: value' and underscore lines, typed freely; tracked changes; a budget inside (python-docx, no table for answers)."""

from pathlib import Path

import render
import sheets
import wml
from docx import Document
from docx.document import Document as Doc
from docx.oxml import parse_xml
from docx.shared import Pt
from model import QUESTIONS, Application
from plan import EXTRA, ORDER

DROPPED = {
    "fiscal_years",
    "focus",
    "language",
    "registration_law",
    "secondary_priority",
    "psea_policy",
    "declares",
    "declared_title",
}
WIDTH = 62
HEADS = {
    "organisation": "QUIÉNES SOMOS",
    "project": "EL PROYECTO",
    "narrative": "LO QUE PASA Y LO QUE QUEREMOS",
    "gba": "HOMBRES, MUJERES Y LOS DEMÁS",
    "declaration": "FIRMA",
}
SHORT = {"text", "choice", "date", "money", "local_money", "phone", "email", "number", "yes_no"}


def marks(app: Application, key: str) -> str:
    """Choices typed with brackets: Sí (X)  No ( )."""
    value, lang = app.answers[key], app.lang
    if isinstance(value, bool):
        return "   ".join(
            f"{w} ({'X' if value is (n == 0) else ' '})" for n, w in enumerate(render.YES[lang])
        )
    rows = render.options(key)
    if key in {"registered", "bank_currency"}:
        return "   ".join(
            f"( {'x' if r['code'] == value else ' '} ) {r['label'][lang]}" for r in rows
        )
    return render.option(key, value, lang)


def ruled(text: str) -> str:
    return f"__{text}{'_' * max(2, WIDTH - len(text))}"


def short(document: Doc, app: Application, label: str, key: str, underscored: bool) -> None:
    kind = QUESTIONS[key]["kind"]
    said = (
        marks(app, key)
        if kind in {"choice", "yes_no"} and key != "state"
        else render.text(app, key, cash="bare" if key == "requested_local" else "sign")[0]
    )
    paragraph = document.add_paragraph()
    if app.id == "agua" and key == "requested":
        paragraph.add_run(f"{label}: ")
        change = wml.changed("$52,500.00 CAD", said, "Prisciliano", "2024-04-15T20:11:00Z")
        for node in parse_xml(f"<w:p {wml.SPACES}>{change}</w:p>"):
            paragraph._p.append(node)  # noqa: SLF001
        return
    paragraph.add_run(f"{label}: ").bold = not underscored
    paragraph.add_run(ruled(said) if underscored else said)


def long(document: Doc, app: Application, label: str, key: str) -> None:
    document.add_paragraph().add_run(f"{label}:").bold = app.id != "duplicate"
    for text in render.text(app, key, spot="slash"):
        document.add_paragraph(text)


def group(document: Doc, app: Application, words: str, name: str, asked: list[str]) -> None:
    underscored = app.id in {"agua", "missinggba", "duplicate", "nobudget"}
    document.add_paragraph().add_run(HEADS[name]).bold = True
    for key in ORDER[name].split():
        if key not in app.answers or key in DROPPED:
            continue
        asked.append(key)
        label = render.label(words, key, app.lang)
        is_short = QUESTIONS[key]["kind"] in SHORT and len(render.text(app, key)[0]) < 90
        short(document, app, label, key, underscored) if is_short else long(
            document, app, label, key
        )


def blanks(document: Doc, app: Application, words: str) -> None:
    """Questions of the gender analysis that nobody answered: the line stays empty."""
    for key in ORDER["gba"].split():
        if key not in app.answers:
            document.add_paragraph(f"{render.label(words, key, app.lang)}: {'_' * WIDTH}")


def write(app: Application, path: Path, words: str) -> list[str]:
    """Save the form; returns the keys of the questions that stand in it."""
    document = Document()
    asked: list[str] = []
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(11)
    document.add_paragraph("FONDO CANADA PARA INICIATIVAS LOCALES    SOLICITUD 2024")
    for name in ("organisation", "project", "narrative"):
        group(document, app, words, name, asked)
    question, said = EXTRA["es"][1]
    document.add_paragraph(f"{question}")
    document.add_paragraph(said)
    group(document, app, words, "gba", asked)
    blanks(document, app, words)
    if app.id in {"duplicate", "atrisk"}:
        sheets.inside_word(document, app)
    group(document, app, words, "declaration", asked)
    document.save(str(path))
    return asked
