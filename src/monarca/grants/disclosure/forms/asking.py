"""What a person chooses and writes for a public record: how much is told, and the texts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from monarca.grants.disclosure.forms.naming import LANGUAGES, SECTORS
from monarca.grants.disclosure.models import Translation
from monarca.grants.disclosure.states import LONGEST, OFFICIAL, OPEN_TO, Field, Level, Why
from monarca.kit.widgets import Choices, Words

NOTES = {
    Level.FULL: _("Name, place, texts, money and results."),
    Level.ANONYMISED: _(
        "Money, dates and sector, with general texts; neither the organization nor the country."
    ),
    Level.AGGREGATED: _("Only its share of a sum of three or more agreements of the quarter."),
    Level.WITHHELD: _("Nothing, anywhere: no page, no line, no count."),
}


class Preparing(forms.Form):
    """How much is told, why not everything, and what the project is for."""

    level = forms.ChoiceField(
        label=_("How much is told?"),
        help_text=_("When in doubt, tell less: more can be told later, less cannot."),
    )
    reason = forms.ChoiceField(
        label=_("Why not in full?"),
        required=False,
        choices=[("", _("It is told in full")), *Why.choices],
        widget=Choices(),
    )
    sector = forms.ChoiceField(
        label=_("What is it for? (OECD purpose code)"),
        help_text=_("The codes that the fund proposes for the project’s priority."),
        widget=Choices(),
    )

    def __init__(self, *args: Any, sensitivity: str, sectors: tuple[str, ...], **kw: Any) -> None:
        super().__init__(*args, **kw)
        allowed = [one for one in Level if one in OPEN_TO[sensitivity]]
        notes = {one.value: str(NOTES[one]) for one in allowed}
        level = self.fields["level"]
        level.widget = Choices(notes=notes)
        level.choices = [(one.value, one.label) for one in allowed]  # type: ignore[attr-defined]
        coded = [(code, f"{code} · {SECTORS.get(code, code)}") for code in sectors]
        self.fields["sector"].choices = coded  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Less than everything needs a reason; everything has none."""
        given = super().clean() or {}
        if given.get("level") == Level.FULL:
            given["reason"] = ""
        elif given.get("level") and not given.get("reason"):
            self.add_error("reason", _("Say why the record is not told in full."))
        return given


class Box(forms.CharField):
    """A text that the gate asks for; it may be kept empty until then."""

    def validate(self, value: Any) -> None:
        """Nothing is too little to keep."""


class Wording(forms.Form):
    """The official texts: each field in English and French, and in Spanish where it is wished."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, texts: Mapping[tuple[str, str], Translation], level: str, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        own = _("If nobody writes one, the project’s own words stand here.")
        other = _("If nobody writes one, the English text stands here.")
        for field in Field:
            for language in LANGUAGES:
                row = texts.get((field.value, language))
                wished = language not in OFFICIAL
                self.fields[f"{field.value}_{language}"] = Box(
                    label=LANGUAGES[language],
                    help_text=(own if level == Level.FULL else other) if wished else "",
                    max_length=LONGEST[field],
                    required=not wished,
                    initial=row.text if row else "",
                    widget=_box(field, language),
                )

    def boxes(self, field: str) -> Iterator[BoundField]:
        return (self[f"{field}_{language}"] for language in LANGUAGES)

    def texts(self) -> dict[str, dict[str, str]]:
        """{field: {language: words}}, as `actions.translate` takes it."""
        return {
            field: {code: self.cleaned_data[f"{field}_{code}"] for code in LANGUAGES}
            for field in Field.values
        }


def _box(field: str, language: str) -> forms.Widget:
    if field == Field.TITLE:
        return forms.TextInput(attrs={"lang": language})
    return Words(rows=6, lang=language)
