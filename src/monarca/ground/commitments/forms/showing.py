"""Commitments as data that templates draw: status, days, owners, one line of a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monarca.ground.commitments.models import Commitment, Owner
from monarca.ground.commitments.queries import OVERDUE, Filter
from monarca.ground.commitments.states import OPEN, Aims, Origins, Pillars, Sides, Status
from monarca.kit import formats, parts, trilingual
from monarca.kit.parts import Tone
from monarca.kit.trilingual import institution

TONES: Mapping[str, Tone] = {
    Status.PROMISED: "plain",
    Status.UNDER_WAY: "info",
    Status.KEPT: "ok",
    Status.PARTLY_KEPT: "warn",
    Status.NOT_KEPT: "bad",
    Status.WITHDRAWN: "plain",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One commitment in a list: `lang` when its words are not in the page's language."""

    href: str
    text: str
    lang: str
    due: str
    status: parts.Status


def line(row: Commitment, *, on: date) -> Line:
    said = trilingual.say(row.text)
    where = reverse("commitments:one", args=[row.reference])
    return Line(where, said.text, foreign(said.language), due(row), status(row, on=on))


def foreign(language: str) -> str:
    """The tag of a language that is not the page's, for `lang`; nothing when it is."""
    return "" if language == formats.language() else formats.TAGS[formats.language(language)]


def is_overdue(row: Commitment, *, on: date) -> bool:
    """Is it open after the day it was due has passed?"""
    return row.status in OPEN and row.due_on is not None and row.due_on < on


def status(row: Commitment, *, on: date) -> parts.Status:
    """The status in words; an open one whose day has passed says so."""
    if is_overdue(row, on=on):
        return parts.Status(str(overdue_word()), "bad")
    return named(row.status)


def overdue_word() -> str:
    return pgettext("commitment", "Overdue")


def named(value: str) -> parts.Status:
    return parts.Status(str(Status(value).label), TONES[value])


def due(row: Commitment) -> str:
    """When it is due, as a sentence; nothing where no day was named."""
    if row.due_on is None:
        return ""
    return _("Due on %(day)s") % {"day": formats.day(row.due_on)}


def words(texts: Mapping[str, str]) -> str | SafeString:
    """A trilingual text; in another language than the page's it says so."""
    said = trilingual.say(texts)
    tag = foreign(said.language) if said.text else ""
    return format_html('<span lang="{}">{}</span>', tag, said.text) if tag else said.text


def list_head() -> list[str]:
    return [
        pgettext("column", "Commitment"),
        pgettext("column", "Who answers for it"),
        pgettext("column", "Due"),
        pgettext("column", "Status"),
    ]


def list_rows(rows: Iterable[Commitment], *, on: date) -> list[list[Any]]:
    """Lines of the register; `held` are their owners now."""
    return [
        [
            _named(row),
            owners_said(row.held),  # type: ignore[attr-defined]
            formats.day(row.due_on, style="medium") if row.due_on else "—",
            status(row, on=on) if row.is_public else [status(row, on=on), withheld()],
        ]
        for row in rows
    ]


def withheld() -> parts.Status:
    return parts.Status(_("Not public"), "ink")


def _named(row: Commitment) -> SafeString:
    """Its words as a link; where it comes from in small under them."""
    one, origin = line(row, on=date.max), str(Origins(row.origin).label)
    where = format_html("{} · {}", origin, words(row.source_name)) if row.source_name else origin
    tag = format_html(' lang="{}"', one.lang) if one.lang else ""
    return format_html('<a href="{}"{}>{}</a><small>{}</small>', one.href, tag, one.text, where)


def owners_said(owners: Iterable[Owner]) -> str:
    """Institutions, each once, in the order of the sides."""
    return ", ".join(dict.fromkeys(institution(owner.name) for owner in owners)) or "—"


def found(total: int) -> str:
    said = ngettext("%(n)s commitment", "%(n)s commitments", total)
    return said % {"n": formats.number(total)}


def filters(wanted: Filter, years: Sequence[str]) -> list[tuple[Any, ...]]:
    """What the register is narrowed by, as a plain form."""
    every = ("", pgettext("filter", "All"))
    statuses = [*Status.choices[:2], (OVERDUE, overdue_word()), *Status.choices[2:]]
    return [
        ("q", _("Words"), wanted.words),
        ("aim", _("Shared aim"), wanted.aim, [every, *Aims.choices]),
        ("pillar", _("Pillar"), wanted.pillar, [every, *Pillars.choices]),
        ("origin", _("Origin"), wanted.origin, [every, *Origins.choices]),
        ("side", _("Who answers"), wanted.side, [every, *Sides.choices]),
        ("status", _("Status"), wanted.status, [every, *statuses]),
        ("year", _("Promised in"), wanted.year, [every, *((one, one) for one in years)]),
        ("sort", _("In order of"), wanted.sort, orders()),
    ]


def orders() -> list[tuple[str, str]]:
    return [
        ("", _("Day due, soonest first")),
        ("latest", _("Day promised, latest first")),
        ("ended", _("Day closed, latest first")),
    ]


def asked(wanted: Filter) -> str:
    """The filter as the query of an address, without what is empty."""
    names = ("aim", "pillar", "origin", "side", "status", "year", "sort")
    given = {"q": wanted.words, **{name: getattr(wanted, name) for name in names}}
    return urlencode({name: value for name, value in given.items() if value})
