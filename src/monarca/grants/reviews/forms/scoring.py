"""The scorecard: points with comments, the GBA+ reading, and statements that rest on evidence.

Everything is one form, so that no button can lose what was typed beside it; each part is saved
when it is whole, whatever is wrong with the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.reviews import queries
from monarca.grants.reviews.models import Assessment
from monarca.kit import trilingual
from monarca.kit.widgets import Choices, Score, Words

LONGEST = 4000
STATEMENT = ("s_kind", "s_code", "s_level", "s_words", "s_question", "s_quote")
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
LEVELS = [
    ("0", _("0: not there, or no risk")),
    ("1", _("1: a little")),
    ("2", _("2: clearly")),
    ("3", _("3: decisive, or a high risk")),
]
GE_NOTES = {
    "0": _("no equality outcome"),
    "1": _("a change in knowledge or access"),
    "2": _("a change in behaviour or practice"),
    "3": _("equality is the purpose"),
}

type Definition = Mapping[str, Any]


def words_field(label: Any, *, rows: int = 3, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=False,
        widget=Words(rows=rows),
    )


def pick(
    label: Any, choices: Sequence[tuple[str, Any]], *, notes: Mapping[str, Any] | None = None
) -> forms.ChoiceField:
    """Radios; nothing chosen is an answer not given yet."""
    return forms.ChoiceField(
        label=label, choices=choices, required=False, widget=Choices(notes=notes)
    )


class Scorecard(forms.Form):
    """One reviewer's whole reading; blank parts are simply not given yet."""

    def __init__(
        self, *args: Any, application: Application, definition: Definition, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.application, self.definition = application, definition
        for criterion in definition["criteria"]:
            self._add_criterion(criterion)
        for boolean in definition["gba"]["booleans"]:
            self.fields[f"b_{boolean['code']}"] = pick(said(boolean), YES_NO)
        self._add_ge()
        self._add_statement()

    def _add_criterion(self, criterion: Mapping[str, Any]) -> None:
        anchors = [trilingual.say(anchor).text for anchor in criterion["anchors"]]
        code = criterion["code"]
        self.fields[f"p_{code}"] = forms.TypedChoiceField(
            label=said(criterion),
            choices=[(str(step), str(step)) for step in range(len(anchors))],
            coerce=int,
            empty_value=None,
            required=False,
            widget=Score(anchors=anchors, weight=criterion["weight"]),
        )
        about = gettext("Comment: %(criterion)s") % {"criterion": said(criterion)}
        self.fields[f"w_{code}"] = words_field(about)

    def _add_ge(self) -> None:
        codes = [(str(code), f"GE-{code}") for code in range(4)]
        self.fields["ge_code"] = pick(_("Gender equality code"), codes, notes=GE_NOTES)
        self.fields["ge_words"] = words_field(_("Why this code"))
        every: list[Mapping[str, Any]] = self.definition["gba"]["questions"]
        overall = {each["key"]: each for each in every}.get("overall")
        options = coded(overall.get("options", ())) if overall else []
        if options:
            self.fields["overall"] = pick(_("The whole, in one word"), options)

    def _add_statement(self) -> None:
        gba = self.definition["gba"]
        answered = list(quotable(self.application, self.definition))
        self.fields["s_kind"] = pick(_("What it is about"), coded(gba["kinds"]))
        factors = [("", _("No factor")), *coded(gba["factors"])]
        self.fields["s_code"] = forms.ChoiceField(
            label=_("Factor"), choices=factors, required=False, widget=forms.Select()
        )
        self.fields["s_level"] = pick(_("How much"), LEVELS)
        self.fields["s_words"] = words_field(_("Your statement"))
        self.fields["s_question"] = forms.ChoiceField(
            label=_("The answer it rests on"),
            choices=[("", _("Choose an answer")), *answered],
            required=False,
            widget=forms.Select(),
        )
        self.fields["s_quote"] = words_field(
            _("The applicant's own words"),
            help_text=_("Copy them from that answer, exactly as they stand there."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for criterion in self.definition["criteria"]:
            code = criterion["code"]
            self._both(f"p_{code}", f"w_{code}", gettext("Choose points from 0 to 5."))
        self._both("ge_code", "ge_words", gettext("Choose a code from 0 to 3."))
        if self.states_something:
            self._clean_statement()
        return cleaned

    def _both(self, choice: str, words: str, choose: str) -> None:
        """A choice and its explanation are given together or not at all."""
        chosen = self.cleaned_data.get(choice) not in (None, "")
        explained = bool(self.cleaned_data.get(words))
        if chosen and not explained and words not in self.errors:
            self.add_error(words, gettext("Say why: a comment is missing."))
        if explained and not chosen and choice not in self.errors:
            self.add_error(choice, choose)

    @property
    def states_something(self) -> bool:
        """Was any part of a new statement filled in?"""
        return any(self.cleaned_data.get(name) or name in self.errors for name in STATEMENT)

    def _clean_statement(self) -> None:
        given = self.cleaned_data
        missing = {
            "s_kind": gettext("Choose what it is about."),
            "s_words": gettext("Write the statement."),
            "s_question": gettext("Choose the answer it rests on."),
            "s_quote": gettext("Copy the applicant's own words."),
        }
        for name, sentence in missing.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if given.get("s_kind") == "factor" and not given.get("s_code"):
            self.add_error("s_code", gettext("Choose the factor."))
        asked, quote = given.get("s_question"), given.get("s_quote")
        if asked and quote and not queries.is_quoted(self.application, asked, quote):
            self.add_error(
                "s_quote",
                gettext("These words do not stand in that answer. Copy them exactly from it."),
            )

    def whole(self, *names: str) -> bool:
        """Are these fields all given and without error?"""
        fine = not any(name in self.errors for name in names)
        return fine and all(self.cleaned_data.get(name) not in (None, "") for name in names)

    def scores(self) -> dict[str, tuple[int, str]]:
        """Criterion -> (points, comment), for every criterion that is whole."""
        codes = [criterion["code"] for criterion in self.definition["criteria"]]
        given = self.cleaned_data
        return {
            code: (given[f"p_{code}"], given[f"w_{code}"])
            for code in codes
            if self.whole(f"p_{code}", f"w_{code}")
        }

    def reading(self) -> dict[str, Any]:
        """What `actions.score` takes besides the scores."""
        given, gba = self.cleaned_data, self.definition["gba"]
        answers = {b["code"]: given.get(f"b_{b['code']}") for b in gba["booleans"]}
        made: dict[str, Any] = {"booleans": {k: v == "yes" for k, v in answers.items() if v}}
        made["overall"] = given.get("overall", "")
        if self.whole("ge_code", "ge_words"):
            made |= {"ge_code": int(given["ge_code"]), "ge_words": given["ge_words"]}
        return made

    def statement(self) -> dict[str, Any] | None:
        """The new statement when it is whole; None when there is none."""
        given = self.cleaned_data
        if not self.states_something or any(name in self.errors for name in STATEMENT):
            return None
        made = {name.removeprefix("s_"): given[name] for name in STATEMENT}
        made["level"] = int(made["level"]) if made["level"] else None
        return made

    def drawn(self) -> None:
        """Before drawing: say "if it applies" only where a complete review may lack the answer.

        While scoring nothing is required, so that each part can be saved alone.
        """
        for name, field in self.fields.items():
            field.required = name not in {"s_code", "overall"}

    def without_statement(self) -> None:
        """Show the form again without the statement that was just kept."""
        self.data = {name: value for name, value in self.data.items() if name not in STATEMENT}

    @property
    def criteria(self) -> list[tuple[BoundField, BoundField]]:
        """Points and comment of every criterion, ready to draw."""
        codes = [criterion["code"] for criterion in self.definition["criteria"]]
        return [(self[f"p_{code}"], self[f"w_{code}"]) for code in codes]

    @property
    def checklist(self) -> list[BoundField]:
        return [self[f"b_{each['code']}"] for each in self.definition["gba"]["booleans"]]

    @property
    def new_statement(self) -> list[BoundField]:
        return [self[name] for name in STATEMENT]


def saved(assessment: Assessment | None) -> dict[str, Any]:
    """What was saved before, as the form's initial values."""
    if assessment is None:
        return {}
    values: dict[str, Any] = {"ge_words": assessment.ge_words, "overall": assessment.overall}
    if assessment.ge_code is not None:
        values["ge_code"] = str(assessment.ge_code)
    for score in assessment.scores.all():
        values |= {f"p_{score.criterion}": score.points, f"w_{score.criterion}": score.words}
    answers = assessment.booleans.items()
    return values | {f"b_{code}": "yes" if met else "no" for code, met in answers}


def said(item: Mapping[str, Any]) -> str:
    return trilingual.say(item["label"]).text


def coded(items: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(item["code"], said(item)) for item in items]


def quotable(application: Application, definition: Definition) -> Iterable[tuple[str, str]]:
    """Questions whose submitted answers hold words of the applicant's own."""
    submission = applications.last_submission(application)
    answers = submission.content.get("answers", {}) if submission else {}
    for section in definition["sections"]:
        for question in section["questions"]:
            own = question["kind"] in {"text", "words", "repeat", "number"}
            if own and queries.plain(queries.spoken(answers.get(question["key"]))):
                yield question["key"], said(question)
