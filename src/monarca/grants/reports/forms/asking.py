"""The small forms around a report: asking for one, certifying it, giving it back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monarca.grants.reports.states import Kind
from monarca.kit import widgets


class Ask(forms.Form):
    """Which report, on which days, until when."""

    kind = forms.ChoiceField(label=_("Which report?"), choices=Kind, widget=widgets.Choices())
    from_on = forms.DateField(label=_("First day of the period"), widget=widgets.DateBoxes())
    until_on = forms.DateField(label=_("Last day of the period"), widget=widgets.DateBoxes())
    due_on = forms.DateField(label=_("Due on"), widget=widgets.DateBoxes())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        days = [given.get(name) for name in ("from_on", "until_on", "due_on")]
        if all(days) and not days[0] <= days[1] <= days[2]:  # type: ignore[operator]
            self.add_error(
                "due_on",
                _("The period begins before it ends, and the report is due after it has ended."),
            )
        return given


class Certify(forms.Form):
    """The representative's name and word."""

    name = forms.CharField(
        label=_("Name of the legal representative"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    title = forms.CharField(label=_("Position in the organization"), max_length=200)
    declares = forms.BooleanField(
        label=_("What this report says is true, and the money was spent as it says."),
        error_messages={"required": _("Tick the box to certify the report.")},
    )


class Return(forms.Form):
    """What is missing, and until when."""

    words = forms.CharField(
        label=_("What is missing?"),
        help_text=_("The organization reads these words."),
        widget=widgets.Words(rows=5),
    )
    due_on = forms.DateField(
        label=_("New due date"),
        help_text=_("Two weeks from today if you leave it empty."),
        widget=widgets.DateBoxes(),
        required=False,
    )
