"""The lists of the desk: tabs, what each of them holds, one line a commitment."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from monarca.ground.commitments.forms import showing
from monarca.ground.commitments.forms.showing import found
from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.queries import VIEWS
from monarca.ground.commitments.queries.plan import Planned, planned
from monarca.kit import formats, trilingual
from monarca.kit.parts import Link, Status

__all__ = ["LEADS", "found", "head", "loaded", "plan", "rows", "tabs"]

TITLES: Mapping[str, Any] = {
    "overdue": pgettext_lazy("commitments", "Overdue"),
    "silent": pgettext_lazy("commitments", "Asked, no answer"),
    "wordless": pgettext_lazy("commitments", "A language is missing"),
    "ownerless": pgettext_lazy("commitments", "Nobody to ask"),
    "unshown": pgettext_lazy("commitments", "Words to show"),
    "withheld": pgettext_lazy("commitments", "Not public"),
    "all": pgettext_lazy("commitments", "All"),
}
LEADS: Mapping[str, Any] = {
    "overdue": gettext_lazy("Open, and the day they were due has passed."),
    "silent": gettext_lazy("Their owners were asked this quarter or before, and said nothing."),
    "wordless": gettext_lazy("Readers of the missing language see another one. Word them anew."),
    "ownerless": gettext_lazy("Open, and no person is named whom the register could ask."),
    "unshown": gettext_lazy("Their owners wrote something that the public does not see yet."),
    "withheld": gettext_lazy("Everybody at the mission reads them; the public does not."),
    "all": gettext_lazy("Every commitment of the mission that you may read."),
}


def tabs() -> list[tuple[str, str]]:
    url = reverse("commitments:desk")
    return [(str(TITLES[key]), f"{url}?view={key}") for key in VIEWS]


def head() -> list[str]:
    return [
        pgettext("column", "Commitment"),
        pgettext("column", "Due"),
        pgettext("column", "Last asked"),
        pgettext("column", "Missing"),
        pgettext("column", "Status"),
    ]


def rows(several: Iterable[Commitment], *, on: date) -> list[list[Any]]:
    return [
        [
            _named(row, on=on),
            formats.day(row.due_on, style="medium") if row.due_on else "—",
            formats.day(row.asked_at.date(), style="medium") if row.asked_at else "—",
            ", ".join(code.upper() for code in trilingual.missing(row.text)) or "—",
            _status(row, on=on),
        ]
        for row in several
    ]


def _named(row: Commitment, *, on: date) -> Link:
    one = showing.line(row, on=on)
    text = one.text if len(one.text) <= 120 else f"{one.text[:119]}…"
    return Link(row.reference, one.href, text)


def _status(row: Commitment, *, on: date) -> Status | list[Status]:
    status = showing.status(row, on=on)
    if row.is_sealed:
        return [status, Status(_("Sealed"), "ink")]
    return status if row.is_public else [status, showing.withheld()]


def plan() -> list[Planned]:
    return list(planned())


def loaded(count: int) -> str:
    """What came of loading the example: how many are new."""
    if not count:
        return _("The example was there already; nothing was added.")
    said = ngettext("%(n)s commitment was added.", "%(n)s commitments were added.", count)
    return said % {"n": formats.number(count)}
