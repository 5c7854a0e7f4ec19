"""What a person types in screening: a verdict, a question, an answer, a reason."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monarca.kit.widgets import Choices, DateBoxes, Words

LONGEST = 4000
REASON = _("Say why, in words. The applicant does not see this.")


class Judging(forms.Form):
    """What a person makes of one finding; anything but agreeing is explained."""

    verdict = forms.ChoiceField(label=_("What you found"), widget=Choices())
    words = forms.CharField(
        label=_("Why"),
        help_text=_("Needed unless you agree with the finding. The applicant does not see this."),
        max_length=LONGEST,
        required=False,
        widget=Words(rows=4),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        explained = cleaned.get("verdict") in (None, "confirm") or cleaned.get("words")
        if not explained and not self.errors:
            self.add_error("words", gettext("Say in words why."))
        return cleaned


class Asking(forms.Form):
    """A question to the applicant and the day until which an answer is awaited."""

    question = forms.CharField(
        label=_("Your question"),
        help_text=_("The applicant reads it as you write it. Ask one thing, in their language."),
        max_length=LONGEST,
        widget=Words(rows=6),
    )
    due_on = forms.DateField(
        label=_("Answer awaited until"), input_formats=["%Y-%m-%d"], widget=DateBoxes()
    )

    def __init__(self, *args: Any, today: date, lang: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["question"].widget.lang = lang

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on <= self.today:
            raise forms.ValidationError(gettext("Choose a day from tomorrow on."))
        return due_on


class Answering(forms.Form):
    """The applicant's answer to a question of the embassy."""

    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("Your application stays as you sent it; this answer is kept beside it."),
        max_length=LONGEST,
        widget=Words(rows=8),
    )


class Noting(forms.Form):
    """Words that one may add to a conclusion or a withdrawal."""

    words = forms.CharField(
        label=_("A note"), max_length=LONGEST, required=False, widget=Words(rows=4)
    )


class Pairing(forms.Form):
    """Why two files belong together."""

    words = forms.CharField(
        label=_("What they have in common"),
        help_text=REASON,
        max_length=LONGEST,
        widget=Words(rows=4),
    )
