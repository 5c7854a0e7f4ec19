"""Layout 3: merged cells, upper-case renumbered questions, old check boxes, guidance left in (hand-written XML)."""

from pathlib import Path

import render
import wml
from model import QUESTIONS, Application
from plan import EXTRA, ORDER

LETTERS = {"organisation": "A", "project": "B", "narrative": "C", "gba": "D", "declaration": "E"}
NAMES = {
    "es": {
        "organisation": "SOLICITANTE",
        "project": "PROYECTO",
        "narrative": "DESCRIPCIÓN",
        "gba": "ANÁLISIS DE GÉNERO (ABG+)",
        "declaration": "FIRMA",
    },
    "en": {
        "organisation": "APPLICANT",
        "project": "PROJECT",
        "narrative": "DESCRIPTION",
        "gba": "GENDER-BASED ANALYSIS PLUS",
        "declaration": "SIGNATURE",
    },
}
GUIDE = {
    "es": "Máximo {n} palabras. Sea específico. (Elimine todo el texto en azul.)",
    "en": "Maximum {n} words. Be specific. (Delete all blue text.)",
}
PAIRED = [
    ("starts_on", "ends_on"),
    ("phone", "email"),
    ("contact_name", "contact_title"),
    ("contact_phone", "contact_email"),
    ("representative_name", "representative_title"),
    ("registration_on", "registration_place"),
    ("declared_name", "declared_title"),
    ("requested", "requested_local"),
    ("founded", "bank_currency"),
]
SECOND = {right: left for left, right in PAIRED}
DROPPED = {"fiscal_years", "focus", "language", "registration_law", "secondary_priority"}
NBSP = "\u00a0"


def shout(app: Application, words: str, key: str, number: str) -> str:
    text = render.label(words, key, app.lang).upper().replace(" ", NBSP, 2)
    return wml.paragraph(wml.run(f"{number}.{NBSP}{text}", bold=True))


def choices(app: Application, key: str) -> str:
    value = app.answers[key]
    if isinstance(value, bool):
        said = [(word, value is (n == 0)) for n, word in enumerate(render.YES[app.lang])]
        return wml.paragraph(
            *(
                wml.legacy_box(on, f"c{key}{n}") + wml.run(f" {word}    ")
                for n, (word, on) in enumerate(said)
            )
        )
    chosen = value if isinstance(value, list) else [value]
    rows = render.options(key)
    return "".join(
        wml.paragraph(
            wml.legacy_box(row["code"] in chosen, row["code"][:19]),
            wml.run(f"{NBSP}{row['label'][app.lang]}"),
        )
        for row in rows
    )


def answer(app: Application, key: str) -> str:
    kind = QUESTIONS[key]["kind"]
    if key == "state":
        return wml.paragraph(wml.run(render.text(app, key)[0]))
    if kind in {"choice", "choices", "yes_no", "declaration"}:
        return choices(app, key)
    said = render.text(
        app, key, dates="long", cash="words" if app.lang == "es" else "code", spot="slash"
    )
    return "".join(wml.paragraph(wml.split_run(text)) for text in said)


def inner_table(app: Application, key: str) -> str:
    heads, rows = render.grid(app, key, "slash")
    made = [
        wml.row(
            *(
                wml.cell(wml.paragraph(wml.run(t, bold=n == 0)), width=9000 // len(heads))
                for t in cells
            )
        )
        for n, cells in enumerate([heads, *rows])
    ]
    return wml.table(made, len(heads), 9000) + wml.paragraph()


def question(app: Application, words: str, key: str, number: str) -> list[str]:
    limit = QUESTIONS[key].get("words")
    rows = [wml.row(wml.cell(shout(app, words, key, number), width=9600, span=4, fill="F2F2F2"))]
    if limit:
        guide = wml.paragraph(
            wml.run(GUIDE[app.lang].format(n=limit), italic=True, color="0070C0", size=18)
        )
        rows.append(wml.row(wml.cell(guide, width=9600, span=4)))
    tabular = key in {"activities", "indicators", "risks"} and app.answers[key]
    body = inner_table(app, key) if tabular else answer(app, key)
    return [*rows, wml.row(wml.cell(body, width=9600, span=4))]


def pair(app: Application, words: str, keys: tuple[str, str], numbers: list[str]) -> list[str]:
    heads = [
        wml.cell(shout(app, words, k, n), width=4800, span=2, fill="F2F2F2")
        for k, n in zip(keys, numbers, strict=True)
    ]
    return [wml.row(*heads), wml.row(*(wml.cell(answer(app, k), width=4800, span=2) for k in keys))]


def extra(app: Application, number: str, index: int) -> list[str]:
    asked, said = EXTRA[app.lang][index]
    head = wml.paragraph(wml.run(f"{number}.{NBSP}{asked.upper()}", bold=True))
    return [
        wml.row(wml.cell(head, width=9600, span=4, fill="F2F2F2")),
        wml.row(wml.cell(wml.paragraph(wml.run(said)), width=9600, span=4)),
    ]


def section(app: Application, words: str, name: str) -> tuple[list[str], list[str]]:
    letter, keys = (
        LETTERS[name],
        [k for k in ORDER[name].split() if k in app.answers and k not in DROPPED],
    )
    rows = [
        wml.row(
            wml.cell(
                wml.paragraph(
                    wml.run(f"{letter}. {NAMES[app.lang][name]}", bold=True, color="FFFFFF")
                ),
                width=9600,
                span=4,
                fill="A6192E",
            )
        )
    ]
    first = dict(PAIRED)
    for number, key in enumerate(keys, 1):
        if key in SECOND and SECOND[key] in keys:
            continue
        if first.get(key) in keys:
            rows += pair(app, words, (key, first[key]), [f"{letter}{number}", f"{letter}{number}B"])
        else:
            rows += question(app, words, key, f"{letter}{number}")
    if name in {"organisation", "narrative"}:
        rows += extra(app, f"{letter}{len(keys) + 1}", 0 if name == "organisation" else -1)
    return rows, keys


def write(app: Application, path: Path, words: str) -> list[str]:
    """Save the form; returns the keys of the questions that stand in it."""
    title = {
        "es": "FONDO CANADÁ PARA INICIATIVAS LOCALES \u2013 FORMATO DE SOLICITUD",
        "en": "CANADA FUND FOR LOCAL INITIATIVES \u2013 APPLICATION FORM",
    }[app.lang]
    corner = wml.row(
        wml.cell(wml.paragraph(wml.run("FCIL / CFLI", bold=True)), merge="start"),
        wml.cell(wml.paragraph(wml.run(title, bold=True)), width=7200, span=3),
    )
    below = wml.row(
        wml.cell(wml.paragraph(), merge="more"),
        wml.cell(wml.paragraph(wml.run("México 2024-2025")), width=7200, span=3),
    )
    rows, asked = [corner, below], list[str]()
    for name in LETTERS:
        made, keys = section(app, words, name)
        rows, asked = rows + made, asked + keys
    wml.save(path, wml.table(rows, 4) + wml.paragraph())
    return asked
