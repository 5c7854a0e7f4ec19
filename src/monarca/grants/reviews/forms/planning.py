"""A plan of readers in words: what is proved of it, who reads what and why, or what to change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monarca.engines.matching import Place, Plan, Relaxation
from monarca.engines.reasons import Reason
from monarca.grants.applications.models import Application
from monarca.grants.reviews.forms.deciding import due_from
from monarca.grants.reviews.forms.showing import TONES, name_of
from monarca.grants.reviews.models import Assignment
from monarca.grants.reviews.states import Status as Stage
from monarca.ground.codelists import queries as codelists
from monarca.ground.people.models import User
from monarca.kit import formats, reasons, trilingual
from monarca.kit.parts import Link, Noted, Status
from monarca.kit.widgets import DateBoxes

LANGUAGES = {"es": "Español", "en": "English", "fr": "Français"}


class Giving(forms.Form):
    """The day until which the files of a plan are read."""

    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        help_text=gettext_lazy("The same day for every file that is given now."),
        input_formats=["%Y-%m-%d"],
        widget=DateBoxes(),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date | None:
        return due_from(self.cleaned_data["due_on"], today=self.today)


@dataclass(frozen=True, slots=True)
class Names:
    """What the engine's ids are called on a page: files, people, topics, languages."""

    files: Mapping[str, Application]
    people: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]

    def said(self, reason: Reason) -> str:
        """The sentence of a reason, with names in the place of ids."""
        values = {key: self._named(key, value) for key, value in reason.values.items()}
        return reasons.sentence(Reason(reason.code, values))

    def _named(self, key: str, value: Any) -> Any:
        if key == "application" and value in self.files:
            return name_of(self.files[value])[0]
        if key == "reviewer":
            return self.people.get(value, value)
        known = self.words.get(key)
        if known is None:
            return value
        return ", ".join(known.get(code, code) for code in str(value).split(", "))


def names_of(
    files: Iterable[Application], readers: Iterable[User], given: Iterable[Assignment]
) -> Names:
    """The names of what a plan of these files speaks of."""
    people = {one.email: str(one) for one in readers}
    people |= {row.reviewer.email: str(row.reviewer) for row in given}
    topics = {
        code.casefold(): trilingual.say(label).text
        for code, label in codelists.labels("priority").items()
    }
    known = {file.reference: file for file in files}
    return Names(known, people, {"topics": topics, "languages": LANGUAGES})


def plan_rows(
    plan: Plan, files: Collection[str], given: Iterable[Assignment], names: Names
) -> list[tuple[Any, ...]]:
    """File, reader, state and reason: one row a pair, for these files (references)."""
    held = {(row.application.reference, row.reviewer.email): row for row in given}
    places = {(each.application, each.reviewer): each for each in plan.places}
    dropped = {(each.application, each.reviewer): each.reason for each in plan.dropped}
    rows = []
    for pair in sorted({*held, *places}):
        if pair[0] in files:
            place, gone = places.get(pair), dropped.get(pair)
            said = _why(place, names) if place else names.said(gone) if gone else ""
            rows.append(_row(pair, held.get(pair), said, names))
    return rows


def _row(
    pair: tuple[str, str], held: Assignment | None, said: str, names: Names
) -> tuple[Any, ...]:
    reference, email = pair
    title, note = name_of(names.files[reference])
    state = Status(_("New"), "info")
    if held:
        state = Status(str(Stage(held.status).label), TONES.get(held.status, "plain"))
    file = Link(title, reverse("reviews:file", args=[reference]), note)
    return (file, Noted(names.people.get(email, email), email), state, said or "—")


def _why(place: Place, names: Names) -> str:
    return " ".join(names.said(reason) for reason in place.reasons)


def load_rows(plan: Plan, names: Names) -> list[tuple[str, str]]:
    """Each reader with the files of this call that they read, the new ones told apart."""
    fresh: dict[str, int] = {}
    for each in plan.places:
        fresh[each.reviewer] = fresh.get(each.reviewer, 0) + (not each.is_kept)
    rows = []
    for load in plan.loads:
        count = ngettext("%(n)s file", "%(n)s files", load.places)
        said = count % {"n": formats.number(load.places)}
        more = formats.number(fresh.get(load.reviewer, 0))
        rows.append(
            (
                names.people.get(load.reviewer, load.reviewer),
                _("%(files)s, of which new: %(new)s") % {"files": said, "new": more},
            )
        )
    return rows


MOST_SAID = 40
"""Changes of one way out that are listed."""


@dataclass(frozen=True, slots=True)
class Way:
    """One set of changes that makes a plan possible, in sentences; `more` are not listed."""

    title: str
    changes: tuple[str, ...]
    more: int


def ways_out(found: Relaxation, names: Names) -> list[Way]:
    """The smallest changes, each set alone enough."""
    return [
        Way(
            ngettext("%(n)s change", "%(n)s changes", way.size) % {"n": formats.number(way.size)},
            tuple(names.said(change.reason) for change in way.changes[:MOST_SAID]),
            max(0, len(way.changes) - MOST_SAID),
        )
        for way in found.ways
    ]
