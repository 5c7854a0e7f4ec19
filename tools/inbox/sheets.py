"""Budgets as people make them: values, formulas never computed, numbers as text, sections, raw XML, .ods, a table in Word."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import office
from docx.document import Document
from model import Application, Line
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from sheet_words import CATEGORIES, HEADS, INDIRECT, SPANS, TITLES, TOTALS

WRONG = {2: 1_440_000, 4: -900_000}
"""Cents by which two stated totals of the sheet 'wrong' differ from quantity x unit cost."""
Row = list[str | float | None]


def number(cents: int) -> float:
    return int(cents / 100) if cents % 100 == 0 else cents / 100


def quantity(line: Line) -> float:
    return int(line.quantity) if line.quantity == int(line.quantity) else float(line.quantity)


def shares(line: Line, cents: int) -> list[float | None]:
    return [number(cents) if line.payer == payer else None for payer in "fokx"]


def values(app: Application, index: int, line: Line, cents: int | None = None) -> Row:
    cents = line.total_cents if cents is None else cents
    paid = shares(line, cents)
    activity = line.activity or INDIRECT[app.lang]
    last = f"{paid[3]} ({line.donor})" if line.payer == "x" else None
    return [
        index,
        activity,
        CATEGORIES[app.lang][line.category],
        line.description,
        line.unit,
        quantity(line),
        number(line.unit_cents),
        number(cents),
        *paid[:3],
        last,
    ]


def heads(app: Application) -> list[str]:
    words = list(HEADS[app.lang])
    words[6:8] = [f"{word} ({app.currency})" for word in words[6:8]]
    return words


def stated(app: Application, sheet: str) -> list[int]:
    """The total of every line as the sheet says it, in cents."""
    return [
        line.total_cents + (WRONG.get(n, 0) if sheet == "wrong" else 0)
        for n, line in enumerate(app.lines)
    ]


def title(sheet: Worksheet, app: Application) -> None:
    sheet.append([TITLES[app.lang]])
    sheet.merge_cells("A1:L1")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([str(app.answers["legal_name"])])
    sheet.append([str(app.answers["title"])])
    sheet.append([])


def bold(sheet: Worksheet) -> None:
    for cell in sheet[sheet.max_row]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDDDDD")


def total_row(app: Application, totals: list[int]) -> Row:
    paid = [
        sum(t for t, line in zip(totals, app.lines, strict=True) if line.payer == p) for p in "fok"
    ]
    return [
        None,
        None,
        None,
        TOTALS[app.lang][1],
        None,
        None,
        None,
        number(sum(totals)),
        *map(number, paid),
        None,
    ]


def plain(sheet: Worksheet, app: Application, totals: list[int]) -> None:
    title(sheet, app)
    sheet.append(heads(app))
    bold(sheet)
    for n, (line, cents) in enumerate(zip(app.lines, totals, strict=True), 1):
        sheet.append(values(app, n, line, cents))
    sheet.append(total_row(app, totals))
    bold(sheet)


def formulas(sheet: Worksheet, app: Application, _totals: list[int]) -> None:
    """A head of two rows, and sums written as formulas that no program has computed."""
    title(sheet, app)
    spans = SPANS[app.lang]
    sheet.append(
        [
            spans[0],
            None,
            None,
            None,
            f"{spans[1]} ({app.currency})",
            None,
            None,
            None,
            spans[2],
            None,
            None,
            None,
        ]
    )
    for area in ("A5:D5", "E5:H5", "I5:L5"):
        sheet.merge_cells(area)
    sheet.append(list(HEADS[app.lang]))
    bold(sheet)
    first = sheet.max_row + 1
    for n, line in enumerate(app.lines, 1):
        row, at = values(app, n, line), sheet.max_row + 1
        row[7] = f"=F{at}*G{at}"
        if line.payer in "fok":
            row[8 + "fok".index(line.payer)] = f"=H{at}"
        sheet.append(row)
    last = sheet.max_row
    sheet.append(
        [
            None,
            None,
            None,
            TOTALS[app.lang][1],
            None,
            None,
            None,
            *(f"=SUM({c}{first}:{c}{last})" for c in "HIJK"),
            None,
        ]
    )
    bold(sheet)


def as_text(value: str | float | None, lang: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    text = f"{value:,.2f}"
    return text.replace(",", " ").replace(".", ",") if lang == "fr" else f"$ {text}"


def texts(sheet: Worksheet, app: Application, totals: list[int]) -> None:
    """Every amount typed as text, as '$ 33,125.00' or '33 125,00'."""
    title(sheet, app)
    sheet.append(heads(app))
    for n, (line, cents) in enumerate(zip(app.lines, totals, strict=True), 1):
        row = values(app, n, line, cents)
        sheet.append(
            [str(row[0]), *row[1:5], str(row[5]), *(as_text(v, app.lang) for v in row[6:])]
        )
    sheet.append([as_text(value, app.lang) for value in total_row(app, totals)])


def sections(sheet: Worksheet, app: Application, totals: list[int]) -> None:
    """A heading per activity, a subtotal below it, and no column for the activity."""
    title(sheet, app)
    words = heads(app)
    sheet.append([words[0], *words[2:]])
    bold(sheet)
    for activity in dict.fromkeys(line.activity for line in app.lines):
        sheet.append([activity or INDIRECT[app.lang]])
        chosen = [(n, line) for n, line in enumerate(app.lines, 1) if line.activity == activity]
        for n, line in chosen:
            row = values(app, n, line)
            sheet.append([row[0], *row[2:]])
        amount = number(sum(line.total_cents for _, line in chosen))
        sheet.append([None, None, TOTALS[app.lang][0], None, None, None, amount])
    row = total_row(app, totals)
    sheet.append([row[0], *row[2:]])
    bold(sheet)


WRITERS = {
    "plain": plain,
    "formulas": formulas,
    "texts": texts,
    "sections": sections,
    "wrong": plain,
}


def more_sheets(book: Workbook, app: Application) -> None:
    notes = book.create_sheet(
        {"es": "Instrucciones", "en": "Instructions", "fr": "Notes"}[app.lang], 0
    )
    notes["A1"] = {
        "es": "Llene la hoja «Presupuesto». No cambie las columnas.",
        "en": "Fill in the sheet named Budget. Do not change the columns.",
        "fr": "Remplir la feuille du budget.",
    }[app.lang]
    quotes = book.create_sheet({"es": "Cotizaciones", "en": "Quotes", "fr": "Devis"}[app.lang])
    for row in (["Proveedor", "Monto"], ["Ferretería La Cotorra", 12500], ["Casa Ñandú", 11980]):
        quotes.append(row)
    book.create_sheet("Hoja3")


def write(app: Application, path: Path, sheet: str) -> None:
    """Save the applicant's budget in the manner named by `sheet`."""
    totals = stated(app, sheet)
    if sheet == "raw":
        raw(app, path, totals)
    elif sheet == "ods":
        office.convert(html(app, totals), path, "ods")
    else:
        book = Workbook()
        page = book.worksheets[0]
        page.title = {"es": "Presupuesto", "en": "Budget", "fr": "Budget"}[app.lang]
        WRITERS[sheet](page, app, totals)
        page.column_dimensions["B"].width = page.column_dimensions["D"].width = 38
        if sheet == "sections":
            more_sheets(book, app)
        book.save(path)


