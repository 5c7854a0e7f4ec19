"""What a person types around a review: who reads, what interest they have, what they advise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monarca.grants.reviews.queries import Candidate
from monarca.grants.reviews.states import Advice, Conflict
from monarca.kit.widgets import Choices, DateBoxes, Words

LONGEST = 4000

TIES: dict[str, Any] = {
    "none": _("No family, work, board, advice or money ties you to the applicant."),
    "potential": _("Something could look like an interest. You go on; it is noted."),
    "actual": _("You take no part. The file closes to you at once."),
}


class Assigning(forms.Form):
    """A reviewer for a file, by hand, and the day until which it is read."""

    reviewer = forms.ChoiceField(label=_("Reviewer"), widget=Choices())
    due_on = forms.DateField(
        label=_("Due on"), input_formats=["%Y-%m-%d"], widget=DateBoxes(), required=False
    )

    def __init__(
        self,
        *args: Any,
        options: Sequence[tuple[Candidate, str]],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["reviewer"]
        field.choices = [(c.user.email, str(c.user)) for c, _note in options]  # type: ignore[attr-defined]
        field.widget.notes = {c.user.email: note for c, note in options}

    def clean_due_on(self) -> date | None:
        return due_from(self.cleaned_data["due_on"], today=self.today)


def due_from(day: date | None, *, today: date) -> date | None:
    """The day, if it is today or later, or none."""
    if day is not None and day < today:
        raise forms.ValidationError(gettext("Choose a day from today on."))
    return day


class Declaring(forms.Form):
    """One's own interest in a file: family, work, a board, advice given, money."""

    level = forms.ChoiceField(
        label=_("Your interest in this file"),
        choices=Conflict.choices,
        widget=Choices(notes=TIES),
    )
    words = forms.CharField(
        label=_("What ties you to it"),
        help_text=_("Needed unless there is nothing. Read by those who manage the reviews."),
        max_length=LONGEST,
        required=False,
        widget=Words(rows=4),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        tied = cleaned.get("level") in (Conflict.POTENTIAL, Conflict.ACTUAL)
        if tied and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", gettext("Say in a sentence what ties you to it."))
        return cleaned


class Advising(forms.Form):
    """What a reviewer advises the committee to do."""

    advice = forms.ChoiceField(
        label=_("Your advice to the committee"), choices=Advice.choices, widget=Choices()
    )
    words = forms.CharField(
        label=_("Why"),
        help_text=_("The committee reads it beside the other reviews."),
        max_length=LONGEST,
        widget=Words(rows=6),
    )
