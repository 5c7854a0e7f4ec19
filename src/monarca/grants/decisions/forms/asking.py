"""What a person types for the committee: a meeting, a ruling, the minutes."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from monarca.engines import money
from monarca.grants.decisions.states import Outcome, Ruling
from monarca.ground.people.models import User
from monarca.kit import formats, reasons, trilingual
from monarca.kit.widgets import Choices, DateBoxes, ManyChoices, Money, Words

LONGEST = 4000
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.hH]([0-5]\d)")


class Cad(forms.Field):
    """An amount in Canadian dollars as people write it; whole cents come out."""

    def __init__(self, **given: Any) -> None:
        super().__init__(widget=Money(currency="CAD"), **given)

    def prepare_value(self, value: Any) -> Any:
        """Cents of our own are written for people; what was typed stays as it was typed."""
        if isinstance(value, int):
            return formats.money(value).removesuffix("CAD").rstrip()
        return value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        read = money.parse(str(value), currency="CAD")
        if read.reason:
            raise forms.ValidationError(reasons.sentence(read.reason))
        if read.money is None or read.money.currency != "CAD":
            raise forms.ValidationError(gettext("Write the amount in Canadian dollars."))
        return read.money.cents


class Clock(forms.CharField):
    """A time of day on a 24-hour clock."""

    def __init__(self, **given: Any) -> None:
        box = forms.TextInput(attrs={"width": "w6", "autocomplete": "off"})
        super().__init__(max_length=8, widget=box, **given)

    def clean(self, value: Any) -> Any:
        found = CLOCK.fullmatch(str(super().clean(value)).strip())
        if not found:
            raise forms.ValidationError(gettext("Write the time as hours and minutes: 10:30."))
        return time(int(found[1]), int(found[2]))


class Convening(forms.Form):
    """A meeting of the committee: when, where, who."""

    held_on = forms.DateField(
        label=_("Day of the meeting"), input_formats=["%Y-%m-%d"], widget=DateBoxes()
    )
    begins = Clock(label=_("Time it begins"), help_text=_("On a 24-hour clock, in local time."))
    place = forms.CharField(
        label=_("Place"),
        help_text=_("A room, or a call by video."),
        max_length=120,
        required=False,
    )
    chair = forms.ChoiceField(label=_("Who chairs"), widget=Choices())
    attendees = forms.MultipleChoiceField(
        label=_("Who is present"),
        help_text=_("Whoever chairs is present anyway."),
        required=False,
        widget=ManyChoices(),
    )

    def __init__(self, *args: Any, people: Iterable[User], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.people = {person.email: person for person in people}
        names = [(email, person.get_short_name()) for email, person in self.people.items()]
        for name in ("chair", "attendees"):
            self.fields[name].choices = names  # type: ignore[attr-defined]

    def meeting(self) -> dict[str, Any]:
        """What `actions.convene` is given; the instant in UTC."""
        given = self.cleaned_data
        local = datetime.combine(given["held_on"], given["begins"], ZoneInfo(self.zone))
        return {
            "held_at": local.astimezone(UTC),
            "place": given["place"],
            "chair": self.people[given["chair"]],
            "attendees": [self.people[email] for email in given["attendees"]],
        }


class Deciding(forms.Form):
    """The committee's ruling on one file."""

    outcome = forms.ChoiceField(
        label=_("The committee"),
        choices=[
            (Outcome.APPROVED, pgettext_lazy("committee", "Approves")),
            (Outcome.RESERVED, pgettext_lazy("committee", "Keeps it in reserve")),
            (Outcome.DECLINED, pgettext_lazy("committee", "Does not approve")),
            (Outcome.DEFERRED, pgettext_lazy("committee", "Puts it off")),
        ],
        widget=Choices(
            notes={
                "approved": _("With an amount, and conditions if any"),
                "reserved": _("In case money is left"),
                "deferred": _("For another meeting"),
            }
        ),
    )
    amount = Cad(label=_("Approved amount"), required=False)
    reason = forms.ChoiceField(
        label=_("Reason, unless approved"),
        help_text=_("The organization reads this sentence in its language."),
        required=False,
    )
    words = forms.CharField(
        label=_("Words for the organization"),
        help_text=_("They are sent as you write them. Do not name other organizations."),
        max_length=LONGEST,
        required=False,
        widget=Words(words=120, rows=4),
    )
    conditions = forms.CharField(
        label=_("Conditions"),
        help_text=_("One a line. They are written into the agreement."),
        max_length=LONGEST,
        required=False,
        widget=Words(rows=3),
    )

    def __init__(
        self, *args: Any, definition: Mapping[str, Any], hint: str, lang: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].help_text = hint
        self.fit = {row["code"]: row["outcomes"] for row in definition["reasons"]}
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            ("", gettext("No reason")),
            *((row["code"], _fitting(row)) for row in definition["reasons"]),
        ]
        for name in ("words", "conditions"):
            self.fields[name].widget.lang = lang

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome, reason = cleaned.get("outcome"), cleaned.get("reason")
        is_yes = outcome == Outcome.APPROVED
        if is_yes and not cleaned.get("amount") and "amount" not in self.errors:
            self.add_error("amount", gettext("Write the amount that is approved."))
        if outcome and not is_yes:
            self.errors.pop("amount", None)
            if outcome not in self.fit.get(reason or "", ()):
                self.add_error("reason", gettext("Choose a reason that fits this answer."))
        return cleaned

    def ruling(self) -> Ruling:
        """What `actions.decide` is given."""
        given = self.cleaned_data
        approved = given["outcome"] == Outcome.APPROVED
        return Ruling(
            outcome=given["outcome"],
            amount_cents=given["amount"] if approved else 0,
            reason="" if approved else given["reason"],
            words=given["words"],
            conditions=given["conditions"] if approved else "",
        )


def _fitting(row: Mapping[str, Any]) -> str:
    """A reason's sentence and the answers it fits."""
    fits = ", ".join(str(Outcome(one).label) for one in row["outcomes"])
    return f"{trilingual.say(row['label']).text} ({fits})"


class Ending(forms.Form):
    """The minutes, in the committee's own words."""

    minutes = forms.CharField(
        label=_("Minutes"),
        help_text=_(
            "What was said that the decisions do not say. Files, scores, recusals and decisions"
            " are added by themselves."
        ),
        max_length=20000,
        required=False,
        widget=Words(rows=10),
    )
