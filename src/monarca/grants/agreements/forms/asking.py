"""What a person types for an agreement: days, conditions, signatures, changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from monarca.grants.decisions.forms import Cad
from monarca.kit.widgets import DateBoxes, Words

LONGEST = 4000


class Day(forms.DateField):
    """A date in three boxes."""

    def __init__(self, **given: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], widget=DateBoxes(), **given)


class Beginning(forms.Form):
    """The day on which activities begin; everything else comes from the call and the decision."""

    starts_on = Day(
        label=_("Activities begin on"),
        help_text=_("Never before the last signature."),
    )


class Revising(forms.Form):
    """What may change in a draft: days and conditions."""

    starts_on = Day(label=_("Activities begin on"))
    activities_end_on = Day(
        label=_("Activities end on"), help_text=_("At most the last day of the call.")
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        help_text=_("One a line; they become an article of the agreement."),
        max_length=LONGEST,
        required=False,
        widget=Words(rows=4),
    )

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conditions"].widget.lang = lang


class Sending(forms.Form):
    """The person who sends says that they have read it and asked their programme."""

    checked = forms.BooleanField(
        label=_(
            "I have read the whole agreement, and confirmed the marked articles with the programme."
        ),
        error_messages={
            "required": _("Tick the box once you have read it and asked your programme.")
        },
    )


class Signing(forms.Form):
    """Who signed for one party, and when."""

    name = forms.CharField(label=_("Who signed"), max_length=200)
    title = forms.CharField(label=_("Their title"), max_length=200, required=False)
    signed_on = Day(label=_("Day of the signature"))


class Amending(forms.Form):
    """A numbered change of amount or last day."""

    amount = Cad(label=_("Amount after the change"))
    ends_on = Day(label=_("The agreement ends on"))
    reason = forms.CharField(label=_("Why"), max_length=LONGEST, widget=Words(rows=4))


class Ending(forms.Form):
    """Why an agreement stands still or ends early."""

    reason = forms.CharField(label=_("Why"), max_length=LONGEST, widget=Words(rows=4))
