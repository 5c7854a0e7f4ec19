"""Fields that the forms of meetings share: hours, days, and words in three languages."""

import re
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monarca.ground.people.models import User
from monarca.kit import formats, trilingual
from monarca.kit.widgets import DateBoxes, Words

CLOCK = re.compile(r"([01]?\d|2[0-3])[:.hH]([0-5]\d)")
ZONES = (
    *("America/Mexico_City", "America/Toronto", "America/Vancouver", "America/Edmonton"),
    *("America/Winnipeg", "America/Halifax", "America/St_Johns", "America/Whitehorse"),
    *("America/Tijuana", "America/Hermosillo", "America/Cancun", "America/Mazatlan"),
    *("America/New_York", "America/Sao_Paulo", "America/Lima", "America/Santiago"),
    *("America/Bogota", "America/Guatemala", "Europe/Paris", "Europe/Zurich", "Europe/Vienna"),
    *("Europe/London", "Africa/Johannesburg", "Africa/Nairobi", "Asia/Kolkata", "Asia/Seoul"),
    *("Asia/Tokyo", "Asia/Shanghai", "Asia/Singapore", "Australia/Sydney", "Pacific/Auckland"),
    "UTC",
)
LANGUAGES: Mapping[str, Any] = {"es": _("Spanish"), "en": _("English"), "fr": _("French")}
LONG = 20_000


class Clock(forms.CharField):
    """A time of day on a 24-hour clock."""

    def __init__(self, **given: Any) -> None:
        box = forms.TextInput(attrs={"width": "w6", "autocomplete": "off"})
        super().__init__(max_length=8, widget=box, **given)

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value)).strip()
        if not typed:
            return None
        found = CLOCK.fullmatch(typed)
        if not found:
            raise forms.ValidationError(gettext("Write the time as hours and minutes: 10:30."))
        return time(int(found[1]), int(found[2]))


def day(label: Any, **given: Any) -> forms.DateField:
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], widget=DateBoxes(), **given)


def in_three(
    label: str | Promise, *, rows: int = 0, most: int = 200, required: bool = True
) -> dict[str, forms.CharField]:
    """One field a language; `rows` of height for long words, none for one line."""
    return {
        code: forms.CharField(
            label=format_lazy("{} ({})", label, LANGUAGES[code]),
            required=required,
            max_length=most,
            widget=Words(rows=rows, lang=formats.TAGS[code])
            if rows
            else forms.TextInput(attrs={"lang": formats.TAGS[code]}),
        )
        for code in trilingual.LANGUAGES
    }


class Asked(forms.Form):
    """A form with texts in three languages: `name_es`, `name_en`, `name_fr`."""

    def add_three(self, name: str, fields: Mapping[str, forms.CharField]) -> None:
        for code, field in fields.items():
            self.fields[f"{name}_{code}"] = field

    def three(self, name: str) -> dict[str, str]:
        """The texts that were written, by language."""
        found = ((code, self.cleaned_data.get(f"{name}_{code}", "")) for code in LANGUAGES)
        return {code: text.strip() for code, text in found if text.strip()}

    def put_first(self, *names: str) -> None:
        self.order_fields([*names, *(name for name in self.fields if name not in names)])


def spread(name: str, texts: Mapping[str, str]) -> dict[str, str]:
    """A trilingual value as the initial values of its three fields."""
    return {f"{name}_{code}": texts.get(code, "") for code in trilingual.LANGUAGES}


def city(zone: str) -> str:
    """The name of a time zone for a list: its city."""
    return "UTC" if zone == "UTC" else formats.city(zone)


def by_email(people: Iterable[User]) -> dict[str, User]:
    return {person.email: person for person in people}


def names(people: Mapping[str, User]) -> list[tuple[str, str]]:
    return [(email, person.get_short_name()) for email, person in people.items()]
