"""Agreed texts side by side, promises and what became of them, as rows ready to print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from monarca.ground.commitments.states import Pillars
from monarca.ground.commitments.states import Status as Kept
from monarca.kit import formats
from monarca.kit.parts import Bar, Link, Noted, Status, Tone
from monarca.kit.trilingual import institution
from monarca.programmes.dialogues.forms.showing import in_own
from monarca.programmes.dialogues.forms.wording import SPOKEN, tag_of
from monarca.programmes.dialogues.models import Accord, Wording
from monarca.programmes.dialogues.queries import Cell, Followed, Report, Standing
from monarca.programmes.dialogues.states import Sides

BECAME: Mapping[str, Tone] = {
    Kept.PROMISED: "plain",
    Kept.UNDER_WAY: "info",
    Kept.KEPT: "ok",
    Kept.PARTLY_KEPT: "warn",
    Kept.NOT_KEPT: "bad",
    Kept.WITHDRAWN: "ink",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One language of a paragraph on the page, and which sides agreed it."""

    cell: Cell
    name: str
    lang: str
    marks: tuple[Status, ...]
    box: str
    about: str


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph side by side; `facts` of a promise, `to_agree` the languages left to me."""

    standing: Standing
    number: int
    columns: tuple[Column, ...]
    facts: tuple[tuple[str, Any], ...]
    to_agree: tuple[str, ...]


def lines(standings: Sequence[Standing], side: str) -> list[Line]:
    """The text paragraph by paragraph, as somebody of this side reads it."""
    return [
        Line(
            standing=row,
            number=number,
            columns=tuple(_column(row, cell, number) for cell in row.cells),
            facts=tuple(terms_said(row)),
            to_agree=tuple(
                cell.language
                for cell in row.cells
                if side and side not in cell.agreed and (cell.text or row.is_struck)
            ),
        )
        for number, row in enumerate(standings, start=1)
    ]


def _column(row: Standing, cell: Cell, number: int) -> Column:
    marks = tuple(
        Status(_("%(side)s agrees") % {"side": label}, "ok")
        if each in cell.agreed
        else Status(_("%(side)s has not agreed") % {"side": label}, "plain")
        for each, label in Sides.choices
    )
    name = str(SPOKEN[cell.language])
    said = {"number": formats.number(number), "language": name}
    return Column(
        cell=cell,
        name=name,
        lang=tag_of(cell.language),
        marks=marks,
        box=f"{row.paragraph.code}:{row.paragraph.round}:{cell.language}",
        about=_("paragraph %(number)s, %(language)s") % said,
    )


def boxes(lines: Iterable[Line]) -> list[str]:
    """All that is left to agree, as the page's form sends it."""
    return [
        column.box
        for line in lines
        for column in line.columns
        if column.cell.language in line.to_agree
    ]


def terms_said(row: Standing) -> list[tuple[str, Any]]:
    """What a promise says besides its words."""
    if not row.paragraph.is_promise:
        return []
    terms = row.wording.terms
    facts: list[tuple[str, Any]] = []
    if terms.get("due_on"):
        facts.append((_("Due by"), formats.day(date.fromisoformat(terms["due_on"]))))
    facts += [
        (str(Sides(one["side"]).label), institution(one["name"])) for one in terms.get("owners", ())
    ]
    if terms.get("pillar"):
        facts.append((_("Pillar of the action plan"), str(Pillars(terms["pillar"]).label)))
    made = row.paragraph.commitment
    if made:
        place = reverse("commitments:one", args=[made.reference])
        facts.append(
            (_("In the register"), format_html('<a href="{}">{}</a>', place, made.reference))
        )
    return facts


def followed_head() -> list[str]:
    return [_("Promise"), _("Owners"), _("Due by"), _("Status"), _("What became of it")]


def followed_rows(rows: Iterable[Followed]) -> list[list[Any]]:
    """Promises with their owners, status and evidence."""
    found = []
    for one in rows:
        made = one.commitment
        place = reverse("commitments:one", args=[made.reference])
        found.append(
            [
                Link(made.reference, place, in_own(made.text)),
                "; ".join(institution(owner.name) for owner in one.owners) or "—",
                formats.day(made.due_on) if made.due_on else "—",
                became(made.status),
                _last(one),
            ]
        )
    return found


def became(status: str) -> Status:
    return Status(str(Kept(status).label), BECAME[status])


def _last(one: Followed) -> Any:
    if one.last is None:
        return _("Nothing reported yet")
    proof = one.evidence.evidence_url if one.evidence else ""
    if proof.startswith(("https://", "http://")):
        words = format_html('<span lang="{}">{}</span>', tag_of(one.last.language), one.last.note)
        return Link(words, proof, _("Evidence"))
    return Noted(one.last.note, formats.day(one.last.at.date()), tag_of(one.last.language))


def report_figures(report: Report) -> list[tuple[str, str]]:
    """The year in a few numbers."""
    ended = report.counts[Kept.KEPT] + report.counts[Kept.PARTLY_KEPT]
    return [
        (formats.number(len(report.meetings)), _("meetings held")),
        (formats.number(len(report.made)), _("promises of the year")),
        (formats.number(len(report.older)), _("earlier promises still followed")),
        (formats.number(ended), _("kept, whole or in part")),
    ]


def report_bars(report: Report) -> list[list[Any]]:
    """How many promises stand at each status."""
    top = max(report.counts.values(), default=0) or 1
    return [
        [str(label), Bar(report.counts[value], top), formats.number(report.counts[value])]
        for value, label in Kept.choices
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One wording there was: who worded it, when, its words, and who agreed them."""

    number: str
    by: str
    at: str
    words: tuple[tuple[str, str, str], ...]
    agreed: tuple[str, ...]


def wordings_told(wordings: Iterable[Wording], accords: Iterable[Accord]) -> list[Told]:
    """The history of a paragraph, the latest wording first."""
    given: dict[int, list[str]] = {}
    for one in accords:
        words = _("%(side)s agreed in %(language)s: %(name)s, %(day)s") % {
            "side": Sides(one.side).label,
            "language": SPOKEN[one.language],
            "name": one.by.get_short_name(),
            "day": formats.instant(one.at),
        }
        given.setdefault(one.round, []).append(words)
    return [
        Told(
            number=formats.number(row.round),
            by=f"{row.by.get_short_name()} ({Sides(row.side).label})",
            at=formats.instant(row.at),
            words=tuple((str(SPOKEN[c]), tag_of(c), text) for c, text in row.texts.items()),
            agreed=tuple(given.get(row.round, ())),
        )
        for row in wordings
    ]
