"""Boxes that several pages share: a text in three languages, a day and a time in a zone."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from monarca.kit import trilingual
from monarca.kit.widgets import DateBoxes, Words

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.hH]([0-5]\d)")
TONGUES = {"es": _("in Spanish"), "en": _("in English"), "fr": _("in French")}
LONGEST = 6000


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


class Boxes(forms.Form):
    """A form whose trilingual texts and instants are several boxes each."""

    def add_text(self, name: str, label: Any, *, rows: int = 1, needed: bool = True) -> None:
        """Three boxes, `name_es`, `name_en`, `name_fr`."""
        for code, tongue in TONGUES.items():
            widget: forms.Widget = Words(rows=rows, lang=code) if rows > 1 else forms.TextInput()
            if rows == 1:
                widget.attrs["lang"] = code
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=pgettext("text, language", "%(label)s, %(language)s")
                % {"label": label, "language": tongue},
                required=needed,
                max_length=LONGEST,
                widget=widget,
            )

    def add_instant(self, name: str, day: Any, clock: Any, *, zone: str) -> None:
        """A day in three boxes and a time, in the zone of the edition."""
        hint = gettext("24-hour clock, %(zone)s time") % {"zone": zone}
        self.fields[f"{name}_on"] = forms.DateField(
            label=day, input_formats=["%Y-%m-%d"], widget=DateBoxes()
        )
        self.fields[f"{name}_time"] = Clock(label=clock, help_text=hint)

    def text(self, name: str) -> dict[str, str]:
        """The text in the languages in which something was written."""
        found = {code: self.cleaned_data.get(f"{name}_{code}", "").strip() for code in TONGUES}
        return {code: words for code, words in found.items() if words}

    def instant(self, name: str, zone: str) -> datetime:
        """The instant in UTC."""
        day, clock = self.cleaned_data[f"{name}_on"], self.cleaned_data[f"{name}_time"]
        return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)


def spread(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """A trilingual text as initial values of its three boxes."""
    return {f"{name}_{code}": texts.get(code, "") for code in trilingual.LANGUAGES}


def moment(name: str, at: datetime | None, zone: str) -> dict[str, Any]:
    """An instant as initial values of its boxes."""
    if at is None:
        return {}
    local = at.astimezone(ZoneInfo(zone))
    return {f"{name}_on": local.date(), f"{name}_time": f"{local:%H:%M}"}
