"""What is asked: what became of a commitment, its words, its owners, a new one, a file of them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monarca.ground.commitments.models import Commitment, Owner
from monarca.ground.commitments.states import (
    ENDED,
    MOVES,
    Aims,
    Origins,
    Pillars,
    Sides,
    Status,
)
from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.kit import formats, trilingual, widgets

LONGEST = 4000
"""Characters of one text in one language."""

SAME = "same"
"""The status stays as it is."""

LANGUAGES = (("es", "Español"), ("en", "English"), ("fr", "Français"))
PAPERS = ".pdf,.docx,.xlsx,.odt,.ods,.jpg,.jpeg,.png"


def words_in(code: str, label: Any, *, rows: int = 4) -> forms.CharField:
    """A text in one language, whose control says so to a screen reader."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=widgets.Words(rows=rows, lang=formats.TAGS[code]),
    )


class InThree(forms.Form):
    """The text in three languages; one is enough, and the desk says which are missing."""

    text_es = words_in("es", gettext_lazy("In Spanish"))
    text_en = words_in("en", gettext_lazy("In English"))
    text_fr = words_in("fr", gettext_lazy("In French"))

    def text(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"text_{code}"] for code in trilingual.LANGUAGES}


class Telling(forms.Form):
    """What became of it. Who keeps the register may end it and put the words before the public."""

    note = forms.CharField(
        label=gettext_lazy("What became of it?"),
        help_text=gettext_lazy("In a few plain words. They are kept as you write them."),
        required=False,
        max_length=LONGEST,
        widget=widgets.Words(rows=6),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language do you write?"),
        choices=LANGUAGES,
        widget=widgets.Choices(),
    )
    status = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"), required=False, widget=widgets.Choices()
    )
    percent = forms.IntegerField(
        label=gettext_lazy("How far is it?"),
        required=False,
        min_value=0,
        max_value=100,
        widget=widgets.Number(unit="%"),
    )
    evidence_url = forms.CharField(
        label=gettext_lazy("Where can others see it?"),
        help_text=gettext_lazy("A whole address, such as https://example.org/page."),
        required=False,
        max_length=500,
        widget=forms.URLInput(),
    )
    paper = forms.FileField(
        label=gettext_lazy("Or a file that shows it"),
        help_text=gettext_lazy("PDF, office document or photo, up to 15 MB."),
        required=False,
        max_length=255,
        widget=widgets.Upload(accept=PAPERS),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read these words and this evidence"), required=False
    )

    def __init__(
        self, *args: Any, held: Commitment, keeps: bool, shows: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = formats.language()
        status = self.fields["status"]
        before = _("As before: %(status)s") % {"status": Status(held.status).label}
        status.choices = [(SAME, before), *steps(held, keeps)]  # type: ignore[attr-defined]
        status.initial = SAME
        if keeps:
            status.help_text = _("A commitment is closed only with evidence.")
        if not (shows and held.is_public):
            del self.fields["is_public"]

    def given(self) -> dict[str, Any]:
        """What a `Report` says, the file apart."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "paper"}
        return said | {"status": "" if said["status"] == SAME else said["status"]}


def steps(held: Commitment, keeps: bool) -> list[tuple[str, str]]:
    """The statuses that a report may lead to: an owner begins it, a keeper also ends it."""
    targets = [MOVES.table[move][1] for move in MOVES.open_from(held.status) if move != "reopen"]
    return [(one, str(Status(one).label)) for one in targets if keeps or one not in ENDED]


class Rewording(InThree):
    """The words anew, the day anew, and why."""

    due_on = forms.DateField(
        label=gettext_lazy("When is it due?"), required=False, widget=widgets.DateBoxes()
    )
    reason = forms.CharField(
        label=gettext_lazy("Why is it worded anew?"),
        help_text=gettext_lazy("The reason stays in the history, beside the earlier words."),
        required=False,
        max_length=LONGEST,
        widget=widgets.Words(rows=3),
    )


class Reopening(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it opened again?"),
        required=False,
        max_length=LONGEST,
        widget=widgets.Words(rows=4),
    )


class Naming(forms.Form):
    """Who answers for it from now on."""

    side = forms.ChoiceField(
        label=gettext_lazy("On which side?"), choices=Sides.choices, widget=widgets.Choices()
    )
    name = forms.CharField(label=gettext_lazy("Which institution?"), max_length=200)
    email = forms.EmailField(
        label=gettext_lazy("Whom do we ask each quarter?"),
        help_text=gettext_lazy(
            "The e-mail address of a person with a role at this mission, such as a counterpart. "
            "They will see this commitment."
        ),
        required=False,
        max_length=254,
    )

    def __init__(self, *args: Any, mission: Mission, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mission, self.at = mission, at

    def clean_email(self) -> User | None:
        return known(self.cleaned_data["email"], self.mission, at=self.at)

    def given(self) -> tuple[str, str, User | None]:
        """Side, institution, person."""
        known = self.cleaned_data
        return known["side"], known["name"], known["email"]


def known(email: str, mission: Mission, *, at: datetime) -> User | None:
    """The person of this address, who holds a role at the mission. ValidationError: nobody does."""
    if not email:
        return None
    user = people.person_of(email)
    if user is None or not people.roles_of(user, at=at).filter(mission=mission).exists():
        raise forms.ValidationError(_("Nobody with this address has a role at the mission."))
    return user


class Entering(InThree):
    """A commitment by hand."""

    field_order = (
        *("mission", "text_es", "text_en", "text_fr", "origin", "pillar", "aims"),
        *("promised_on", "due_on", "source_es", "source_en", "source_fr"),
        *("canada_name", "canada_email", "mexico_name", "mexico_email", "other_name"),
        "is_public",
    )
    mission = forms.ModelChoiceField(
        label=gettext_lazy("Mission"),
        queryset=Mission.objects.none(),
        to_field_name="code",
        empty_label=None,
    )
    origin = forms.ChoiceField(
        label=gettext_lazy("Where does it come from?"),
        choices=Origins.choices,
        widget=widgets.Choices(),
    )
    pillar = forms.ChoiceField(
        label=gettext_lazy("Pillar of the action plan"),
        choices=[("", gettext_lazy("None")), *Pillars.choices],
        required=False,
    )
    aims = forms.MultipleChoiceField(
        label=gettext_lazy("Which shared aims does it serve?"),
        choices=Aims.choices,
        required=False,
        widget=widgets.ManyChoices(),
    )
    promised_on = forms.DateField(
        label=gettext_lazy("When was it promised?"), widget=widgets.DateBoxes()
    )
    due_on = forms.DateField(
        label=gettext_lazy("When is it due?"), required=False, widget=widgets.DateBoxes()
    )
    source_es = forms.CharField(
        label=gettext_lazy("The meeting or paper it was made in, in Spanish"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "es-MX"}),
    )
    source_en = forms.CharField(
        label=gettext_lazy("The same in English"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "en-CA"}),
    )
    source_fr = forms.CharField(
        label=gettext_lazy("The same in French"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"lang": "fr-CA"}),
    )
    canada_name = forms.CharField(
        label=gettext_lazy("Who answers for it in Canada?"),
        help_text=gettext_lazy("The institution."),
        required=False,
        max_length=200,
    )
    canada_email = forms.EmailField(
        label=gettext_lazy("Whom do we ask there each quarter?"),
        help_text=gettext_lazy("The e-mail address of a person with a role at this mission."),
        required=False,
        max_length=254,
    )
    mexico_name = forms.CharField(
        label=gettext_lazy("Who answers for it in Mexico?"),
        help_text=gettext_lazy("The institution."),
        required=False,
        max_length=200,
    )
    mexico_email = forms.EmailField(
        label=gettext_lazy("Whom do we ask there each quarter?"),
        help_text=gettext_lazy("The e-mail address of a person with a role at this mission."),
        required=False,
        max_length=254,
    )
    other_name = forms.CharField(
        label=gettext_lazy("Who else answers for it?"), required=False, max_length=200
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("Everybody may read it at once"), required=False
    )

    def __init__(
        self,
        *args: Any,
        missions: Iterable[Mission],
        publishes: bool,
        at: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        choice = self.fields["mission"]
        several = list(missions)
        choice.queryset = Mission.objects.filter(pk__in=[one.pk for one in several])  # type: ignore[attr-defined]
        choice.label_from_instance = lambda one: trilingual.say(one.name).text  # type: ignore[attr-defined]
        if len(several) == 1:
            choice.initial, choice.required = several[0].code, False
            choice.widget = forms.HiddenInput()
            self.only = several[0]
        if not publishes:
            del self.fields["is_public"]

    def clean_mission(self) -> Mission:
        chosen: Mission | None = self.cleaned_data["mission"]
        return chosen or self.only

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for side in (Sides.CANADA, Sides.MEXICO):
            self._person(side, given)
        return given

    def _person(self, side: str, given: Mapping[str, Any]) -> None:
        """A person is asked for an institution, and has a role at the mission."""
        email, mission = given.get(f"{side}_email"), given.get("mission")
        if email and not given.get(f"{side}_name"):
            self.add_error(f"{side}_name", _("Write the name of the institution."))
        if email and mission:
            try:
                known(email, mission, at=self.at)
            except forms.ValidationError as wrong:
                self.add_error(f"{side}_email", wrong)

    def given(self) -> dict[str, Any]:
        """What a `Promise` says, its owners apart."""
        known = self.cleaned_data
        plain = ("mission", "origin", "promised_on", "due_on", "pillar")
        return {
            **{name: known[name] for name in plain},
            "text": self.text(),
            "aims": tuple(known["aims"]),
            "source_name": {code: known[f"source_{code}"] for code in trilingual.LANGUAGES},
            "is_public": known.get("is_public", False),
        }

    def owners(self) -> Iterator[tuple[str, str, User | None]]:
        """Side, institution, person, as far as they were written."""
        for side in Sides.values:
            if name := self.cleaned_data[f"{side}_name"]:
                email = self.cleaned_data.get(f"{side}_email", "")
                yield side, name, people.person_of(email) if email else None


def typed(sent: Mapping[str, str]) -> list[str]:
    """The long words of a posted form, in the order of their boxes."""
    kept = ("note", "text_es", "text_en", "text_fr", "reason", "name")
    return [sent[name] for name in kept if sent.get(name, "").strip()]


class Publishing(forms.Form):
    """Several at once, chosen from one screen of those that are withheld."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Which does everybody read from now on?"),
        widget=widgets.ManyChoices(),
    )

    def __init__(self, *args: Any, rows: Iterable[Commitment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(row.reference, trilingual.say(row.text).text) for row in rows]
        self.fields["chosen"].choices = named  # type: ignore[attr-defined]


def owner_key(owner: Owner) -> str:
    """By which a posted form names an owner: side and institution, never a number of ours."""
    return f"{owner.side}:{owner.name}"
