"""What a person types for results: targets and values by group, names, scores, reasons."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from monarca.engines import questions
from monarca.grants.reports.models import Report
from monarca.grants.results.models import Actual, Indicator, MarkerScore
from monarca.grants.results.queries import Proposal, targets_of, today
from monarca.grants.results.states import (
    ORDER,
    TOTAL,
    Group,
    Level,
    Unit,
)
from monarca.kit import reasons, widgets
from monarca.kit.parts import Entry

LONGEST = 4000
NUMBER = {"key": "value", "kind": "number", "min": 0}


def group_name(group: str) -> str:
    return str(Group(group).label) if group else _("Total")


class Whole(forms.CharField):
    """A whole number as people write it: 1200, 1,200 or 1 200."""

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").strip()
        if not text:
            return None
        sent = {"value": [text]}
        read, wrong = questions.parse(NUMBER, sent, "value", language=get_language() or "es")
        found = [*wrong, *(questions.problems(NUMBER, read, {}) if not wrong else ())]
        if found:
            raise forms.ValidationError(reasons.sentence(found[0].reason))
        return read


class Day(forms.DateField):
    """A date in three boxes."""

    def __init__(self, **given: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], widget=widgets.DateBoxes(), **given)


class Grid(forms.Form):
    """One box a group in each of `columns`; drawn as a table instead of as fields."""

    columns: tuple[str, ...] = ()
    must: str = ""
    above: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        boxes = {
            f"{column}_{group or 'total'}": Whole(required=False)
            for group, column in self._places()
        }
        for name, box in boxes.items():
            box.label = name
        self.fields = {**boxes, **self.fields}

    def _places(self) -> Iterator[tuple[str, str]]:
        return ((group, column) for group in ORDER for column in self.columns)

    def heads(self) -> Mapping[str, str]:
        """What each column is called."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name = f"{self.must}_total"
        if given.get(name) is None and name not in self.errors:
            self.add_error(name, _("Write the total; groups stand beside it, never instead of it."))
        return given

    def values(self, column: str) -> dict[str, int]:
        """Group -> value, of the boxes that were filled in."""
        named = {group: self.cleaned_data.get(f"{column}_{group or 'total'}") for group in ORDER}
        return {group: value for group, value in named.items() if value is not None}

    def grid(self, before: Mapping[str, Sequence[Any]] | None = None) -> dict[str, Any]:
        """The table of boxes; `before` gives cells that stand between the group and its boxes."""
        rows = [
            [
                group_name(group),
                *(before or {}).get(group, ()),
                *(self._box(group, column) for column in self.columns),
            ]
            for group in ORDER
        ]
        own = [str(error) for error in self.non_field_errors()]
        return {"rows": rows, "errors": list(dict.fromkeys([*own, *self._grid_errors()]))}

    def _box(self, group: str, column: str) -> Entry:
        name = f"{column}_{group or 'total'}"
        label = f"{group_name(group)}: {self.heads()[column]}"
        value = self[name].value()
        return Entry(name, label, "" if value is None else str(value), wrong=name in self.errors)

    def _grid_errors(self) -> Iterator[str]:
        for group, column in self._places():
            for error in self.errors.get(f"{column}_{group or 'total'}", ()):
                yield f"{group_name(group)}: {error}"

    def summary(self) -> list[tuple[str, str]]:
        """(id on the page, sentence): the form's own, the table's, then each field's."""
        own = [("grid", str(error)) for error in self.non_field_errors()]
        table = [("grid", error) for error in self._grid_errors()]
        return [
            *own,
            *table,
            *((self[n].auto_id, str(e)) for n in self.rest() for e in self[n].errors),
        ]

    def rest(self) -> list[str]:
        """The names of the fields that are drawn as fields."""
        boxes = {f"{column}_{group or 'total'}" for group, column in self._places()}
        return [name for name in self.fields if name not in boxes]

    def named(self) -> list[forms.BoundField]:
        """The fields that say what it is; they stand above the table."""
        return [self[name] for name in self.rest() if name in self.above]

    def drawn(self) -> list[forms.BoundField]:
        """The fields below the table."""
        return [self[name] for name in self.rest() if name not in self.above]


class Targeting(Grid):
    """From where to where, by when; everybody first, groups where it is known and safe."""

    columns = ("start", "target")
    must = "target"

    due_on = Day(label=gettext_lazy("By which day?"))
    baseline_year = Whole(
        label=gettext_lazy("In which year was the start measured?"),
        help_text=gettext_lazy("The agreement’s first year if you leave it empty."),
        required=False,
        widget=widgets.Number(),
    )

    def heads(self) -> Mapping[str, str]:
        return {"start": pgettext("column", "At the start"), "target": pgettext("column", "Target")}

    def given(self) -> dict[str, Any]:
        """What `actions` take."""
        return {
            "targets": self.values("target"),
            "baselines": self.values("start"),
            "due_on": self.cleaned_data["due_on"],
            "baseline_year": self.cleaned_data["baseline_year"],
        }


def standing(indicator: Indicator) -> dict[str, Any]:
    """The targets that stand, as a form begins with them."""
    rows = targets_of(indicator)
    found: dict[str, Any] = {"baseline_year": indicator.baseline_year}
    for group, row in rows.items():
        found |= {
            f"target_{group or 'total'}": row.value,
            f"start_{group or 'total'}": row.baseline,
        }
        found["due_on"] = row.due_on
    return found


