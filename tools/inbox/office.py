"""Layout 5: forms written as a web page and saved by LibreOffice as .docx or .odt (and spreadsheets as .ods)."""

import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path

import render
from model import QUESTIONS, Application
from plan import EXTRA, ORDER

FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "odt": "odt",
    "ods": "ods:calc8",
    "doc": "doc:MS Word 97",
}
DROPPED = {"fiscal_years", "focus", "language", "registration_law", "declares"}
TABLED = {"indicators", "activities", "risks"}
HEADS = {
    "es": {
        "organisation": "I. Identificación",
        "project": "II. Propuesta",
        "narrative": "III. Desarrollo",
        "gba": "IV. Género e interseccionalidad",
        "declaration": "V. Firma",
    },
    "fr": {
        "organisation": "I. L'organisme",
        "project": "II. Le projet",
        "narrative": "III. Description",
        "gba": "IV. ACS+",
        "declaration": "V. Signature",
    },
}
STYLE = "<style>body{font-family:Liberation Sans;font-size:10pt} td{border:1px solid #888;padding:3px;vertical-align:top} h2{color:#204060}</style>"


def convert(page: str, path: Path, kind: str) -> None:
    """Let LibreOffice turn a web page into a file of the kind named."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page, "utf-8")
        importer = (
            ["--infilter=HTML (StarWriter)"]
            if kind in {"docx", "odt", "doc"}
            else ["--infilter=HTML (StarCalc)"]
        )
        program = shutil.which("soffice") or "soffice"
        subprocess.run(
            [
                program,
                "--headless",
                f"-env:UserInstallation=file://{folder}/profile",
                *importer,
                "--convert-to",
                FILTERS[kind],
                "--outdir",
                folder,
                str(source),
            ],
            check=True,
            capture_output=True,
        )
        shutil.copyfile(source.with_suffix(f".{kind}"), path)


def table(rows: list[list[str]]) -> str:
    made = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table width='100%' cellspacing='0'>{made}</table>"


def item(app: Application, words: str, key: str) -> str:
    label, kind = escape(render.label(words, key, app.lang)), QUESTIONS[key]["kind"]
    if key in TABLED:
        heads, rows = render.grid(app, key)
        return f"<h3>{label}</h3>{table([heads, *rows])}"
    said = [escape(text) for text in render.text(app, key, cash="code", spot="comma")]
    if kind == "choices":
        said = [f"• {escape(render.option(key, code, app.lang))}" for code in app.answers[key]]
    if kind in {"words", "repeat", "people", "choices"}:
        return f"<h3>{label}</h3>" + "".join(f"<p>{text}</p>" for text in said)
    return f"<tr><td width='35%'><b>{label}</b></td><td>{said[0]}</td></tr>"


def section(app: Application, words: str, name: str, asked: list[str]) -> str:
    keys = [k for k in ORDER[name].split() if k in app.answers and k not in DROPPED]
    keys = [k for k in keys if words == "pack" or k in render.WORDINGS[words]]
    asked += keys
    made = [item(app, words, key) for key in keys]
    facts = "".join(part for part in made if part.startswith("<tr>"))
    rest = "".join(part for part in made if not part.startswith("<tr>"))
    return (
        f"<h2>{HEADS[app.lang][name]}</h2><table width='100%' cellspacing='0'>{facts}</table>{rest}"
    )


def budget(app: Application) -> str:
    rows = [["Rubro", "Concepto", "Unidad", "Cant.", "P. unitario (MXN)", "Importe (MXN)", "Paga"]]
    payers = {"f": "Fondo Canadá", "o": "Nosotras", "k": "Nosotras, en especie"}
    rows += [
        [
            line.activity or "Administración",
            line.description,
            line.unit,
            f"{line.quantity:f}",
            f"{line.unit_cents / 100:,.2f}",
            f"{line.total_cents / 100:,.2f}",
            payers.get(line.payer, line.donor),
        ]
        for line in app.lines
    ]
    rows.append(["Total", "", "", "", "", f"{app.total_cents() / 100:,.2f}", ""])
    return f"<h2>Presupuesto</h2>{table(rows)}"


def write(app: Application, path: Path, words: str) -> list[str]:
    """Save the form; returns the keys of the questions that stand in it."""
    asked: list[str] = []
    question, said = EXTRA[app.lang][-1]
    parts = [section(app, words, name, asked) for name in HEADS[app.lang]]
    parts.insert(1, f"<h3>{escape(question)}</h3><p>{escape(said)}</p>")
    if app.id == "recicladoras":
        parts.insert(4, budget(app))
    title = {
        "es": "Convocatoria Fondo Canadá 2024: propuesta",
        "fr": "Appel 2024 du Fonds canadien : proposition",
    }[app.lang]
    convert(
        f"<html><head><meta charset='utf-8'>{STYLE}</head><body><h1>{title}</h1>{''.join(parts)}</body></html>",
        path,
        path.suffix[1:],
    )
    return asked
