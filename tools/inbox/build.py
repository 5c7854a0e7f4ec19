"""Rebuild the example inbox, its truth and its table: `python tools/inbox/build.py` (needs LibreOffice)."""

import io
import json
import random
import re
import shutil
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import boxes
import letter
import mail
import merged
import office
import sheets
import template
import twocolumn
import typed
from model import Application, everyone
from PIL import Image, ImageDraw, ImageFont
from plan import FOCUS, ORDER, PLANS, Plan

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "src" / "monarca" / "examples"
INBOX = EXAMPLES / "inbox"
TRUTH = ROOT / "tests" / "data" / "inbox_truth.json"
WRITERS = {
    "two-column": twocolumn,
    "boxes": boxes,
    "merged": merged,
    "typed": typed,
    "office": office,
    "office-odt": office,
    "template": template,
    "letter": letter,
}
CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?")
SESSION = re.compile(rb'(config:name="Rsid[A-Za-z]*" config:type="int">)\d+')
SAVED = b"2024-04-18T12:00:00"
SCANNED = time.struct_time((2024, 4, 19, 14, 22, 0, 4, 110, 0))
UNREADABLE = [
    {"file": "Escaneo_2024-04-19_14-22.pdf", "reason": "a scanned picture without text"},
    {
        "file": "Solicitud Huertas del Bordo (recuperado).docx",
        "reason": "a damaged zip: the end is missing",
    },
    {"file": "Formato 2023 viejo.doc", "reason": "the old binary format of Word"},
]


def still(name: str, data: bytes) -> bytes:
    """A part without the hour of saving and without LibreOffice's random number of the session."""
    if name == "settings.xml":
        return SESSION.sub(rb"\g<1>0", data)
    return CLOCK.sub(SAVED, data) if name in {"docProps/core.xml", "meta.xml"} else data


def settle(path: Path) -> None:
    """Give every member of a zip one fixed date, so that building twice gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(info.filename, archive.read(info.filename)) for info in archive.infolist()]
    parts = [(name, still(name, data)) for name, data in parts]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2024, 4, 18, 12, 0, 0)), data, kind)


def money(app: Application, plan: Plan) -> None:
    """Where the sheet adds up wrongly, the form repeats the wrong sum."""
    if plan.sheet == "wrong":
        local = sum(
            t
            for t, line in zip(sheets.stated(app, plan.sheet), app.lines, strict=True)
            if line.payer == "f"
        )
        app.answers["requested_local"]["cents"] = local
        for key in ("requested", "total_cost"):
            app.answers[key]["cents"] = round(local / 1230) * 100


def budget_truth(app: Application, plan: Plan) -> dict[str, Any] | None:
    if not app.lines:
        return None
    totals = sheets.stated(app, plan.sheet)
    lines = [
        line.truth() | {"stated_total_cents": t} for line, t in zip(app.lines, totals, strict=True)
    ]
    return {
        "currency": app.currency,
        "sheet": plan.sheet,
        "category_stated": plan.sheet != "inside",
        "lines": lines,
        "total_cents": app.total_cents(),
        "stated_total_cents": sum(totals),
        "fund_cents": app.fund_cents(),
        "stated_fund_cents": sum(
            t for t, line in zip(totals, app.lines, strict=True) if line.payer == "f"
        ),
    }


def one(app: Application, plan: Plan) -> dict[str, Any]:
    """Write one applicant's files and say what they hold."""
    money(app, plan)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) if plan.mail else INBOX
        form = base / plan.form
        form.parent.mkdir(parents=True, exist_ok=True)
        asked = WRITERS[plan.layout].write(app, form, plan.words)
        made = [form]
        if plan.budget:
            made.append(base / plan.budget)
            sheets.write(app, made[1], plan.sheet)
        for path in made:
            settle(path)
        received = (
            mail.write(app.id, app.answers["email"], made, INBOX / plan.mail) if plan.mail else None
        )
    outside = [plan.mail] if plan.mail else [p for p in (plan.form, plan.budget) if p]
    answers = {key: app.answers[key] for key in dict.fromkeys(asked)}
    blank = [key for key in ORDER["gba"].split() if key not in app.answers]
    return {
        "id": app.id,
        "organisation": app.answers["legal_name"],
        "language": app.lang,
        "layout": plan.layout,
        "words": plan.words,
        "files": outside,
        "form": plan.form,
        "budget_file": plan.budget or None,
        "received_at": received,
        "fault": plan.fault or None,
        "answers": answers,
        "left_blank": blank,
        "budget": budget_truth(app, plan),
    }


def scan(path: Path) -> None:
    """A crooked, grey picture of a page, inside a PDF without a letter of text."""
    dice = random.Random(20240419)
    page = Image.new("L", (850, 1100), 238)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(17)
    for number, words in enumerate(
        [
            "SOLICITUD AL FONDO CANADA",
            "Nombre del grupo: Las Hormigas del Cerro",
            "Proyecto: Guardería comunitaria",
            "Monto: 38 mil dolares canadienses",
        ]
        + ["~ " * 30] * 22
    ):
        pen.text((90, 90 + 36 * number), words, fill=70, font=font)
    for _ in range(5000):
        page.putpixel((dice.randrange(850), dice.randrange(1100)), dice.randrange(120, 220))
    page.rotate(2.3, fillcolor=205).save(
        path,
        "PDF",
        resolution=100,
        quality=40,
        **dict.fromkeys(("creationDate", "modDate"), SCANNED),
    )


def extras(whole: Path) -> None:
    """The three files that cannot be read: a scan, a damaged form, an old .doc."""
    scan(INBOX / UNREADABLE[0]["file"])
    data = io.BytesIO(whole.read_bytes()).getvalue()
    (INBOX / UNREADABLE[1]["file"]).write_bytes(data[: len(data) * 3 // 5])
    page = "<html><meta charset='utf-8'><body><h1>Formato 2023</h1><p>Organización: Cooperativa El Nopalito</p><p>Monto: 25,000 CAD</p></body></html>"
    office.convert(page, INBOX / UNREADABLE[2]["file"], "doc")


def table(rows: list[dict[str, Any]]) -> str:
    said = [
        "| file | organisation | language | layout | wording | fault |",
        "|---|---|---|---|---|---|",
    ]
    said += [
        f"| {' + '.join(r['files'])} | {r['organisation']} | {r['language']} | {r['layout']} | {r['words']} | {(r['fault'] or '').replace('_', ' ')} |"
        for r in rows
    ]
    return "\n".join(
        said + [f"| {r['file']} | | | | | cannot be read: {r['reason']} |" for r in UNREADABLE]
    )


def main() -> None:
    shutil.rmtree(INBOX, ignore_errors=True)
    INBOX.mkdir(parents=True)
    apps, rows = everyone(), []
    for name in ("phone", "contact_phone"):
        apps["duplicate"].answers[name] = apps["agua"].answers[name]
    for key, plan in PLANS.items():
        apps[key].answers |= {"focus": FOCUS[key]} if key in FOCUS else {}
        rows.append(one(apps[key], plan))
    extras(INBOX / PLANS["alcohol"].form)
    TRUTH.parent.mkdir(parents=True, exist_ok=True)
    truth = {"call": "CFLI-MX-2024", "applications": rows, "unreadable": UNREADABLE}
    TRUTH.write_text(json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8")
    about = (Path(__file__).parent / "about.md").read_text("utf-8")
    (EXAMPLES / "README.md").write_text(about.replace("{table}", table(rows)), "utf-8")


if __name__ == "__main__":
    main()
