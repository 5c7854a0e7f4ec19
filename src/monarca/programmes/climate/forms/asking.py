"""What a person types: a pledge, its figures anew, a series, a file of measured values."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from monarca.engines import tables, trajectories
from monarca.engines.tables import Flaw
from monarca.engines.trajectories import Point
from monarca.ground.commitments.states import Sides
from monarca.ground.people.models import Mission
from monarca.kit import formats, reasons, trilingual
from monarca.kit.widgets import Choices, DateBoxes, ManyChoices, Upload, Words
from monarca.programmes.climate import queries
from monarca.programmes.climate.forms.showing import amount
from monarca.programmes.climate.models import Pledge, Series
from monarca.programmes.climate.states import Country, Gases, Kind, Measure, Sector, Tags

LONGEST = 2000
TONGUES = {"es": _("in Spanish"), "en": _("in English"), "fr": _("in French")}


class Figure(forms.Field):
    """An exact number as the reader's language writes it, or with a decimal point."""

    def __init__(self, **given: Any) -> None:
        box = forms.TextInput(attrs={"width": "w10", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=box, **given)

    def prepare_value(self, value: Any) -> Any:
        return amount(value) if isinstance(value, Fraction) else value

    def to_python(self, value: Any) -> Fraction | None:
        text = str(value or "").strip().replace("\N{MINUS SIGN}", "-")
        if not text:
            return None
        for locale in (formats.locale(), formats.locale("en")):
            try:
                found = parse_decimal(text[:40], locale=locale, strict=True)
            except (NumberFormatError, InvalidOperation):
                continue
            if isinstance(found, Decimal) and found.is_finite() and abs(found.adjusted()) < 25:
                return Fraction(found)
        raise forms.ValidationError(gettext("Write a number, such as 732.5."))


class Year(forms.IntegerField):
    """A year in four digits."""

    def __init__(self, **given: Any) -> None:
        box = forms.TextInput(attrs={"width": "w6", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(min_value=0, max_value=9999, widget=box, localize=False, **given)


def texts(prefix: str, given: dict[str, Any]) -> dict[str, str]:
    return {code: given[f"{prefix}_{code}"] for code in trilingual.LANGUAGES}


class Trilingually(forms.Form):
    """A form with texts in three languages: `worded` are (prefix, label, is long)."""

    worded: Sequence[tuple[str, Any, bool]] = ()

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        fresh: dict[str, forms.Field] = {}
        for prefix, label, is_long in self.worded:
            for code in trilingual.LANGUAGES:
                fresh[f"{prefix}_{code}"] = forms.CharField(
                    label=f"{label} {TONGUES[code]}",
                    max_length=LONGEST if is_long else 200,
                    widget=Words(rows=3, lang=code)
                    if is_long
                    else forms.TextInput(attrs={"lang": code}),
                )
        self.fields = {**fresh, **self.fields}


class Revising(forms.Form):
    """The figures of a pledge and their source; `reason` where they are written anew."""

    measure = forms.ChoiceField(
        label=_("How is it pledged?"), choices=Measure.choices, widget=Choices()
    )
    low = Figure(
        label=_("What was pledged, or the smaller figure of a range"),
        help_text=_("Per cent below the base year, or a value in the unit below: 40, or 0."),
    )
    high = Figure(
        label=_("The larger figure of the range"),
        help_text=_("Leave it empty where one figure was pledged."),
        required=False,
    )
    unit = forms.CharField(
        label=_("Unit of what is measured"),
        help_text=_("Mt CO2e, kt CH4, % …"),
        max_length=40,
        widget=forms.TextInput(attrs={"width": "w10"}),
    )
    base_year = Year(
        label=_("Base year"),
        help_text=_("Where the pledge names none: the year from which its path is drawn."),
    )
    base_value = Figure(
        label=_("Value of the base year"),
        help_text=_("Leave it empty if the series measures that year."),
        required=False,
    )
    target_year = Year(label=_("Target year"))
    source = forms.CharField(label=_("Where is it written?"), max_length=300)
    source_url = forms.CharField(label=_("Address of the source"), max_length=500, required=False)
    source_on = forms.DateField(label=_("Day of the source"), widget=DateBoxes())
    reason = forms.CharField(
        label=_("Why are the figures written anew?"), max_length=LONGEST, widget=Words(rows=3)
    )

    def target(self) -> dict[str, Any]:
        """What was typed, by the names of the act's `Target`."""
        given = self.cleaned_data
        high = given["low"] if given["high"] is None else given["high"]
        names = (
            *("measure", "low", "unit", "base_year", "base_value"),
            *("target_year", "source", "source_url", "source_on"),
        )
        return {"high": high, **{name: given[name] for name in names}}

    @staticmethod
    def of(pledge: Pledge) -> dict[str, Any]:
        """The figures in force, to be corrected."""
        shown = queries.pledge_of(pledge)
        return {
            "measure": pledge.measure,
            "low": shown.low,
            "high": None if shown.low == shown.high else shown.high,
            "unit": pledge.unit,
            "base_year": pledge.base_year,
            "base_value": shown.base_value,
            "target_year": pledge.target_year,
            "source": pledge.source,
            "source_url": pledge.source_url,
            "source_on": pledge.source_on,
        }


class Pledging(Trilingually, Revising):
    """A new pledge: words, scope, figures, owners on both sides."""

    worded = (("name", _("Name"), False), ("text", _("The pledge in one sentence,"), True))
    reason = None  # type: ignore[assignment]

    promised_on = forms.DateField(label=_("Day it was pledged"), widget=DateBoxes())
    mission = forms.ChoiceField(label=_("Mission"), widget=Choices())
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=Choices())
    country = forms.ChoiceField(label=_("Whose pledge"), choices=Country.choices, widget=Choices())
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    gases = forms.ChoiceField(label=_("Gases"), choices=Gases.choices)
    tags = forms.MultipleChoiceField(
        label=_("Also serves"), choices=Tags.choices, required=False, widget=ManyChoices()
    )
    owner_canada = forms.CharField(
        label=_("Who answers for it in Canada"),
        help_text=_("An institution, such as a ministry."),
        max_length=200,
        required=False,
    )
    owner_mexico = forms.CharField(
        label=_("Who answers for it in Mexico"), max_length=200, required=False
    )

    def __init__(self, *given: Any, missions: Iterable[Mission], **named: Any) -> None:
        super().__init__(*given, **named)
        self.missions = {one.code: one for one in missions}
        if len(self.missions) == 1:
            del self.fields["mission"]
        else:
            choices = [(one.code, trilingual.say(one.name).text) for one in self.missions.values()]
            self.fields["mission"].choices = choices  # type: ignore[attr-defined]
        first = [name for name in self.fields if name.startswith(("name_", "text_"))]
        self.order_fields([*first, "mission", "kind", "country", "promised_on"])

    def given(self) -> dict[str, Any]:
        """What was typed, by the names of the act's `Given`, but for target and owners."""
        said = self.cleaned_data
        code = said.get("mission") or next(iter(self.missions))
        names = ("kind", "country", "sector", "gases", "promised_on")
        return {
            "mission": self.missions[code],
            "name": texts("name", said),
            "text": texts("text", said),
            "tags": tuple(said["tags"]),
            **{name: said[name] for name in names},
        }

    def owners(self) -> list[tuple[str, str]]:
        """(side, institution) of each that was named."""
        sides = ((Sides.CANADA.value, "owner_canada"), (Sides.MEXICO.value, "owner_mexico"))
        said = [(side, self.cleaned_data[name].strip()) for side, name in sides]
        return [(side, name) for side, name in said if name]


class Uploading(forms.Form):
    """A file of values with its source."""

    file = forms.FileField(
        label=_("File of measured values (CSV)"),
        help_text=_(
            "Two columns: date (2023, or 2023-06-30) and value, with a decimal point. "
            "The whole file is taken, or nothing of it."
        ),
        widget=Upload(accept=".csv,text/csv"),
        allow_empty_file=True,
    )
    source = forms.CharField(
        label=_("Where were these values published?"),
        help_text=_("With the edition: national inventory, edition of 2025."),
        max_length=300,
    )
    source_url = forms.CharField(label=_("Address of the source"), max_length=500, required=False)
    source_on = forms.DateField(label=_("Day of the source"), widget=DateBoxes())
    note = forms.CharField(
        label=_("What is corrected, and why"),
        help_text=_("Needed where a value changes or goes; everybody reads it."),
        max_length=LONGEST,
        required=False,
        widget=Words(rows=3),
    )
    is_whole = forms.BooleanField(
        label=_("This file replaces the whole series: days that it leaves out no longer count"),
        required=False,
    )

    def edition(self) -> dict[str, Any]:
        """What was typed, by the names of the act's `Edition`."""
        names = ("source", "source_on", "source_url", "note", "is_whole")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class Seriesing(Trilingually, Uploading):
    """A new series with its first file."""

    worded = (("name", _("Name of the series"), False),)
    note = None  # type: ignore[assignment]
    is_whole = None  # type: ignore[assignment]

    measured_by = forms.CharField(label=_("Who measures"), max_length=300)
    is_example = forms.BooleanField(
        label=_("These are invented figures, for an example"), required=False
    )

    def named(self) -> dict[str, Any]:
        """What was typed, by the names of the act's `Named`."""
        said = self.cleaned_data
        return {
            "name": texts("name", said),
            "source": said["measured_by"],
            "is_example": said["is_example"],
        }


def read_file(
    form: Uploading, subject: Pledge | Series, *, at: datetime
) -> tuple[tuple[Point, ...], tuple[Flaw, ...]]:
    """The points of the uploaded file, or its flaws; these are counted at the form's box."""
    pledge = subject if isinstance(subject, Pledge) else subject.pledge
    until: date = queries.today(pledge.mission, at)
    data = form.cleaned_data["file"].read(tables.LARGEST + 1)
    found = trajectories.read(data, unit=subject.unit, until=until)
    if found.flaws:
        many = len(found.flaws)
        said = ngettext(
            "The file has %(n)s fault; nothing of it was taken.",
            "The file has %(n)s faults; nothing of it was taken.",
            many,
        )
        form.add_error("file", said % {"n": formats.number(many)})
    return found.points, found.flaws


def flaw_rows(flaws: Iterable[Flaw]) -> list[list[object]]:
    """Line, column and what is wrong there."""
    whole = gettext("the whole file")
    return [
        [
            formats.number(one.line) if one.line else whole,
            one.column or "–",
            reasons.sentence(one.reason),
        ]
        for one in flaws
    ]
