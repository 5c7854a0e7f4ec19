"""Layout 7: a form turned into a letter: running headings, a text box, a nested table, tracked changes (hand-written XML)."""

from pathlib import Path

import render
import wml
from model import QUESTIONS, Application
from plan import EXTRA, ORDER

BOXED = ("legal_name", "short_name", "title", "summary")
NESTED = ("contact_name", "contact_title", "contact_phone", "contact_email")
DROPPED = {
    "fiscal_years",
    "focus",
    "language",
    "registration_law",
    "psea_policy",
    "declares",
    "declared_title",
}


def said(app: Application, key: str) -> list[str]:
    return render.text(app, key, cash="code", spot="slash")


def line(app: Application, words: str, key: str) -> str:
    label = render.label(words, key, app.lang)
    if key == "requested":
        change = wml.changed(
            "51 000,00 $ CA", said(app, key)[0], "Roseline", "2024-04-21T05:40:00Z"
        )
        return wml.paragraph(wml.run(f"{label} : ", bold=True), change)
    return wml.paragraph(wml.run(f"{label} : ", bold=True), wml.run(said(app, key)[0]))


def contact(app: Application, words: str) -> str:
    """A table inside the cell of another one, for the contact person."""
    inner = wml.table(
        [
            wml.row(
                wml.cell(wml.paragraph(wml.run(render.label(words, k, app.lang))), width=3000),
                wml.cell(wml.paragraph(wml.run(said(app, k)[0])), width=5000),
            )
            for k in NESTED
        ],
        2,
        8000,
    )
    head = wml.paragraph(wml.run("Pour nous écrire ou nous appeler", italic=True))
    return wml.table([wml.row(wml.cell(head + inner + wml.paragraph(), width=9600))], 1)


def chapter(app: Application, words: str, key: str) -> str:
    label = render.label(words, key, app.lang)
    if QUESTIONS[key]["kind"] not in {"words", "repeat", "people", "choices"}:
        return line(app, words, key)
    head = wml.paragraph(wml.run(label, bold=True, size=26))
    return head + "".join(wml.paragraph(wml.split_run(text)) for text in said(app, key))


def write(app: Application, path: Path, words: str) -> list[str]:
    """Save the form; returns the keys of the questions that stand in it."""
    order = [
        k
        for name in ("organisation", "project", "narrative", "gba", "declaration")
        for k in ORDER[name].split()
    ]
    asked = [k for k in order if k in app.answers and k not in DROPPED]
    body = wml.paragraph(wml.run("Fonds canadien d'initiatives locales", bold=True, size=32))
    body += wml.paragraph(
        wml.run(
            "Madame, Monsieur, votre formulaire ne s'ouvrait pas sur notre téléphone ; nous en avons recopié les questions."
        )
    )
    body += wml.text_box("".join(line(app, words, key) for key in BOXED)) + contact(app, words)
    body += "".join(chapter(app, words, key) for key in asked if key not in (*BOXED, *NESTED))
    question, reply = EXTRA["fr"][0]
    body += wml.paragraph(wml.run(question, bold=True)) + wml.paragraph(wml.run(reply))
    wml.save(path, body)
    return asked