class Planning(Targeting):
    """An indicator of the fund's list: its targets, and where the figure comes from."""

    source = forms.CharField(
        label=gettext_lazy("Where does the figure come from?"), max_length=300, required=False
    )

    def given(self) -> dict[str, Any]:
        return {**super().given(), "source": self.cleaned_data["source"]}


class Naming(Planning):
    """An indicator in own words, or in the applicant's: named in three languages."""

    above = frozenset(
        {"name_es", "name_en", "name_fr", "level", "unit", "direction", "is_gender_specific"}
    )

    level = forms.ChoiceField(
        label=gettext_lazy("What does it measure?"), choices=Level, widget=widgets.Choices()
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("In what is it counted?"), choices=Unit, widget=widgets.Choices()
    )
    direction = forms.ChoiceField(
        label=gettext_lazy("Which way is better?"),
        choices=[("up", gettext_lazy("More is better")), ("down", gettext_lazy("Less is better"))],
        initial="up",
        widget=widgets.Choices(),
    )
    is_gender_specific = forms.BooleanField(
        label=gettext_lazy("It measures equality between women and men, or among genders"),
        required=False,
    )

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        labels = {
            "es": _("Name in Spanish"),
            "en": _("Name in English"),
            "fr": _("Name in French"),
        }
        names: dict[str, forms.Field] = {
            f"name_{code}": forms.CharField(
                label=label, max_length=200, widget=forms.TextInput({"lang": code})
            )
            for code, label in labels.items()
        }
        self.fields = {**names, **self.fields}

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            **super().given(),
            "name": {code: said[f"name_{code}"] for code in ("es", "en", "fr")},
            "level": said["level"],
            "unit": said["unit"],
            "is_ascending": said["direction"] == "up",
            "is_gender_specific": said["is_gender_specific"],
        }


def planning(known: Proposal | None, due_on: date, sent: Any) -> Planning:
    """The form for one of the fund's list, or the longer one that names it in three languages."""
    kind = Planning if known and not known.is_own else Naming
    return kind(sent, initial=proposed(known, due_on))


def proposed(known: Proposal | None, due_on: date) -> dict[str, Any]:
    """What a form begins with: the applicant's words and figures, where there are any."""
    if known is None:
        return {"due_on": due_on, "unit": Unit.NUMBER}
    names = {f"name_{code}": text for code, text in known.name.items()}
    return {
        **names,
        "due_on": due_on,
        "level": known.level,
        "unit": known.unit,
        "source": known.source,
        "target_total": known.target_value,
        "start_total": known.start_value,
    }


class Recording(Grid):
    """What a report says was reached since the project began."""

    columns = ("value",)
    must = "value"

    measured_on = Day(label=gettext_lazy("On which day was it measured?"))
    words = forms.CharField(
        label=gettext_lazy("How is it known?"),
        max_length=LONGEST,
        required=False,
        widget=widgets.Words(rows=3),
    )

    def heads(self) -> Mapping[str, str]:
        return {"value": pgettext("column", "Reached")}

    def given(self) -> dict[str, Any]:
        said = self.cleaned_data
        days = {"measured_on": said["measured_on"], "words": said["words"]}
        return {"values": self.values("value"), **days}


class Correcting(Recording):
    """New values for those that were wrong, and why."""

    words = forms.CharField(
        label=gettext_lazy("What was wrong?"),
        max_length=LONGEST,
        widget=widgets.Words(rows=3),
    )


def recorded(rows: Mapping[str, Actual]) -> dict[str, Any]:
    """The values that stand, as a form begins with them."""
    found: dict[str, Any] = {f"value_{group or 'total'}": row.value for group, row in rows.items()}
    return {**found, "measured_on": rows[TOTAL].measured_on}


def reported(indicator: Indicator, report: Report, *, at: datetime) -> dict[str, Any]:
    """What the recipient typed for this indicator, where it can be read as whole numbers."""
    found: dict[str, Any] = {}
    for row in report.actuals:
        if row["indicator"] == indicator.code and indicator.code:
            if isinstance(row["value"], int):
                found[f"value_{row['group'] or 'total'}"] = row["value"]
            if row.get("words"):
                found["words"] = row["words"]
    return {**found, "measured_on": min(report.until_on, today(indicator.agreement, at))}


def measuring(
    indicator: Indicator, report: Report, known: Mapping[str, Actual], sent: Any, *, at: datetime
) -> Recording:
    """To record what a report says, or to correct what was recorded from it."""
    if known:
        return Correcting(sent, initial=recorded(known))
    return Recording(sent, initial=reported(indicator, report, at=at))


class Scoring(forms.Form):
    """A marker set by hand, and why; `blank` is "not screened"."""

    words = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("What the file shows that the derivation does not see."),
        max_length=LONGEST,
        required=False,
        widget=widgets.Words(rows=4),
    )

    def __init__(self, steps: Mapping[int, str], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        named = [(str(score), name) for score, name in steps.items()]
        choices = [*named, ("blank", _("Blank: not screened"))]
        self.fields["score"] = forms.ChoiceField(
            label=_("Which score?"), choices=choices, widget=widgets.Choices()
        )
        self.order_fields(["score", "words"])

    def given(self) -> dict[str, Any]:
        chosen = self.cleaned_data["score"]
        score = None if chosen == "blank" else int(chosen)
        return {"score": score, "words": self.cleaned_data["words"]}


def scored(row: MarkerScore | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {"score": "blank" if row.score is None else str(row.score), "words": row.words}
