"""Commitments as data that templates draw: status, days, owners, one line of a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import OPEN, Status
from monarca.kit import formats, parts, trilingual
from monarca.kit.parts import Tone

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
    foreign = "" if said.language == formats.language(get_language() or "") else said.language
    where = reverse("commitments:one", args=[row.reference])
    return Line(where, said.text, foreign, due(row), status(row, on=on))


def is_overdue(row: Commitment, *, on: date) -> bool:
    """Is it open after the day it was due has passed?"""
    return row.status in OPEN and row.due_on is not None and row.due_on < on


def status(row: Commitment, *, on: date) -> parts.Status:
    """The status in words; an open one whose day has passed says so."""
    if is_overdue(row, on=on):
        return parts.Status(_("Overdue"), "bad")
    return named(row.status)


def named(value: str) -> parts.Status:
    return parts.Status(str(Status(value).label), TONES[value])


def due(row: Commitment) -> str:
    """When it is due, as a sentence; nothing where no day was named."""
    if row.due_on is None:
        return ""
    return _("Due on %(day)s") % {"day": formats.day(row.due_on)}
