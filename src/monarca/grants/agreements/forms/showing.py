"""Rows ready to print: agreements in a list, instalments, signatures, amendments, articles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.engines.documents.writing import markdown
from monarca.engines.documents.writing.shapes import Article, Document, Table
from monarca.grants.agreements.models import Agreement, Amendment, Instalment, Signature
from monarca.grants.agreements.states import Condition, InstalmentKind, Party
from monarca.grants.agreements.states import Status as Standing
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity
from monarca.grants.decisions.models import Decision
from monarca.kit import formats
from monarca.kit.parts import Link, Noted, Status, Tone

TONES: Mapping[str, Tone] = {
    Standing.DRAFT: "plain",
    Standing.SENT: "info",
    Standing.ACTIVE: "ok",
    Standing.SUSPENDED: "warn",
    Standing.TERMINATED: "ink",
}


def tag_of(agreement: Agreement) -> Status:
    return Status(str(Standing(agreement.status).label), TONES[agreement.status])


def organisation_of(file: Application) -> str:
    """The organisation's name where the file is open; nothing that betrays it otherwise."""
    is_open = file.sensitivity == Sensitivity.OPEN
    return file.applicant.legal_name if is_open else _("By alias")


def agreement_rows(rows: Iterable[Agreement]) -> list[tuple[Any, ...]]:
    """Agreements with file, amount, last day and status."""
    return [
        (
            Link(
                row.number,
                reverse("agreements:file", args=[row.application.reference]),
                row.application.shown_title,
            ),
            organisation_of(row.application),
            formats.money(row.amount_cents),
            formats.day(row.ends_on, style="medium"),
            tag_of(row),
        )
        for row in rows
    ]


def decision_rows(rows: Iterable[Decision]) -> list[tuple[Any, ...]]:
    """Confirmed yeses that wait for their agreement."""
    return [
        (
            Link(
                row.application.reference,
                reverse("agreements:file", args=[row.application.reference]),
                row.application.shown_title,
            ),
            organisation_of(row.application),
            formats.money(row.amount_cents),
            formats.day(row.confirmed_at, style="medium") if row.confirmed_at else "—",
            Status(_("To draft"), "info"),
        )
        for row in rows
    ]


def facts_of(agreement: Agreement) -> list[tuple[str, Any]]:
    """The agreement in a few lines."""
    rows: list[tuple[str, Any]] = [
        (_("Amount, at most"), formats.money(agreement.amount_cents)),
        (_("Activities begin on"), formats.day(agreement.starts_on)),
        (_("Activities end on"), formats.day(agreement.activities_end_on)),
        (_("The agreement ends on"), formats.day(agreement.ends_on)),
    ]
    if agreement.signed_on:
        rows.append((_("In force since"), formats.day(agreement.signed_on)))
    if agreement.terminated_on:
        rows.append((_("Ended on"), formats.day(agreement.terminated_on)))
    return rows


def part_rows(parts: Iterable[Instalment]) -> list[tuple[Any, ...]]:
    """Planned payments and what each waits for."""
    return [
        (
            str(part.number),
            str(InstalmentKind(part.kind).label),
            waits_for(part.condition),
            formats.day(part.due_on, style="medium"),
            formats.money(part.cents),
        )
        for part in parts
    ]


def waits_for(condition: str) -> str:
    """What an instalment waits for, in words."""
    return str(Condition(condition).label) if condition in Condition.values else condition


def signature_facts(signatures: Mapping[str, Signature]) -> list[tuple[str, Any]]:
    """Who signed for each party, or that nobody has."""
    rows = []
    for party in Party:
        one = signatures.get(party)
        said: Any = _("Not signed yet")
        if one:
            name = f"{one.name}, {one.title}" if one.title else one.name
            said = f"{name}, {formats.day(one.signed_on)}"
        rows.append((str(party.label), said))
    return rows


def amendment_rows(rows: Iterable[Amendment]) -> list[tuple[Any, ...]]:
    """Every version of the agreement, the original first."""
    return [
        (
            Noted(
                _("Original") if not row.sequence else _("Amendment %(n)s") % {"n": row.sequence},
                row.reason,
            ),
            formats.day(row.signed_on, style="medium"),
            formats.money(row.amount_cents),
            formats.day(row.ends_on, style="medium"),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Shown:
    """One article or annex of the paper, as a page prints it."""

    title: str
    pieces: list[tuple[str, list[str]]]
    tables: tuple[Table, ...]
    check: bool


def article_blocks(document: Document) -> list[Shown]:
    """Articles, numbered as the paper numbers them, then the annexes."""
    numbered = [
        _shown(f"{number}. {one.title}", one)
        for number, one in enumerate(document.articles, start=1)
    ]
    annexes = [
        _shown(_("Annex %(letter)s. %(title)s") % {"letter": letter, "title": one.title}, one)
        for letter, one in zip("ABCDEFGH", document.annexes, strict=False)
    ]
    return [*numbered, *annexes]


def _shown(title: str, article: Article) -> Shown:
    pieces = []
    for block in markdown.parse(article.text):
        if isinstance(block, markdown.Items):
            pieces.append(("list", ["".join(run.text for run in one) for one in block.items]))
        else:
            pieces.append(("text", ["".join(run.text for run in block.runs)]))
    heading = "".join(run.text for run in markdown.runs(title))
    return Shown(heading, pieces, article.tables, article.check)
