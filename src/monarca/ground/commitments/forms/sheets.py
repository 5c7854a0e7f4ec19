"""The register as files: CSV with a byte-order mark, and XLSX; and the template to fill in."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from monarca.engines.documents.writing import workbook
from monarca.engines.publishing.wording import guarded
from monarca.ground.commitments.queries import Exported
from monarca.ground.commitments.queries.incoming import COLUMNS, TOLD, in_a_cell
from monarca.ground.commitments.states import Aims, Origins, Pillars, Sides, Status
from monarca.kit.trilingual import LANGUAGES

BYTE_ORDER_MARK = "\ufeff"
HEAD = (*(column.name for column in COLUMNS), *TOLD)
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def written(kind: str, rows: Iterable[Sequence[str]], head: Sequence[str] = HEAD) -> bytes:
    """The rows under their head as `csv` or `xlsx`; no cell is ever computed by a spreadsheet."""
    if kind == "xlsx":
        return workbook.write([(_("Commitments"), [head, *rows])])
    stream = io.StringIO(newline="")
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return stream.getvalue().encode()


def cells(several: Iterable[Exported], *, base: str) -> Iterator[list[str]]:
    """One line a commitment, in the order of the columns; `base` stands before its path."""
    for each in several:
        values = _values(each, base)
        yield [values.get(name, "") for name in HEAD]


def _values(each: Exported, base: str) -> Mapping[str, str]:
    row, last = each.row, each.last
    owners = {side: ";".join(map(in_a_cell, names)) for side, names in each.owners.items()}
    return {
        **{f"text_{code}": row.text.get(code, "") for code in LANGUAGES},
        **{f"source_{code}": row.source_name.get(code, "") for code in LANGUAGES},
        **{f"owner_{side}": owners.get(side, "") for side in Sides.values},
        "reference": row.reference,
        "external_id": row.external_id if each.is_inside else "",
        "origin": row.origin,
        "pillar": row.pillar,
        "aims": ";".join(each.aims),
        "promised_on": row.promised_on.isoformat(),
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "status": row.status,
        "evidence_url": last.evidence_url if last else "",
        "public": "yes" if row.is_public else "no",
        "percent": "" if last is None or last.percent is None else str(last.percent),
        "reported_on": last.at.date().isoformat() if last else "",
        "closed_on": row.ended_at.date().isoformat() if row.ended_at else "",
        "address": f"{base}/{row.reference}/",
    }


def template(kind: str) -> bytes:
    """An empty file with the columns that are read, and one line to show how it is filled."""
    head = [column.name for column in COLUMNS if column.name != "reference"]
    sample = {
        "external_id": "PLAN-1",
        "text_es": "Ejemplo: firmar el acuerdo sobre áreas protegidas.",
        "text_en": "Example: sign the agreement on protected areas.",
        "text_fr": "Exemple : signer l’accord sur les aires protégées.",
        "origin": Origins.ACTION_PLAN,
        "pillar": Pillars.ENVIRONMENT,
        "aims": f"{Aims.CLIMATE};{Aims.RIGHTS}",
        "promised_on": "2025-09-18",
        "due_on": "2026-12-31",
        "owner_canada": "Ministry of the example",
        "owner_mexico": "Secretaría del ejemplo",
        "status": Status.PROMISED,
        "public": "no",
    }
    return written(kind, [[str(sample.get(name, "")) for name in head]], head)


def described() -> list[tuple[str, str, str]]:
    """(column, what stands in it, which values it knows): the page's own documentation."""
    return [(column.name, _meaning(column.name), _values_of(column)) for column in COLUMNS]


def _values_of(column: Any) -> str:
    if column.name == "aims":
        return ", ".join(Aims.values)
    return ", ".join(column.choices)


def _meaning(name: str) -> str:
    stem = name.partition("_")[0]
    known = {
        "reference": _("The register’s own reference, for a commitment that is here already."),
        "external_id": _("Your own number for it; a second file with the same number finds it."),
        "text": _("What is promised, in one language; at least one of the three is needed."),
        "origin": _("Where it comes from. Needed."),
        "pillar": _("The pillar of the action plan, if any."),
        "aims": _("The shared aims it serves, divided by semicolons."),
        "promised_on": _("The day it was promised, as 2025-09-18. Needed."),
        "due_on": _("The day it is due, as 2026-12-31; empty if no day was named."),
        "owner": _("The institutions that answer for it on this side, divided by semicolons."),
        "source": _("The meeting or paper it was made in, in this language."),
        "status": _("How it stands; empty means promised. A closed one needs evidence."),
        "evidence_url": _("An address that shows it."),
        "public": _("yes or no; only a manager makes one public as it comes in."),
    }
    return known.get(name) or known[stem]
