"""The pages of a file that comes in: what is asked, its faults, and what each row would do."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from monarca.engines.tables import Flaw
from monarca.ground.commitments.forms.asking import LONGEST
from monarca.ground.commitments.forms.showing import words
from monarca.ground.commitments.queries import NEW, SAME, WORDED, Meeting, Step
from monarca.ground.people.models import Mission
from monarca.kit import formats, reasons, trilingual, widgets
from monarca.kit.parts import Status

SHOWN = 100
"""How many rows of a file are shown before a person says yes."""


class Sending(forms.Form):
    """Which file, for which mission."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("CSV or XLSX, up to 5 MB and 1,000 commitments."),
        max_length=255,
        widget=widgets.Upload(accept=".csv,.xlsx"),
    )
    place = forms.ChoiceField(label=gettext_lazy("Mission"), required=False)

    def __init__(self, *args: Any, missions: Sequence[Mission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missions = {one.code: one for one in missions}
        if len(missions) == 1:
            del self.fields["place"]
        else:
            choices = [(one.code, trilingual.say(one.name).text) for one in missions]
            self.fields["place"].choices = choices  # type: ignore[attr-defined]

    def mission(self) -> Mission:
        chosen = self.cleaned_data.get("place") or next(iter(self.missions))
        return self.missions[chosen]


class Confirming(forms.Form):
    """Yes; and why, where the file words something anew."""

    reason = forms.CharField(
        label=gettext_lazy("Why are they worded anew?"),
        help_text=gettext_lazy("The reason stays in the history, beside the earlier words."),
        max_length=LONGEST,
        widget=widgets.Words(rows=3),
    )
    yes = forms.CharField(initial="yes", widget=forms.HiddenInput)

    def __init__(self, *args: Any, rewords: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rewords:
            del self.fields["reason"]


def faulty(count: int) -> str:
    said = ngettext(
        "The file has %(n)s fault; nothing was written.",
        "The file has %(n)s faults; nothing was written.",
        count,
    )
    return said % {"n": formats.number(count)}


def flaw_head() -> list[str]:
    return [
        pgettext("column", "Line"),
        pgettext("column", "Column"),
        pgettext("column", "What is wrong"),
    ]


def flaw_rows(flaws: Iterable[Flaw]) -> list[list[str]]:
    """Every fault with its line and column, in a sentence."""
    return [
        [
            formats.number(flaw.line) if flaw.line else pgettext("line", "the whole file"),
            flaw.column or "—",
            reasons.sentence(flaw.reason),
        ]
        for flaw in flaws
    ]


def column_head() -> list[str]:
    return [
        pgettext("column", "Column"),
        pgettext("column", "What stands in it"),
        pgettext("column", "Values it knows"),
    ]


def figures(met: Meeting) -> list[tuple[str, str]]:
    return [
        (formats.number(met.count(NEW)), _("come in new")),
        (formats.number(met.count(WORDED)), _("are worded anew")),
        (formats.number(met.count(SAME)), _("are here already")),
    ]


def step_head() -> list[str]:
    return [
        pgettext("column", "Line"),
        pgettext("column", "Commitment"),
        pgettext("column", "Due"),
        pgettext("column", "What happens"),
    ]


def step_rows(met: Meeting) -> list[list[Any]]:
    """What changes first, then the rest, each in the order of the file."""
    ordered = sorted(met.steps, key=lambda step: (step.kind == SAME, step.row.line))
    return [_step(step) for step in ordered[:SHOWN]]


def _step(step: Step) -> list[Any]:
    return [
        formats.number(step.row.line),
        words(step.text),
        formats.day(step.due_on, style="medium") if step.due_on else "—",
        _kind(step),
    ]


def _kind(step: Step) -> Status:
    known = {
        NEW: Status(pgettext("commitment", "New"), "ok"),
        WORDED: Status(_("Worded anew"), "warn"),
        SAME: Status(_("Here already"), "plain"),
    }
    return known[step.kind]


def more(met: Meeting) -> str:
    """That there are more rows than are shown; nothing where there are not."""
    rest = len(met.steps) - SHOWN
    if rest <= 0:
        return ""
    said = ngettext("And %(n)s more row.", "And %(n)s more rows.", rest)
    return said % {"n": formats.number(rest)}


def taken(met: Meeting) -> str:
    new, worded = met.count(NEW), met.count(WORDED)
    said = _("The file is in: %(new)s new, %(worded)s worded anew, %(same)s here already.")
    counts = {"new": new, "worded": worded, "same": met.count(SAME)}
    return said % {name: formats.number(count) for name, count in counts.items()}