def body(app: Application, totals: list[int]) -> list[Row]:
    rows = [
        values(app, n, line, cents)
        for n, (line, cents) in enumerate(zip(app.lines, totals, strict=True), 1)
    ]
    return [list(heads(app)), *rows, total_row(app, totals)]


def html(app: Application, totals: list[int]) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str('' if v is None else v))}</td>" for v in row) + "</tr>"
        for row in body(app, totals)
    )
    return f"<html><meta charset='utf-8'><body><table border='1'><tr><td colspan='12'><b>{TITLES[app.lang]}</b></td></tr>{rows}</table></body></html>"


def raw(app: Application, path: Path, totals: list[int]) -> None:
    """A workbook zipped by hand, with inline strings, as small programs export it."""

    def cell(value: str | float | None, at: str) -> str:
        if isinstance(value, str):
            return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        return "" if value is None else f'<c r="{at}"><v>{value}</v></c>'

    rows: list[Row] = [[TITLES[app.lang]], [f"{app.answers['legal_name']}"], [], *body(app, totals)]
    made = "".join(
        f'<row r="{n}">'
        + "".join(cell(v, f"{chr(65 + c)}{n}") for c, v in enumerate(row))
        + "</row>"
        for n, row in enumerate(rows, 1)
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{base}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{base}"><sheets><sheet name="Budget" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{base}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{made}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (2024, 4, 18, 12, 0, 0)),
                f'<?xml version="1.0" encoding="UTF-8"?>{text}',
                zipfile.ZIP_DEFLATED,
            )


def inside_word(document: Document, app: Application) -> None:
    """The budget as a table of seven columns inside the form itself."""
    document.add_paragraph().add_run("CUENTAS (en pesos)").bold = True
    table = document.add_table(rows=0, cols=6, style="Table Grid")
    rows = [["Actividad", "En qué", "Unidad", "Cantidad", "Cada uno", "Total"]]
    rows += [
        [
            line.activity or "Gastos de administración",
            line.description,
            line.unit,
            str(quantity(line)),
            f"{line.unit_cents / 100:,.2f}",
            f"{line.total_cents / 100:,.2f}",
        ]
        for line in app.lines
    ]
    rows += [["TOTAL", "", "", "", "", f"{app.total_cents() / 100:,.2f}"]]
    for cells in rows:
        for cell, text in zip(table.add_row().cells, cells, strict=True):
            cell.text = text
